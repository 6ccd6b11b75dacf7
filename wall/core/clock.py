"""The one clock, and whether it is to be believed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MOST_AHEAD = timedelta(days=14)
"""A laptop that is used every week never asks, not even after a week without; a clock that is a month ahead always does."""
MOST_BEHIND = timedelta(days=1)
"""Wrong zones and small corrections; nothing is done too early by a clock that is behind."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A clock that says `now`, though the latest that it is known to have been is `known`."""

    now: datetime
    known: datetime


def doubt_of(now: datetime, known: datetime) -> Doubt | None:
    """None for a clock that is to be believed.

    What cannot be undone waits for somebody's word while there is a doubt: one reading of a wrong clock would take out names
    and backups years too early.
    """
    return None if known - MOST_BEHIND <= now <= known + MOST_AHEAD else Doubt(now, known)


def now() -> str:
    """The time as ISO 8601 in UTC, to the millisecond: `2026-11-23T20:13:41.123Z`."""
    return iso(datetime.now(UTC))


def iso(moment: datetime) -> str:
    """A moment that knows its zone, in the form in which every time is stored and sent."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
