"""Words on paper: where a text breaks into lines, and how a line is drawn, in any script and direction."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from bidi.algorithm import get_display

from wall.export.pdf.faces import Face, Glyph, has_cjk
from wall.export.pdf.typefaces import Typefaces, clusters

_MOST_REMEMBERED = 20_000
_CLOSER = 0.97
_WORDS = re.compile(r"\s*+\S+")
_NARROWEST = 0.25
"""Of the width that there is, when lines are balanced."""
_UNKNOWN_TO_BIDI = ("", "LRI", "RLI", "FSI", "PDI")
"""Characters that have no direction yet, and the marks that isolate."""
_STAND_INS = range(0xF0000, 0xFFFFE)
"""Private characters, which run from left to right."""
_CLOSING = "，。、！？：；）」』】》〉”’…"

Line = list[tuple[Face, list[Glyph]]]


class Lettering:
    """Breaks and shapes with the fonts of one file. Widths are in the letters' size."""

    def __init__(self, faces: Typefaces) -> None:
        self.faces = faces
        self._widths: dict[tuple[str, str], float] = {}

    def wrap(self, hand: str, text: str, width: float) -> list[str]:
        """The lines of a text; a word that is too long is broken as well."""
        return [line for paragraph in text.split("\n") for line in self._wrap(hand, paragraph, width)]

    def balance(self, hand: str, text: str, width: float) -> list[str]:
        """As many lines, but none much shorter than the others."""
        lines, narrowest = self.wrap(hand, text, width), width * _NARROWEST
        most = len(lines)
        while most > 1 and width > narrowest:
            width *= _CLOSER
            closer = self.wrap(hand, text, width)
            if len(closer) > most or any(self.width(hand, line) > width for line in closer):
                break
            lines = closer
        return lines

    def width(self, hand: str, text: str) -> float:
        """How wide a line becomes."""
        key = (hand, text)
        if key not in self._widths:
            if len(self._widths) >= _MOST_REMEMBERED:
                self._widths.clear()
            shaped = self.shape(hand, text, right_to_left=False)
            self._widths[key] = sum(glyph.advance for _, glyphs in shaped for glyph in glyphs) / 1000
        return self._widths[key]

    def shape(self, hand: str, line: str, *, right_to_left: bool) -> Line:
        """The forms of a line from left to right; where its text begins is said, since the line may not tell."""
        turned = right_to_left or _mixed(line)
        display = _displayed(line, right_to_left=right_to_left) if turned else line
        return list(self._runs(hand, display, line))

    def _runs(self, hand: str, display: str, line: str) -> Iterator[tuple[Face, list[Glyph]]]:
        if not display:
            return
        chief = self.faces.chief(hand)
        if chief.has(display) and not _mixed(display):
            yield chief, chief.shape(display, right_to_left=False)
            return
        for reversed_, letters in groupby(display, _runs_left):
            run = "".join(letters)
            parts = list(run) if reversed_ else clusters(run)
            for face, same in groupby(parts, lambda part: self.faces.face_for(hand, part, line)):
                part = "".join(same)
                yield face, face.shape(part[::-1] if reversed_ else part, right_to_left=reversed_)

    def _wrap(self, hand: str, paragraph: str, width: float) -> Iterator[str]:
        line, used = "", 0.0
        for piece in self._pieces(hand, paragraph, width):
            if line and used + self.width(hand, piece) > width:
                yield line
                line, used = "", 0.0
                piece = piece.lstrip()  # of a word that is broken up, the blank before it is a piece
            line += piece
            used += self.width(hand, piece)
        yield line

    def _pieces(self, hand: str, paragraph: str, width: float) -> Iterator[str]:
        for piece in break_up(paragraph):
            if self.width(hand, piece) <= width:
                yield piece
            else:
                yield from clusters(piece)


def break_up(paragraph: str) -> list[str]:
    """Words, each with the blank before it; Chinese and Japanese letter by letter, never with a full stop first."""
    pieces: list[str] = []
    for word in _WORDS.findall(paragraph.rstrip()):
        pieces += _break_word(word) if has_cjk(word) else [word]
    return pieces


def _break_word(word: str) -> list[str]:
    blank = word[: len(word) - len(word.lstrip())]
    pieces: list[list[str]] = []
    eastern = False  # whether the last piece is
    for cluster in clusters(word.lstrip()):
        is_eastern = has_cjk(cluster)
        if not pieces or ((eastern or is_eastern) and cluster not in _CLOSING):
            pieces.append([cluster])
            eastern = is_eastern
        else:
            pieces[-1].append(cluster)
            eastern = eastern or is_eastern
    first, *others = map("".join, pieces)
    return [blank + first, *others]


def is_right_to_left(text: str) -> bool:
    """By its first letter that has a direction."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def _displayed(line: str, *, right_to_left: bool) -> str:
    """A line in the order in which it is drawn. What the algorithm does not know runs from left to right."""
    unknown = {letter for letter in line if unicodedata.bidirectional(letter) in _UNKNOWN_TO_BIDI}
    free = (code for code in _STAND_INS if chr(code) not in line)
    stand_ins = dict(zip(map(ord, unknown), free, strict=False))
    displayed = str(get_display(line.translate(stand_ins), base_dir="R" if right_to_left else "L"))
    return displayed.translate({stand_in: letter for letter, stand_in in stand_ins.items()})


def _mixed(line: str) -> bool:
    return not line.isascii() and any(map(_runs_left, line))


def _runs_left(letter: str) -> bool:
    code = ord(letter)
    if not (0x590 <= code <= 0x8FF or 0xFB1D <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC or code == 0x200C):
        return False
    return unicodedata.bidirectional(letter) not in ("AN", "EN", "")
