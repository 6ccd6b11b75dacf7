"""The contract's error as a whole answer, for whoever stands in front of the framework."""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from wall.core.errors import WallError


def refuse(error: WallError, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request with an error, as a WSGI application does."""
    status, headers, body = refusal(error)
    start_response(status, headers)
    return [body]


def refusal(error: WallError) -> tuple[str, list[tuple[str, str]], bytes]:
    """An error's status line, headers and body."""
    body = json.dumps(error.as_json()).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    if error.retry_after is not None:
        headers.append(("Retry-After", str(error.retry_after)))
    return f"{error.status} {HTTPStatus(error.status).phrase}", headers, body
