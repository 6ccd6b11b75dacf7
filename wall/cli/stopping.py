"""Stopping well: hear the signal, let what was accepted finish, refuse the rest politely."""

import json
import signal
import socket
import time
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from werkzeug.wsgi import ClosingIterator

from wall.core.errors import TryAgain
from wall.core.runtime import WsgiApp

LONGEST_FAREWELL_SECONDS = 5
_LOOK_AGAIN_SECONDS = 0.01


class StopSignal:
    """SIGTERM or Ctrl-C, waited for without work in the handler and without polling.

    The interpreter writes the signal's number into a socket; whoever waits reads it from the other end.
    """

    def __init__(self) -> None:
        self._heard, self._told = socket.socketpair()
        self._told.setblocking(False)
        signal.set_wakeup_fd(self._told.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)

    def wait(self) -> None:
        self._heard.recv(1)


class Gate:
    """In front of the application: counts what is being answered, and closes once.

    Live connections are not counted: they never end by themselves.
    """

    def __init__(self, app: WsgiApp) -> None:
        self._app = app
        self._open = True
        self._inside = 0
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        # Chromium offers per-message compression; taken up, it doubles the memory of each socket.
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        if environ["PATH_INFO"].startswith("/socket.io"):
            return self._app(environ, start_response)
        if not self._open:
            return _refuse(start_response)
        self._count(+1)
        try:
            answer = self._app(environ, start_response)
        except BaseException:
            self._count(-1)
            raise
        return ClosingIterator(answer, [lambda: self._count(-1)])

    def close(self) -> None:
        """Let nobody in any more, and wait for those inside, but not for ever."""
        self._open = False
        give_up = time.monotonic() + LONGEST_FAREWELL_SECONDS
        while self._inside and time.monotonic() < give_up:
            time.sleep(_LOOK_AGAIN_SECONDS)

    def _count(self, step: int) -> None:
        with self._lock:
            self._inside += step


def _refuse(start_response: Callable[..., Any]) -> Iterable[bytes]:
    error = TryAgain()
    headers = [
        ("Content-Type", "application/json"),
        ("Retry-After", str(error.retry_after)),
        ("Connection", "close"),
    ]
    start_response("503 Service Unavailable", headers)
    return [json.dumps(error.as_json()).encode()]
