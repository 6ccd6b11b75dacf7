"""Rows and cells, as spreadsheets put them on the clipboard: tabs between cells, line ends between rows.

A cell that holds a tab, a line end or a quote mark comes in quote marks, and those within it are doubled. What only looks like that is
text: a cell is read so where its quote marks open and close it properly and it needs them.
"""

import re
from collections.abc import Iterator

MOST_COLUMNS = 64
"""What stands further right is not looked at."""

_PLAIN = re.compile(r"[^\t\r\n]*+")
_LINE = re.compile(r"[^\r\n]*+")
_LINE_END = re.compile(r"\r\n?|\n")
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"(?=[\t\r\n]|\Z)')
_NEEDS_QUOTES = re.compile(r'[\t\r\n"]')


def rows_of(pasted: str) -> Iterator[list[str]]:
    """One after the other, so that whoever has enough can stop. A line end after the last row begins no other one."""
    at = 0
    while at < len(pasted):
        cells, at = _row(pasted, at)
        yield cells
        if end := _LINE_END.match(pasted, at):
            at = end.end()


def _row(pasted: str, at: int) -> tuple[list[str], int]:
    """The cells of the row that begins at a place, and where its line ends."""
    cells: list[str] = []
    while True:
        cell, at = _cell(pasted, at)
        cells.append(cell)
        if at == len(pasted) or pasted[at] != "\t":
            return cells, at
        at += 1
        if len(cells) == MOST_COLUMNS:
            return cells, _end_of(_LINE, pasted, at)


def _cell(pasted: str, at: int) -> tuple[str, int]:
    """What a cell says, and where it ends."""
    if pasted.startswith('"', at):
        # Whether it closes is known at the first mark that is not doubled. A later cell that begins within what was
        # looked at has an even number of marks in front, so that its own look ends there: no letter is looked at thrice.
        quoted = _QUOTED.match(pasted, at)
        if quoted and _NEEDS_QUOTES.search(quoted[1]):
            return quoted[1].replace('""', '"'), quoted.end()
    end = _end_of(_PLAIN, pasted, at)
    return pasted[at:end], end


def _end_of(pattern: "re.Pattern[str]", pasted: str, at: int) -> int:
    found = pattern.match(pasted, at)
    return found.end() if found else at
