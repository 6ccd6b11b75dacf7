"""What the projected wall does just now, and how it looks: the same on every projector of an event."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from wall.core.fields import Fields, read_one_of
from wall.core.words import N_

Scene = Literal["join", "tour", "one", "everything"]
Look = Literal["paper", "night"]

SCENES: tuple[Scene, ...] = get_args(Scene)
LOOKS: tuple[Look, ...] = get_args(Look)
DEEPEST_ROOM_METRES = 60
WIDEST_MARGIN = 8

_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class WallState:
    """Chosen by an organiser, followed by every projector, stored with the event. A new event begins with these defaults."""

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

    @property
    def design(self) -> "Design":
        return Design(self.look, self.accent, self.room_depth, self.margin)


@dataclass(frozen=True, slots=True)
class Design:
    """How an organiser wants the wall to look; see WallState."""

    look: Look
    accent: str = ""
    room_depth: int = 0
    margin: int = 0


def read_scene(raw: object) -> Scene:
    """A scene that an organiser asks for. Raises BadInput."""
    return read_one_of("scene", raw, SCENES, N_("This must be one of the wall’s views."))


def read_look(values: Mapping[str, object]) -> Design:
    """How an organiser wants the wall to look. Raises BadInput with every field that is wrong."""
    fields = Fields(values)
    look = fields.one_of("look", LOOKS, N_("This must be “paper” or “night”."))
    ink = str(values.get("accent") or "").lower()
    if ink and not _COLOUR.fullmatch(ink):
        fields.wrong["accent"] = N_("Enter a colour such as #b5440b.")
    deepest = N_("Enter a whole number of metres, up to {most}.", most=DEEPEST_ROOM_METRES)
    widest = N_("Enter a whole number, up to {most}.", most=WIDEST_MARGIN)
    depth = fields.whole("room_depth", 0, DEEPEST_ROOM_METRES, deepest)
    return fields.checked(Design(look, ink, depth, fields.whole("margin", 0, WIDEST_MARGIN, widest)))
