"""A spreadsheet for Excel: the pledges, and the totals that they add up to."""

from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wall.core.exports import Export
from wall.core.looking_back import Stand
from wall.export.columns import FACTS, Cell, chosen_in, columns_of, for_people, sums_of, told_of

_STREAMED = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
"""A row goes to the disk when the next one begins; what begins like a formula or an address is a text like any other."""
_WRAPPED = {"text_wrap": True, "valign": "top"}


def write_xlsx(export: Export, file: IO[bytes]) -> None:
    """Row by row; the workbook is put together when it is closed."""
    workbook = Workbook(file, _STREAMED)
    workbook.set_properties({"title": export.event.title, "subject": export.event.question})
    bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format(_WRAPPED)
    _write_pledges(workbook.add_worksheet("Pledges"), export, bold, wrapped)
    _write_totals(workbook.add_worksheet("Totals"), export, bold, wrapped)
    workbook.close()


def _write_pledges(sheet: Worksheet, export: Export, bold: Format, wrapped: Format) -> None:
    columns = columns_of(export.choice)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
    sheet.autofilter(0, 0, export.count, len(columns) - 1)
    sheet.write_row(0, 0, [column.heading.text for column in columns], bold)
    for row, pledge in enumerate(export.pledges, 1):
        sheet.write_row(row, 0, [for_people(column.read(pledge)) for column in columns], wrapped)


def _write_totals(sheet: Worksheet, export: Export, bold: Format, wrapped: Format) -> None:
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 70)
    chosen = chosen_in(export)
    rows: list[tuple[str, Cell | list[str]]] = [
        *((heading.capitalize(), count) for heading, count in sums_of(export.totals).items()),
        ("", ""),
        ("Exported at (UTC)", export.at),
        ("Pledges in this file", chosen["pledges"]),
        ("Statuses in this file", chosen["statuses"]),
        ("Only these themes", chosen["themes"]),
        ("Only these columns", chosen["fields"]),
        ("With names and organisations", chosen["names"]),
        ("", ""),
        *((fact.heading, fact.read(export.event)) for fact in FACTS),
        ("", ""),
        *(row for stand in export.stands for row in _told(stand)),
    ]
    for row, (heading, value) in enumerate(rows):
        sheet.write(row, 0, heading, bold)
        sheet.write(row, 1, for_people(value), wrapped)


def _told(stand: Stand) -> list[tuple[str, int]]:
    when = "Today" if stand.days is None else f"{stand.days} days after writing"
    return [(f"{when}: {name}", count) for name, count in told_of(stand).items()]
