"""Who may come to which page of the desk: found out before anything that was sent is read, and at hand for the view."""

from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any, TypeVar

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from wall.core.errors import EventNotFound
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.people.sessions import SignedIn
from wall.services.people.access import Desk, my_desk
from wall.store import Store
from wall.web.kit.context import current_parts, event_on_page
from wall.web.kit.session_here import find_session_here

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

_needed: dict[object, Role | None] = {}
_may_be_gone: set[object] = set()


def needs(role: Role) -> Callable[[View], View]:
    """Declare which role at the event of its address a view needs. One that declares nothing is for organisers."""

    def mark(view: View) -> View:
        _needed[view] = role
        return view

    return mark


def for_guests(view: View) -> View:
    """Declare that a view of the desk is also for who is not signed in."""
    _needed[view] = None
    return view


def event_may_be_gone(view: View) -> View:
    """Declare that a view also answers where there is no such event: the first of two clicks may have taken it away."""
    _may_be_gone.add(view)
    return view


def needed_for(view: object) -> Role | None:
    """The role that a view needs; None where guests may come."""
    return _needed.get(view, Role.ORGANISER)


def check_access(view: object) -> None:
    """Find out who comes, and as what. Raises NotSignedIn, EventNotFound or NotYourRole."""
    needed = needed_for(view)
    if needed is None:
        return
    g.session_here = find_session_here()
    code = (request.view_args or {}).get("code")
    if code is not None:
        with suppress(EventNotFound) if view in _may_be_gone else nullcontext():
            g.desk = my_desk(current_parts().store, signed_in(), code, needed)


def session_here() -> SignedIn:
    found: SignedIn = g.session_here
    return found


def signed_in() -> Organiser:
    """The organiser of the current request."""
    return session_here().organiser


def desk_here() -> Desk:
    """The event of the address, as it was when the request came, and what the organiser is there."""
    found: Desk = g.desk
    return found


def acting_here() -> tuple[Store, Organiser, str]:
    """What every service of a desk is called with first: the store, who acts, and the event's code."""
    return current_parts().store, signed_in(), desk_here().event.code


def desk_page(template: str, **more: Any) -> str:
    """Render a page of the event's desk, with the event, who looks at it and their role."""
    desk = desk_here()
    return render_template(
        template, organiser=signed_in(), role=desk.role, event=event_on_page(desk.event), **more
    )
