"""Numbers as pictures, drawn with the wall's pens. Each stands beside a table that says the same."""

from collections.abc import Sequence
from itertools import pairwise
from random import Random

from markupsafe import Markup

from wall.export.ink import rough
from wall.export.ink.rough import Stroke

WIDTH, HEIGHT = 900.0, 220.0
"""Pictures are stretched to the room that they have; the width of pens stays."""
BAR_WIDTH, BAR_HEIGHT = 400.0, 22.0
_GAP_SHARE = 0.22
_HATCH_GAP = 7.0


def shares(parts: Sequence[tuple[str, int]], whole: int) -> Markup:
    """A lying bar of named parts, as long as their share of the whole; each is told apart by its texture too."""
    drawn, x = [], 0.0
    for at, (name, count) in enumerate(parts):
        wide = BAR_WIDTH * count / whole if whole else 0.0
        if wide > 0:
            drawn.append(_box(Random(at), name, x, 0, wide, BAR_HEIGHT))  # noqa: S311  it decides how a line wobbles
        x += wide
    return _picture("shares", BAR_WIDTH, BAR_HEIGHT, drawn)


def values_up_to(most: int) -> list[int]:
    """The values of an axis from the top down: round, equally far apart, no more than five, and from `most` or more to 0."""
    steps = (factor * 10**power for power in range(20) for factor in (1, 2, 5))
    step = next(one for one in steps if most <= 4 * one)
    return [step * times for times in range(max(1, -(-most // step)), -1, -1)]


def columns(counts: Sequence[int], values: Sequence[int]) -> Markup:
    """Standing bars side by side, before the lines of an axis's values."""
    most, dice = values[0], Random(1)  # noqa: S311
    step = WIDTH / max(len(counts), 1)
    drawn = [
        _box(
            dice,
            "column",
            step * (at + _GAP_SHARE / 2),
            HEIGHT * (1 - one / most),
            step * (1 - _GAP_SHARE),
            HEIGHT * one / most,
        )
        for at, one in enumerate(counts)
        if one
    ]
    return _picture("columns", WIDTH, HEIGHT, [_lines(values), *drawn, _floor(dice)])


def curves(
    lines: Sequence[tuple[str, Sequence[float]]], places: Sequence[float], values: Sequence[int]
) -> Markup:
    """Named lines through the same `places` (0 to 1 from left to right), before the lines of an axis's values."""
    dice = Random(2)  # noqa: S311
    drawn = [_lines(values), _floor(dice)]
    for name, heights in lines:
        points = [
            (place * WIDTH, HEIGHT * (1 - height / values[0]))
            for place, height in zip(places, heights, strict=True)
        ]
        strokes = [stroke for a, b in pairwise(points) for stroke in rough.line(dice, a, b, 0.7)]
        dots = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in points)
        drawn.append(f'<g class="{name}">{_path(strokes)}<path class="dots" d="{dots}"/></g>')
    return _picture("curves", WIDTH, HEIGHT, drawn)


def _box(dice: Random, name: str, x: float, y: float, wide: float, high: float) -> str:
    """A rectangle: its pale ground, what a pen fills it with, and its outline."""
    corners = [(0.0, 0.0), (wide, 0.0), (wide, high), (0.0, high)]
    hatching = _path(rough.hatching(dice, wide, high, _HATCH_GAP, 0.6), "hatching")
    ground = f'<rect width="{wide:.1f}" height="{high:.1f}"/>'
    outline = _path(rough.outline(dice, corners, 0.8), "outline")
    return f'<g class="{name}" transform="translate({x:.1f} {y:.1f})">{ground}{hatching}{outline}</g>'


def _floor(dice: Random) -> str:
    return _path(rough.line(dice, (0, HEIGHT), (WIDTH, HEIGHT), 0.4), "floor")


def _lines(values: Sequence[int]) -> str:
    """Across the picture at each value of its axis but 0."""
    heights = (HEIGHT * (1 - value / values[0]) for value in values[:-1])
    return _path([rough.straight((0, y), (WIDTH, y)) for y in heights], "lines")


def _path(strokes: Sequence[Stroke], name: str = "") -> str:
    return f'<path class="{name}" d="{rough.as_svg(strokes)}"/>'


def _picture(name: str, wide: float, high: float, drawn: Sequence[str]) -> Markup:
    return Markup(  # noqa: S704  made of numbers and our own names
        f'<svg class="{name}" viewBox="0 0 {wide:.0f} {high:.0f}" preserveAspectRatio="none" aria-hidden="true">{"".join(drawn)}</svg>'
    )
