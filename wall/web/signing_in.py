"""The door of the desk: the one-time link, name and password, and out again."""

import re
import time
from collections.abc import Callable
from urllib.parse import unquote

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from wall.core.errors import BadInput, SignInRefused, TooManyTries, WallError
from wall.core.organisers import Organiser
from wall.core.pacing import Pace
from wall.core.runtime import OffLoop
from wall.core.words import N_, say
from wall.services.signing_in import (
    check_password,
    find_signed_in,
    set_password,
    sign_in,
    sign_out_everywhere,
    use_desk_link,
)
from wall.store import Store
from wall.web.context import house

blueprint = Blueprint("door", __name__, url_prefix="/desk")

_pace = Pace(time.monotonic)
_INSIDE = re.compile(r"/desk(?:[/?#][!-\[\]-~]*)?")
"""An address within the desk: plain characters, no blank and no backslash."""


def signed_in() -> Organiser:
    """The organiser of the current request. Raises NotSignedIn."""
    return find_signed_in(house().store, session.get("organiser"), session.get("number"))


def begin_session(organiser: Organiser) -> None:
    """Start afresh: nothing of an earlier session goes along."""
    session.clear()
    session.update(organiser=organiser.id, number=organiser.session_number)
    session.permanent = True


@blueprint.get("/link/<token>")
def show_link(token: str) -> ResponseReturnValue:
    """A page with one button: looking at a link, as previews do, does not use it up."""
    return render_template("desk/link.html", token=token)


@blueprint.post("/link/<token>")
def enter_by_link(token: str) -> ResponseReturnValue:
    begin_session(use_desk_link(house().store, token))
    session["by_link"] = True  # whoever forgot the password comes in by such a link
    return redirect(url_for("desk.show_events"), 303)


@blueprint.get("/sign-in")
def show_sign_in() -> ResponseReturnValue:
    return _sign_in_page()


@blueprint.post("/sign-in")
def enter_by_password() -> ResponseReturnValue:
    name, password = request.form.get("name", ""), request.form.get("password", "")
    try:
        begin_session(_try(sign_in, name, password))
    except (SignInRefused, TooManyTries) as error:
        return _sign_in_page(name=name, error=error)
    return redirect(_next_page(), 303)


@blueprint.post("/sign-out")
def leave() -> ResponseReturnValue:
    session.clear()
    return redirect(url_for("door.show_sign_in"), 303)


@blueprint.post("/sign-out-everywhere")
def leave_everywhere() -> ResponseReturnValue:
    """End every other session; here one stays."""
    begin_session(sign_out_everywhere(house().store, signed_in()))
    return redirect(url_for("door.show_password", ended="yes"), 303)


@blueprint.get("/password")
def show_password() -> ResponseReturnValue:
    organiser = signed_in()
    return _password_page(organiser, organiser.name)


@blueprint.post("/password")
def choose_password() -> ResponseReturnValue:
    """A new one needs the current one: a desk is left alone for a moment, and the other is at its keyboard."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    parts, organiser = house(), signed_in()
    try:
        if _needs_current(organiser):
            _try(check_password, organiser.name, request.form.get("current", ""))
        organiser = set_password(parts.store, parts.runtime.off_loop, organiser, name, password)
    except (BadInput, SignInRefused, TooManyTries) as error:
        return _password_page(organiser, name, error)
    begin_session(organiser)
    return redirect(url_for("desk.show_events"), 303)


def _needs_current(organiser: Organiser) -> bool:
    return organiser.has_password and "by_link" not in session


def _try(check: Callable[[Store, OffLoop, str, str], Organiser], name: str, password: str) -> Organiser:
    """Check name and password, paced. Raises SignInRefused or TooManyTries."""
    key = " ".join(name.split()).casefold()[:80]
    if wait := _pace.wait(key):
        raise TooManyTries(retry_after=wait)
    _pace.note_wrong(key)  # until it is right: tries that are under way count too
    parts = house()
    organiser = check(parts.store, parts.runtime.off_loop, name, password)
    _pace.note_right(key)
    return organiser


def _next_page() -> str:
    """Where somebody wanted to go, if that is a page of this desk; never another site."""
    wanted = request.args.get("next", "")
    inside = _INSIDE.fullmatch(wanted) and ".." not in unquote(wanted)
    return wanted if inside else url_for("desk.show_events")


def _sign_in_page(name: str = "", error: WallError | None = None) -> ResponseReturnValue:
    problem = say(error.message) if error else None
    return _answered(render_template("desk/sign_in.html", name=name, problem=problem), error)


def _password_page(organiser: Organiser, name: str, error: WallError | None = None) -> ResponseReturnValue:
    errors = {field: say(words) for field, words in error.fields.items()} if error else {}
    if isinstance(error, SignInRefused):
        errors["current"] = say(N_("This is not your password now. Please try again."))
    elif error and not errors:
        errors["current"] = say(error.message)
    page = render_template(
        "desk/password.html",
        organiser=organiser,
        name=name,
        errors=errors,
        ended="ended" in request.args,
        needs_current=_needs_current(organiser),
    )
    return _answered(page, error)


def _answered(page: str, error: WallError | None) -> ResponseReturnValue:
    headers = {"Retry-After": str(error.retry_after)} if error and error.retry_after else {}
    return page, error.status if error else 200, headers
