"""Trying names and passwords: slowed down by the name and the address together, by the address, and for all of them.

Whoever has signed in on a device before has tries of their own there: no stranger uses them up.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from wall.core.errors import TooManyTries
from wall.core.names import fold
from wall.limits.pacing import Pace
from wall.services.people.security_log import Fact, note

BY_ADDRESS_FREE = 30
ALL_FREE, ALL_LONGEST = 300, 2
FIRST_TRIES = 3
"""An address's first tries wait for nobody else's."""
HASHED_AT_ONCE = 2
MOST_WAITING = 20


class SignInTries:
    """Counts wrong tries, in the memory of one server."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._known = Pace(clock)
        self._by_name = Pace(clock)
        self._by_address = Pace(clock, free=BY_ADDRESS_FREE)
        self._all = Pace(clock, free=ALL_FREE, longest=ALL_LONGEST)
        self._of_strangers = _Turn()
        self._of_known = _Turn()

    @contextmanager
    def attempt(self, name: str, address: str, known: str | None) -> Iterator[None]:
        """One try, which is right where nothing is raised in it. `known` is the proof of a device that signed in before.

        Raises TooManyTries.
        """
        paces = [(self._known, known)] if known else self._strangers(fold(name[:200]), address)
        if wait := max(pace.wait(key) for pace, key in paces):
            note(Fact.SIGN_IN_SLOWED)
            raise TooManyTries(retry_after=wait)
        for pace, key in paces:
            pace.note_wrong(key)  # until it is right: tries that are under way count too
        with self._of_known if known else self._of_strangers:
            yield
        paces[0][0].note_right(paces[0][1])
        for pace, key in paces[1:]:
            pace.take_back(key)

    def _strangers(self, name: str, address: str) -> list[tuple[Pace, str]]:
        paces = [(self._by_name, f"{address} {name}"), (self._by_address, address)]
        if self._by_address.tries(address) >= FIRST_TRIES:
            paces.append((self._all, ""))
        return paces


class _Turn:
    """Few passwords are hashed at once, so that the ledger always has a thread; few wait for that."""

    def __init__(self) -> None:
        self._hashing = BoundedSemaphore(HASHED_AT_ONCE)
        self._waiting = BoundedSemaphore(MOST_WAITING)

    def __enter__(self) -> None:
        if not self._waiting.acquire(blocking=False):
            note(Fact.SIGN_IN_SLOWED)
            raise TooManyTries(retry_after=2)
        self._hashing.acquire()

    def __exit__(self, *_: object) -> None:
        self._hashing.release()
        self._waiting.release()
