"""A device is one browser, known by a signed cookie: not who somebody is, only that it is the same phone as before."""

import secrets
from functools import lru_cache
from typing import Any

from flask import Response
from itsdangerous import BadSignature, Signer

from wall.web.kit.cookies import Cookies

PURPOSE = "device"
ONE_YEAR_SECONDS = 365 * 24 * 3600


class Devices:
    """Reads and gives the cookie by which a browser is known again."""

    def __init__(self, secret_key: str, cookies: Cookies) -> None:
        self._signer = Signer(secret_key, salt="device")
        self._cookies = cookies
        self._unsigned = lru_cache(maxsize=4096)(self._unsign)

    def of(self, environ: dict[str, Any]) -> str | None:
        """The device of a request, or None where the browser brings no cookie of ours."""
        return self._read(environ) or self._read(environ, before=PURPOSE)

    def _read(self, environ: dict[str, Any], before: str | None = None) -> str | None:
        signed = self._cookies.read(environ, PURPOSE, before=before)
        return self._unsigned(signed) if signed else None

    def give_cookie(self, environ: dict[str, Any], response: Response) -> None:
        """Give a browser a cookie of its own; one from an earlier version goes on as the same device."""
        if self._read(environ) is None:
            device = self.of(environ) or secrets.token_urlsafe(12)
            response.set_cookie(
                self._cookies.name(PURPOSE),
                self._signer.sign(device).decode(),
                max_age=ONE_YEAR_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=self._cookies.secure,
            )

    def _unsign(self, signed: str) -> str | None:
        try:
            return self._signer.unsign(signed).decode()
        except BadSignature:
            return None
