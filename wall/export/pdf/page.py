"""What is drawn on a page of the keepsake, from its upper left corner, in points."""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from wall.export.ink.colours import Rgb
from wall.export.ink.rough import Point, Stroke
from wall.export.pdf.faces import Glyph
from wall.export.pdf.lettering import Lettering

Align = Literal["left", "right", "centre"]


class Drawing:
    """Gathers what is drawn, in a PDF's own language."""

    def __init__(self, lettering: Lettering) -> None:
        self._lettering = lettering
        self._drawn: list[str] = []

    def put(self, drawing: "Drawing", x: float, y: float) -> None:
        """Another drawing, whole, from this point on."""
        self._drawn += [f"q 1 0 0 1 {x:.2f} {y:.2f} cm", *drawing._drawn, "Q"]

    @contextmanager
    def hung(self, x: float, y: float, degrees: float) -> Iterator[None]:
        """Draw from this point on, a little turned around it."""
        sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
        self._drawn.append(f"q {cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {x:.2f} {y:.2f} cm")
        yield
        self._drawn.append("Q")

    def stroke(self, strokes: Iterable[Stroke], weight: float, colour: Rgb) -> None:
        """Draw with a pen."""
        paths = (
            f"{_at(one.start)} m " + " ".join(f"{_at(a)} {_at(b)} {_at(c)} c" for a, b, c in one.curves)
            for one in strokes
        )
        self._drawn.append(f"{_shares(colour)} RG {weight:.2f} w 1 J 1 j {' '.join(paths)} S")

    def fill(self, corners: Sequence[Point], colour: Rgb) -> None:
        """Fill what has straight sides."""
        first, *others = map(_at, corners)
        self._drawn.append(f"{_shares(colour)} rg {first} m {' '.join(f'{one} l' for one in others)} f")

    def width_of(self, hand: str, words: str, size: float) -> float:
        """How wide a line becomes."""
        return self._lettering.width(hand, words) * size

    def letter(
        self,
        hand: str,
        words: str,
        at: Point,
        *,
        size: float,
        colour: Rgb,
        align: Align = "left",
        right_to_left: bool = False,
    ) -> None:
        """Draw one line of text; `at` is on its baseline."""
        line = self._lettering.shape(hand, words, right_to_left=right_to_left)
        wide = sum(glyph.advance for _, glyphs in line for glyph in glyphs) * size / 1000
        x = at[0] - {"left": 0, "right": wide, "centre": wide / 2}[align]
        faces = self._lettering.faces
        runs = (f"/{faces.name_of(face)} {size:.2f} Tf {_shown(glyphs, size)}" for face, glyphs in line)
        self._drawn.append(f"BT {_shares(colour)} rg 1 0 0 -1 {x:.2f} {at[1]:.2f} Tm {' '.join(runs)} ET")


class Page(Drawing):
    """A sheet of paper. In a PDF it begins at the lower left."""

    def __init__(self, width: float, height: float, lettering: Lettering) -> None:
        super().__init__(lettering)
        self._drawn.append(f"q 1 0 0 -1 0 {height} cm /Paper sh")

    def content(self) -> bytes:
        """All that was drawn."""
        return "\n".join([*self._drawn, "Q"]).encode()


def _shown(glyphs: Sequence[Glyph], size: float) -> str:
    """A run of forms: between them how far the pen goes back; those of another height rise."""
    shown: list[str] = []
    parts: list[str] = []
    rise = 0.0
    for glyph in glyphs:
        if glyph.y != rise:
            shown += [f"[{''.join(parts)}] TJ", f"{glyph.y * size / 1000:.2f} Ts"]
            parts, rise = [], glyph.y
        parts.append(f"{_back(-glyph.x)}<{glyph.code}>{_back(glyph.width + glyph.x - glyph.advance)}")
    return " ".join([*shown, f"[{''.join(parts)}] TJ", *(["0 Ts"] if rise else [])])


def _back(much: float) -> str:
    return f" {much:.0f} " if round(much) else ""


def _at(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"


def _shares(colour: Rgb) -> str:
    return " ".join(f"{channel / 255:.3f}" for channel in colour)
