"""Reminders as calendar files: the calendar of the phone remembers, not we."""

from datetime import date, datetime, timedelta

from wall.core.clock import now
from wall.core.events import Event
from wall.core.pledges import Pledge
from wall.core.words import N_, translate

REMINDER_DAYS = (7, 30, 90)
"""Those who were asked again at 7 and 30 days kept more of what they had promised (PubMed 21854144)."""


def day_of(pledge: Pledge, written_on: str | None) -> date:
    """The day on which a pledge was written, where its author is: as the phone says (`written_on`), else where the server is.

    The phone can be at most a day from UTC; anything else is not believed.
    """
    written = datetime.fromisoformat(pledge.created_at)
    try:
        day = date.fromisoformat(written_on or "")
    except ValueError:
        return written.astimezone().date()
    return day if abs(day - written.date()) <= timedelta(days=1) else written.astimezone().date()


def reminder(pledge: Pledge, event: Event, written: date, days: int, address: str) -> bytes:
    """An iCalendar file (RFC 5545) with one whole day, so many days after the pledge was `written`.

    A whole day has no zone: it is that day wherever the calendar is, and no change of the clocks moves it.
    """
    from icalendar import Alarm, Calendar
    from icalendar import Event as Entry

    day = written + timedelta(days=days)
    entry = Entry()
    entry.add("uid", f"{pledge.id}-{days}@scribe-wall")
    entry.add("dtstamp", datetime.fromisoformat(now()))
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    entry.add("summary", translate(N_("How is your pledge going?")))
    entry.add("description", f"“{pledge.content.text}”\n\n{event.title}\n{address}")
    entry.add("url", address)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", pledge.content.text)
    alarm.add("trigger", timedelta(hours=9))
    entry.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Scribe Wall//EN")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
