"""How long a request may take to arrive, as a whole: bytes that trickle in are no reason to go on waiting."""

import errno
import io
import socket
import time
from collections.abc import Callable
from enum import Enum, auto

from wall.cli.connections import Place
from wall.core.errors import RequestTooSlow

IDLE_SECONDS = 30
"""Nothing was asked for so long: closed without a word."""
HEAD_SECONDS = 20
"""From a request's first byte to the end of its headers."""
BODY_SECONDS = 30
SLOWEST_BYTES_PER_SECOND = 8_000
LONGEST_BODY_SECONDS = 150
ANSWER_SECONDS = 30
"""Somebody who takes nothing of an answer for so long is gone."""
LARGEST_HEAD_BYTES = 64 * 1024
LINGER_SECONDS = 2
MOST_LINGERED_BYTES = 8_000_000


class HeadTooLarge(Exception):
    """More headers than anybody of ours sends."""


class _Phase(Enum):
    BETWEEN = auto()
    HEAD = auto()
    BODY = auto()
    OVER = auto()


class TimedReader(io.RawIOBase):
    """Reads requests from a connection. `too_slow` is called before a head that came too slowly is given up."""

    def __init__(self, connection: socket.socket, place: Place, too_slow: Callable[[], None]) -> None:
        self._connection = connection
        self._place = place
        self._too_slow = too_slow
        self.next_request()

    def readable(self) -> bool:
        return True

    def next_request(self) -> None:
        self._begin(_Phase.BETWEEN, IDLE_SECONDS)
        self._size = 0

    def body(self, length: int | None) -> None:
        """The head was read; a body of so many bytes follows, or one that says itself when it ends."""
        seconds = BODY_SECONDS + (length or 0) / SLOWEST_BYTES_PER_SECOND
        self._begin(_Phase.BODY, min(seconds, LONGEST_BODY_SECONDS))

    def end(self) -> None:
        """Read nothing more of this request."""
        self._phase = _Phase.OVER

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._phase is _Phase.OVER:
            return 0
        if self._phase is _Phase.HEAD and self._size > LARGEST_HEAD_BYTES:
            raise HeadTooLarge
        self._place.waits()
        try:
            size = self._receive(buffer)
        except TimeoutError:
            return self._give_up()
        if self._phase is _Phase.BODY:
            self._place.works()
        elif size:
            self._size += size
            if self._phase is _Phase.BETWEEN:
                self._begin(_Phase.HEAD, HEAD_SECONDS)
        elif self._phase is _Phase.HEAD:
            raise ConnectionResetError(errno.ECONNRESET, "half a request")
        return size

    def _receive(self, buffer: bytearray | memoryview) -> int:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        try:
            return self._connection.recv_into(buffer)
        finally:
            self._connection.settimeout(ANSWER_SECONDS)

    def _give_up(self) -> int:
        phase, self._phase = self._phase, _Phase.OVER
        if phase is _Phase.HEAD:
            self._too_slow()
            raise TimeoutError
        if phase is _Phase.BODY:
            raise RequestTooSlow
        return 0

    def _begin(self, phase: _Phase, seconds: float) -> None:
        self._phase = phase
        self._until = time.monotonic() + seconds


def linger(connection: socket.socket) -> None:
    """Take in what is still being sent, for a moment: else our last words are lost on the way (a reset)."""
    give_up, taken = time.monotonic() + LINGER_SECONDS, 0
    try:
        connection.shutdown(socket.SHUT_WR)
        while taken < MOST_LINGERED_BYTES and (left := give_up - time.monotonic()) > 0:
            connection.settimeout(left)
            more = len(connection.recv(65_536))
            if not more:
                break
            taken += more
    except OSError:
        return  # late, or gone
