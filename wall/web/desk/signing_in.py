"""The door of the desk: the one-time link, name and password, and out again."""

import re
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import unquote

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from wall.core.errors import SignInRefused, TooManyTries, WallError
from wall.core.words import translate
from wall.services.people.links import use_desk_link
from wall.services.people.passwords import sign_in, who_signs_in
from wall.services.people.sessions import end_session
from wall.web.kit.bodies import PASSWORDS_BYTES, takes
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import for_guests
from wall.web.kit.errors import answer_error, wants_json
from wall.web.kit.session_here import begin_session, browser_here, whoever_is_here

blueprint = Blueprint("door", __name__, url_prefix="/desk")

T = TypeVar("T")

_INSIDE = re.compile(r"/desk(?:[/?#][!-\[\]-~]*)?")
"""An address within the desk: plain characters, no blank and no backslash."""


@blueprint.get("/link/<token>")
@for_guests
def show_link(token: str) -> ResponseReturnValue:
    """A page with one button: looking at a link, as previews do, does not use it up."""
    return render_template("desk/link.html", token=token)


@blueprint.post("/link/<token>")
@for_guests
def enter_by_link(token: str) -> ResponseReturnValue:
    begin_session(use_desk_link(current_parts().store, token, browser_here()))
    return redirect(url_for("desk.show_events"), 303)


@blueprint.get("/sign-in")
@for_guests
def show_sign_in() -> ResponseReturnValue:
    return _sign_in_page()


@blueprint.post("/sign-in")
@takes(PASSWORDS_BYTES)
@for_guests
def enter_by_password() -> ResponseReturnValue:
    name, password = request.form.get("name", ""), request.form.get("password", "")
    parts = current_parts()
    try:
        entered = paced(
            name, lambda: sign_in(parts.store, parts.runtime.off_loop, name, password, browser_here())
        )
    except (SignInRefused, TooManyTries) as error:
        return answer_error(error) if wants_json() else _sign_in_page(name=name, error=error)
    begin_session(entered)
    return redirect(_next_page(), 303)


@blueprint.post("/sign-out")
@for_guests
def leave() -> ResponseReturnValue:
    """End this session at once, whatever is open in this browser; who was signed out already only sees the door."""
    if here := whoever_is_here():
        end_session(current_parts().store, here.organiser, here.session.id)
    session.clear()
    return redirect(url_for("door.show_sign_in"), 303)


def paced(name: str, check: Callable[[], T]) -> T:
    """Check name and password, paced. Raises what `check` raises, or TooManyTries."""
    parts = current_parts()
    person = who_signs_in(parts.store, name)
    known = parts.known_devices.proof(person) if person else None
    with parts.tries.attempt(name, request.remote_addr or "", known):
        return check()


def with_problem(page: str, error: WallError | None) -> ResponseReturnValue:
    """A page that says what was wrong, with the error's status."""
    headers = {"Retry-After": str(error.retry_after)} if error and error.retry_after else {}
    return page, error.status if error else 200, headers


def _next_page() -> str:
    """Where somebody wanted to go, if that is a page of this desk; never another site."""
    wanted = request.args.get("next", "")
    inside = _INSIDE.fullmatch(wanted) and ".." not in unquote(wanted)
    return wanted if inside else url_for("desk.show_events")


def _sign_in_page(name: str = "", error: WallError | None = None) -> ResponseReturnValue:
    problem = translate(error.message) if error else None
    return with_problem(render_template("desk/sign_in.html", name=name, problem=problem), error)
