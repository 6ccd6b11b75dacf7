"""The headers and limits that every answer and every request gets."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Blueprint, Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from wall.core.errors import FormExpired
from wall.core.runtime import WsgiApp
from wall.web.cookies import Cookies
from wall.web.desk_cookie import DeskCookie
from wall.web.errors import answer_error

if TYPE_CHECKING:
    from config import Settings

LARGEST_BODY_BYTES = 64 * 1024

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

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
_TAKES: dict[Callable[..., ResponseReturnValue], int] = {}
"""The views that take more than LARGEST_BODY_BYTES, and how much."""


def init_app(app: Flask, settings: "Settings", cookies: Cookies) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_BODY_BYTES,
        WTF_CSRF_TIME_LIMIT=None,  # a desk stays open all evening; its token lives as long as the session
        WTF_CSRF_SSL_STRICT=False,  # we send no referrer that could be compared
        COMPRESS_MIN_SIZE=500,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
    )
    Compress(app)
    app.session_interface = DeskCookie(cookies, settings.secret_key)


def takes(most_bytes: int) -> Callable[[View], View]:
    """Let a view take a larger body than the others do."""

    def mark(view: View) -> View:
        _TAKES[view] = most_bytes
        return view

    return mark


def guard_forms(app: Flask, without: Iterable[Blueprint]) -> None:
    """Every form needs this session's token, but for those that anybody may send anyway."""
    app.before_request(_take_larger_body)  # before the guard looks for the token in it
    guard = CSRFProtect(app)
    for blueprint in without:
        guard.exempt(blueprint)
    app.register_error_handler(CSRFError, lambda error: answer_error(FormExpired()))


def believe_proxies(app: WsgiApp, settings: "Settings") -> WsgiApp:
    """Take the scheme, host and address from the proxies in front, as many as the settings say."""
    hops = settings.trusted_proxies
    return ProxyFix(app, x_for=hops, x_proto=hops, x_host=hops) if hops else app


def with_headers(app: WsgiApp) -> WsgiApp:
    """Add the headers to every answer."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            kept = any(name == "Cache-Control" for name, _ in headers)
            more = _HEADERS if kept else [*_HEADERS, NOT_KEPT]
            return start_response(status, headers + more, *exc_info)

        return app(environ, start)

    return answer


def _take_larger_body() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view in _TAKES:
        request.max_content_length = request.max_form_memory_size = _TAKES[view]
