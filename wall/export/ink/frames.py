"""The five frames as a pen draws them: those that `frames.js` draws on screens, with the same measures."""

from collections.abc import Sequence
from enum import IntEnum
from random import Random

from wall.export.ink import rough
from wall.export.ink.look import measure_of
from wall.export.ink.rough import Point, Stroke

_BUBBLE_RISES = 0.5
"""How far above its note's lower edge a bubble ends on paper, in letters: its tail may reach into the gap."""
_TAIL = [
    (measure_of("tail-end"), 0.0),
    (measure_of("tail-tip"), measure_of("tail-length")),
    (measure_of("tail-start"), 0.0),
]
"""Where a bubble's outline leaves its lower edge and comes back to it, in letters."""


class Frame(IntEnum):
    """In the order of `frames.js`; their measures are in the sheet under these names."""

    BOX = 0
    BUBBLE = 1
    HATCHING = 2
    STRIP = 3
    BAR = 4


def strokes(frame: Frame, dice: Random, width: float, height: float, letter: float) -> list[Stroke]:
    """What a pen draws around a note, or under it. A strip has none."""
    wobble = letter / measure_of(f"{frame.name.lower()}-wobble")
    match frame:
        case Frame.BOX:
            corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
            return rough.outline(dice, corners, wobble)
        case Frame.BUBBLE:
            body = height - letter * _BUBBLE_RISES
            tail = [(letter * x, body + letter * y) for x, y in _TAIL]
            return rough.rounded(dice, width, body, letter * measure_of("bubble-corner"), wobble, tail)
        case Frame.HATCHING:
            gap = letter / measure_of("hatching-gap")
            return rough.hatching(dice, width, height, gap, wobble)
        case Frame.BAR:
            return rough.line(dice, (0, 0), (0, height), wobble)
    return []


def weight(frame: Frame, letter: float) -> float:
    """How thick the frame's pen is, in the unit of `letter`."""
    return letter / measure_of(f"{frame.name.lower()}-pen")


def strip(width: float, height: float, letter: float) -> Sequence[Point]:
    """The corners of a strip of paper that was not cut quite straight."""
    lean = letter / measure_of("strip-lean")
    return [(lean, 0), (width, lean), (width - lean, height), (0, height - lean)]
