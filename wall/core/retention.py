"""How long names stay: until a day that an organiser chooses, and attendees can read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from wall.core.events import Event
from wall.core.fields import Fields
from wall.core.server.backups import BACKUP_DAYS
from wall.core.words import N_

USUAL_DAYS = 365
"""What a new event has until somebody chooses."""
MOST_DAYS = 3_660
CONTACT_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Retention:
    """`keep_until` is the last day with names, as YYYY-MM-DD, or empty for no end; `contact` is whom people can ask."""

    keep_until: str
    contact: str


def today() -> date:
    """The day in UTC, so that servers agree."""
    return datetime.now(UTC).date()


def usual_last_day() -> str:
    """The last day with names of an event that is made today."""
    return (today() + timedelta(days=USUAL_DAYS)).isoformat()


def is_over(keep_until: str) -> bool:
    """Whether an event's last day with names has passed; never where it has none."""
    return bool(keep_until) and keep_until < today().isoformat()


def is_due(event: Event) -> bool:
    """Whether names have to go now."""
    return is_over(event.keep_until) and not event.let_go_at


def gone_from_backups(day: date | None = None) -> date:
    """From when on no backup has what was taken out on `day`, which is today unless it is given."""
    return (day or today()) + timedelta(days=BACKUP_DAYS + 1)


def read_retention(values: Mapping[str, object], before: str = "") -> Retention:
    """From a form; the day that was chosen `before` may stay. Raises BadInput with every field that is wrong."""
    fields = Fields(values)
    keep_until = str(values.get("keep_until") or "").strip()
    if keep_until not in ("", before) and not _is_to_come(keep_until):
        fields.wrong["keep_until"] = N_("Enter a date in the next 10 years.")
    return fields.checked(Retention(keep_until, fields.text("contact", CONTACT_LIMIT)))


def _is_to_come(written: str) -> bool:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return False
    in_one_form = day.isoformat() == written
    return in_one_form and today() < day <= today() + timedelta(days=MOST_DAYS)
