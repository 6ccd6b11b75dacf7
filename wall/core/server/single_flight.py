"""Who asks for the same at the same time waits for the one who asked first."""

from collections.abc import Callable, Hashable
from threading import Event, Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Flight(Generic[V]):
    """One making, and those who wait for it."""

    def __init__(self) -> None:
        self.over = Event()
        self.outcome: V | None = None
        self.error: Exception | None = None
        self.landed = False


class SingleFlight(Generic[K, V]):
    """Single flight: fifty who ask at once make one computation, and all get its outcome, or its error."""

    def __init__(self) -> None:
        self._flights: dict[K, _Flight[V]] = {}
        self._lock = Lock()

    def __call__(self, key: K, make: Callable[[], V]) -> V:
        while True:
            with self._lock:
                flight = self._flights.get(key)
                first = flight is None
                if flight is None:
                    flight = self._flights[key] = _Flight()
            if first:
                return self._fly(key, flight, make)
            flight.over.wait()
            if flight.landed:
                return flight.outcome  # type: ignore[return-value]
            if flight.error is not None:
                raise flight.error
            # whoever made it was stopped half-way, as by a closed connection: the next one makes it

    def _fly(self, key: K, flight: _Flight[V], make: Callable[[], V]) -> V:
        try:
            flight.outcome = outcome = make()
            flight.landed = True
            return outcome
        except Exception as error:
            flight.error = error
            raise
        finally:
            with self._lock:
                del self._flights[key]
            flight.over.set()
