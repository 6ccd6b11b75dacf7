"""A body in chunks (RFC 9112, section 7.1), as proxies send it: read strictly, so that nobody reads it differently."""

import io
import re

from wall.core.errors import BadRequest

LONGEST_LINE_BYTES = 1_000
MOST_TRAILERS = 20
_SIZE = re.compile(rb"([0-9a-fA-F]{1,7})[ \t]*(?:;[^\r\n]*)?\r\n")


class Chunks(io.RawIOBase):
    """The bytes without what is around them. Raises BadRequest where they cannot be told apart."""

    def __init__(self, source: io.BufferedReader) -> None:
        self._source = source
        self._left = 0
        self._over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._over or not len(buffer):
            return 0
        if not self._left:
            self._left = self._next_size()
        if not self._left:
            self._over = True
            self._skip_trailers()
            return 0
        size = self._source.readinto(memoryview(buffer)[: self._left])
        if not size:
            raise BadRequest
        self._left -= size
        if not self._left and self._source.read(2) != b"\r\n":
            raise BadRequest
        return size

    def _next_size(self) -> int:
        found = _SIZE.fullmatch(self._source.readline(LONGEST_LINE_BYTES))
        if not found:
            raise BadRequest
        return int(found[1], 16)

    def _skip_trailers(self) -> None:
        for _ in range(MOST_TRAILERS):
            if self._source.readline(LONGEST_LINE_BYTES) == b"\r\n":
                return
        raise BadRequest
