"""How long somebody stays signed in to the desk on one browser."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wall.core.people.browsers import Browser
from wall.core.people.organisers import Organiser


class CameBy(StrEnum):
    PASSWORD = "password"  # noqa: S105
    LINK = "link"
    INVITATION = "invitation"


LIVES = {
    CameBy.PASSWORD: timedelta(days=30),
    CameBy.LINK: timedelta(days=7),
    CameBy.INVITATION: timedelta(days=7),
}
"""A session ends then, however much it is used. Whoever has no password joins in the week of the event."""
IDLE_ENDS = timedelta(days=14)
NOTED_EVERY = timedelta(hours=1)
"""So often it is noted that a session is used, not at each request."""
TOLERANCE = timedelta(hours=12)
"""Two clocks may differ by so much: other servers', or a laptop's before and after it was set."""
MOST_SESSIONS = 20
"""Somebody's sessions; another one ends the one that was used least lately."""
IN_COOKIE = "session"
"""Where the desk's cookie has a session's token."""


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which somebody is signed in."""

    id: int
    organiser_id: int
    came_by: CameBy
    browser: Browser
    created_at: str
    last_used_at: str
    ends_at: str

    def is_valid(self, now: datetime) -> bool:
        """Whether it still counts. One from far ahead does not: a clock was wrong when it began."""
        begun, used, ends = map(datetime.fromisoformat, (self.created_at, self.last_used_at, self.ends_at))
        return begun - TOLERANCE <= now <= min(ends, used + IDLE_ENDS) + TOLERANCE

    def is_to_be_noted(self, now: datetime) -> bool:
        """Whether it was last noted long enough ago that it is used; either way, since clocks are set back too."""
        return abs(now - datetime.fromisoformat(self.last_used_at)) >= NOTED_EVERY


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody, in one of their sessions."""

    organiser: Organiser
    session: Session
