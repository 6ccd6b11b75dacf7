"""The wall's two looks as colours, and what belongs to a pledge alone: its ink, its frame, its tilt.

The same as `static/projector/looks.css`, `look.js` and `note.js` have them; a test compares the colours.
"""

from dataclasses import dataclass

from wall.core.pledges import Pledge

FRAMES = 5
SHORT = 28
"""A text of so few characters is lettered larger."""
MOST_TILT_DEGREES = 1.1
ENOUGH_CONTRAST = 4.5
_STEPS = 20

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as `#rrggbb`; `pale` is how much of an ink a filled note has."""

    wall: str
    wall_light: str
    letters: str
    quiet: str
    accent: str
    inks: tuple[str, ...]
    pale: float


PAPER = Look(
    wall="#f8f2e4",
    wall_light="#fdfaf3",
    letters="#1c2430",
    quiet="#545b66",
    accent="#b5440b",
    inks=("#1d4ed8", "#b42318", "#0d666e", "#a33c08", "#0b6b50", "#6d35d1"),
    pale=0.15,
)
NIGHT = Look(
    wall="#10161f",
    wall_light="#202c3c",
    letters="#f5f1e6",
    quiet="#b6bfcc",
    accent="#ffbe7d",
    inks=("#7fb8ff", "#ff9d95", "#6fe3ee", "#ffb878", "#70e0b4", "#c9b0ff"),
    pale=0.2,
)


def seed_of(pledge: Pledge) -> int:
    """A number for everything that varies."""
    try:
        return int(pledge.id[:8], 16)
    except ValueError:
        return pledge.number  # an id that another program made


def ink_of(pledge: Pledge) -> int:
    """Which of the inks it is written with."""
    return seed_of(pledge) // 7 % len(PAPER.inks)


def frame_of(pledge: Pledge) -> int:
    """Which of the frames it has."""
    return seed_of(pledge) % FRAMES


def tilt_of(pledge: Pledge) -> float:
    """How it hangs, from -1 to 1."""
    return (seed_of(pledge) >> 4) % 200 / 100 - 1


def signature(pledge: Pledge) -> str:
    """Who wrote it, as it stands below the text; empty where nobody said."""
    return ", ".join(filter(None, (pledge.content.name, pledge.content.organisation)))


def accent_on(look: Look, accent: str) -> str:
    """The event's ink, or as little darker or lighter as it takes to be read on this wall."""
    if not accent:
        return look.accent
    ground = rgb(look.wall)
    goal = 0 if _brightness(ground) > 0.2 else 255
    for step in range(_STEPS + 1):
        red, green, blue = (round(one + (goal - one) * step / _STEPS) for one in rgb(accent))
        if contrast((red, green, blue), ground) >= ENOUGH_CONTRAST:
            return f"#{red:02x}{green:02x}{blue:02x}"
    return look.letters


def rgb(colour: str) -> Rgb:
    """The channels of `#rrggbb`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(ink: str, ground: str, share: float) -> Rgb:
    """So much of an ink on a ground."""
    red, green, blue = (
        round(on * share + under * (1 - share)) for on, under in zip(rgb(ink), rgb(ground), strict=True)
    )
    return red, green, blue


def contrast(one: Rgb, other: Rgb) -> float:
    """WCAG 2.2: from 1 to 21."""
    dark, light = sorted((_brightness(one), _brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def _brightness(colour: Rgb) -> float:
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
