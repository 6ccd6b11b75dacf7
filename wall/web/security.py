"""The headers and limits that every answer and every request gets."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from wall.core.errors import FormExpired
from wall.core.runtime import WsgiApp
from wall.web import door
from wall.web.bodies import SMALL_FORM_BYTES
from wall.web.cookies import Cookies
from wall.web.desk_cookie import DeskCookie
from wall.web.errors import answer_error

if TYPE_CHECKING:
    from config import Settings

NOT_GUESSED = ("X-Content-Type-Options", "nosniff")
_HEADERS = [
    (
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'",
    ),
    NOT_GUESSED,
    ("Referrer-Policy", "no-referrer"),  # a receipt's address is a secret
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
]
NOT_KEPT = ("Cache-Control", "no-store")


def init_app(app: Flask, settings: "Settings", cookies: Cookies) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=SMALL_FORM_BYTES,
        WTF_CSRF_TIME_LIMIT=None,  # a desk stays open all evening; its token lives as long as the session
        WTF_CSRF_SSL_STRICT=False,  # we send no referrer that could be compared
        COMPRESS_MIN_SIZE=500,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
    )
    Compress(app)
    app.session_interface = DeskCookie(cookies, settings.secret_key)


def guard_forms(app: Flask, without: Iterable[Blueprint]) -> None:
    """Every form needs this session's token, but for those that anybody may send anyway."""
    door.init_app(app)  # before the guard looks for the token in the form
    guard = CSRFProtect(app)
    for blueprint in without:
        guard.exempt(blueprint)
    app.register_error_handler(CSRFError, lambda error: answer_error(FormExpired()))


def believe_proxies(app: WsgiApp, settings: "Settings") -> WsgiApp:
    """Take the scheme, host and address from the proxies in front, as many as the settings say."""
    hops = settings.trusted_proxies
    return ProxyFix(app, x_for=hops, x_proto=hops, x_host=hops) if hops else app


def as_proxies_say(environ: dict[str, Any], settings: "Settings") -> dict[str, Any]:
    """The same request as `believe_proxies` hands it on."""
    seen = dict(environ)
    believe_proxies(lambda *_: [], settings)(seen, lambda *_: None)
    return seen


def with_headers(app: WsgiApp) -> WsgiApp:
    """Add the headers to every answer."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            kept = any(name == "Cache-Control" for name, _ in headers)
            more = _HEADERS if kept else [*_HEADERS, NOT_KEPT]
            return start_response(status, headers + more, *exc_info)

        return app(environ, start)

    return answer
