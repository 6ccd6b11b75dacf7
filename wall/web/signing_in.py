"""The door of the desk: the one-time link, name and password, and out again."""

import re
import time
from urllib.parse import unquote

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from wall.core.errors import BadInput, SignInRefused, TooManyTries, WallError
from wall.core.organisers import Organiser
from wall.core.pacing import Pace
from wall.core.words import say
from wall.services.signing_in import (
    find_signed_in,
    set_password,
    sign_in,
    sign_out_everywhere,
    use_desk_link,
)
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
    return redirect(url_for("desk.show_events"), 303)


@blueprint.get("/sign-in")
def show_sign_in() -> ResponseReturnValue:
    return _sign_in_page()


@blueprint.post("/sign-in")
def enter_by_password() -> ResponseReturnValue:
    name, password = request.form.get("name", ""), request.form.get("password", "")
    try:
        begin_session(_try(name, password))
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
    name, password = request.form.get("name", ""), request.form.get("password", "")
    parts, organiser = house(), signed_in()
    try:
        organiser = set_password(parts.store, parts.runtime.off_loop, organiser, name, password)
    except BadInput as error:
        return _password_page(organiser, name, error)
    begin_session(organiser)
    return redirect(url_for("desk.show_events"), 303)


def _try(name: str, password: str) -> Organiser:
    key = " ".join(name.split()).casefold()[:80]
    if wait := _pace.wait(key):
        raise TooManyTries(retry_after=wait)
    _pace.note_wrong(key)  # until it is right: tries that are under way count too
    parts = house()
    organiser = sign_in(parts.store, parts.runtime.off_loop, name, password)
    _pace.note_right(key)
    return organiser


def _next_page() -> str:
    """Where somebody wanted to go, if that is a page of this desk; never another site."""
    wanted = request.args.get("next", "")
    inside = _INSIDE.fullmatch(wanted) and ".." not in unquote(wanted)
    return wanted if inside else url_for("desk.show_events")


def _sign_in_page(name: str = "", error: WallError | None = None) -> ResponseReturnValue:
    problem = say(error.message) if error else None
    page = render_template("desk/sign_in.html", name=name, problem=problem)
    headers = {"Retry-After": str(error.retry_after)} if error and error.retry_after else {}
    return page, error.status if error else 200, headers


def _password_page(organiser: Organiser, name: str, error: WallError | None = None) -> ResponseReturnValue:
    errors = {field: say(words) for field, words in error.fields.items()} if error else {}
    ended = "ended" in request.args
    page = render_template("desk/password.html", organiser=organiser, name=name, errors=errors, ended=ended)
    return page, error.status if error else 200
