"""The clock, for the terminal."""

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wall.core.server.runtime import Runtime
from wall.services.clock import confirm_clock
from wall.store import open_store

if TYPE_CHECKING:
    from config import Settings


def say_that_clock_is_right(settings: "Settings", runtime: Runtime) -> str:
    """Confirm at the terminal that the clock is right. Returns what to print."""
    today = datetime.now(UTC).date()
    with closing(open_store(settings.database_url, runtime.off_loop)) as store:
        confirm_clock(store, None, today)
    return f"Date confirmed: today is {today}."
