"""Somebody's own account: name and password, and where they are signed in."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from wall.core.errors import BadInput, SignInRefused, TooManyTries, WallError
from wall.core.words import N_, translate
from wall.services.people.passwords import check_password, set_password
from wall.services.people.sessions import end_other_sessions, end_session, my_sessions
from wall.web.desk.signing_in import paced, with_problem
from wall.web.kit.bodies import PASSWORDS_BYTES, takes
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import session_here, signed_in
from wall.web.kit.errors import answer_error, field_errors, wants_json
from wall.web.kit.session_here import begin_session, browser_here

blueprint = Blueprint("account", __name__, url_prefix="/desk")


@blueprint.get("/password")
def show_password() -> ResponseReturnValue:
    return _password_page(signed_in().name)


@blueprint.post("/password")
@takes(PASSWORDS_BYTES)
def choose_password() -> ResponseReturnValue:
    """A new one needs the current one: a desk is left alone for a moment, and the other is at its keyboard."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    parts, organiser = current_parts(), signed_in()
    off_loop, current = parts.runtime.off_loop, request.form.get("current", "")
    try:
        if organiser.has_password:
            paced(organiser.name, lambda: check_password(parts.store, off_loop, organiser.name, current))
        entered = set_password(parts.store, off_loop, organiser, name, password, browser_here())
    except (BadInput, SignInRefused, TooManyTries) as error:
        return answer_error(error) if wants_json() else _password_page(name, error)
    begin_session(entered)
    return redirect(url_for("desk.show_events"), 303)


@blueprint.get("/sessions")
def show_sessions() -> ResponseReturnValue:
    here = session_here()
    return render_template(
        "desk/sessions.html",
        organiser=here.organiser,
        here=here.session,
        sessions=my_sessions(current_parts().store, here.organiser),
        ended="ended" in request.args,
    )


@blueprint.post("/sessions/<int:session_id>/end")
def end_one_session(session_id: int) -> ResponseReturnValue:
    """Sign out on one browser, this one too; one that has ended already is only gone from the list."""
    here = session_here()
    end_session(current_parts().store, here.organiser, session_id)
    if session_id == here.session.id:
        session.clear()
        return redirect(url_for("door.show_sign_in"), 303)
    return redirect(url_for("account.show_sessions"), 303)


@blueprint.post("/sign-out-everywhere")
def leave_everywhere() -> ResponseReturnValue:
    """End every other session; here one stays."""
    end_other_sessions(current_parts().store, session_here())
    return redirect(url_for("account.show_sessions", ended="yes"), 303)


def _password_page(name: str, error: WallError | None = None) -> ResponseReturnValue:
    errors = field_errors(error)
    if isinstance(error, SignInRefused):
        errors["current"] = translate(N_("That is not your current password."))
    elif error and not errors:
        errors["current"] = translate(error.message)
    page = render_template("desk/password.html", organiser=signed_in(), name=name, errors=errors)
    return with_problem(page, error)
