"""Every error in one of two forms: the contract's JSON for programs, a helpful page for people."""

import logging

from flask import Flask, Response, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from wall.core.errors import (
    BadInput,
    BodyTooLarge,
    EventNotFound,
    FormExpired,
    InvitationSpent,
    LinkSpent,
    MethodNotAllowed,
    NotSignedIn,
    NotYourRole,
    PageNotFound,
    ServerError,
    TryAgain,
    WallError,
    WrongContentType,
)
from wall.core.words import translate
from wall.services.people.security_log import Fact, note
from wall.web.kit.context import current_parts

log = logging.getLogger(__name__)

_OF_STATUS: dict[int | None, type[WallError]] = {
    404: PageNotFound,
    405: MethodNotAllowed,
    413: BodyTooLarge,
    415: WrongContentType,
}

_REFUSALS: dict[type[WallError], Fact] = {
    FormExpired: Fact.FORM_REFUSED,
    NotYourRole: Fact.ROLE_MISSING,
    EventNotFound: Fact.NOT_THEIR_EVENT,
    LinkSpent: Fact.LINK_REFUSED,
    InvitationSpent: Fact.INVITATION_REFUSED,
}


def init_app(app: Flask) -> None:
    app.register_error_handler(WallError, answer_error)
    app.register_error_handler(NotSignedIn, _ask_to_sign_in)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(Exception, _answer_surprise)


def wants_json() -> bool:
    """Browsers ask for a page or send a form; everybody else is a program."""
    accept = request.accept_mimetypes
    if accept["text/html"] != accept["application/json"]:
        return accept["application/json"] > accept["text/html"]
    return request.mimetype not in ("application/x-www-form-urlencoded", "multipart/form-data")


def field_errors(error: WallError | None) -> dict[str, str]:
    """What is wrong with each field, for the place beside it."""
    return {field: translate(words) for field, words in error.fields.items()} if error else {}


def answer_error(error: WallError) -> Response:
    _note_refusal(error)
    body = _said_at_desk(error).as_json()
    if wants_json():
        response = jsonify(body)
    else:
        response = make_response(render_template("error.html", error=body["error"], status=error.status))
    response.status_code = error.status
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _said_at_desk(error: WallError) -> WallError:
    """What has happened to the database's files is for those who can do something about it."""
    trouble = current_parts().store.trouble if isinstance(error, TryAgain) else None
    return TryAgain(trouble.words) if trouble and request.path.startswith("/desk") else error


def _note_refusal(error: WallError) -> None:
    fact = _REFUSALS.get(type(error))
    if fact is Fact.NOT_THEIR_EVENT and "person" not in g:
        return  # a phone with a code that is no event's
    if fact:
        note(fact, person=g.get("person"), at=request.endpoint)


def _ask_to_sign_in(error: NotSignedIn) -> ResponseReturnValue:
    """A program gets the error; a person is shown the door, and comes back to where they wanted to go."""
    if wants_json():
        return answer_error(error)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("door.show_sign_in", next=wanted))


def _answer_http_error(error: HTTPException) -> Response:
    if (response := error.get_response()).status_code < 400:
        return make_response(response)  # a redirect
    known = _OF_STATUS.get(error.code)
    response = answer_error(known() if known else BadInput())
    if error.code == 405 and error.get_response().headers.get("Allow"):
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def _answer_surprise(error: Exception) -> Response:
    log.error("%s failed", request.endpoint, exc_info=error)  # the endpoint: a path can hold a receipt
    return answer_error(ServerError())
