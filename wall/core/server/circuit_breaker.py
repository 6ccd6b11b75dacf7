"""Something that only helps is left alone for a while after it has failed once, so that nobody waits for it."""

from collections.abc import Callable

REST_SECONDS = 10


class CircuitBreaker:
    """A circuit breaker: after a failure nobody asks for ten seconds; then one does, and says how it went."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until = 0.0

    def may_ask(self) -> bool:
        """True for whoever may ask now; while it rests, for one alone."""
        if not self._until:
            return True
        if self._clock() < self._until:
            return False
        self.failed()  # for all who come while this one tries
        return True

    def failed(self) -> None:
        self._until = self._clock() + REST_SECONDS

    def worked(self) -> None:
        self._until = 0.0
