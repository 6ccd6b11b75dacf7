"""Who may open a socket, and how much may be said on one: strict to a socket, generous to a venue."""

import logging
import math
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask_socketio import SocketIO

from wall.core.errors import TooManyAsked
from wall.core.server.background import Background
from wall.core.server.runtime import WsgiApp
from wall.core.server.tally import Tally
from wall.core.server.wsgi_errors import refuse
from wall.limits import policies
from wall.limits.allowances import Allowances, Claim, Policy
from wall.limits.sockets import OpenSockets, Visitor

FULL_RETRY_SECONDS = 10
LOOK_EVERY_SECONDS = 5
_PATH = "/socket.io"

Who = Callable[[dict[str, Any]], Visitor]

log = logging.getLogger(__name__)


class SocketLimits:
    """`own` is None where the limits are switched off: then everybody may come, and say what they like."""

    def __init__(self, sockets: SocketIO, who: Who, own: Allowances | None, background: Background) -> None:
        self._sockets = sockets
        self._who = who
        self._own = own
        self._background = background
        self._open_sockets = OpenSockets(time.monotonic)
        self._tally = Tally(log)
        if own:
            self._listen()
            background.start(self._close_silent_sockets, "socket-limits")

    def in_front_of(self, app: WsgiApp) -> WsgiApp:
        """Refuse a new socket before Engine.IO hears of it."""

        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            if self._own and _is_handshake(environ):
                try:
                    self._check(self._who(environ))
                except TooManyAsked as error:
                    self._tally.note("a new socket was refused: too many of one device or address")
                    return refuse(error, start_response)
            return app(environ, start_response)

        return answer

    def allow(self, policy: Policy, socket_id: str, *more: Claim) -> None:
        """One more message of a kind, on a socket. Raises TooManyAsked."""
        self._take((policy, socket_id), *more)

    def note_watch(self, socket_id: str, namespace: str) -> None:
        """A socket said what it follows, so it may stay."""
        below = self._sockets.server.manager.eio_sid_from_sid(socket_id, namespace)
        if below:
            self._open_sockets.note_watch(below)

    def _check(self, visitor: Visitor) -> None:
        if not self._open_sockets.has_room_for(visitor):
            raise TooManyAsked(retry_after=FULL_RETRY_SECONDS)
        claims = [(policies.JOINS_BY_ADDRESS, visitor.address)]
        if visitor.device:
            claims.append((policies.JOINS_BY_DEVICE, visitor.device))
        self._take(*claims)

    def _take(self, *claims: Claim) -> None:
        wait = self._own.take(*claims) if self._own else 0
        if wait > 0:
            raise TooManyAsked(retry_after=math.ceil(wait))

    def _listen(self) -> None:
        """Hear of every socket and every message where Engine.IO tells Socket.IO, whatever is in them."""
        engine = self._sockets.server.eio
        connect, message, disconnect = (engine.handlers[one] for one in ("connect", "message", "disconnect"))

        def on_connect(socket_id: str, environ: dict[str, Any]) -> Any:
            self._open_sockets.enter(socket_id, self._who(environ))
            return connect(socket_id, environ)

        def on_message(socket_id: str, sent: Any) -> Any:
            try:
                self._take((policies.MESSAGES_BY_SOCKET, socket_id))
            except TooManyAsked:
                self._tally.note("a socket that said far too much was closed")
                engine.disconnect(socket_id)
                return None
            return message(socket_id, sent)

        def on_disconnect(socket_id: str, *reason: Any) -> Any:
            self._open_sockets.leave(socket_id)
            return disconnect(socket_id, *reason)

        engine.on("connect", on_connect)
        engine.on("message", on_message)
        engine.on("disconnect", on_disconnect)

    def _close_silent_sockets(self) -> None:
        while not self._background.over:
            self._background.rest(LOOK_EVERY_SECONDS)
            for socket_id in self._open_sockets.silent():
                self._open_sockets.leave(socket_id)
                self._tally.note("a socket that followed nothing was closed")
                self._sockets.server.eio.disconnect(socket_id)


def _is_handshake(environ: dict[str, Any]) -> bool:
    return environ["PATH_INFO"].startswith(_PATH) and "sid=" not in environ.get("QUERY_STRING", "")
