"""A moderator decides what the room sees. Every decision can be undone by another."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from wall.core.errors import ChangedMeanwhile, PledgeNotFound, WallError
from wall.core.events import Event
from wall.core.organisers import Organiser
from wall.core.pledges import Pledge, Status, check_move
from wall.core.roles import Role
from wall.services.desks import event_of
from wall.services.moving import move_pledge
from wall.store import Store, Transaction, pledges

MOST_AT_ONCE = 500
_NAMES = {Status.SHOWN: "show", Status.HIDDEN: "hide", Status.WAITING: "hold"}
"""What each decision is called in the audit."""


def show_pledge(
    store: Store, organiser: Organiser, code: str, pledge_id: str, seen: int | None = None
) -> Pledge:
    """Put a waiting or hidden pledge on the wall. Showing a shown one changes nothing.

    `seen` is the version of the pledge on the moderator's screen: what was changed since is not decided on.
    Raises EventNotFound, NotYourRole, PledgeNotFound, MoveNotAllowed or ChangedMeanwhile.
    """
    return _decide(store, organiser, code, pledge_id, Status.SHOWN, seen)


def hide_pledge(
    store: Store, organiser: Organiser, code: str, pledge_id: str, seen: int | None = None
) -> Pledge:
    """Take a pledge off the wall, or out of the queue. See show_pledge."""
    return _decide(store, organiser, code, pledge_id, Status.HIDDEN, seen)


def hold_pledge(
    store: Store, organiser: Organiser, code: str, pledge_id: str, seen: int | None = None
) -> Pledge:
    """Put a pledge back into the queue. See show_pledge."""
    return _decide(store, organiser, code, pledge_id, Status.WAITING, seen)


def move_many(
    store: Store, organiser: Organiser, code: str, seen: Mapping[str, int], status: Status
) -> list[Pledge]:
    """Decide on many at once: those that nobody changed since they were `seen`, by id. Answers with those that moved.

    Raises EventNotFound or NotYourRole.
    """

    def write(transaction: Transaction) -> list[Pledge]:
        event = event_of(transaction.connection, organiser, code, Role.MODERATOR)
        moved = []
        for pledge_id, version in seen.items():
            try:
                pledge = find_pledge(transaction, event, pledge_id)
                if pledge.status is not status:
                    moved.append(_move(transaction, organiser, event, pledge, status, version))
            except WallError:
                continue  # it is gone, taken back or decided on: it stays as it is
        return moved

    return store.write(write)


def pin_pledge(store: Store, organiser: Organiser, code: str, pledge_id: str) -> Pledge:
    """Have the wall come back to a pledge more often. Raises EventNotFound, NotYourRole or PledgeNotFound."""
    return _pin(store, organiser, code, pledge_id, pinned=True)


def unpin_pledge(store: Store, organiser: Organiser, code: str, pledge_id: str) -> Pledge:
    """See pin_pledge."""
    return _pin(store, organiser, code, pledge_id, pinned=False)


def find_pledge(transaction: Transaction, event: Event, pledge_id: str) -> Pledge:
    """A pledge of an event. Raises PledgeNotFound."""
    pledge = pledges.by_id(transaction.connection, event.id, pledge_id)
    if pledge is None:
        raise PledgeNotFound
    return pledge


def refuse_if_changed(pledge: Pledge, seen: int | None) -> None:
    """Raise ChangedMeanwhile where somebody changed a pledge after the version that was seen."""
    if seen is not None and pledge.state_version > seen:
        raise ChangedMeanwhile


def _decide(
    store: Store, organiser: Organiser, code: str, pledge_id: str, status: Status, seen: int | None
) -> Pledge:
    return _write(
        store,
        organiser,
        code,
        lambda transaction, event: _move(
            transaction, organiser, event, find_pledge(transaction, event, pledge_id), status, seen
        ),
    )


def _move(
    transaction: Transaction,
    organiser: Organiser,
    event: Event,
    pledge: Pledge,
    status: Status,
    seen: int | None,
) -> Pledge:
    if not check_move("organiser", pledge.status, status):
        return pledge
    refuse_if_changed(pledge, seen)
    transaction.record(_NAMES[status], event_id=event.id, organiser_id=organiser.id, pledge_id=pledge.id)
    return move_pledge(transaction, event.code, pledge, status, by=organiser.id)


def _pin(store: Store, organiser: Organiser, code: str, pledge_id: str, *, pinned: bool) -> Pledge:
    def pin(transaction: Transaction, event: Event) -> Pledge:
        pledge = find_pledge(transaction, event, pledge_id)
        if pledge.pinned == pinned:
            return pledge
        action = "pin" if pinned else "unpin"
        transaction.record(action, event_id=event.id, organiser_id=organiser.id, pledge_id=pledge.id)
        changed = replace(pledge, pinned=pinned, version=transaction.next_version(code))
        pledges.pin(transaction.connection, changed, at=transaction.now)
        return changed

    return _write(store, organiser, code, pin)


def _write(
    store: Store, organiser: Organiser, code: str, action: Callable[[Transaction, Event], Pledge]
) -> Pledge:
    def write(transaction: Transaction) -> Pledge:
        return action(transaction, event_of(transaction.connection, organiser, code, Role.MODERATOR))

    return store.write(write)
