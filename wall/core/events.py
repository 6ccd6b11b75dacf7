"""An event, as the services see it."""

from dataclasses import dataclass, field
from typing import Literal

from wall.core.content import USUALLY_ASKED
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
    """What the organiser wants to look at first, besides the words of core.texts.word_filter."""
    asks: tuple[str, ...] = USUALLY_ASKED
    """Which of core.content.ASKED."""
    closing_message: str = ""
    """What people read instead of the form when the event is closed; empty for the usual words."""
    archived: bool = False
    """Put away: closed, and out of the way in its organisers' lists."""
    rehearsal: bool = False
    """Made by a load check and gone when that ends; nobody's list has it."""
    emptied: int = 0
    """The version at which all its pledges were cleared; a screen from before starts again."""
    keep_until: str = ""
    """The last day on which names stay, as YYYY-MM-DD; empty where they stay without end."""
    let_go_at: str = ""
    """When names were taken out and receipts ended; empty before that."""
    contact: str = ""
    """Whom people can ask about their data."""
    wifi_name: str = ""
    """The network that wall and poster show; empty for none."""
    wifi_password: str = field(default="", repr=False)
    """Empty for an open network. Whoever is in the room may know it, no list or log does."""
