"""What a note has of its pledge alone: its ink, its frame, its tilt, the size of its letters. `note.js` and `frames.js` say the same on screens."""

from wall.core.pledges import Pledge
from wall.export.ink.frames import Frame
from wall.export.ink.look import PAPER, measure_of

SHORT = measure_of("short")


def seed_of(pledge: Pledge) -> int:
    """A number for everything that varies."""
    try:
        return int(pledge.id[:8], 16)
    except ValueError:
        return pledge.number  # an id that another program made


def ink_of(pledge: Pledge) -> int:
    return seed_of(pledge) // 7 % len(PAPER.inks)


def frame_of(pledge: Pledge) -> Frame:
    return Frame(seed_of(pledge) % len(Frame))


def tilt_of(pledge: Pledge) -> float:
    """How it hangs, from -1 to 1."""
    return (seed_of(pledge) >> 4) % 200 / 100 - 1


def is_short(text: str) -> bool:
    """Whether it is lettered larger."""
    return len(text) <= SHORT
