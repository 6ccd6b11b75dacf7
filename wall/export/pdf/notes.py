"""A note on paper: how large it becomes, and how it is drawn."""

from dataclasses import dataclass, replace
from random import Random

from wall.core.content import Content
from wall.core.pledges import Pledge
from wall.export import labels
from wall.export.ink import frames, rough
from wall.export.ink.colours import Rgb, mixed, rgb
from wall.export.ink.frames import Frame
from wall.export.ink.look import PAPER, measure_of
from wall.export.ink.traits import frame_of, ink_of, is_short, seed_of, tilt_of
from wall.export.pdf.lettering import Lettering, is_right_to_left
from wall.export.pdf.page import Align, Drawing
from wall.export.writable import plain

LETTER = 13.5
"""The size of a pledge's letters, and the measure of everything that is drawn."""
GAP = LETTER * 0.95

_ABOVE, _BESIDE, _BELOW = LETTER * measure_of("note-above"), LETTER * measure_of("note-beside"), LETTER * 0.95
_LINE = measure_of("note-line")
_NAME, _NAME_LINE = LETTER * 1.05, LETTER * 1.15
_MOST_NAME_LINES = 8
_FILLED = 2
"""Pens are paler than paper, so hatching takes more ink."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The room for notes on a page."""

    width: float
    height: float
    columns: int

    @property
    def column(self) -> float:
        return (self.width - GAP * (self.columns - 1)) / self.columns

    def wide(self, span: int) -> float:
        """How wide so many columns are, with the gaps between."""
        return self.column * span + GAP * (span - 1)


@dataclass(frozen=True, slots=True)
class Note:
    """A pledge whose lines are broken."""

    pledge: Pledge
    lines: list[str]
    by: list[str]
    size: float
    """Of its letters."""
    span: int
    width: float
    height: float


def measure(pledge: Pledge, panel: Panel, lettering: Lettering) -> Note:
    """A long text gets more columns, not smaller letters; what fills a whole panel even so gives up its line breaks first.

    Who wrote it never takes more than some lines, so the text finds room.
    """
    text = pledge.content.text
    size = LETTER * measure_of("short-size") if is_short(text) else LETTER
    span = 1
    note = _break(pledge, text, size, span, panel, lettering)
    while note.height > panel.height / 2 and span < panel.columns:
        span += 1
        note = _break(pledge, text, size, span, panel, lettering)
    if note.height > panel.height:
        text = text.replace("\n", " ")
        note = _break(pledge, text, size, span, panel, lettering)
    while note.height > panel.height:
        size *= 0.92
        note = _break(pledge, text, size, span, panel, lettering)
    return note


def plainly(pledge: Pledge) -> Pledge:
    """The same in plain letters, with its number, so that it can be looked up in a list."""
    said = pledge.content
    lines = {field: plain(value) for field, value in said.by_field().items()}
    return replace(pledge, content=Content(**lines | {"text": f"#{pledge.number} {lines['text']}"}))


def draw(note: Note, lettering: Lettering) -> Drawing:
    """Frame, text, and who wrote it."""
    page, pledge = Drawing(lettering), note.pledge
    ink = PAPER.inks[ink_of(pledge)]
    degrees = tilt_of(pledge) * measure_of("most-tilt") * LETTER * 8 / max(note.width, LETTER * 8)
    with page.hung(0, 0, degrees):
        _draw_frame(page, note, ink)
        down = _draw_lines(page, note, "letters", note.lines, pledge.content.text, _ABOVE, rgb(PAPER.letters))
        if note.by:
            _draw_lines(page, note, "names", note.by, pledge.content.byline(), down, rgb(ink))
        if word := labels.status(pledge.status):
            place = (note.width - _BESIDE, note.height + LETTER * 0.1)
            page.letter("names", word, place, size=_NAME, colour=rgb(PAPER.quiet), align="right")
        elif pledge.me_too:
            _draw_me_too(page, note, ink)
    return page


def _break(pledge: Pledge, text: str, size: float, span: int, panel: Panel, lettering: Lettering) -> Note:
    width = panel.wide(span)
    inner = width - 2 * _BESIDE
    lines = lettering.wrap("letters", text, inner / size)
    who = pledge.content.byline()
    by = lettering.balance("names", f"– {who}", inner / _NAME)[:_MOST_NAME_LINES] if who else []
    height = _ABOVE + len(lines) * size * _LINE + len(by) * _NAME_LINE + _BELOW
    return Note(pledge, lines, by, size, span, width, height)


def _draw_lines(
    page: Drawing, note: Note, hand: str, lines: list[str], text: str, top: float, colour: Rgb
) -> float:
    """Draw lines from `top` down; returns where the next would begin."""
    size, step = (_NAME, _NAME_LINE) if hand == "names" else (note.size, note.size * _LINE)
    right_to_left = is_right_to_left(text)
    x = note.width - _BESIDE if right_to_left else _BESIDE
    align: Align = "right" if right_to_left else "left"
    for line in lines:
        baseline = top + step / 2 + size * 0.34
        page.letter(
            hand, line, (x, baseline), size=size, colour=colour, align=align, right_to_left=right_to_left
        )
        top += step
    return top


def _draw_frame(page: Drawing, note: Note, ink: str) -> None:
    frame = frame_of(note.pledge)
    if frame is Frame.STRIP:
        corners = frames.strip(note.width, note.height, LETTER)
        page.fill(corners, mixed(ink, PAPER.wall_light, PAPER.pale))
        return
    dice = Random(seed_of(note.pledge))  # noqa: S311  it decides how a line wobbles
    strokes = frames.strokes(frame, dice, note.width, note.height, LETTER)
    darker = mixed(ink, PAPER.wall_light, PAPER.pale * _FILLED)
    page.stroke(strokes, frames.weight(frame, LETTER), darker if frame is Frame.HATCHING else rgb(ink))


def _draw_me_too(page: Drawing, note: Note, ink: str) -> None:
    words = f"+{labels.number(note.pledge.me_too)}"
    size = LETTER * 0.8
    wide = page.width_of("letters", words, size) + size * 0.9
    with page.hung(note.width - _BESIDE - wide, note.height - size * 0.3, -4):
        page.stroke([rough.straight((size / 2, 0), (wide - size / 2, 0))], size * 1.15, rgb(ink))
        page.letter(
            "letters", words, (wide / 2, size * 0.34), size=size, colour=rgb(PAPER.wall), align="centre"
        )
