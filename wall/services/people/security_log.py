"""What concerns security, for the server's log: one line a fact, with ids and code words alone.

No names, and no addresses of people's machines: they say where somebody is, and a venue has one for everybody. A proxy in front
knows them.
"""

import logging
import time
from collections.abc import Callable
from enum import StrEnum
from threading import Lock

log = logging.getLogger("wall.security")

BURST = 30
EVERY_SECONDS = 2.0
"""So many lines of one kind at once, and then one in so long: nobody fills a disk. How many were left out is said."""


class Fact(StrEnum):
    """What happened, in the words of the log."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGN_IN_SLOWED = "sign_in_slowed"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    PASSWORD_SET = "password_set"  # noqa: S105
    PASSWORD_TAKEN_AWAY = "password_taken_away"  # noqa: S105
    LINK_MADE = "link_made"
    LINK_REFUSED = "link_refused"
    INVITED = "invited"
    INVITATION_TAKEN_BACK = "invitation_taken_back"
    INVITATION_REFUSED = "invitation_refused"
    JOINED = "joined"
    ROLE_CHANGED = "role_changed"
    REMOVED = "removed"
    ROLE_MISSING = "role_missing"
    NOT_THEIR_EVENT = "not_their_event"
    FORM_REFUSED = "form_refused"


def note(fact: Fact, *, at: str | None = None, **what: int | StrEnum | None) -> None:
    """Write the line. Values are ids and words of our own, so nothing that people wrote can be among them; `at` is the
    name that our code gives an address.
    """
    left_out = _room.take(fact)
    if left_out is None:
        return
    details = [
        f"{name}={int(one) if isinstance(one, int) else one.value}"
        for name, one in what.items()
        if one is not None
    ]
    if at:
        details.append(f"at={at}")
    if left_out:
        details.append(f"left_out={left_out}")
    log.info("%s", " ".join([fact.value, *details]))


class _Room:
    """How many lines there is room for, by kind."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._full_at: dict[Fact, float] = {}
        self._left_out: dict[Fact, int] = {}

    def take(self, fact: Fact) -> int | None:
        """How many lines of this kind were left out before this one; None where this one is, too."""
        with self._lock:
            now = self._clock()
            full_at = max(now, self._full_at.get(fact, now)) + EVERY_SECONDS
            if full_at - now > BURST * EVERY_SECONDS:
                self._left_out[fact] = self._left_out.get(fact, 0) + 1
                return None
            self._full_at[fact] = full_at
            return self._left_out.pop(fact, 0)


_room = _Room(time.monotonic)
