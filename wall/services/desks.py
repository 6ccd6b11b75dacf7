"""What somebody sees of events at the desk: the one place that decides whose they are, and who may do what."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wall.core.audience import changes_for
from wall.core.errors import EventNotFound, NotYourRole, VersionUnknown
from wall.core.events import Event
from wall.core.organisers import Organiser
from wall.core.pledges import Pledge
from wall.core.roles import Role
from wall.core.sessions import Session
from wall.services.addresses import Addresses
from wall.store import Connection, Store, events, pledges, sessions, team


@dataclass(frozen=True, slots=True)
class Desk:
    """An event, and what somebody is there."""

    event: Event
    role: Role


def event_of(connection: Connection, organiser: Organiser, code: str, needed: Role = Role.ORGANISER) -> Event:
    """The event of a code, for somebody who works on it as `needed` or more.

    Raises NotYourRole for who works on it as less, and EventNotFound for everybody else: they learn nothing, not
    even that it exists.
    """
    return desk_of(connection, organiser, code, needed).event


def desk_of(connection: Connection, organiser: Organiser, code: str, needed: Role) -> Desk:
    """See event_of."""
    event = events.by_code(connection, code)
    role = team.role_of(connection, organiser.id, event.id) if event else None
    if event is None or role is None:
        raise EventNotFound
    if not role.covers(needed):
        raise NotYourRole
    return Desk(event, role)


def my_desk(store: Store, organiser: Organiser, code: str, needed: Role = Role.ORGANISER) -> Desk:
    """See event_of."""
    with store.read() as connection:
        return desk_of(connection, organiser, code, needed)


def my_event(store: Store, organiser: Organiser, code: str, needed: Role = Role.ORGANISER) -> Event:
    """See event_of."""
    return my_desk(store, organiser, code, needed).event


def my_desks(store: Store, organiser: Organiser) -> list[Desk]:
    """The events that somebody works on, newest first."""
    with store.read() as connection:
        return [Desk(event, role) for event, role in events.of_organiser(connection, organiser.id)]


def desk_changes_since(
    store: Store, addresses: Addresses, organiser: Organiser, code: str, since: int
) -> dict[str, Any]:
    """What changed in an event after version `since`, with all statuses and who decided.

    Raises EventNotFound, NotYourRole or VersionUnknown.
    """
    with store.read() as connection:
        event = event_of(connection, organiser, code, Role.MODERATOR)
        return changes_at_desk(connection, addresses, event, since)


def changes_for_team(
    store: Store, addresses: Addresses, code: str, since: int
) -> tuple[dict[str, Any], list[Session]]:
    """The desk's answer, and the sessions that may hear it now. Raises EventNotFound or VersionUnknown."""
    now = datetime.now(UTC)
    with store.read() as connection:
        event = events.by_code(connection, code)
        if event is None:
            raise EventNotFound
        told = [session for session in sessions.at_desk(connection, event.id) if session.lives(now)]
        return changes_at_desk(connection, addresses, event, since), told


def changes_at_desk(connection: Connection, addresses: Addresses, event: Event, since: int) -> dict[str, Any]:
    """The desk's answer, for whoever was let in. Raises VersionUnknown."""
    if since > event.version or 0 < since < event.emptied:
        raise VersionUnknown
    changed = pledges.changed_since(connection, event.id, since)
    answer = changes_for("desk", event, since, changed)
    answer["event"] |= addresses.of(event.code)
    answer["people"] = _who_acted(connection, changed)
    return answer


def _who_acted(connection: Connection, changed: list[Pledge]) -> dict[str, str]:
    """The names of those who decided on these pledges or entered them, by their ids."""
    ids = {who for pledge in changed for who in (pledge.decided_by, pledge.entered_by) if who}
    return {str(who): name for who, name in team.names(connection, ids).items()} if ids else {}
