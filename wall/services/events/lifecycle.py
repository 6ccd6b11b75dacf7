"""An organiser opens and closes an event, and puts it away."""

from wall.core.errors import RetentionOver
from wall.core.events import Event
from wall.core.people.roles import Role
from wall.core.retention import is_over
from wall.services.people.desk_transaction import DeskTransaction, at_desk


@at_desk(Role.ORGANISER)
def open_event(desk: DeskTransaction) -> Event:
    """Take pledges (again); an archived event comes out of the archive.

    Raises RetentionOver where the last day with names has passed.
    """
    takes_pledges = desk.event.open and not desk.event.archived
    if not takes_pledges and is_over(desk.event.keep_until):
        raise RetentionOver
    return desk.ensure("open_event", open=True, archived=False)


@at_desk(Role.ORGANISER)
def close_event(desk: DeskTransaction) -> Event:
    """Take no more pledges."""
    return desk.ensure("close_event", open=False)


@at_desk(Role.ORGANISER)
def archive_event(desk: DeskTransaction) -> Event:
    """Close an event and put it out of the way; nothing of it is lost."""
    return desk.ensure("archive_event", open=False, archived=True)


@at_desk(Role.ORGANISER)
def bring_back_event(desk: DeskTransaction) -> Event:
    """Take an event out of the archive, closed as it is."""
    return desk.ensure("bring_back_event", archived=False)
