"""The wall on paper, A4 lying: a title page, then panels of lettered notes. A page leaves when the next one begins."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random
from typing import IO

from wall.core.events import Event
from wall.core.exports import Export
from wall.core.pledges import Pledge
from wall.core.words import current_language
from wall.export import labels
from wall.export.ink import rough
from wall.export.ink.colours import Rgb, accent_on, rgb
from wall.export.ink.look import PAPER
from wall.export.pdf import notes
from wall.export.pdf.lettering import Lettering, is_right_to_left
from wall.export.pdf.notes import GAP, Note, Panel
from wall.export.pdf.page import Align, Drawing, Page
from wall.export.pdf.typefaces import Typefaces
from wall.export.pdf.writer import PdfWriter, text
from wall.export.writable import plain

WIDTH, HEIGHT = 841.89, 595.28
EDGE, HEAD, FOOT = 36.0, 66.0, 36.0
COLUMNS = 4
_ABOUT = 70.0
"""How much more stands below the question than above it."""
_SMALLEST = 0.2
"""Of the letters that a title would like; what is longer even so is cut."""

log = logging.getLogger(__name__)
_PANEL = Panel(WIDTH - 2 * EDGE, HEIGHT - HEAD - FOOT, COLUMNS)


def write_pdf(export: Export, file: IO[bytes]) -> None:
    """Page by page; the fonts come last, when it is known what of them is needed."""
    writer, faces = PdfWriter(file), Typefaces()
    resources, lettering = writer.reserve(), Lettering(faces)
    export = replace(export, event=_drawable(export, lettering))
    for page in _pages(export, lettering):
        writer.add_page(page.content(), (WIDTH, HEIGHT), resources)
    fonts = faces.embed(writer)
    writer.put(resources, f"<< /Font << {fonts} >> /Shading << /Paper {_paper()} >> >>".encode())
    event = export.event
    writer.finish(
        about={"Title": text(f"{event.question} – {event.title}"), "Creator": text("Scribe Wall")},
        catalog={"Lang": text(current_language()), "ViewerPreferences": "<< /DisplayDocTitle true >>"},
    )


def _pages(export: Export, lettering: Lettering) -> Iterator[Page]:
    yield _title_page(export, lettering)
    page, filled = None, [0.0] * COLUMNS
    number = 0
    for note, drawing in _notes(export.pledges, lettering):
        column = _best_column(filled, note) if page else None
        if page is None or column is None:
            if page:
                yield page
            number += 1
            page, filled, column = _empty_panel(export, lettering, number), [0.0] * COLUMNS, 0
        top = max(filled[column : column + note.span])
        page.put(drawing, EDGE + column * (_PANEL.column + GAP), HEAD + top)
        filled[column : column + note.span] = [top + note.height + GAP] * note.span
    if page:
        yield page


def _drawable(export: Export, lettering: Lettering) -> Event:
    """The event as every page can have its title and its question."""
    try:
        _title_page(export, lettering)
        _empty_panel(export, lettering, 1)
    except Exception as problem:
        log.warning("an event is drawn plainly in a PDF: %s", type(problem).__name__)
        event = export.event
        return replace(event, title=plain(event.title), question=plain(event.question))
    return export.event


def _notes(pledges: Iterable[Pledge], lettering: Lettering) -> Iterator[tuple[Note, Drawing]]:
    """Each measured and drawn; one that cannot be is there too, plainly."""
    problems: list[str] = []
    for pledge in pledges:
        try:
            note = notes.measure(pledge, _PANEL, lettering)
            drawing = notes.draw(note, lettering)
        except Exception as problem:
            problems.append(type(problem).__name__)  # its message might hold what somebody wrote
            note = notes.measure(notes.plainly(pledge), _PANEL, lettering)
            drawing = notes.draw(note, lettering)
        yield note, drawing
    if problems:
        kinds = ", ".join(sorted(set(problems)))
        log.warning("%d pledges are drawn plainly in a PDF: %s", len(problems), kinds)


def _best_column(filled: list[float], note: Note) -> int | None:
    """The first column where the note sits highest, as on the wall; None where it fits nowhere."""
    tops = {at: max(filled[at : at + note.span]) for at in range(COLUMNS - note.span + 1)}
    column = min(tops, key=tops.__getitem__)
    return column if tops[column] + note.height <= _PANEL.height else None


def _title_page(export: Export, lettering: Lettering) -> Page:
    page = Page(WIDTH, HEIGHT, lettering)
    event, middle = export.event, WIDTH / 2
    letters, quiet = rgb(PAPER.letters), rgb(PAPER.quiet)
    accent = rgb(accent_on(PAPER, event.wall.accent))
    size, lines = _fit(lettering, "brush", event.question, WIDTH - 160, 62, most_lines=4)
    step = size * 1.08
    top = (HEIGHT - step * len(lines) - _ABOUT) / 2
    _letter_centred(page, "names", event.title, top - 26, 26, quiet)
    for at, line in enumerate(lines):
        _letter_centred(page, "brush", line, top + step * at + size * 0.82, size, letters, event.question)
    below = top + step * len(lines) + 10
    dice = Random(event.code)  # noqa: S311  it decides how a line wobbles
    wide = min(lettering.width("brush", lines[-1]) * size, WIDTH - 160) / 2
    page.stroke(rough.line(dice, (middle - wide, below), (middle + wide, below - 3), 1.6), 2.6, accent)
    count, words = labels.number(export.count), labels.counted(export)
    _letter_centred(page, "brush", count, below + 62, 46, accent)
    _letter_centred(page, "letters", words, below + 86, 15, quiet)
    _letter_centred(page, "letters", labels.day(export), below + 108, 15, quiet)
    return page


def _empty_panel(export: Export, lettering: Lettering, number: int) -> Page:
    page = Page(WIDTH, HEIGHT, lettering)
    event, quiet = export.event, rgb(PAPER.quiet)
    size, (question, *_) = _fit(lettering, "brush", event.question, WIDTH - 2 * EDGE, 27, most_lines=1)
    right_to_left = is_right_to_left(question)
    x = WIDTH - EDGE if right_to_left else EDGE
    align: Align = "right" if right_to_left else "left"
    page.letter(
        "brush",
        question,
        (x, 46),
        size=size,
        colour=rgb(PAPER.letters),
        align=align,
        right_to_left=right_to_left,
    )
    right_to_left = is_right_to_left(event.title)
    page.letter("names", event.title, (EDGE, HEIGHT - 15), size=12, colour=quiet, right_to_left=right_to_left)
    place = (WIDTH - EDGE, HEIGHT - 15)
    page.letter("names", labels.number(number), place, size=12, colour=quiet, align="right")
    return page


def _letter_centred(
    page: Page, hand: str, words: str, y: float, size: float, colour: Rgb, text: str | None = None
) -> None:
    right_to_left = is_right_to_left(words if text is None else text)
    page.letter(
        hand, words, (WIDTH / 2, y), size=size, colour=colour, align="centre", right_to_left=right_to_left
    )


def _fit(
    lettering: Lettering, hand: str, words: str, width: float, size: float, *, most_lines: int
) -> tuple[float, list[str]]:
    """The largest letters, up to a size, with which words take no more lines than that."""
    smallest = size * _SMALLEST
    while len(lettering.wrap(hand, words, width / size)) > most_lines and size > smallest:
        size *= 0.94
    return size, lettering.balance(hand, words, width / size)[:most_lines]


def _paper() -> str:
    """The wall's own light: brighter around a point a little above the middle."""
    inner, outer = (" ".join(f"{one / 255:.3f}" for one in rgb(of)) for of in (PAPER.wall_light, PAPER.wall))
    x, y = WIDTH * 0.4, HEIGHT * 0.35
    return (
        f"<< /ShadingType 3 /ColorSpace /DeviceRGB /Coords [{x:.0f} {y:.0f} 0 {x:.0f} {y:.0f} {WIDTH * 0.62:.0f}] "
        f"/Function << /FunctionType 2 /Domain [0 1] /C0 [{inner}] /C1 [{outer}] /N 1 >> /Extend [true true] >>"
    )
