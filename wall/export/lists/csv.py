"""CSV as spreadsheets open it: UTF-8 with its mark, and no text that is taken for a formula, whatever separates the cells.

A spreadsheet that expects another separator than the file has takes quotes for letters, and begins a cell within a text.
So an apostrophe stands before each = + - @ with which a cell could begin: at the beginning of a text, and after a comma,
semicolon, tab, bar or line break in it. Where apostrophes stand there already there is one more, so taking one away
from each such place gives back what was written.
"""

import csv
import io
import re
from typing import IO

from wall.core.exports import Export
from wall.export.lists.columns import Cell, Column, columns_of, for_people, heading_of, moment_of

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the local code page, and Żółć is broken."""

_FORMULA = re.compile(r"""(^|[,;\t\r\n|])((?:[^\S\t\r\n]|")*+)(?='*+[=+\-@＝＋－＠])""")
"""Where one could begin. Japanese spreadsheets take the wide signs too."""


def write_csv(export: Export, file: IO[bytes]) -> None:
    """Row by row, with CRLF at each row's end as RFC 4180 has it."""
    columns = columns_of(export.choice)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, delimiter=export.choice.separator.character, quoting=csv.QUOTE_ALL)
    writer.writerow([heading_of(column, export.zone) for column in columns])
    for pledge in export.pledges:
        writer.writerow([_cell(column, column.read(pledge), export) for column in columns])
    text.detach()


def _cell(column: Column, value: Cell, export: Export) -> str | int:
    if column.time:
        return str(moment_of(str(value), export.zone) or value)
    shown = for_people(value)
    return guard(shown) if isinstance(shown, str) else shown


def guard(text: str) -> str:
    """The text with an apostrophe before all that a spreadsheet could take for a formula."""
    return _FORMULA.sub(r"\1\2'", text)
