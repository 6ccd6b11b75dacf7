"""A phone sends a pledge as JSON: the one hot request, so it has a fast path past the framework."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from wall.core.audience import pledge_with_status
from wall.core.codes import typed_event_code
from wall.core.drafts import read_draft
from wall.core.errors import WallError
from wall.core.server.runtime import WsgiApp
from wall.core.server.wsgi_errors import refuse
from wall.services.pledges.submitting import submit_pledge
from wall.store import Store
from wall.web.kit.bodies import read_object
from wall.web.kit.devices import Devices
from wall.web.kit.fair_use import FairUse

_PATH = re.compile(r"/e/([0-9A-Za-z]{1,20})/pledges")
_LENGTH = re.compile(r"\d{1,4}")  # longer bodies, and those without a length, take the long way


@dataclass(frozen=True, slots=True)
class Sending:
    """A pledge as JSON, and how it came. `code` is its event's own; `host_url` is how the phone called this server, with a slash at the end."""

    code: str
    body: bytes
    host_url: str
    device: str | None
    address: str


def take_pledge(store: Store, fair_use: FairUse, sent: Sending) -> tuple[int, dict[str, Any]]:
    """Store a pledge; the status and the answer in the contract's shape. Raises WallError."""
    draft = read_draft(read_object(sent.body))
    fair_use.allow_pledge(sent.device, sent.code, sent.address)
    submitted = submit_pledge(store, sent.code, draft)
    answer = {
        "pledge": pledge_with_status(submitted.pledge),
        "receipt": f"{sent.host_url}receipt/{submitted.receipt_token}",
        "version": submitted.version,
    }
    return (201 if submitted.new else 200), answer


class FastPath:
    """In front of the framework, which costs more than storing the pledge does.

    Takes the plain case and answers exactly as the framework's route would; the rest goes on to it.
    """

    def __init__(self, app: WsgiApp, store: Store, devices: Devices, fair_use: FairUse) -> None:
        self._app = app
        self._store = store
        self._devices = devices
        self._fair_use = fair_use

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        code = _plain_code(environ)
        if code is None:
            return self._app(environ, start_response)
        try:
            status, answer = take_pledge(self._store, self._fair_use, self._read(environ, code))
        except WallError as error:
            return refuse(error, start_response)
        encoded = json.dumps(answer).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(encoded)))]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [encoded]

    def _read(self, environ: dict[str, Any], code: str) -> Sending:
        return Sending(
            code=code,
            body=environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])),
            host_url=f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}/",
            device=self._devices.of(environ),
            address=environ.get("REMOTE_ADDR", ""),
        )


def _plain_code(environ: dict[str, Any]) -> str | None:
    """The event's code where this is a pledge in plain JSON, sent by a program."""
    if (
        environ["REQUEST_METHOD"] != "POST"
        or environ.get("CONTENT_TYPE") != "application/json"
        or "HTTP_HOST" not in environ
        or "text/html" in environ.get("HTTP_ACCEPT", "")
        or not _LENGTH.fullmatch(environ.get("CONTENT_LENGTH", ""))
        or environ.get("HTTP_TRANSFER_ENCODING")
    ):
        return None
    path = _PATH.fullmatch(environ["PATH_INFO"])
    return typed_event_code(path[1]) if path else None
