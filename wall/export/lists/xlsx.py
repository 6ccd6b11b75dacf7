"""A spreadsheet for Excel: the pledges, and the totals that they add up to."""

from datetime import tzinfo
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from wall.core.exports import Export
from wall.core.summary import OutcomesAfter
from wall.export.lists.columns import (
    FACTS,
    Cell,
    chosen_in,
    columns_of,
    counts_of,
    for_people,
    heading_of,
    moment_of,
    sums_of,
)

_STREAMED = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
"""A row goes to the disk when the next one begins; what begins like a formula or an address is a text like any other."""
_WRAPPED = {"text_wrap": True, "valign": "top"}
_MOMENT = {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left", "valign": "top"}
_LONGEST = 32_767
"""What Excel takes in one cell."""


class _Sheet:
    """Cells as Excel takes them: texts that are no formulas, and times that can be sorted and reckoned with."""

    def __init__(self, workbook: Workbook, name: str, zone: tzinfo) -> None:
        self.sheet: Worksheet = workbook.add_worksheet(name)
        self._zone = zone
        self._bold = workbook.add_format({"bold": True})
        self._wrapped, self._moment = workbook.add_format(_WRAPPED), workbook.add_format(_MOMENT)

    def head(self, row: int, at: int, heading: str) -> None:
        self.sheet.write_string(row, at, heading, self._bold)

    def put(self, row: int, at: int, value: Cell | list[str], *, time: bool = False) -> None:
        moment = moment_of(str(value), self._zone) if time else None
        shown = for_people(value)
        if moment:
            self.sheet.write_datetime(row, at, moment, self._moment)
        elif shown == "":
            self.sheet.write_blank(row, at, None, self._wrapped)
        elif isinstance(shown, str):
            cut = shown if _length(shown) <= _LONGEST else f"{shown[: _LONGEST // 2]}…"
            self.sheet.write_string(row, at, cut, self._wrapped)
        else:
            self.sheet.write_number(row, at, shown, self._wrapped)


def write_xlsx(export: Export, file: IO[bytes]) -> None:
    """Row by row; the workbook is put together when it is closed."""
    workbook = Workbook(file, _STREAMED)
    workbook.set_properties({"title": export.event.title, "subject": export.event.question})
    _write_pledges(_Sheet(workbook, "Pledges", export.zone), export)
    _write_totals(_Sheet(workbook, "Totals", export.zone), export)
    workbook.close()


def _write_pledges(page: _Sheet, export: Export) -> None:
    columns = columns_of(export.choice)
    page.sheet.freeze_panes(1, 0)
    page.sheet.autofilter(0, 0, export.count, len(columns) - 1)
    for at, column in enumerate(columns):
        page.sheet.set_column(at, at, column.width)
        page.head(0, at, heading_of(column, export.zone))
    for row, pledge in enumerate(export.pledges, 1):
        for at, column in enumerate(columns):
            page.put(row, at, column.read(pledge), time=column.time)


def _write_totals(page: _Sheet, export: Export) -> None:
    page.sheet.set_column(0, 0, 40)
    page.sheet.set_column(1, 1, 70)
    chosen = chosen_in(export)
    rows: list[tuple[str, Cell | list[str], bool]] = [
        *((heading.capitalize(), count, False) for heading, count in sums_of(export.totals).items()),
        ("", "", False),
        (f"Exported at ({export.zone})", export.at, True),
        ("Pledges in this file", chosen["pledges"], False),
        ("Statuses in this file", chosen["statuses"], False),
        ("Themes in this file", chosen["themes"], False),
        ("Columns in this file", chosen["fields"], False),
        ("Names and organisations included", chosen["names"], False),
        ("", "", False),
        *((heading_of(fact, export.zone), fact.read(export.event), fact.time) for fact in FACTS),
        ("", "", False),
        *((heading, count, False) for stand in export.stands for heading, count in _named_counts(stand)),
    ]
    for row, (heading, value, time) in enumerate(rows):
        page.head(row, 0, heading)
        page.put(row, 1, value, time=time)


def _length(text: str) -> int:
    """As Excel counts: in halves of surrogate pairs."""
    return len(text.encode("utf-16-le")) // 2


STANDS = {"old enough": "pledges this old", "answered": "replied"}
"""What the sheet calls those sums whose names programs know."""


def _named_counts(stand: OutcomesAfter) -> list[tuple[str, int]]:
    when = "Today" if stand.days is None else f"{stand.days} days after the pledge"
    return [(f"{when}: {STANDS.get(name, name)}", count) for name, count in counts_of(stand).items()]
