"""The one clock."""

from datetime import UTC, datetime


def now() -> str:
    """The time as ISO 8601 in UTC, to the millisecond: `2026-11-23T20:13:41.123Z`."""
    return iso(datetime.now(UTC))


def iso(moment: datetime) -> str:
    """A moment that knows its zone, in the form in which every time is kept and sent."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
