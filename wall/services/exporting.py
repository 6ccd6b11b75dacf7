"""An organiser takes the pledges home."""

from collections.abc import Iterator

from wall.core.events import Event
from wall.core.organisers import Organiser
from wall.export.csv_file import csv_lines
from wall.services.desks import event_of
from wall.store import Store, pledges


def export_csv(store: Store, organiser: Organiser, code: str) -> tuple[Event, Iterator[str]]:
    """The event, and its pledges as pieces of a CSV file, all of one moment.

    Raises EventNotFound before the first piece.
    """
    with store.read() as connection:
        event = event_of(connection, organiser, code)
    return event, _stream(store, event)


def _stream(store: Store, event: Event) -> Iterator[str]:
    with store.read() as connection:
        yield from csv_lines(pledges.in_order(connection, event.id))
