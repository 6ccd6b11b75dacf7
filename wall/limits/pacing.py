"""Guessing made slow: each wrong try makes the next one wait longer, and nobody is locked out for good."""

import secrets
from array import array
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock

FREE_TRIES = 5
LONGEST_WAIT_SECONDS = 60
FORGOTTEN_AFTER_SECONDS = 3_600
"""So long after the last wrong try the next one is the first."""
ROWS, SLOTS = 2, 1 << 16


class Pace:
    """How long somebody has to wait before the next try, by whatever names them.

    A count-min sketch: its memory is fixed, and whoever makes up names by the thousand makes it forget none. At worst somebody
    waits who shares both slots with others.
    """

    def __init__(
        self, clock: Callable[[], float], *, free: int = FREE_TRIES, longest: int = LONGEST_WAIT_SECONDS
    ) -> None:
        self._clock = clock
        self._free = free
        self._longest = longest
        self._secret = secrets.token_bytes(16)
        self._wrong = array("L", [0]) * (ROWS * SLOTS)
        self._last = array("d", [0.0]) * (ROWS * SLOTS)
        self._lock = Lock()

    def wait(self, key: str) -> int:
        """Whole seconds until this one may try; 0 for now."""
        with self._lock:
            return min(self._pause(slot) for slot in self._slots(key))

    def tries(self, key: str) -> int:
        """How many wrong tries there were lately."""
        with self._lock:
            return min(self._count(slot) for slot in self._slots(key))

    def note_wrong(self, key: str) -> None:
        with self._lock:
            for slot in self._slots(key):
                self._wrong[slot] = self._count(slot) + 1
                self._last[slot] = self._clock()

    def note_right(self, key: str) -> None:
        """The last try was right: none of this one's tries counts."""
        with self._lock:
            slots = self._slots(key)
            mine = min(self._wrong[slot] for slot in slots)
            for slot in slots:
                self._wrong[slot] -= mine

    def take_back(self, key: str) -> None:
        """Take one try back: it was no guessing."""
        with self._lock:
            for slot in self._slots(key):
                self._wrong[slot] -= min(1, self._wrong[slot])

    def _pause(self, slot: int) -> int:
        wrong = self._count(slot)
        if wrong < self._free:
            return 0
        pause = min(self._longest, 1 << min(wrong - self._free + 1, 10))
        return max(0, round(self._last[slot] + pause - self._clock() + 0.5))

    def _count(self, slot: int) -> int:
        return self._wrong[slot] if self._clock() - self._last[slot] < FORGOTTEN_AFTER_SECONDS else 0

    def _slots(self, key: str) -> list[int]:
        digest = blake2b(key.encode(errors="replace"), key=self._secret, digest_size=4 * ROWS).digest()
        return [
            row * SLOTS + int.from_bytes(digest[4 * row : 4 * row + 4], "big") % SLOTS for row in range(ROWS)
        ]
