"""Compressed twins of answers, each made once for each way of compressing."""

import gzip
from collections.abc import Callable

import brotli

from wall.core.server.cache import Cache
from wall.core.server.encoded import Encoded
from wall.core.server.runtime import OffLoop
from wall.core.server.single_flight import SingleFlight

MOST_ENTRIES = 1_000
MOST_BYTES = 32_000_000

COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=4)),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


class Compression:
    """The compressed twins of answers, each made once, off the loop."""

    def __init__(self, off_loop: OffLoop) -> None:
        self._off_loop = off_loop
        self._single_flight: SingleFlight[tuple[str, str], bytes] = SingleFlight()
        self._cache: Cache[tuple[str, str], bytes] = Cache(
            most_entries=MOST_ENTRIES, most_bytes=MOST_BYTES, size=len
        )

    def compressed(self, answer: Encoded, coding: str) -> bytes:
        key = answer.tag, coding
        found = self._cache.get(key)
        if found is None:
            found = self._single_flight(key, lambda: self._off_loop(COMPRESSORS[coding], answer.body))
            self._cache.put(key, found)
        return found
