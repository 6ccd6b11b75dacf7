"""The key that a form brings along, so that it is carried out once."""

import json
import secrets
from hashlib import sha256

from flask import Flask, request

from wall.core.people.organisers import Organiser

FIELD = "form"
SHORTEST_KEY = 20


def init_app(app: Flask) -> None:
    """Templates write `form_key()` into a hidden field."""
    app.jinja_env.globals["form_key"] = lambda: secrets.token_urlsafe(16)


def form_here(organiser: Organiser) -> str | None:
    """Which form the current request is: whose, where, and all that it says. With something else in it, it is another.

    None where it brings no key.
    """
    sent = request.form
    if len(sent.get(FIELD, "")) < SHORTEST_KEY:
        return None
    said = sorted((name, value) for name, value in sent.items(multi=True) if name != "csrf_token")
    return sha256(json.dumps([organiser.id, request.path, said]).encode()).hexdigest()
