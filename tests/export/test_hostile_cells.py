"""Hostile texts in every place where people write, in every kind of file: the file always comes, and can be read."""

import csv
import io
import json
import logging
import time
import timeit
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

from tests.conftest import Cast, a_draft
from wall.core.content import Content
from wall.core.drafts import read_draft
from wall.core.events import Event
from wall.core.exports import Choice, Export, FileKind, Separator, Totals
from wall.core.pledges import Pledge, Status
from wall.core.wall_state import WallState
from wall.export.keepsake.page import write_html
from wall.export.lists.columns import COLUMNS
from wall.export.lists.csv import write_csv
from wall.export.lists.json import write_json
from wall.export.lists.xlsx import write_xlsx
from wall.export.pdf import notes
from wall.export.pdf.document import write_pdf
from wall.export.pdf.lettering import Lettering
from wall.export.pdf.typefaces import Typefaces
from wall.export.writable import writable, writable_export
from wall.services.exports.exporting import write_export
from wall.services.pledges.submitting import submit_pledge
from wall.store import Store
from wall.web.attendee.reminders import day_of, reminder
from wall.web.kit.qr_codes import draw_qr

WRITERS = {
    FileKind.CSV: write_csv,
    FileKind.XLSX: write_xlsx,
    FileKind.JSON: write_json,
    FileKind.HTML: write_html,
    FileKind.PDF: write_pdf,
}
AT = "2026-11-26T08:25:10.123Z"
ODD_LETTERS = (
    "\ufdd0\ufffe\U0003ffff\x00\x07\x1b\x7f\x85\u2028\r\n\t\ud800\udfff\ue000\U000f0000\U000e0041\U000e007f"
    "\u0378\u05ff\u06dd\u202e\u2067\u2069\u200d\u200c\u200e\ufe0f\u0301\u064b\u20e3\u3099\u1100\uac00\u5148\u0e33"
    "\u05d0\u0628\u0939\u094d\U0001f469\U0001f1ec\U0001faea\U00016fe4\ufffc\u00ad\u3000\u2800 ab<&]>'\"=;,|-_/\\"
)
WORDS = st.one_of(
    st.text(st.sampled_from(ODD_LETTERS), max_size=40),
    st.text(st.characters(), max_size=20),  # halves of surrogate pairs too
    st.builds(lambda unit, count: unit * count, st.sampled_from(ODD_LETTERS), st.integers(1, 120)),
    st.builds(lambda one, other: "a" * one + " " + "b" * other, st.integers(1, 80), st.integers(1, 80)),
)
HOSTILE = [
    "a\ufdd0b", "a" * 42 + " " + "b" * 60, "\ud800", "\n" * 80, "a\n" * 500, "\u05d0\u05ff", "\u0628\u2067a\u2069",
    "\u0301" * 1000, "\U0001f469\u200d" * 500, "\u202e" * 1000, "a\u0301" * 500, "=" * 40_000, "\u06dd\u0661" * 99,
]  # fmt: skip


def an_export(
    texts: list[str], *, elsewhere: str = "plain", separator: Separator = Separator.COMMA
) -> Export:
    """Pledges of these texts; what stands in every other place where people write."""
    event = Event(
        1, "Q7K4", elsewhere, elsewhere, True, "en", (elsewhere,), 280, "after", 1, 1, AT, WallState(),
        starters=(elsewhere,), contact=elsewhere,
    )  # fmt: skip
    contents = [Content(text, elsewhere, elsewhere, elsewhere) for text in texts]
    pledges = [
        Pledge(f"{at:08x}-0000-4000-8000-000000000000", at, content, Status.SHOWN, False, AT, 1, 1, 1)
        for at, content in enumerate(contents, 1)
    ]
    totals = Totals(shown=len(texts), hidden=0, waiting=0, withdrawn=0)
    choice = Choice(separator=separator)
    return writable_export(Export(event, choice, AT, totals, len(texts), iter(pledges)))


def written(kind: FileKind, texts: list[str], **more: Any) -> bytes:
    file = io.BytesIO()
    WRITERS[kind](an_export(texts, **more), file)
    return file.getvalue()


bounded = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
people_write = given(st.lists(WORDS, min_size=1, max_size=4), WORDS)


@bounded
@people_write
@example(HOSTILE, "\ufdd0 =1")
@example(["x"], "\n" * 80)
def test_a_pdf_comes_with_every_page_that_it_says(texts: list[str], elsewhere: str) -> None:
    pdf = pypdfium2.PdfDocument(written(FileKind.PDF, texts, elsewhere=elsewhere))
    assert len(pdf) >= 2
    for page in pdf:
        page.get_textpage().get_text_range()
        page.render(scale=0.2)


@bounded
@people_write
@example(HOSTILE, "\ufdd0 =1")
def test_a_spreadsheet_comes_with_every_row(texts: list[str], elsewhere: str) -> None:
    rows = load_workbook(io.BytesIO(written(FileKind.XLSX, texts, elsewhere=elsewhere)))["Pledges"]
    assert rows.max_row == len(texts) + 1
    assert {cell.data_type for row in rows.iter_rows() for cell in row} <= {"s", "n", "d"}
    for (cell,), text in zip(rows.iter_rows(min_row=2, min_col=2, max_col=2), texts, strict=True):
        assert bool(cell.value) == bool(text)  # refused cells would be missing


@bounded
@people_write
@example(HOSTILE, "\ufdd0 =1")
def test_a_list_for_programs_has_every_text(texts: list[str], elsewhere: str) -> None:
    told = json.loads(written(FileKind.JSON, texts, elsewhere=elsewhere))
    assert [pledge["pledge"] for pledge in told["pledges"]] == [writable(text) for text in texts]


@bounded
@people_write
@example(HOSTILE, "\ufdd0 =1")
def test_a_csv_has_every_row_whatever_separates_the_cells(texts: list[str], elsewhere: str) -> None:
    for separator in Separator:
        told = written(FileKind.CSV, texts, elsewhere=elsewhere, separator=separator).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(told, newline=""), delimiter=separator.character, strict=True))
        assert [len(row) for row in rows] == [len(COLUMNS)] * (len(texts) + 1)


class _Page(HTMLParser):
    """Which elements a page has, and what is written in its notes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.notes = 0
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.notes += tag == "li"


@bounded
@people_write
@example(HOSTILE, "\ufdd0</p><script>")
def test_a_page_comes_with_every_note_and_nothing_else(texts: list[str], elsewhere: str) -> None:
    page = written(FileKind.HTML, texts, elsewhere=elsewhere).decode()
    read = _Page(page)
    assert read.notes == len(texts)
    assert not read.tags & {"script", "iframe", "img", "a"}
    assert not any(ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF for letter in page)


@bounded
@given(WORDS, WORDS)
def test_a_reminder_can_be_read_by_a_calendar(text: str, title: str) -> None:
    export = an_export([text], elsewhere=title)
    (pledge,) = export.pledges
    told = reminder(pledge, export.event, day_of(pledge, None), 7, "http://wall.test/receipt/x")
    (entry,) = Calendar.from_ical(told).walk("VEVENT")
    assert str(entry["url"]) == "http://wall.test/receipt/x"


@bounded
@given(WORDS.filter(lambda text: text and text.isprintable()))
def test_a_qr_code_is_drawn_of_any_address(text: str) -> None:
    assert draw_qr(f"http://wall.test/{text}").startswith(b"<?xml")


def test_what_cannot_be_drawn_is_there_plainly_and_with_its_number(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    draw = notes.draw

    def draw_all_but(note: notes.Note, lettering: Lettering) -> Any:
        if "secret" in note.pledge.content.text and not note.pledge.content.text.startswith("#"):
            raise ValueError(note.pledge.content.text)
        return draw(note, lettering)

    monkeypatch.setattr(notes, "draw", draw_all_but)
    with caplog.at_level(logging.WARNING):
        pdf = pypdfium2.PdfDocument(written(FileKind.PDF, ["before", "my secret ŵ", "after"]))
    told = pdf[1].get_textpage().get_text_range()
    assert all(words in told for words in ("before", "#2 my secret", "after"))
    assert "1 pledges are drawn plainly in a PDF: ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_a_question_that_cannot_be_drawn_is_there_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    shape = Lettering.shape

    def shape_all_but(self: Lettering, hand: str, line: str, *, right_to_left: bool) -> Any:
        if "ŵ" in line:
            raise ValueError
        return shape(self, hand, line, right_to_left=right_to_left)

    monkeypatch.setattr(Lettering, "shape", shape_all_but)
    pdf = pypdfium2.PdfDocument(written(FileKind.PDF, ["a"], elsewhere="Dŵr what?"))
    assert "what?" in pdf[0].get_textpage().get_text_range()


@pytest.mark.parametrize("kind", FileKind, ids=str)
def test_what_reached_the_database_all_the_same_reaches_the_file(
    store: Store, cast: Cast, kind: FileKind
) -> None:
    sent = submit_pledge(store, cast.event.code, read_draft(a_draft("x")))
    store.write(
        lambda transaction: transaction.connection.exec_driver_sql(
            "UPDATE pledges SET text = ?, name = ? WHERE id = ?",
            ("a\ufdd0\x07b", "\ufffe\n" * 40, sent.pledge.id),
        )
    )
    file = io.BytesIO()
    write_export(store, cast.event.code, kind, Choice(), file)
    assert b"\xef\xb7\x90" not in file.getvalue()


@pytest.mark.parametrize(
    "unit",
    ["\u0301", "\u200d", "\U0001f469\u200d", "\u202e", "\u2067", "a\u05d0", "\u0628\u064b", "\u5148a", "\u0939\u094d", "W", "\u0378", "\n", " "],
    ids=ascii,
)  # fmt: skip
def test_lines_are_broken_in_a_time_that_grows_with_the_text(unit: str) -> None:
    def fastest(count: int) -> float:
        def wrap() -> None:
            Lettering(Typefaces()).wrap("letters", writable(unit * count), 30)

        return min(timeit.repeat(wrap, timer=time.thread_time, number=1, repeat=3))

    fonts: Callable[[], object] = Typefaces
    start = min(timeit.repeat(fonts, timer=time.thread_time, number=1, repeat=3))
    assert fastest(4_000) < 12 * max(fastest(1_000), start, 0.02)  # sixteen times would be quadratic
