"""An organiser takes the pledges home, in the kind of file that the day after needs."""

from collections.abc import Callable, Iterator, Mapping
from contextvars import copy_context
from dataclasses import dataclass, replace
from importlib import import_module
from typing import IO

from wall.core.clock import now
from wall.core.errors import BadInput, EventNotFound
from wall.core.events import Event
from wall.core.exports import Choice, Export, FileKind, Totals
from wall.core.people.organisers import Organiser
from wall.core.pledges import Pledge, Status
from wall.core.retention import today
from wall.core.words import N_, set_language
from wall.export.lists.columns import COLUMNS, columns_of
from wall.export.writable import writable_export
from wall.services.exports.local_time import local_zone
from wall.services.people.access import event_of
from wall.store import Connection, Snapshot, Store
from wall.store.queries import events, exports, logos, pledges, summary

_WRITERS: Mapping[FileKind, str] = {
    FileKind.CSV: "lists.csv",
    FileKind.XLSX: "lists.xlsx",
    FileKind.JSON: "lists.json",
    FileKind.PDF: "pdf.document",
    FileKind.HTML: "keepsake.page",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be exported from an event."""

    totals: Totals
    themes: tuple[str, ...]
    """Those that pledges have; "" where some have none."""


def offer_export(store: Store, organiser: Organiser, code: str) -> Offer:
    """The totals and themes of an event, for its organisers. Raises EventNotFound or NotYourRole."""
    with store.read() as connection:
        event = event_of(connection, organiser, code)
        return Offer(_totals(connection, event), tuple(exports.themes_in(connection, event.id)))


def count_export(store: Store, code: str, choice: Choice) -> int:
    """How many pledges a file would have. Raises EventNotFound, or BadInput for a theme or a column that is not there."""
    if not set(choice.fields) <= {column.key for column in COLUMNS} or not columns_of(choice):
        raise BadInput(
            fields={"field": N_("Choose columns from the list. Some cannot be used when names are left out.")}
        )
    with store.read() as connection:
        event = _event(connection, code)
        known = {"", *event.themes, *exports.themes_in(connection, event.id)}
        for theme in choice.themes:
            if theme not in known:
                raise BadInput(fields={"theme": N_("This event has no theme called “{theme}”.", theme=theme)})
        return exports.count_chosen(connection, event.id, choice)


def write_export(
    store: Store,
    code: str,
    kind: FileKind,
    choice: Choice,
    file: IO[bytes],
    on_progress: Callable[[int], object] = lambda done: None,
) -> None:
    """Write the file, all of one moment, in the event's language; `on_progress` hears how many pledges are done.

    It blocks: call it off the loop. Raises EventNotFound.
    """
    with store.read_apart() as connection:
        event = _event(connection, code)
        export = Export(
            event=event,
            choice=choice,
            at=now(),
            totals=_totals(connection, event),
            count=exports.count_chosen(connection, event.id, choice),
            pledges=_exported(exports.chosen(connection, event.id, choice), choice, on_progress),
            stands=summary.stands(connection, event.id, today()),
            logo=logos.of_event(connection, event.id),
            zone=local_zone(),
        )
        spoken = copy_context()
        spoken.run(set_language, event.language)
        spoken.run(_writer(kind), writable_export(export), file)


def _writer(kind: FileKind) -> Callable[[Export, IO[bytes]], None]:
    """The function that writes a kind of file; its module is loaded when it is first asked for."""
    module = import_module(f"wall.export.{_WRITERS[kind]}")
    writer: Callable[[Export, IO[bytes]], None] = getattr(module, f"write_{kind}")
    return writer


def _event(connection: Snapshot, code: str) -> Event:
    event = events.by_code(connection, code)
    if event is None:
        raise EventNotFound
    return event


def _totals(connection: Connection, event: Event) -> Totals:
    counts = pledges.count_by_status(connection, event.id)
    return Totals(**{status.value: counts[status] for status in Status})


def _exported(
    chosen: Iterator[Pledge], choice: Choice, on_progress: Callable[[int], object]
) -> Iterator[Pledge]:
    """One by one; where names do not go along, no format ever sees them."""
    for done, pledge in enumerate(chosen, 1):
        yield (pledge if choice.names else replace(pledge, content=pledge.content.anonymous()))
        on_progress(done)
