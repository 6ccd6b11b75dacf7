"""Whether a browser is on the computer on which the server runs, and what it can do better there."""

from urllib.parse import urlsplit

from flask import request, url_for

from wall.services.server.reachability import is_own
from wall.web.kit.context import current_parts


def is_this_computer() -> bool:
    """Whether the request comes from this very computer."""
    return is_own(request.remote_addr or "", current_parts().addresses.own)


def wall_link(code: str) -> str:
    """The wall as it is best opened from here: on this computer by its name for itself, where a browser lets the page keep
    the screen awake."""
    best = current_parts().addresses.wall_here(code)
    came_by = urlsplit(request.host_url)
    safe = came_by.scheme == "https" or is_own(came_by.hostname or "", ()) or came_by.hostname == "localhost"
    return best if best and is_this_computer() and not safe else url_for("projector.show_wall", code=code)
