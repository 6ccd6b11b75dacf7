"""Guessing made slow: each wrong try makes the next one wait longer, and nobody is locked out for good."""

from collections.abc import Callable

FREE_TRIES = 5
LONGEST_WAIT_SECONDS = 60
MOST_NAMES = 10_000


class Pace:
    """How long somebody has to wait before the next try, by whatever names them."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: dict[str, tuple[int, float]] = {}

    def wait(self, name: str) -> int:
        """Whole seconds until this name may try; 0 for now."""
        wrong, last = self._wrong.get(name, (0, 0.0))
        if wrong < FREE_TRIES:
            return 0
        pause = min(LONGEST_WAIT_SECONDS, 1 << min(wrong - FREE_TRIES + 1, 10))
        return max(0, round(last + pause - self._clock() + 0.5))

    def note_wrong(self, name: str) -> None:
        if len(self._wrong) >= MOST_NAMES:
            self._wrong.pop(next(iter(self._wrong)))
        wrong, _ = self._wrong.get(name, (0, 0.0))
        self._wrong[name] = (wrong + 1, self._clock())

    def note_right(self, name: str) -> None:
        self._wrong.pop(name, None)
