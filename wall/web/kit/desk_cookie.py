"""The desk's cookie: a session's token and its forms' token, signed for one database."""

from datetime import timedelta

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeSerializer

from wall.core.people.sessions import LIVES
from wall.web.kit.cookies import Cookies

PURPOSE = "desk"


class DeskCookie(SessionInterface):
    """Flask's `session`, in a cookie that no clock can invalidate: the server knows itself when a session ends."""

    def __init__(self, cookies: Cookies, secret_key: str) -> None:
        self._cookies = cookies
        self._signer = URLSafeSerializer(secret_key, salt=f"desk {cookies.identity}")

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Who brings no cookie costs no unpacking of one."""
        brought = self._cookies.read(request.environ, PURPOSE)
        try:
            return SecureCookieSession(self._signer.loads(brought) if brought else None)
        except BadSignature:
            return SecureCookieSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.accessed:
            response.vary.add("Cookie")
        if not session.modified:
            return
        response.set_cookie(
            self._cookies.name(PURPOSE),
            self._signer.dumps(dict(session)) if session else "",
            max_age=_longest() if session else 0,
            httponly=True,
            samesite="Lax",
            secure=self._cookies.secure,
        )


def _longest() -> timedelta:
    return max(LIVES.values())
