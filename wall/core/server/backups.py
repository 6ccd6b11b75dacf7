"""How often a copy of everything is made, and for how long each stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

BACKUP_MINUTES = 5
BACKUP_DAYS = 30
"""After so many days every copy is gone, and with it what was erased since."""

_HOUR, _DAY, _LONGEST = timedelta(hours=1), timedelta(days=1), timedelta(days=BACKUP_DAYS)

_CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the database. `routine` is False for one made before something was cleared or replaced."""

    file: Path
    at: datetime
    routine: bool = True


def latest_of(copies: Iterable[Copy], now: datetime) -> Copy | None:
    """The newest copy, without those that a clock which was ahead gave a day to come."""
    return max(
        (copy for copy in copies if copy.at <= now + _CLOCKS_DIFFER), key=lambda copy: copy.at, default=None
    )


def from_the_future(copies: Iterable[Copy], now: datetime) -> list[Copy]:
    """Copies that would outlive their time, since a wrong clock dated them."""
    return [copy for copy in copies if copy.at > now + _DAY]


def is_due(latest: datetime | None, now: datetime, *, changed: bool, event_open: bool) -> bool:
    """Every few minutes while an event is open and something has changed; else once a day."""
    if latest is None:
        return True
    age = now - latest
    return age >= _DAY or (changed and event_open and age >= timedelta(minutes=BACKUP_MINUTES))


def expired_copies(copies: Iterable[Copy], now: datetime) -> list[Copy]:
    """The copies that go.

    What stays is all of the last hour, the latest of each hour for a day, and the latest of each day for 30 days; what was
    copied before something was cleared or replaced stays for 30 days. Hours and days are those of UTC.
    """
    gone: list[Copy] = []
    seen: set[str] = set()
    for copy in sorted(copies, key=lambda one: one.at, reverse=True):
        age = now - copy.at
        stretch = f"{copy.at.astimezone(UTC):{'%Y-%m-%dT%H' if age <= _DAY else '%Y-%m-%d'}}"
        superseded = copy.routine and age > _HOUR and stretch in seen
        if age > _LONGEST or superseded:
            gone.append(copy)
        elif copy.routine:
            seen |= {f"{copy.at.astimezone(UTC):%Y-%m-%dT%H}", f"{copy.at.astimezone(UTC):%Y-%m-%d}"}
    return gone
