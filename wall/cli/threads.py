"""The runtime of plain threads, `ASYNC_MODE=threading`: no event loop, so nothing has to stay off it."""

import socket
import struct
from collections.abc import Callable
from threading import Thread
from typing import Any

from wall.cli.listening import Entrance
from wall.cli.strict_http import StrictHandler
from wall.core.server.runtime import Runtime, T, WsgiApp

MOST_PLACES = 1_000
"""Each is a thread, and a screen is three."""
SILENT_SECONDS = 60
"""A screen answers a ping every 25 seconds."""


def threading_runtime() -> Runtime:
    return Runtime("threading", _call_here, _serve)


def _call_here(call: Callable[..., T], /, *arguments: Any) -> T:
    return call(*arguments)


def _serve(app: WsgiApp, entrance: Entrance) -> None:
    from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

    class Handler(StrictHandler, WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def parse_request(self) -> bool:
            well = super().parse_request()
            if well and "Upgrade" in self.headers:
                _give_up_when_silent(self.connection)
            return well

        def make_environ(self) -> dict[str, Any]:
            return self.as_sent(super().make_environ())

        def end_headers(self) -> None:
            super().end_headers()
            self._reader.end()  # the server would read what is left of the body, for as long as it takes

        def version_string(self) -> str:
            return "Scribe Wall"

    class Server(ThreadedWSGIServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            entrance.tally.note("a connection could not be served")

    Handler.entrance = entrance
    entrance.connections.most = min(entrance.connections.most, MOST_PLACES)
    host, port = entrance.getsockname()[:2]
    server = Server(host, port, app, Handler, fd=entrance.fileno())
    server.socket.close()
    server.socket = entrance  # type: ignore[assignment]

    def until_it_ends() -> None:
        try:
            server.serve_forever()
        finally:
            entrance.ended()

    Thread(target=until_it_ends, name="server", daemon=True).start()


def _give_up_when_silent(connection: socket.socket) -> None:
    """A limit of the system itself: with Python's own, a long message would be sent in part only."""
    connection.settimeout(None)
    limit = struct.pack("ll", SILENT_SECONDS, 0)
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        connection.setsockopt(socket.SOL_SOCKET, option, limit)
