"""Pledges pasted from a spreadsheet: cells apart by tabs, one pledge on each row."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wall.core.content import AUTHOR_FIELDS, FIELDS, Content
from wall.core.drafts import Draft, as_asked, check_content, read_content, read_draft
from wall.core.errors import BadInput
from wall.core.events import Event
from wall.core.holding import first_status, held_for
from wall.core.pledges import HeldFor, Status
from wall.core.texts.cells import rows_of
from wall.core.words import N_, Words

MOST_ROWS = 500
MOST_LINES = 4 * MOST_ROWS
"""With the empty ones in between."""
LONGEST_SHEET = 1_000_000
LONGEST_CELL = 100_000
LONGEST_HEADING = 80
COLUMNS = FIELDS
"""Their order where the first row does not name them."""

LABELS: dict[str, Words] = {
    "text": N_("Pledge"),
    **{field.name: field.label for field in AUTHOR_FIELDS},
    "theme": N_("Theme"),
}
"""What the page calls the columns."""

OTHER_NAMES: dict[str, Words] = {
    field.name: field.heading for field in AUTHOR_FIELDS if field.heading != field.label
}
FORMERLY = {"where from": "organisation"}
"""What people's own spreadsheets call a column, and what the page called it before."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet: what would be stored, or what is wrong with each field.

    `key` is the row's own, the same whenever the same sheet is pasted, so that it is stored once. `waits` says whether
    an organiser has to approve it, as the event is now, and `held` what was found in it.
    """

    number: int
    key: str
    cells: dict[str, str]
    content: Content | None
    problems: dict[str, Words]
    waits: bool = False
    held: HeldFor = ""


def read_sheet(pasted: str, event: Event, headings: Mapping[str, str] | None = None) -> list[Row]:
    """The rows that hold anything, numbered as in the sheet. Raises BadInput where there are none, or too many.

    `headings` are what the reader's page calls the columns; their English names and those of the contract count anyway.
    """
    columns, filled = _filled_rows(pasted, headings or {})
    if not filled:
        raise BadInput(fields={"sheet": N_("Paste at least one row.")})
    sheet = uuid.uuid5(uuid.NAMESPACE_OID, "\n".join((event.code, *columns, pasted)))
    return [
        _read_row(number, str(uuid.uuid5(sheet, str(number))), dict(zip(columns, cells, strict=False)), event)
        for number, cells in filled
    ]


def _filled_rows(
    pasted: str, headings: Mapping[str, str]
) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """The columns, and the rows that hold anything. Counted as they are found, so that too many cost no more than enough."""
    if len(pasted) > LONGEST_SHEET:
        raise _too_many_rows()
    columns: tuple[str, ...] = COLUMNS
    filled: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(rows_of(pasted), start=1):
        if number == 1 and (named := _named_columns(cells, headings)):
            columns = named
        elif max(map(len, cells)) > LONGEST_CELL:
            raise BadInput(
                fields={"sheet": N_("These rows could not be read. Copy them from a spreadsheet.")}
            )
        elif any(cell.strip() for cell in cells):
            filled.append((number, cells))
        if len(filled) > MOST_ROWS or number > MOST_LINES:
            raise _too_many_rows()
    return columns, filled


def _too_many_rows() -> BadInput:
    return BadInput(fields={"sheet": N_("Paste up to {most} rows at a time.", most=MOST_ROWS)})


def as_sent(rows: Iterable[Row]) -> str:
    """The rows that can be stored, as the form of a preview sends them."""
    sent = [{"number": row.number, "key": row.key} | row.content.by_field() for row in rows if row.content]
    return json.dumps(sent, ensure_ascii=False)


def read_sent(raw: str) -> list[tuple[int, Draft]]:
    """What a preview's form sent: drafts, each with the number of its row. Raises BadInput."""
    try:
        rows = json.loads(raw)
    except (ValueError, RecursionError):
        rows = None
    if (
        not isinstance(rows, list)
        or not 1 <= len(rows) <= MOST_ROWS
        or not all(isinstance(row, dict) for row in rows)
    ):
        raise BadInput(fields={"sheet": N_("Paste the rows again.")})
    return [(_number_of(row, place), read_draft(row)) for place, row in enumerate(rows, start=1)]


def check_again(sent: Iterable[tuple[int, Draft]], event: Event) -> list[Row]:
    """Rows that were refused, as the event takes them now."""
    return [_read_row(number, draft.key, draft.content.by_field(), event) for number, draft in sent]


def _number_of(row: dict[str, object], place: int) -> int:
    number = row.get("number")
    return number if isinstance(number, int) else place


def _named_columns(cells: list[str], headings: Mapping[str, str]) -> tuple[str, ...] | None:
    """What the first row calls the columns; None where it is a pledge itself."""
    fields = {column: column for column in COLUMNS}
    fields |= {_fold(label.text): column for column, label in LABELS.items()}
    fields |= FORMERLY
    fields |= {_fold(heading): column for heading, column in headings.items()}
    named = tuple(fields.get(_fold(cell[:LONGEST_HEADING]), "") for cell in cells)
    return named if "text" in named else None


def _fold(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _read_row(number: int, key: str, cells: dict[str, str], event: Event) -> Row:
    cells = {column: cells.get(column, "").strip() for column in COLUMNS}
    try:
        content = as_asked(read_content(cells), event)
        check_content(content, event)
    except BadInput as error:
        return Row(number, key, cells, None, error.fields)
    held = held_for(content, event)
    return Row(number, key, cells, content, {}, first_status(event, held) is Status.WAITING, held)
