"""The session of the current request: whose it is, and how another begins."""

from flask import g, request, session

from wall.core.errors import NotSignedIn
from wall.core.people.browsers import Browser, read_browser
from wall.core.people.sessions import IN_COOKIE, SignedIn
from wall.services.people.sessions import Entered, end_session, find_session
from wall.web.kit.context import current_parts


def find_session_here() -> SignedIn:
    """The session that the current request brings. Raises NotSignedIn."""
    found = find_session(current_parts().store, session.get(IN_COOKIE))
    g.person = found.organiser.id
    return found


def whoever_is_here() -> SignedIn | None:
    """As find_session_here, or None for a guest."""
    try:
        return find_session_here()
    except NotSignedIn:
        return None


def browser_here() -> Browser:
    """What the current request's browser is called."""
    return read_browser(request.user_agent.string)


def begin_session(entered: Entered) -> None:
    """Go on in the session that just began: nothing of an earlier one goes along, and that ends."""
    if before := whoever_is_here():
        end_session(current_parts().store, before.organiser, before.session.id)
    session.clear()
    session[IN_COOKIE] = entered.token
    current_parts().known_devices.remember(entered.organiser.id)
