"""The runtime of plain threads, `ASYNC_MODE=threading`: no event loop, so nothing to keep off it."""

from collections.abc import Callable
from socket import socket
from threading import Thread
from typing import Any

from wall.core.runtime import Runtime, T, WsgiApp


def threading_runtime() -> Runtime:
    return Runtime("threading", _call_here, _serve)


def _call_here(call: Callable[..., T], /, *arguments: Any) -> T:
    return call(*arguments)


def _serve(app: WsgiApp, listener: socket) -> None:
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Handler(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Paths hold receipts, so requests are not logged."""

    host, port = listener.getsockname()[:2]
    server = make_server(host, port, app, threaded=True, request_handler=Handler, fd=listener.fileno())
    Thread(target=server.serve_forever, name="server", daemon=True).start()
