"""CSV as Excel opens it: UTF-8 with its mark, and no text that is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator

from wall.core.pledges import Pledge
from wall.export.columns import COLUMNS, Cell

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the local code page, and Żółć is broken."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_lines(pledges: Iterable[Pledge]) -> Iterator[str]:
    """The file, piece by piece, with CRLF at each row's end as RFC 4180 has it."""
    line = io.StringIO()
    writer = csv.writer(line)
    line.write(BYTE_ORDER_MARK)
    writer.writerow([column.heading for column in COLUMNS])
    for pledge in pledges:
        yield _taken(line)
        writer.writerow([_as_text(column.read(pledge)) for column in COLUMNS])
    yield _taken(line)


def _as_text(cell: Cell) -> Cell:
    """A text that begins like a formula stays text: a spreadsheet shows it after an apostrophe."""
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text
