"""What this server's cookies are called: with the database's identity, so that two servers on one host, whose browsers
send the cookies of one to the other, do not mix them up. One that somebody else made, and made oddly, hides no other.
"""

from dataclasses import dataclass
from typing import Any

from werkzeug.sansio.http import parse_cookie


@dataclass(frozen=True, slots=True)
class Cookies:
    """The names. `secure` where people come by https: then no other host of the same domain can plant them."""

    identity: str
    secure: bool

    def name(self, purpose: str) -> str:
        return f"{'__Host-' if self.secure else ''}{purpose}_{self.identity}"

    def read(self, environ: dict[str, Any], purpose: str, *, before: str | None = None) -> str | None:
        """The value that a browser brings. `before` is what the cookie was called in earlier versions."""
        found = cookie_of(environ, self.name(purpose))
        return found or (cookie_of(environ, before) if before else None)


def cookie_of(environ: dict[str, Any], name: str) -> str | None:
    """The value of a request's cookie, or None."""
    header = environ.get("HTTP_COOKIE", "")
    return parse_cookie(header).get(name) if f"{name}=" in header else None
