"""Cookies before the framework: one that somebody else made, and made oddly, hides no other."""

from typing import Any

from werkzeug.sansio.http import parse_cookie


def cookie_of(environ: dict[str, Any], name: str) -> str | None:
    """The value of a request's cookie, or None."""
    header = environ.get("HTTP_COOKIE", "")
    return parse_cookie(header).get(name) if f"{name}=" in header else None
