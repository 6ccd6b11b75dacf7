"""A screen asks what changed, and a phone what the room is doing."""

from typing import Any

from wall.core.audience import Audience, changes_for, pledge_for_public
from wall.core.errors import BadInput, EventNotFound, VersionUnknown
from wall.core.events import Event
from wall.core.pledges import Status
from wall.core.words import N_
from wall.services.addresses import Addresses
from wall.store import Store, events, pledges

LATEST_FOR_PHONES = 5
HIGHEST_VERSION = 2**53 - 1
"""The largest whole number that a browser counts exactly."""


def read_since(raw: object) -> int:
    """A version as a screen sent it, in a query or a message; a missing one means from the start.

    Raises BadInput for anything but a whole number of at least 0.
    """
    if raw is None:
        return 0
    if isinstance(raw, str) and len(raw) <= 16 and raw.isascii() and raw.isdigit():
        raw = int(raw)
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 <= raw <= HIGHEST_VERSION:
        raise BadInput(fields={"since": N_("This must be a whole number, 0 or more.")})
    return raw


def changes_since(
    store: Store, addresses: Addresses, code: str, since: int, audience: Audience = "public"
) -> dict[str, Any]:
    """What changed in an event after version `since`, for the public, or on the kept wall.

    Raises EventNotFound, or VersionUnknown where the event has not come so far or was emptied since.
    """
    with store.read() as connection:
        event = events.by_code(connection, code)
        if event is None:
            raise EventNotFound
        if since > event.version or 0 < since < event.emptied:
            raise VersionUnknown
        changed = pledges.changed_since(connection, event.id, since)
    answer = changes_for(audience, event, since, changed)
    answer["event"] |= addresses.of(event.code)
    return answer


def room_now(store: Store, code: str) -> dict[str, Any]:
    """What every phone may hear: the version, how many pledges are shown, and the latest few."""
    with store.read() as connection:
        event = events.by_code(connection, code)
        if event is None:
            raise EventNotFound
        counts = pledges.count_by_status(connection, event.id)
        latest = pledges.latest_shown(connection, event.id, LATEST_FOR_PHONES)
    return {
        "event": event.code,
        "version": event.version,
        "open": event.open,
        "shown": counts[Status.SHOWN],
        "latest": [pledge_for_public(pledge) for pledge in latest],
    }


def find_event(store: Store, code: str) -> Event:
    """The event of a code. Raises EventNotFound."""
    with store.read() as connection:
        event = events.by_code(connection, code)
    if event is None:
        raise EventNotFound
    return event


def open_events(store: Store) -> list[Event]:
    """The events that take pledges now, oldest first."""
    with store.read() as connection:
        return events.open_events(connection)
