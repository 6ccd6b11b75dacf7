"""An event by its code, those that are open, and the version that a screen says it has."""

from wall.core.errors import BadInput, EventNotFound
from wall.core.events import Event
from wall.core.words import N_
from wall.store import Store
from wall.store.queries import events

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
        raise BadInput(fields={"since": N_("Enter a whole number, 0 or more.")})
    return raw


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
