"""What an organiser sees of events: the one place that decides whose they are."""

from typing import Any

from wall.core.audience import changes_for
from wall.core.errors import EventNotFound, VersionUnknown
from wall.core.events import Event
from wall.core.organisers import Organiser
from wall.services.addresses import Addresses
from wall.store import Connection, Store, events, organisers, pledges


def event_of(connection: Connection, organiser: Organiser, code: str) -> Event:
    """The event of a code, for an organiser who works on it.

    Raises EventNotFound for everybody else too: they learn nothing, not even that it exists.
    """
    event = events.by_code(connection, code)
    if event is None or not organisers.works_on(connection, organiser.id, event.id):
        raise EventNotFound
    return event


def my_event(store: Store, organiser: Organiser, code: str) -> Event:
    """See event_of."""
    with store.read() as connection:
        return event_of(connection, organiser, code)


def my_events(store: Store, organiser: Organiser) -> list[Event]:
    """The events that an organiser works on, newest first."""
    with store.read() as connection:
        return events.of_organiser(connection, organiser.id)


def desk_changes_since(
    store: Store, addresses: Addresses, organiser: Organiser, code: str, since: int
) -> dict[str, Any]:
    """What changed in an event after version `since`, with all statuses.

    Raises EventNotFound or VersionUnknown.
    """
    with store.read() as connection:
        event = event_of(connection, organiser, code)
        if since > event.version:
            raise VersionUnknown
        changed = pledges.changed_since(connection, event.id, since)
    answer = changes_for("desk", event, since, changed)
    answer["event"] |= addresses.of(event.code)
    return answer
