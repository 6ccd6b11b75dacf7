"""The announcer: after each commit, tells every screen what changed, each audience at its own pace."""

import logging
import time
from threading import Event, Lock, Thread

from flask_socketio import SocketIO

from wall.core.audience import Audience
from wall.live import rooms
from wall.services.addresses import Addresses
from wall.services.watching import changes_since, room_now
from wall.store import Moved, Store

PHONES_REST_SECONDS = 0.4
"""Between two messages to the phones: a hall of them cannot be told of each pledge."""
BETWEEN_GROUPS_SECONDS = 0.01

log = logging.getLogger(__name__)


class Announcer:
    """Hears of commits from the ledger and never holds it up.

    What moves while an announcement is on its way is gathered into the next one: an answer from an older
    version is only wider.
    """

    def __init__(self, sockets: SocketIO, store: Store, addresses: Addresses, *, shared: bool) -> None:
        self._sockets = sockets
        self._shared = shared
        self._store = store
        self._addresses = addresses
        self._for_screens = _Gathered()
        self._for_phones = _Gathered()
        Thread(target=self._tell_screens, name="announcer", daemon=True).start()
        Thread(target=self._tell_phones, name="announcer-phones", daemon=True).start()

    def hear(self, moved: list[Moved]) -> None:
        """Take note of the events that a commit moved."""
        self._for_screens.add(moved)
        self._for_phones.add(moved)

    def _tell_screens(self) -> None:
        while True:
            for code, before in self._for_screens.take().items():
                self._emit_changes("public", code, before, "/", rooms.walls(code))
                self._emit_changes("desk", code, before, "/desk", rooms.desks(code))

    def _tell_phones(self) -> None:
        while True:
            for code in self._for_phones.take():
                self._emit_room(code)
            time.sleep(PHONES_REST_SECONDS)

    def _emit_room(self, code: str) -> None:
        try:
            told = None
            for group in rooms.phones(code):
                if self._anybody_in(group, "/"):
                    told = told or room_now(self._store, code)
                    self._sockets.emit("room", told, to=group)
                    time.sleep(BETWEEN_GROUPS_SECONDS)
        except Exception:
            log.exception("telling the phones failed; the next commit tells them more")

    def _emit_changes(self, audience: Audience, code: str, since: int, namespace: str, room: str) -> None:
        if not self._anybody_in(room, namespace):
            return  # who joins from now on asks after joining, and so gets it all
        try:
            answer = changes_since(self._store, self._addresses, audience, code, since)
            self._sockets.emit("changes", answer, to=room, namespace=namespace)
        except Exception:
            log.exception("announcing failed; screens find the gap and ask")

    def _anybody_in(self, room: str, namespace: str) -> bool:
        """Whether somebody listens here; with a shared queue, somebody may listen elsewhere."""
        if self._shared:
            return True
        return bool(self._sockets.server.manager.rooms.get(namespace, {}).get(room))


class _Gathered:
    """The events that moved since somebody last took them, each with the version it moved from."""

    def __init__(self) -> None:
        self._moved: dict[str, int] = {}
        self._lock = Lock()
        self._any = Event()

    def add(self, moved: list[Moved]) -> None:
        with self._lock:
            for one in moved:
                self._moved.setdefault(one.code, one.before)
        self._any.set()

    def take(self) -> dict[str, int]:
        """Wait until there is something, and take all of it."""
        self._any.wait()
        with self._lock:
            self._any.clear()
            moved, self._moved = self._moved, {}
        return moved
