"""A device is one browser, known by a signed cookie: not who somebody is, only that it is the same phone as before."""

import secrets
from functools import lru_cache
from typing import Any

from flask import Response
from itsdangerous import BadSignature, Signer

from wall.web.cookies import cookie_of

COOKIE = "device"
ONE_YEAR_SECONDS = 365 * 24 * 3600


class Devices:
    """Reads and gives the cookie."""

    def __init__(self, secret_key: str, *, secure: bool) -> None:
        self._signer = Signer(secret_key, salt="device")
        self._secure = secure
        self._unsigned = lru_cache(maxsize=4096)(self._unsign)

    def of(self, environ: dict[str, Any]) -> str | None:
        """The device of a request, or None where the browser brings no cookie of ours."""
        cookie = cookie_of(environ, COOKIE)
        return self._unsigned(cookie) if cookie else None

    def greet(self, environ: dict[str, Any], response: Response) -> None:
        """Give a browser that has none a cookie of its own."""
        if self.of(environ) is None:
            response.set_cookie(
                COOKIE,
                self._signer.sign(secrets.token_urlsafe(12)).decode(),
                max_age=ONE_YEAR_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=self._secure,
            )

    def _unsign(self, signed: str) -> str | None:
        try:
            return self._signer.unsign(signed).decode()
        except BadSignature:
            return None
