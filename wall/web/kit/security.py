"""The limits that every request gets, and what its forms need."""

from collections.abc import Iterable
from io import BytesIO
from typing import IO, TYPE_CHECKING

from flask import Blueprint, Flask, Request
from flask_compress import Compress
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.utils import cached_property

from wall.core.errors import FormExpired
from wall.web.kit import request_checks
from wall.web.kit.bodies import SMALL_FORM_BYTES
from wall.web.kit.cookies import Cookies
from wall.web.kit.desk_cookie import DeskCookie
from wall.web.kit.errors import answer_error

if TYPE_CHECKING:
    from config import Settings


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
    app.request_class = WholeRequest
    Compress(app)
    app.session_interface = DeskCookie(cookies, settings.secret_key)


def guard_forms(app: Flask, without: Iterable[Blueprint]) -> None:
    """Every form needs this session's token, but for those that anybody may send anyway."""
    request_checks.init_app(app)  # before the guard looks for the token in the form
    guard = CSRFProtect(app)
    for blueprint in without:
        guard.exempt(blueprint)
    app.register_error_handler(CSRFError, lambda error: answer_error(FormExpired()))


class WholeRequest(Request):
    """A body that says itself when it ends is taken whole or not at all; the framework would cut it off."""

    @cached_property
    def stream(self) -> IO[bytes]:
        if "wsgi.input_terminated" not in self.environ:
            return super().stream
        most = self.max_content_length or SMALL_FORM_BYTES
        body = self.environ["wsgi.input"].read(most + 1)
        if len(body) > most:
            raise RequestEntityTooLarge
        return BytesIO(body)
