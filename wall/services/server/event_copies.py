"""Copies of events, each brought up to date by the one question before it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from zlib import crc32

import orjson

from wall.core.audience import Audience, seen_by
from wall.core.event_copy import EventCopy, Line
from wall.core.events import Event
from wall.core.pledges import Pledge
from wall.core.server.cache import Cache
from wall.core.server.runtime import OffLoop
from wall.store import Connection
from wall.store.queries import pledges

MOST_COPIES = 200
MOST_BYTES = 128_000_000
AT_ONCE = 250
"""So many pledges are read and encoded before others have their turn."""
_LOCKS = 64

Identity = tuple[int, str, str, int]


def identity_of(event: Event) -> Identity:
    """What stays the same of an event until it is cleared, restored or deleted; an id or a code alone can be taken again."""
    return event.id, event.code, event.created_at, event.emptied


@dataclass(frozen=True, slots=True)
class View:
    """A kind of reader, and how a pledge is encoded for it; None where it does not see the pledge.

    `encode` runs in a real thread: it knows no request and no language.
    """

    name: str
    encode: Callable[[Pledge], bytes | None]


def as_json(audience: Audience) -> View:
    """A pledge as the JSON that an audience gets."""

    def encode(pledge: Pledge) -> bytes | None:
        seen = seen_by(audience, pledge)
        return None if seen is None else orjson.dumps(seen)

    return View(f"json {audience}", encode)


class EventCopies:
    """Only what changed since a copy was last asked for is read and encoded."""

    def __init__(self, off_loop: OffLoop) -> None:
        self._off_loop = off_loop
        self._cache: Cache[tuple[str, Identity], EventCopy] = Cache(
            most_entries=MOST_COPIES, most_bytes=MOST_BYTES, size=lambda copy: copy.size
        )
        self._locks = [Lock() for _ in range(_LOCKS)]

    def lock(self, view: View, code: str) -> Lock:
        """To be held by whoever calls `up_to_date`, for as long as it reads from the copy."""
        return self._locks[crc32(f"{view.name} {code}".encode()) % _LOCKS]

    def up_to_date(self, connection: Connection, event: Event, view: View) -> EventCopy:
        """An event's copy at the version of `event`, which was read on the same connection."""
        key = view.name, identity_of(event)
        copy = self._cache.get(key)
        if copy is None or copy.version > event.version:
            copy = EventCopy()
        if copy.version < event.version:
            copy.take(self._changed(connection, event, copy.version, view), event.version)
            self._cache.put(key, copy)
        return copy

    def _changed(self, connection: Connection, event: Event, since: int, view: View) -> list[Line]:
        """Read off the loop, a part at a time: Python in a thread holds the loop up too while it computes."""
        parts = pledges.changed_since(connection, event.id, since, AT_ONCE)

        def next_part() -> list[Line]:
            return [_line(pledge, view) for pledge in next(parts, ())]

        lines: list[Line] = []
        while True:
            part = self._off_loop(next_part)
            lines += part
            if len(part) < AT_ONCE:
                return lines


def _line(pledge: Pledge, view: View) -> Line:
    people = tuple(who for who in (pledge.decided_by, pledge.entered_by) if who)
    return Line(pledge.id, pledge.number, pledge.version, pledge.first_shown, view.encode(pledge), people)
