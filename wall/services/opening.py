"""An organiser opens and closes an event, and puts it away."""

from wall.core.errors import KeepingOver
from wall.core.events import Event
from wall.core.letting_go import is_over
from wall.core.organisers import Organiser
from wall.services.desks import event_of
from wall.store import Store, Transaction


def open_event(store: Store, organiser: Organiser, code: str) -> Event:
    """Take pledges (again); an archived event comes out of the archive.

    Raises EventNotFound, NotYourRole, or KeepingOver where the day has passed until which it keeps names.
    """
    return _set(store, organiser, code, "open_event", open=True, archived=False)


def close_event(store: Store, organiser: Organiser, code: str) -> Event:
    """Take no more pledges. Raises EventNotFound or NotYourRole."""
    return _set(store, organiser, code, "close_event", open=False)


def archive_event(store: Store, organiser: Organiser, code: str) -> Event:
    """Close an event and put it out of the way; nothing of it is lost. Raises EventNotFound or NotYourRole."""
    return _set(store, organiser, code, "archive_event", open=False, archived=True)


def bring_back_event(store: Store, organiser: Organiser, code: str) -> Event:
    """Take an event out of the archive, closed as it is. Raises EventNotFound or NotYourRole."""
    return _set(store, organiser, code, "bring_back_event", archived=False)


def _set(store: Store, organiser: Organiser, code: str, action: str, **wanted: bool) -> Event:
    def write(transaction: Transaction) -> Event:
        event_of(transaction.connection, organiser, code)
        event = transaction.event(code)
        if all(getattr(event, name) == value for name, value in wanted.items()):
            return event
        if wanted.get("open") and is_over(event.keep_until):
            raise KeepingOver
        transaction.record(action, event_id=event.id, organiser_id=organiser.id)
        return transaction.change_event(code, **wanted)

    return store.write(write)
