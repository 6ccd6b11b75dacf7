"""An organiser decides what the room sees."""

from wall.core.errors import PledgeNotFound
from wall.core.events import Event
from wall.core.organisers import Organiser
from wall.core.pledges import Pledge, Status, check_move
from wall.services.desks import event_of
from wall.services.moving import move_pledge
from wall.store import Store, Transaction, pledges


def hide_pledge(store: Store, organiser: Organiser, code: str, pledge_id: str) -> Pledge:
    """Take a pledge off the wall. Hiding a hidden one changes nothing.

    Raises EventNotFound, PledgeNotFound or MoveNotAllowed.
    """
    return _decide(store, organiser, code, pledge_id, "hide", Status.HIDDEN)


def show_pledge(store: Store, organiser: Organiser, code: str, pledge_id: str) -> Pledge:
    """Put a waiting or hidden pledge on the wall. Showing a shown one changes nothing.

    Raises EventNotFound, PledgeNotFound or MoveNotAllowed.
    """
    return _decide(store, organiser, code, pledge_id, "show", Status.SHOWN)


def open_event(store: Store, organiser: Organiser, code: str) -> Event:
    """Take pledges (again). Raises EventNotFound."""
    return _set_open(store, organiser, code, is_open=True)


def close_event(store: Store, organiser: Organiser, code: str) -> Event:
    """Take no more pledges. Raises EventNotFound."""
    return _set_open(store, organiser, code, is_open=False)


def _decide(
    store: Store, organiser: Organiser, code: str, pledge_id: str, action: str, status: Status
) -> Pledge:
    def write(transaction: Transaction) -> Pledge:
        event = event_of(transaction.connection, organiser, code)
        pledge = pledges.by_id(transaction.connection, event.id, pledge_id)
        if pledge is None:
            raise PledgeNotFound
        if not check_move("organiser", pledge.status, status):
            return pledge
        transaction.record(action, event_id=event.id, organiser_id=organiser.id, pledge_id=pledge.id)
        return move_pledge(transaction, code, pledge, status)

    return store.write(write)


def _set_open(store: Store, organiser: Organiser, code: str, *, is_open: bool) -> Event:
    def write(transaction: Transaction) -> Event:
        event_of(transaction.connection, organiser, code)
        event = transaction.event(code)
        if event.open == is_open:
            return event
        action = "open_event" if is_open else "close_event"
        transaction.record(action, event_id=event.id, organiser_id=organiser.id)
        return transaction.change_event(code, open=is_open)

    return store.write(write)
