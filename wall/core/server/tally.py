"""What anybody can cause as often as they like makes one line in the log, and then a count now and then."""

import logging
import time
from collections import Counter
from collections.abc import Callable
from threading import Lock

SECONDS_BETWEEN_LINES = 600


class Tally:
    """Counts by kind. The words for a kind are ours: nothing that somebody sent is ever among them."""

    def __init__(self, log: logging.Logger, clock: Callable[[], float] = time.monotonic) -> None:
        self._log = log
        self._clock = clock
        self._unlogged: Counter[str] = Counter()
        self._logged_at: dict[str, float] = {}
        self._lock = Lock()

    def note(self, kind: str) -> None:
        """Count one more of a kind."""
        with self._lock:
            self._unlogged[kind] += 1
            now, before = self._clock(), self._logged_at.get(kind)
            if before is not None and now - before < SECONDS_BETWEEN_LINES:
                return
            self._logged_at[kind], times = now, self._unlogged.pop(kind)
        if before is None:
            self._log.warning("%s; from now on this is only counted", kind)
        else:
            self._log.warning("%s: %s times more", kind, times)
