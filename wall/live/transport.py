"""Engine.IO, below Socket.IO, so that no request waits for a screen that may never come.

Made for python-engineio 4.15.1 and simple-websocket 1.1.0; a test fails when either has changed. What it mends:
`close` waits until a poll has fetched everything, so one rude byte held its request for ever; what cannot be
decoded ends in a traceback; a websocket's message that comes in parts had no largest size.
"""

import logging
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

import engineio
import socketio
from engineio import exceptions, payload
from engineio import socket as engineio_socket
from engineio.async_drivers import threading as in_threads
from engineio.async_drivers._websocket_wsgi import SimpleWebSocketWSGI

from wall.core.errors import BadRequest, BodyTooLarge, WallError
from wall.core.server.tally import Tally
from wall.core.server.wsgi_errors import refuse

MOST_UNREAD = 500
"""Messages that may wait for a screen; one that reads so little is disconnected, and catches up when it comes back."""
_KEY_LENGTH = 24  # RFC 6455: 16 bytes in base64

_log = logging.getLogger(__name__)
_tally = Tally(_log)


def patch_engineio() -> None:
    """Use what is below instead of Engine.IO's own. To be called before the first Socket.IO server is made."""
    socketio.Server._engineio_server_class = lambda _: Engine
    engineio_socket.Socket = Socket
    in_threads._async["websocket"] = WebSocketInThreads


class Engine(engineio.Server):
    """Answers every request, and soon."""

    def handle_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            if not _is_whole_handshake(environ):
                raise BadRequest
            if environ["REQUEST_METHOD"] == "POST":
                _read_body(environ, self.max_http_buffer_size)
        except WallError as error:
            self.disconnect(parse_qs(environ.get("QUERY_STRING", "")).get("sid", [""])[0])
            return refuse(error, start_response)
        answer: Iterable[bytes] = super().handle_request(environ, start_response)
        return answer

    def disconnect(self, sid: str | None = None) -> None:
        """Close one session, or all; a request never waits until somebody has fetched what is left."""
        for one in [sid] if sid is not None else list(self.sockets):
            if closing := self.sockets.pop(one, None):
                closing.close(wait=False, reason=self.reason.SERVER_DISCONNECT)

    def start_background_task(self, target: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        def run() -> None:
            try:
                target(*args, **kwargs)
            except Exception as error:
                _tally.note(f"a message on a socket could not be taken ({type(error).__name__})")

        return super().start_background_task(run)


class Socket(engineio_socket.Socket):
    """One Engine.IO session."""

    _polled = False

    def send(self, pkt: Any) -> None:
        if self.queue.qsize() >= MOST_UNREAD and not self.closing:
            _tally.note("a screen read nothing for long and was closed")
            self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)
        elif not self.closed:
            super().send(pkt)

    def handle_get_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """One poll at a time, as the protocol has it: a second ends the session."""
        if "HTTP_UPGRADE" in environ:
            return super().handle_get_request(environ, start_response)
        if self._polled:
            raise exceptions.EngineIOError
        self._polled = True
        try:
            return super().handle_get_request(environ, start_response)
        finally:
            self._polled = False

    def handle_post_request(self, environ: dict[str, Any]) -> None:
        """Whatever cannot be read is a bad request; what came before it counts."""
        try:
            for packet in payload.Payload(encoded_payload=environ["wsgi.input"].read().decode()).packets:
                self.receive(packet)
        except exceptions.EngineIOError:
            raise
        except Exception as error:
            raise exceptions.EngineIOError from error

    def _websocket_handler(self, ws: Any) -> Any:
        """Whatever cannot be read ends the session, and its writer too."""
        if hasattr(ws, "Message"):
            ws.Message = _bounded(ws.Message, self.server.max_http_buffer_size)
        try:
            return super()._websocket_handler(ws)
        except Exception as error:
            _tally.note(f"a message on a socket could not be read ({type(error).__name__})")
            if not self.connected or self.upgraded:
                self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)
            self.upgrading = False
            return []


class WebSocketInThreads(SimpleWebSocketWSGI):
    """Takes no larger message than polling does, and closes without a word."""

    def __init__(self, handler: Callable[..., Any], server: engineio.Server) -> None:
        super().__init__(handler, server, max_message_size=server.max_http_buffer_size)

    def close(self) -> None:
        try:
            super().close()
        except OSError:
            _tally.note("a screen was gone before it was told goodbye")
        self.ws.event.set()  # else who waits for its next message waits for ever


def _is_whole_handshake(environ: dict[str, Any]) -> bool:
    if "HTTP_UPGRADE" not in environ:
        return True
    return (
        environ["HTTP_UPGRADE"].lower() == "websocket"
        and "upgrade" in environ.get("HTTP_CONNECTION", "").lower()
        and environ.get("HTTP_SEC_WEBSOCKET_VERSION") == "13"
        and len(environ.get("HTTP_SEC_WEBSOCKET_KEY", "")) == _KEY_LENGTH
        and environ["REQUEST_METHOD"] == "GET"
    )


def _read_body(environ: dict[str, Any], most: int) -> None:
    """Read what was posted, also where its length is not known before. Raises BodyTooLarge, RequestTooSlow."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if "wsgi.input_terminated" in environ:
        length = most + 1  # it ends by itself
    if length > 4 * most:
        raise BodyTooLarge
    body = environ["wsgi.input"].read(
        length
    )  # what is a little too much is read, so that its sender hears so
    if len(body) > most:
        raise BodyTooLarge
    environ["wsgi.input"] = BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))


def _bounded(message: type, most: int) -> type:
    """eventlet's message of many frames, which has no largest size itself."""

    class Message(message):
        size = 0

        def push(self, data: bytes, final: bool = False) -> None:
            self.size += len(data) + 1  # empty frames count too
            if self.size > most:
                raise ValueError("packet is too large")
            super().push(data, final=final)

    return Message
