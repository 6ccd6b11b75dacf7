"""HTTP as strangers send it: in time, whole, read in one way only, or refused with the contract's error."""

import io
import re
from email.errors import (
    FirstHeaderLineIsContinuationDefect,
    InvalidHeaderDefect,
    MissingHeaderBodySeparatorDefect,
)
from typing import TYPE_CHECKING, Any, ClassVar

from wall.cli.chunks import Chunks
from wall.cli.timeouts import HeadTooLarge, TimedReader, linger
from wall.core.errors import (
    AddressTooLong,
    BadRequest,
    HeadersTooLarge,
    RequestTooSlow,
    TryAgain,
    WallError,
)
from wall.core.server.wsgi_errors import refusal

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler as Handler

    from wall.cli.listening import Entrance
else:
    Handler = object  # each server brings one of its own

LONGEST_ADDRESS = 8_000
LARGEST_BODY_BYTES = 4_000_000
"""More than any page takes: such a body is not read to its end."""
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*")
_LENGTH = re.compile(r"[0-9]{1,15}")
_NOT_HEADERS = (MissingHeaderBodySeparatorDefect, FirstHeaderLineIsContinuationDefect, InvalidHeaderDefect)
_REFUSALS: dict[int, type[WallError]] = {
    one.status: one for one in (RequestTooSlow, AddressTooLong, HeadersTooLarge, TryAgain)
}


class StrictHandler(Handler):
    """In front of a server's own handler, whose connections and requests it looks after."""

    entrance: "ClassVar[Entrance]"

    def setup(self) -> None:
        super().setup()
        self.rfile.close()  # ours reads from the connection itself
        self._has_body = False
        self._place = self.entrance.connections.enter(str(self.client_address[0]), self.connection)
        if self._place:
            self._reader = TimedReader(self.connection, self._place, lambda: self.send_error(408))
            self.rfile = io.BufferedReader(self._reader)

    def handle(self) -> None:
        if self._place:
            super().handle()
        else:
            self.send_error(503)

    def handle_one_request(self) -> None:
        self._reader.next_request()
        try:
            super().handle_one_request()
        except HeadTooLarge:
            self.send_error(431)
        except (OSError, RequestTooSlow):
            self.close_connection = True
            self.entrance.tally.note("a request or an answer broke off")

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        refused = self._look_at_head()
        if refused:
            self.send_error(refused)
            return False
        length = None if self._in_chunks else int(self.headers.get("Content-Length", 0))
        self._has_body = length != 0
        if self._in_chunks or "Upgrade" in self.headers or (length or 0) > LARGEST_BODY_BYTES:
            self.close_connection = True
        self._reader.body(length)
        if self._place:
            self._place.works()
        return True

    def finish(self) -> None:
        try:
            if self._has_body:
                self.wfile.flush()
                linger(self.connection)
            super().finish()
        except OSError:
            self.entrance.tally.note("a request or an answer broke off")
        finally:
            if self._place:
                self._place.leave()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse before the application is asked, and hang up."""
        self.close_connection = True
        self._has_body = True  # whatever is still on its way
        error = _REFUSALS.get(int(code), BadRequest)()
        self.entrance.tally.note(f"a request was refused ({error.status} {error.code})")
        status, headers, body = refusal(error)
        sent = [*headers, *self.entrance.headers, ("Connection", "close")]
        head = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in sent), "", ""]
        try:
            self.wfile.write("\r\n".join(head).encode("latin-1") + body)
            self.wfile.flush()
        except OSError:
            return  # nobody is there to hear it

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Paths hold receipts, and what strangers send belongs in no log."""

    def log_error(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing is logged, as by log_message."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing is logged, as by log_message."""

    def as_sent(self, environ: dict[str, Any]) -> dict[str, Any]:
        """What the application gets to see of the request."""
        if self._in_chunks:
            if environ.get("HTTP_EXPECT", "").lower() == "100-continue" and "eventlet.input" in environ:
                self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                self.wfile.flush()
            environ["wsgi.input"] = io.BufferedReader(Chunks(self.rfile))  # type: ignore[arg-type]
            environ["wsgi.input_terminated"] = True
        return environ

    @property
    def _in_chunks(self) -> bool:
        return "Transfer-Encoding" in self.headers

    def _look_at_head(self) -> int | None:
        """The status with which it has to be refused, if it has to."""
        if len(self.path) > LONGEST_ADDRESS:
            return 414
        lengths, codings = (
            self.headers.get_all("Content-Length", []),
            self.headers.get_all("Transfer-Encoding", []),
        )
        hosts = self.headers.get_all("Host", [])
        well = (
            self.path.startswith("/")
            and self.request_version in ("HTTP/1.0", "HTTP/1.1")
            and len(hosts) <= 1
            and (hosts or self.request_version == "HTTP/1.0")
            and not any(isinstance(defect, _NOT_HEADERS) for defect in self.headers.defects)
            and all(_NAME.fullmatch(name) and _VALUE.fullmatch(value) for name, value in self.headers.items())
            and len(lengths) + len(codings) <= 1
            and all(_LENGTH.fullmatch(length) for length in lengths)
            and all(coding.lower() == "chunked" and self.request_version == "HTTP/1.1" for coding in codings)
        )
        return None if well else 400
