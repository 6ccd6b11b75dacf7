"""Pledges pasted from a spreadsheet: cells apart by tabs, one pledge on each row."""

import csv
import io
from dataclasses import dataclass

from wall.core.drafts import as_asked, check_content, read_content
from wall.core.errors import BadInput
from wall.core.events import Event
from wall.core.pledges import Content
from wall.core.words import N_, Words, say

MOST_ROWS = 500
COLUMNS = ("text", "name", "organisation", "theme")
"""Their order where the first row does not name them."""

_LABELS = (
    ("text", N_("Pledge")),
    ("name", N_("Name")),
    ("organisation", N_("Where from")),
    ("theme", N_("Theme")),
)
"""What the page calls the columns, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet: what would be stored, or what is wrong with each field."""

    number: int
    cells: dict[str, str]
    content: Content | None
    problems: dict[str, Words]


def read_sheet(pasted: str, event: Event) -> list[Row]:
    """The rows that hold anything, numbered as in the sheet. Raises BadInput where there are none, or too many."""
    try:
        table = list(csv.reader(io.StringIO(pasted, newline=""), dialect="excel-tab"))
    except csv.Error:
        raise BadInput(fields={"sheet": N_("This cannot be read as rows of a spreadsheet.")}) from None
    columns: tuple[str, ...] = COLUMNS
    first = 0
    if table and (named := _named_columns(table[0])):
        columns, first = named, 1
    rows = [
        _read_row(number, dict(zip(columns, cells, strict=False)), event)
        for number, cells in enumerate(table[first:], start=first + 1)
        if any(cell.strip() for cell in cells)
    ]
    if not rows:
        raise BadInput(fields={"sheet": N_("Please paste at least one row.")})
    if len(rows) > MOST_ROWS:
        raise BadInput(fields={"sheet": N_("Please paste up to {most} rows at a time.", most=MOST_ROWS)})
    return rows


def _named_columns(cells: list[str]) -> tuple[str, ...] | None:
    """What the first row calls the columns; None where it is a pledge itself."""
    fields = {column: column for column in COLUMNS}
    fields |= {_fold(heading): field for field, label in _LABELS for heading in (label.text, say(label))}
    named = tuple(fields.get(_fold(cell), "") for cell in cells)
    return named if "text" in named else None


def _fold(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _read_row(number: int, cells: dict[str, str], event: Event) -> Row:
    cells = {column: cells.get(column, "").strip() for column in COLUMNS}
    try:
        content = as_asked(read_content(cells), event)
        check_content(content, event)
    except BadInput as error:
        return Row(number, cells, None, error.fields)
    return Row(number, cells, content, {})
