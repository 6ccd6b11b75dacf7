"""A moderator decides what the room sees. Every decision can be undone by another."""

from collections.abc import Mapping
from dataclasses import replace

from wall.core.errors import ChangedMeanwhile, WallError
from wall.core.people.roles import Role
from wall.core.pledges import Pledge, Status, check_status_change
from wall.services.people.desk_transaction import DeskTransaction, at_desk
from wall.services.pledges.status import change_status
from wall.store.queries import pledges

MOST_AT_ONCE = 500
_NAMES = {Status.SHOWN: "show", Status.HIDDEN: "hide", Status.WAITING: "hold"}
"""What each decision is called in the audit."""


@at_desk(Role.MODERATOR)
def show_pledge(desk: DeskTransaction, pledge_id: str, seen: int | None = None) -> Pledge:
    """Put a waiting or hidden pledge on the wall. Showing a shown one changes nothing.

    `seen` is the version of the pledge on the moderator's screen: what was changed since is not decided on.
    Raises PledgeNotFound, StatusChangeNotAllowed or ChangedMeanwhile.
    """
    return _decide(desk, desk.pledge(pledge_id), Status.SHOWN, seen)


@at_desk(Role.MODERATOR)
def hide_pledge(desk: DeskTransaction, pledge_id: str, seen: int | None = None) -> Pledge:
    """Take a pledge off the wall, or out of the queue. `seen` and errors are as in show_pledge."""
    return _decide(desk, desk.pledge(pledge_id), Status.HIDDEN, seen)


@at_desk(Role.MODERATOR)
def hold_pledge(desk: DeskTransaction, pledge_id: str, seen: int | None = None) -> Pledge:
    """Put a pledge back into the queue. `seen` and errors are as in show_pledge."""
    return _decide(desk, desk.pledge(pledge_id), Status.WAITING, seen)


@at_desk(Role.MODERATOR)
def change_status_of_many(desk: DeskTransaction, seen: Mapping[str, int], status: Status) -> list[Pledge]:
    """Decide on many at once: those that nobody changed since they were `seen`, by id. Answers with those whose status changed."""
    changed = []
    for pledge_id, version in seen.items():
        try:
            pledge = desk.pledge(pledge_id)
            if pledge.status is not status:
                changed.append(_decide(desk, pledge, status, version))
        except WallError:
            continue  # it is gone, taken back or decided on: it stays as it is
    return changed


@at_desk(Role.MODERATOR)
def pin_pledge(desk: DeskTransaction, pledge_id: str) -> Pledge:
    """Have the wall come back to a pledge more often. Raises PledgeNotFound."""
    return _pin(desk, desk.pledge(pledge_id), "pin", pinned=True)


@at_desk(Role.MODERATOR)
def unpin_pledge(desk: DeskTransaction, pledge_id: str) -> Pledge:
    """Have the wall come back to a pledge as often as to any other. Raises PledgeNotFound."""
    return _pin(desk, desk.pledge(pledge_id), "unpin", pinned=False)


def refuse_if_changed(pledge: Pledge, seen: int | None) -> None:
    """Raise ChangedMeanwhile where somebody changed a pledge after the version that was seen."""
    if seen is not None and pledge.state_version > seen:
        raise ChangedMeanwhile


def _decide(desk: DeskTransaction, pledge: Pledge, status: Status, seen: int | None) -> Pledge:
    if not check_status_change("organiser", pledge.status, status):
        return pledge
    refuse_if_changed(pledge, seen)
    desk.record(_NAMES[status], pledge)
    return change_status(desk.transaction, desk.event.code, pledge, status, by=desk.organiser.id)


def _pin(desk: DeskTransaction, pledge: Pledge, action: str, *, pinned: bool) -> Pledge:
    if pledge.pinned == pinned:
        return pledge
    desk.record(action, pledge)
    version = desk.transaction.next_version(desk.event.code)
    changed = replace(pledge, pinned=pinned, version=version)
    pledges.pin(desk.connection, changed, at=desk.transaction.now)
    return changed
