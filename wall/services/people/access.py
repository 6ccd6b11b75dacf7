"""What somebody sees of events at the desk: the one place that decides whose they are, and who may do what."""

from dataclasses import dataclass

from wall.core.errors import EventNotFound, NotYourRole
from wall.core.events import Event
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.pledges import Pledge, Status
from wall.store import Connection, Snapshot, Store
from wall.store.queries import events, pledges, team


@dataclass(frozen=True, slots=True)
class Desk:
    """An event, and the role that somebody has there."""

    event: Event
    role: Role


@dataclass(frozen=True, slots=True)
class Queue:
    """The first pledges of an event in the order of its queue, how many there are of all, and what people are called."""

    first: list[Pledge]
    counts: dict[Status, int]
    names: dict[int, str]


def event_of(connection: Snapshot, organiser: Organiser, code: str, needed: Role = Role.ORGANISER) -> Event:
    """The event of a code, for somebody who works on it as `needed` or more.

    Raises NotYourRole for who works on it as less, and EventNotFound for everybody else: they learn nothing, not
    even that it exists.
    """
    return desk_of(connection, organiser, code, needed).event


def desk_of(connection: Snapshot, organiser: Organiser, code: str, needed: Role) -> Desk:
    """As event_of, together with the role that they have."""
    event = events.by_code(connection, code)
    if event is None:
        raise EventNotFound
    return Desk(event, role_at(connection, organiser, event, needed))


def role_at(connection: Connection, organiser: Organiser, event: Event, needed: Role) -> Role:
    """The role that somebody has at an event, where it is `needed` or more. Raises as event_of does."""
    role = team.role_of(connection, organiser.id, event.id)
    if role is None:
        raise EventNotFound
    if not role.includes(needed):
        raise NotYourRole
    return role


def check_makes_events(organiser: Organiser) -> None:
    """Raises NotYourRole for those who may not create events, nor change what concerns the whole server."""
    if not organiser.makes_events:
        raise NotYourRole


def my_desk(store: Store, organiser: Organiser, code: str, needed: Role = Role.ORGANISER) -> Desk:
    """An event and somebody's role there, where it is `needed` or more. Raises as event_of does."""
    with store.read() as connection:
        return desk_of(connection, organiser, code, needed)


def my_event(store: Store, organiser: Organiser, code: str, needed: Role = Role.ORGANISER) -> Event:
    """An event, for somebody who works on it as `needed` or more. Raises as event_of does."""
    return my_desk(store, organiser, code, needed).event


def my_desks(store: Store, organiser: Organiser) -> list[Desk]:
    """The events that somebody works on, newest first."""
    with store.read() as connection:
        return [Desk(event, role) for event, role in events.of_organiser(connection, organiser.id)]


def first_in_queue(store: Store, organiser: Organiser, code: str, most: int) -> Queue:
    """What a moderator should look at first. Raises EventNotFound or NotYourRole."""
    with store.read() as connection:
        event = event_of(connection, organiser, code, Role.MODERATOR)
        counts = pledges.count_by_status(connection, event.id)
        return Queue(pledges.first_in_queue(connection, event.id, most), counts, team.all_names(connection))
