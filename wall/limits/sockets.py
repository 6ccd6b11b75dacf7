"""How many sockets are open, and whose: who has too many opens no more."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from wall.limits import policies


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who opens a socket. `device` is None where the browser brings no cookie of ours."""

    device: str | None
    address: str


@dataclass(slots=True)
class _Open:
    visitor: Visitor
    since: float
    watches: bool = False


class OpenSockets:
    """The open sockets, by their ids."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._open: dict[str, _Open] = {}
        self._of_device: Counter[str] = Counter()
        self._of_address: Counter[str] = Counter()
        self._without_cookie: Counter[str] = Counter()
        self._without_watch = 0
        self._lock = Lock()

    def has_room_for(self, visitor: Visitor) -> bool:
        """Whether one more socket of this visitor may be opened."""
        if visitor.device is None:
            full = self._without_cookie[visitor.address] >= policies.MOST_SOCKETS_WITHOUT_COOKIE
        else:
            full = self._of_device[visitor.device] >= policies.MOST_SOCKETS_OF_DEVICE
        return not (
            full
            or self._of_address[visitor.address] >= policies.MOST_SOCKETS_OF_ADDRESS
            or self._without_watch >= policies.MOST_SOCKETS_WITHOUT_WATCH
        )

    def enter(self, socket_id: str, visitor: Visitor) -> None:
        with self._lock:
            self._open[socket_id] = _Open(visitor, self._clock())
            self._count(visitor, 1)
            self._without_watch += 1

    def note_watch(self, socket_id: str) -> None:
        """A socket said what it follows."""
        with self._lock:
            found = self._open.get(socket_id)
            if found and not found.watches:
                found.watches = True
                self._without_watch -= 1

    def leave(self, socket_id: str) -> None:
        with self._lock:
            found = self._open.pop(socket_id, None)
            if found:
                self._count(found.visitor, -1)
                self._without_watch -= not found.watches

    def silent(self) -> list[str]:
        """The sockets that should have said by now what they follow."""
        late = self._clock() - policies.WATCH_WITHIN_SECONDS
        with self._lock:
            return [one for one, found in self._open.items() if not found.watches and found.since <= late]

    def __len__(self) -> int:
        return len(self._open)

    def _count(self, visitor: Visitor, change: int) -> None:
        for counter, whose in (
            (self._of_address, visitor.address),
            (self._without_cookie, visitor.address if visitor.device is None else None),
            (self._of_device, visitor.device),
        ):
            if whose is not None:
                counter[whose] += change
                if not counter[whose]:
                    del counter[whose]  # names do not fill the memory
