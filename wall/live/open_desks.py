"""The sockets of signed-in people on this server: each is closed when its session ends, or the right to what it follows."""

import logging
from threading import Event, Lock

from flask_socketio import SocketIO

from wall.core.errors import TryAgain
from wall.core.server.background import Background
from wall.services.people.sessions import may_stay
from wall.store import Store

LOOK_EVERY_SECONDS = 10
"""For sessions whose time has come, and for what another server or a command ended."""

log = logging.getLogger(__name__)


class OpenDesks:
    """By socket id: which session it belongs to, and the code of the event that it follows, if any."""

    def __init__(self, sockets: SocketIO, store: Store, namespace: str, background: Background) -> None:
        self._sockets = sockets
        self._store = store
        self._namespace = namespace
        self._seats: dict[str, tuple[int, str | None]] = {}
        self._lock = Lock()
        self._changed = Event()
        store.rights_changed = self._changed.set
        self._background = background
        background.start(self._look_regularly, "open-desks", wake=self._changed.set)

    def add(self, socket_id: str, session_id: int, code: str | None = None) -> None:
        """A socket was opened, or follows an event from now on."""
        with self._lock:
            self._seats[socket_id] = (session_id, code)

    def leave(self, socket_id: str) -> None:
        with self._lock:
            self._seats.pop(socket_id, None)

    def _look_regularly(self) -> None:
        while not self._background.over:
            self._changed.wait(LOOK_EVERY_SECONDS)
            self._changed.clear()
            try:
                self._close_what_has_no_right()
            except TryAgain:
                pass  # the database cannot be read just now, and somebody has said why
            except Exception:
                log.exception(
                    "looking at the open desks failed; they hear nothing that they may not, and we look again"
                )

    def _close_what_has_no_right(self) -> None:
        with self._lock:
            seats = dict(self._seats)
        if not seats:
            return
        staying = may_stay(self._store, seats.values())
        for socket_id, seat in seats.items():
            if seat not in staying:
                self.leave(socket_id)
                self._sockets.server.disconnect(socket_id, namespace=self._namespace)
