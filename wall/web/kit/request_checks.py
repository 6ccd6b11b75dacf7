"""Checks of each request: who may send, how much, and of which kind, before anything of it is read; and how often anybody may look."""

from flask import Flask, Request, current_app, request

from wall.core.errors import BodyTooLarge, WrongContentType
from wall.web.kit.bodies import FORMS, Takes, taken_by
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import check_access

PARSED_ON_THE_LOOP_BYTES = 32 * 1024
_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})
_UNCOUNTED = frozenset({"health", "remote"})
"""Blueprints whose public addresses count themselves, or cost nothing: browsers store a logo for ever."""


def init_app(app: Flask) -> None:
    """Comes before the guard against forged forms, which reads the form to find the token in it."""
    app.before_request(_check_request)


def _check_request() -> None:
    if request.endpoint is None or request.blueprint is None:
        return  # nothing is there; the answer says so, and nothing is read
    view = current_app.view_functions[request.endpoint]
    if _at_the_desk() and request.method != "OPTIONS":
        check_access(view)
    if request.method in _WITHOUT_BODY:
        _check_length(Takes())  # nobody reads it
        _count_look()
        return
    takes = taken_by(view)
    if request.blueprint in ("receipt", "own"):
        current_parts().fair_use.allow_change(_of_address("token"), request.remote_addr or "")
    _check_length(takes)
    _check_kind(takes)
    _read(takes)


def _at_the_desk() -> bool:
    return str(request.url_rule).startswith("/desk")


def _of_address(name: str) -> str:
    return str((request.view_args or {}).get(name, ""))


def _count_look() -> None:
    if _at_the_desk() or request.blueprint in _UNCOUNTED:
        return
    parts, address = current_parts(), request.remote_addr or ""
    device = parts.devices.of(request.environ)
    if request.endpoint == "phone.changes":
        parts.fair_use.allow_feed(device, _of_address("code"), address)
    else:
        parts.fair_use.allow_page(device, address)


def _check_length(takes: Takes) -> None:
    """By what the head of the request says; what is longer than it says is found out while it is read."""
    request.max_content_length = request.max_form_memory_size = takes.most_bytes
    request.max_form_parts = takes.most_fields
    if (request.content_length or 0) > takes.most_bytes:
        raise BodyTooLarge


def _check_kind(takes: Takes) -> None:
    sends = bool(request.content_length) or "chunked" in request.headers.get("Transfer-Encoding", "")
    if sends and request.mimetype not in takes.kinds:
        raise WrongContentType


def _read(takes: Takes) -> None:
    """Count the fields before they are taken apart; take a long form apart off the loop."""
    if request.mimetype == "multipart/form-data":
        return  # its parser counts by itself
    body = request.get_data()
    if request.content_length is None and len(body) >= takes.most_bytes:
        raise BodyTooLarge  # there was more, which was not read
    if request.mimetype in FORMS and body.count(b"&") >= takes.most_fields:
        raise BodyTooLarge
    if len(body) > PARSED_ON_THE_LOOP_BYTES:
        sent: Request = request._get_current_object()  # type: ignore[attr-defined]
        current_parts().runtime.off_loop(lambda: sent.form)
