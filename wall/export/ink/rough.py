"""Lines as a hand draws them: every one twice, a little beside itself and a little bowed.

After rough.js (MIT), with which the wall draws in a browser.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from wall.export.ink.look import measure_of

Point = tuple[float, float]
Curve = tuple[Point, Point, Point]

_BOWING = measure_of("bowing")
_REACH = 2.0
_HATCH_DEGREES = measure_of("hatching-degrees")


@dataclass(frozen=True, slots=True)
class Stroke:
    """One movement of the pen: from a point along cubic curves."""

    start: Point
    curves: tuple[Curve, ...]


def line(dice: Random, a: Point, b: Point, wobble: float) -> list[Stroke]:
    """From a to b; `wobble` is 1 for a usual hand."""
    return [_once(dice, a, b, wobble), _once(dice, a, b, wobble)]


def straight(a: Point, b: Point) -> Stroke:
    """From a to b without a wobble."""
    return Stroke(a, ((a, b, b),))


def outline(dice: Random, corners: Sequence[Point], wobble: float) -> list[Stroke]:
    """Around a shape with straight sides."""
    return _sides(dice, pairwise([*corners, corners[0]]), wobble)


def rounded(
    dice: Random, width: float, height: float, r: float, wobble: float, foot: Sequence[Point] = ()
) -> list[Stroke]:
    """Around a rectangle whose corners have the radius `r`; along its lower edge, from the right, through these points."""
    lower = pairwise([(width - r, height), *foot, (r, height)])
    return _sides(dice, [*lower, *_upper(width, height, r)], wobble) + _corners(width, height, r)


def hatching(dice: Random, width: float, height: float, gap: float, wobble: float) -> list[Stroke]:
    """Slanting lines that fill a rectangle."""
    slope = math.tan(math.radians(-_HATCH_DEGREES))
    step = gap / math.cos(math.radians(_HATCH_DEGREES))
    strokes = []
    meets = step / 2
    while meets < height + slope * width:  # where the line would meet the left side
        left = (0.0, meets) if meets <= height else ((meets - height) / slope, height)
        right = (width, meets - slope * width) if meets >= slope * width else (meets / slope, 0.0)
        strokes.append(_once(dice, left, right, wobble))
        meets += step
    return strokes


def as_svg(strokes: Iterable[Stroke]) -> str:
    """The `d` of a path."""
    return "".join(
        f"M{_pair(one.start)}" + "".join(f"C{_pair(a)} {_pair(b)} {_pair(c)}" for a, b, c in one.curves)
        for one in strokes
    )


def _once(dice: Random, a: Point, b: Point, wobble: float) -> Stroke:
    (x1, y1), (x2, y2) = a, b
    length = math.hypot(x2 - x1, y2 - y1)
    reach = min(_REACH, length / 10) * wobble * _calmer(length)
    turn = 0.2 + 0.2 * dice.random()
    bow_x = _BOWING * _REACH * (y2 - y1) / 200 * dice.uniform(-1, 1) * wobble
    bow_y = _BOWING * _REACH * (x1 - x2) / 200 * dice.uniform(-1, 1) * wobble

    def near(x: float, y: float) -> Point:
        return x + dice.uniform(-reach, reach), y + dice.uniform(-reach, reach)

    first = near(bow_x + x1 + (x2 - x1) * turn, bow_y + y1 + (y2 - y1) * turn)
    second = near(bow_x + x1 + 2 * (x2 - x1) * turn, bow_y + y1 + 2 * (y2 - y1) * turn)
    return Stroke(near(x1, y1), ((first, second, near(x2, y2)),))


def _calmer(length: float) -> float:
    """A long line is drawn with a steadier hand."""
    return min(1.0, max(0.4, 1.233334 - 0.0016668 * length))


def _upper(width: float, height: float, r: float) -> list[tuple[Point, Point]]:
    return [((0, height - r), (0, r)), ((r, 0), (width - r, 0)), ((width, r), (width, height - r))]


def _sides(dice: Random, legs: Iterable[tuple[Point, Point]], wobble: float) -> list[Stroke]:
    return [stroke for a, b in legs for stroke in line(dice, a, b, wobble)]


def _corners(width: float, height: float, r: float) -> list[Stroke]:
    turns = [
        ((width - r, 0.0), (width, 0.0), (width, r)),
        ((width, height - r), (width, height), (width - r, height)),
        ((r, height), (0.0, height), (0.0, height - r)),
        ((0.0, r), (0.0, 0.0), (r, 0.0)),
    ]
    return [Stroke(a, ((_towards(a, by), _towards(b, by), b),)) for a, by, b in turns]


def _towards(point: Point, corner: Point) -> Point:
    return point[0] + (corner[0] - point[0]) * 0.6, point[1] + (corner[1] - point[1]) * 0.6


def _pair(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
