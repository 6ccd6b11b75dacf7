"""Stopping well: let what was accepted finish, refuse the rest politely."""

import time
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from werkzeug.wsgi import ClosingIterator

from wall.core.errors import TryAgain
from wall.core.server.runtime import WsgiApp
from wall.core.server.wsgi_errors import refuse

LONGEST_CLOSE_SECONDS = 5
_LOOK_AGAIN_SECONDS = 0.01


class Gate:
    """In front of the application: counts what is being answered, and closes once.

    Live connections are not counted: they never end by themselves.
    """

    def __init__(self) -> None:
        self._open = True
        self._inside = 0
        self._lock = Lock()

    def around(self, app: WsgiApp) -> WsgiApp:
        """The application with this gate in front."""

        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            # Chromium offers per-message compression; taken up, it doubles the memory of each socket.
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            if environ["PATH_INFO"].startswith("/socket.io"):
                return app(environ, start_response)
            if not self._open:
                return refuse(TryAgain(), start_response)
            self._count(+1)
            try:
                answered = app(environ, start_response)
            except BaseException:
                self._count(-1)
                raise
            return ClosingIterator(answered, [lambda: self._count(-1)])

        return answer

    def close(self) -> None:
        """Let nobody in any more, and wait for those inside, but not for ever."""
        self._open = False
        give_up = time.monotonic() + LONGEST_CLOSE_SECONDS
        while self._inside and time.monotonic() < give_up:
            time.sleep(_LOOK_AGAIN_SECONDS)

    def _count(self, step: int) -> None:
        with self._lock:
            self._inside += step
