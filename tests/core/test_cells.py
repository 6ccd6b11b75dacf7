"""Pasted rows are what was copied: quote marks are syntax only where a spreadsheet wrote them as such."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wall.core.texts.cells import MOST_COLUMNS, rows_of

TEXT = st.text(st.sampled_from('ab "\t\n\r,;سé') | st.characters(codec="utf-8"), max_size=12)


@pytest.mark.parametrize(
    ("pasted", "rows"),
    [
        ('"Kindness first\tAnn\nListen more\tBob', [['"Kindness first', "Ann"], ["Listen more", "Bob"]]),
        ('"Be kind" to all', [['"Be kind" to all']]),
        ('"Be kind"\tAnn', [['"Be kind"', "Ann"]]),
        ('5" of snow\t6"\nBob', [['5" of snow', '6"'], ["Bob"]]),
        ('"Listen.\nThen act."\tMaria\nAct.', [["Listen.\nThen act.", "Maria"], ["Act."]]),
        ('"Say ""yes""."\tAnn', [['Say "yes".', "Ann"]]),
        ('"a\tb"\t"c', [["a\tb", '"c']]),
        ('"a\nb" c\td', [['"a'], ['b" c', "d"]]),
        ('"a\n"b\tc"', [['"a'], ["b\tc"]]),
        ('Ann\tsays "hello\tBob\nEve', [["Ann", 'says "hello', "Bob"], ["Eve"]]),
        ('"', [['"']]),
        ('""', [['""']]),
        ('""""', [['"']]),
        ("", []),
        ("\n\na\r\nb\rc\n", [[""], [""], ["a"], ["b"], ["c"]]),
        ("a\t", [["a", ""]]),
        ("\t", [["", ""]]),
    ],
)
def test_a_quote_mark_is_syntax_where_it_opens_and_closes_a_cell_that_needs_it(
    pasted: str, rows: list[list[str]]
) -> None:
    assert [*rows_of(pasted)] == rows


@given(st.lists(st.lists(TEXT, min_size=2, max_size=4), max_size=5))
@example([['"', "\n"], ['""', '"\t"']])
def test_what_a_spreadsheet_copies_comes_back_as_it_was(rows: list[list[str]]) -> None:
    copied = io.StringIO(newline="")
    csv.writer(copied, dialect="excel-tab").writerows(rows)
    assert [*rows_of(copied.getvalue())] == rows


@given(st.lists(st.lists(TEXT.filter(lambda cell: '"' not in cell[:1]), min_size=1, max_size=4), max_size=5))
def test_so_does_what_one_copies_that_quotes_no_more_than_it_must(rows: list[list[str]]) -> None:
    """As some do, where a cell with marks alone stays as it is."""
    copied = "".join("\t".join(map(as_copied, row)) + "\n" for row in rows)
    assert [*rows_of(copied)] == rows


def as_copied(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set("\t\r\n") else cell


@given(st.lists(TEXT.map(lambda text: '"x' + text.translate(dict.fromkeys(map(ord, '"\t\r\n')))), min_size=1))
def test_marks_that_nobody_closes_are_text(rows: list[str]) -> None:
    assert [*rows_of("\n".join(rows))] == [[row] for row in rows]


def test_what_stands_far_to_the_right_is_not_looked_at() -> None:
    assert [*rows_of("a" + "\t" * 1000 + '"\nb')] == [["a", *[""] * (MOST_COLUMNS - 1)], ["b"]]


def test_whoever_has_enough_rows_can_stop() -> None:
    rows = rows_of("a\n" * 100_000)
    assert [next(rows), next(rows)] == [["a"], ["a"]]
