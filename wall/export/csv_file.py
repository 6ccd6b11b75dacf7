"""CSV as Excel opens it: UTF-8 with its mark, and no text that is taken for a formula."""

import csv
import io
from typing import IO

from wall.core.exports import Export
from wall.export.columns import Cell, columns_of, for_people

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the local code page, and Żółć is broken."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(export: Export, file: IO[bytes]) -> None:
    """Row by row, with CRLF at each row's end as RFC 4180 has it."""
    columns = columns_of(export.choice)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow([column.heading.text for column in columns])
    for pledge in export.pledges:
        writer.writerow([_as_text(column.read(pledge)) for column in columns])
    text.detach()


def _as_text(cell: Cell) -> str | int:
    """A text that begins like a formula stays text: a spreadsheet shows it after an apostrophe."""
    shown = for_people(cell)
    if isinstance(shown, str) and shown.startswith(_FORMULA_STARTS):
        return f"'{shown}"
    return shown
