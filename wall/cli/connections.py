"""Who is connected, and who of them only waits: bounded, so that nobody can take every place there is."""

import socket
from collections import defaultdict
from threading import Lock

from wall.core.server.tally import Tally

SHARE_OF_ONE_ADDRESS = 3 / 4
"""A venue of thousands is behind one address, so one may have most of what there is, but not all."""
SHARE_THAT_WAITS = 1 / 4
"""Of those of one address that have sent nothing, or half a request; beyond it the longest waiting makes room."""


class Connections:
    """The places that this process has."""

    def __init__(self, most: int, tally: Tally) -> None:
        self.most = most
        self._most_of_one = max(1, int(most * SHARE_OF_ONE_ADDRESS))
        self._most_waiting = max(1, int(most * SHARE_THAT_WAITS))
        self._tally = tally
        self._here: dict[str, set[Place]] = defaultdict(set)
        self._waiting: dict[str, dict[Place, None]] = defaultdict(dict)
        self._count = 0
        self._lock = Lock()

    def enter(self, address: str, connection: socket.socket) -> "Place | None":
        """A place, or None where there is none: everybody else is busy."""
        with self._lock:
            full = self._count >= self.most or len(self._here.get(address, ())) >= self._most_of_one
            made_room = full and self._send_longest_waiting_away(address)
            if full and not made_room:
                self._tally.note("there was no place for another connection")
                return None
            place = Place(self, address, connection)
            self._here[address].add(place)
            self._count += 1
        return place

    def waits(self, place: "Place") -> None:
        with self._lock:
            waiting = self._waiting[place.address]
            waiting.setdefault(place)
            if len(waiting) > self._most_waiting:
                self._send_longest_waiting_away(place.address)

    def works(self, place: "Place") -> None:
        with self._lock:
            self._forget(self._waiting, place)

    def leave(self, place: "Place") -> None:
        with self._lock:
            self._forget(self._waiting, place)
            if place in self._here[place.address]:
                self._count -= 1
            self._forget(self._here, place)

    def _send_longest_waiting_away(self, address: str) -> bool:
        """One of this address, else of the one with the most that wait."""
        if not self._waiting.get(address):
            address = max(self._waiting, key=lambda one: len(self._waiting[one]), default="")
        if not self._waiting.get(address):
            return False
        place = next(iter(self._waiting[address]))
        self._forget(self._waiting, place)
        self._forget(self._here, place)
        self._count -= 1
        place.hang_up()
        self._tally.note("a connection that only waited made room for another")
        return True

    @staticmethod
    def _forget(places: "dict[str, set[Place]] | dict[str, dict[Place, None]]", place: "Place") -> None:
        of_address = places[place.address]
        if isinstance(of_address, set):
            of_address.discard(place)
        else:
            of_address.pop(place, None)
        if not of_address:
            del places[place.address]


class Place:
    """One connection's. While it waits for bytes, it may have to make room."""

    def __init__(self, connections: Connections, address: str, connection: socket.socket) -> None:
        self.address = address
        self._connections = connections
        self._connection = connection

    def waits(self) -> None:
        self._connections.waits(self)

    def works(self) -> None:
        self._connections.works(self)

    def leave(self) -> None:
        self._connections.leave(self)

    def hang_up(self) -> None:
        """Wakes who reads from it, in every async mode: there is nothing more to come."""
        try:
            self._connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it was gone already
