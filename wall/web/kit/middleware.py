"""Around everything that answers: whose name was called, the headers of every answer, and no bare error."""

import logging
import socket
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from wall.core.errors import ServerError, WallError, WrongHost
from wall.core.server.hosts import Hosts
from wall.core.server.runtime import WsgiApp
from wall.core.server.wsgi_errors import refuse
from wall.core.words import N_
from wall.services.server.addresses import Addresses
from wall.web.kit.errors import answer_error
from wall.web.kit.gate import Gate

if TYPE_CHECKING:
    from config import Settings

_EVERYWHERE = [
    (
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),  # a receipt's address is a secret
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
]
_BEHIND_TLS = [  # browsers take them from nowhere else
    ("Strict-Transport-Security", "max-age=31536000"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
]

log = logging.getLogger(__name__)


def headers_for(settings: "Settings") -> list[tuple[str, str]]:
    """What every answer carries along, unless it has its own."""
    return _EVERYWHERE + (_BEHIND_TLS if (settings.public_url or "").startswith("https:") else [])


def wrap(app: Flask, settings: "Settings", addresses: Addresses, gate: Gate) -> None:
    """Put what is here around the application, sockets and files included."""
    hosts = Hosts(_own_names(settings))
    inner = gate.around(app.wsgi_app)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not hosts.answers_to(environ.get("HTTP_HOST", "localhost")):
            return _refuse_host(app, addresses, environ, start_response)
        return inner(environ, start_response)

    hops = settings.trusted_proxies
    known = ProxyFix(answer, x_for=hops, x_proto=hops, x_host=hops) if hops else answer
    app.wsgi_app = _with_headers(known, headers_for(settings))  # type: ignore[method-assign, assignment]


def _with_headers(app: WsgiApp, headers: list[tuple[str, str]]) -> WsgiApp:
    """Add what is missing to every answer, and answer where nobody else did."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        begun = False

        def start(status: str, own: list[tuple[str, str]], *exc_info: Any) -> Any:
            nonlocal begun
            begun = True
            there = {name.lower() for name, _ in own}
            more = [header for header in headers if header[0].lower() not in there]
            return start_response(status, own + more, *exc_info)

        try:
            return app(environ, start)
        except ConnectionError:
            raise  # a websocket in a thread ends so
        except Exception as error:
            if begun:
                raise
            if not isinstance(error, WallError):
                log.exception("an answer failed")
            return refuse(error if isinstance(error, WallError) else ServerError(), start)

    return answer


def _refuse_host(
    app: Flask, addresses: Addresses, environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    words = N_(
        "This is not an address of this server. Use {address}, or scan the code on the wall.",
        address=addresses.base,
    )
    known = environ | {"HTTP_HOST": urlsplit(addresses.base).netloc}
    with app.request_context(known):
        return answer_error(WrongHost(words))(known, start_response)


def _own_names(settings: "Settings") -> list[str]:
    public = urlsplit(settings.public_url or "").hostname
    return [*settings.hosts, socket.gethostname(), *([public] if public else [])]
