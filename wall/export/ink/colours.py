"""Colours that are reckoned with: mixed, compared, and made legible."""

from wall.export.ink.look import Look

ENOUGH_CONTRAST = 4.5
_STEPS = 20

Rgb = tuple[int, int, int]


def accent_on(look: Look, accent: str) -> str:
    """The event's ink, or as little darker or lighter as it takes to be read on this wall: as `look.js` does it on screens."""
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
