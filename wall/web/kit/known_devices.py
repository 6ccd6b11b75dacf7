"""A browser in which somebody has signed in before: a signed cookie of this database, for each person."""

import secrets

from flask import Response, after_this_request, request
from itsdangerous import BadSignature, URLSafeSerializer

from wall.web.kit.cookies import Cookies

PURPOSE = "known"
MOST_PEOPLE = 8
ONE_YEAR_SECONDS = 365 * 24 * 3600


class KnownDevices:
    """It lets nobody in; it only says that strangers' wrong passwords do not count here."""

    def __init__(self, secret_key: str, cookies: Cookies) -> None:
        self._signer = URLSafeSerializer(secret_key, salt=f"known {cookies.identity}")
        self._cookies = cookies

    def proof(self, organiser_id: int) -> str | None:
        """What names this browser as one of somebody's, or None."""
        nonce = self._brought().get(str(organiser_id))
        return f"{organiser_id} {nonce}" if nonce else None

    def remember(self, organiser_id: int) -> None:
        """Give the browser of this request the proof, with the answer."""
        people = self._brought()
        people.setdefault(str(organiser_id), secrets.token_urlsafe(9))
        latest = dict(list(people.items())[-MOST_PEOPLE:])

        @after_this_request
        def give(response: Response) -> Response:
            response.set_cookie(
                self._cookies.name(PURPOSE),
                self._signer.dumps(latest),
                max_age=ONE_YEAR_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=self._cookies.secure,
            )
            return response

    def _brought(self) -> dict[str, str]:
        brought = self._cookies.read(request.environ, PURPOSE)
        try:
            return dict(self._signer.loads(brought)) if brought else {}
        except BadSignature:
            return {}
