"""An event, as the services see it."""

from dataclasses import dataclass
from typing import Literal

from wall.core.wall_state import WallState

Moderation = Literal["after", "before"]
"""`after`: a pledge is shown at once and can be hidden. `before`: it waits for an organiser."""

DEFAULT_TEXT_LIMIT = 280


@dataclass(frozen=True, slots=True)
class Event:
    """One row of `events`. `version` goes up with every change; `last_number` with every pledge."""

    id: int
    code: str
    title: str
    question: str
    open: bool
    language: str
    themes: tuple[str, ...]
    text_limit: int
    moderation: Moderation
    version: int
    last_number: int
    created_at: str
    wall: WallState
    starters: tuple[str, ...] = ()
    """Pledges to adapt, for whom a blank page is hard."""
    extra_words: tuple[str, ...] = ()
    """What the organiser wants to look at first, besides the words of core.word_filter."""
