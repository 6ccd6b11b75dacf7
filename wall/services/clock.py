"""Is the clock right? What cannot be undone is not done on one reading of a clock that is far from all that is known."""

from datetime import UTC, date, datetime, timedelta

from wall.core.clock import Doubt, doubt_of, iso
from wall.core.people.organisers import Organiser
from wall.services.people.access import check_makes_events
from wall.store import Store, heartbeats

NOTED_EVERY = timedelta(hours=1)
"""While a clock is right, its time is noted as often."""


def clock_doubt(store: Store) -> Doubt | None:
    """What is wrong with this computer's clock; None where it is to be believed."""
    known = _known(store)
    return doubt_of(datetime.now(UTC), known) if known else None


def follow_clock(store: Store) -> Doubt | None:
    """As clock_doubt. Also notes the time, at most once an hour, so that a clock which goes on as clocks do is never asked about."""
    with store.read() as connection:
        noted = heartbeats.clock_trusted_at(connection)
    known, now = _known(store), datetime.now(UTC)
    doubt = doubt_of(now, known) if known else None
    if not noted or (not doubt and now - datetime.fromisoformat(noted) > NOTED_EVERY):
        at = iso(known if doubt and known else now)
        store.write(lambda transaction: heartbeats.trust_clock(transaction, at))
    return doubt


def confirm_clock(store: Store, organiser: Organiser | None, day: date) -> bool:
    """Somebody says that it is this day; None is whoever sits at the terminal. False where the clock says another by now.

    Raises NotYourRole for those who may not create events.
    """
    if organiser:
        check_makes_events(organiser)
    now = datetime.now(UTC)
    if now.date() != day:
        return False
    store.write(lambda transaction: heartbeats.trust_clock(transaction, iso(now)))
    return True


def _known(store: Store) -> datetime | None:
    """The latest moment that is known to have been; None on a fresh database."""
    with store.read() as connection:
        noted = heartbeats.clock_trusted_at(connection)
        if noted:
            return datetime.fromisoformat(noted)
        newest = heartbeats.newest_time(connection)
    times = [datetime.fromisoformat(newest)] if newest else []
    return max(times + [copy.at for copy in store.backups.copies()], default=None)
