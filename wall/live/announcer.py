"""The announcer: after each commit, announces to every screen what changed, each audience at its own pace."""

import logging
import time
from collections.abc import Callable
from threading import Event, Lock
from typing import Any, TypeVar

from flask_socketio import SocketIO

from wall.core.audience import Audience
from wall.core.errors import EventNotFound, VersionUnknown
from wall.core.server.background import Background
from wall.live import rooms
from wall.live.json_codec import fragment
from wall.services.server.feeds import Feeds
from wall.store import EventChange

PHONES_REST_SECONDS = 0.4
"""Between two messages to the phones: a hall of them cannot hear of each pledge."""
BETWEEN_GROUPS_SECONDS = 0.01

_WALLS: tuple[Audience, ...] = ("wall", "public", "kept")

T = TypeVar("T")

log = logging.getLogger(__name__)


class Announcer:
    """Hears of commits from the ledger and never holds it up.

    What changes while an announcement is on its way is gathered into the next one: an answer from an older
    version is only wider.
    """

    def __init__(self, sockets: SocketIO, feeds: Feeds, background: Background) -> None:
        self._sockets = sockets
        self._feeds = feeds
        self._for_screens = _Gathered()
        self._for_phones = _Gathered()
        self._background = background
        background.start(self._announce_to_screens, "announcer", wake=self._for_screens.wake)
        background.start(self._announce_to_phones, "announcer-phones", wake=self._for_phones.wake)

    def announce(self, changed: list[EventChange]) -> None:
        """Take note of the events that a commit changed."""
        self._for_screens.add(changed)
        self._for_phones.add(changed)

    def _announce_to_screens(self) -> None:
        while not self._background.over:
            for code, before in self._for_screens.take().items():
                for audience in _WALLS:
                    self._try(self._announce_to_walls, code, before, audience)
                self._try(self._announce_to_desks, code, before)

    def _announce_to_phones(self) -> None:
        while not self._background.over:
            for code in self._for_phones.take():
                self._try(self._announce_to_groups, code)
            self._background.rest(PHONES_REST_SECONDS)

    def _announce_to_walls(self, code: str, before: int, audience: Audience) -> None:
        room = rooms.of_audience(audience, code)
        if not self._anybody_in(room, "/"):
            return  # who joins from now on asks after joining, and so gets it all
        try:
            answer = _from_start_if_emptied(lambda since: self._feeds.changes(code, since, audience), before)
        except EventNotFound:
            self._sockets.emit("gone", {"event": code}, to=room)
            return
        self._sockets.emit("changes", fragment(answer), to=room)

    def _announce_to_desks(self, code: str, before: int) -> None:
        if not self._anybody_in(None, "/desk"):
            return
        try:
            answer, listeners = _from_start_if_emptied(
                lambda since: self._feeds.team_changes(code, since), before
            )
        except EventNotFound:
            return  # its desks notice when they ask how the room is
        for session in listeners:
            room = rooms.desk(code, session.id)
            if self._anybody_in(room, "/desk"):
                self._sockets.emit("changes", fragment(answer), to=room, namespace="/desk")

    def _announce_to_groups(self, code: str) -> None:
        message: tuple[str, Any] | None = None
        for group in rooms.phones(code):
            if self._anybody_in(group, "/"):
                message = message or self._message_for_phones(code)
                self._sockets.emit(*message, to=group)
                time.sleep(BETWEEN_GROUPS_SECONDS)

    def _message_for_phones(self, code: str) -> tuple[str, Any]:
        try:
            return "room", fragment(self._feeds.room(code))
        except EventNotFound:
            return "gone", {"event": code}

    def _try(self, announce: Callable[..., None], code: str, *more: Any) -> None:
        try:
            announce(code, *more)
        except Exception:
            log.exception("announcing failed; screens find the gap and ask")

    def _anybody_in(self, room: str | None, namespace: str) -> bool:
        """Whether somebody listens here (None: in any room); other servers announce to their own."""
        return bool(self._sockets.server.manager.rooms.get(namespace, {}).get(room))


def _from_start_if_emptied(ask: Callable[[int], T], since: int) -> T:
    """What changed since then; all of it where the event was emptied since, which screens take for a gap."""
    try:
        return ask(since)
    except VersionUnknown:
        return ask(0)


class _Gathered:
    """The events that changed since somebody last took them, each with the version it had before."""

    def __init__(self) -> None:
        self._changed: dict[str, int] = {}
        self._lock = Lock()
        self._any = Event()

    def add(self, changed: list[EventChange]) -> None:
        with self._lock:
            for one in changed:
                self._changed.setdefault(one.code, one.before)
        self._any.set()

    def take(self) -> dict[str, int]:
        """Wait until there is something, and take all of it; nothing where somebody woke us."""
        self._any.wait()
        with self._lock:
            self._any.clear()
            changed, self._changed = self._changed, {}
        return changed

    def wake(self) -> None:
        """End a wait, though nothing may have come."""
        self._any.set()
