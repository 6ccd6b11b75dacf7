"""Handing out what was made once: packed once for each way of packing, and not at all to who has it already."""

import gzip
from collections.abc import Callable

import brotli
from flask import Response, request

from wall.core.encoded import Encoded
from wall.core.once import Once
from wall.core.runtime import OffLoop
from wall.core.shelf import Shelf
from wall.web.context import house

SMALLEST_PACKED = 500
MOST_PACKED = 1_000
MOST_BYTES = 32_000_000

_PACK: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=4)),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


class Packing:
    """The compressed twins of answers, each made once, off the loop."""

    def __init__(self, off_loop: OffLoop) -> None:
        self._off_loop = off_loop
        self._once: Once[tuple[str, str], bytes] = Once()
        self._kept: Shelf[tuple[str, str], bytes] = Shelf(
            most_entries=MOST_PACKED, most_bytes=MOST_BYTES, size=len
        )

    def packed(self, answer: Encoded, coding: str) -> bytes:
        key = answer.tag, coding
        found = self._kept.get(key)
        if found is None:
            found = self._once(key, lambda: self._off_loop(_PACK[coding], answer.body))
            self._kept.put(key, found)
        return found


def hand_out(answer: Encoded, mimetype: str = "application/json", *, kept: bool = True) -> Response:
    """Answer the current request; a reader whose copy is still right hears that alone.

    A browser may keep a copy (`kept`), but asks each time whether it is right: what was hidden is gone at once.
    """
    coding = _coding(answer)
    tag = f"{answer.tag}-{coding}" if coding else answer.tag
    if kept and request.if_none_match.contains(tag):
        response = Response(status=304)
    else:
        body = house().packing.packed(answer, coding) if coding else answer.body
        response = Response(body, mimetype=mimetype)
        if coding:
            response.headers["Content-Encoding"] = coding
    if kept:
        response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache" if kept else "no-store"
    response.vary.add("Accept-Encoding")
    return response


def _coding(answer: Encoded) -> str | None:
    if len(answer.body) < SMALLEST_PACKED or not request.accept_encodings:
        return None
    return request.accept_encodings.best_match(_PACK)
