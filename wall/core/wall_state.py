"""What the projected wall does just now, and how it looks: the same on every projector of an event."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from wall.core.errors import BadInput
from wall.core.words import N_, Words

Scene = Literal["join", "tour", "one", "everything"]
Look = Literal["paper", "night"]

SCENES: tuple[Scene, ...] = get_args(Scene)
LOOKS: tuple[Look, ...] = get_args(Look)
DEEPEST_ROOM_METRES = 60
WIDEST_MARGIN = 8

_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class WallState:
    """Chosen by an organiser, followed by every projector, kept with the event."""

    scene: Scene = "tour"
    spotlight: str = ""
    """The id of the pledge in scene *one*; empty otherwise."""
    frozen_at: int | None = None
    """The event's version at which the wall stays; what was shown since comes on when it is released."""
    blank: bool = False
    look: Look = "paper"
    accent: str = ""
    """The event's own ink as `#rrggbb`; empty for the wall's."""
    room_depth: int = 0
    """Metres from the wall to the last row; 0 where nobody said."""
    margin: int = 0
    """What a projector cuts off at each edge, in hundredths of the picture, and the wall leaves empty."""
    logo: str = ""
    """The name of the event's logo, which changes with it; empty where there is none."""


def read_scene(raw: object) -> Scene:
    """A scene that an organiser asks for. Raises BadInput."""
    for scene in SCENES:
        if raw == scene:
            return scene
    raise BadInput(fields={"scene": N_("This must be one of the wall’s scenes.")})


def read_look(
    look: object, accent: object, room_depth: object, margin: object = 0
) -> tuple[Look, str, int, int]:
    """How an organiser wants the wall to look. Raises BadInput with every field that is wrong."""
    wrong: dict[str, Words] = {}
    chosen = next((one for one in LOOKS if one == look), None)
    if chosen is None:
        wrong["look"] = N_("This must be “paper” or “night”.")
    ink = str(accent or "").lower()
    if ink and not _COLOUR.fullmatch(ink):
        wrong["accent"] = N_("This must be a colour such as #b5440b.")
    depth, edge = _whole(room_depth, DEEPEST_ROOM_METRES), _whole(margin, WIDEST_MARGIN)
    if depth is None:
        wrong["room_depth"] = N_("This must be whole metres, up to {most}.", most=DEEPEST_ROOM_METRES)
    if edge is None:
        wrong["margin"] = N_("This must be a whole number, up to {most}.", most=WIDEST_MARGIN)
    if wrong or chosen is None or depth is None or edge is None:
        raise BadInput(fields=wrong)
    return chosen, ink, depth, edge


def _whole(raw: object, most: int) -> int | None:
    """A whole number from 0 to `most`; nothing counts as 0, and anything else is None."""
    typed = str(raw or 0)
    usable = typed.isascii() and typed.isdigit() and len(typed) <= 2
    return int(typed) if usable and int(typed) <= most else None
