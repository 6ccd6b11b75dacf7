"""A fault that comes again with every try is logged once, then counted, and said to be over."""

import logging
import time
from threading import Lock

LOG_AGAIN_SECONDS = 600
OVER_AFTER_SECONDS = 60
"""On a disk that is almost full, small things go well between large ones that do not."""


class RecurringFault:
    """One kind of fault: logged when it begins, counted while it lasts."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._lock = Lock()
        self._count = 0
        self._logged_at = 0.0
        self._last = 0.0

    def happened(self, message: str, *values: object) -> None:
        """Log it where it is new, or where it has gone on for so long that somebody should hear of it again."""
        with self._lock:
            self._count += 1
            self._last = time.monotonic()
            due = self._count == 1 or time.monotonic() - self._logged_at >= LOG_AGAIN_SECONDS
            count = self._count
            if due:
                self._logged_at = time.monotonic()
        if due:
            again = f" (still; {count:,} times so far)" if count > 1 else ""
            self._log.error(f"{message}%s", *values, again)

    def over(self) -> None:
        """Something went well. Says so once, where it has not for a while, and nothing has failed since."""
        if not self._count or time.monotonic() - self._last < OVER_AFTER_SECONDS:
            return
        with self._lock:
            count, self._count = self._count, 0
        self._log.warning("it works again; it had failed %s times", f"{count:,}")
