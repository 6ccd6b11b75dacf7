"""Before the day: how people join, whether phones reach this server, and a rehearsal."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from wall.core.clock import iso
from wall.core.codes import typed_event_code
from wall.core.errors import BadInput
from wall.core.interfaces import KINDS
from wall.core.roles import Role
from wall.core.sessions import IN_COOKIE
from wall.core.words import say
from wall.services.choosing_address import choose_address
from wall.services.desks import my_event
from wall.services.reaching import look_at_address, who_came
from wall.services.watching import find_event
from wall.web.context import event_on_page, house
from wall.web.drawing import draw_qr_inline
from wall.web.errors import answer_error, wants_json
from wall.web.language import remember_language, speak_to_reader
from wall.web.signing_in import signed_in
from wall.web.this_computer import is_here

blueprint = Blueprint("before", __name__)


@blueprint.get("/desk/e/<code>/before")
def show_before(code: str) -> ResponseReturnValue:
    """The page; as JSON how it stands: `{"reached", "latest", "rehearsal"}`."""
    return _page(typed_event_code(code))


@blueprint.post("/desk/e/<code>/address")
def choose(code: str) -> ResponseReturnValue:
    """At which of this computer's addresses phones reach it; empty for the best that is found."""
    parts, code = house(), typed_event_code(code)
    try:
        choose_address(parts.store, parts.addresses, signed_in(), code, request.form.get("address", ""))
    except BadInput as error:
        return answer_error(error) if wants_json() else _page(code, error)
    return redirect(url_for("before.show_before", code=code, saved="address", _anchor="address"), 303)


def _page(code: str, error: BadInput | None = None) -> ResponseReturnValue:
    organiser, parts = signed_in(), house()
    event = my_event(parts.store, organiser, code)
    reached, at = parts.reached.at(event.code)
    latest = parts.rehearsals.of(event.code)
    state = {
        "reached": reached,
        "latest": iso(datetime.fromtimestamp(at, UTC)) if at else None,
        "rehearsal": latest.report() if latest else None,
    }
    if wants_json():
        return jsonify(state)
    check = parts.addresses.base + url_for("before.say_reached", code=event.code)
    shared = f"{parts.addresses.phone_page(event.code)}?shared=1"
    page = render_template(
        "desk/before.html",
        organiser=organiser,
        role=Role.ORGANISER,
        event=event_on_page(event),
        reach=look_at_address(parts.addresses),
        found=parts.addresses.look() if parts.addresses.can_be_chosen else None,
        kinds=KINDS,
        may_choose=organiser.makes_events,
        saved=request.args.get("saved"),
        error=say(error.fields["address"]) if error else "",
        check=check,
        check_picture=draw_qr_inline(check),
        shared=shared,
        shared_picture=draw_qr_inline(shared),
        state=state,
        wall_here=parts.addresses.wall_here(event.code),
        at_server=is_here(),
    )
    return page, error.status if error else 200


@blueprint.post("/desk/e/<code>/rehearse")
def rehearse(code: str) -> ResponseReturnValue:
    """Begin a rehearsal, or watch the one that runs for this event."""
    code = typed_event_code(code)
    running = house().rehearsals.start(signed_in(), code)
    if wants_json():
        return jsonify({"rehearsal": running.report()})
    return redirect(url_for("before.show_before", code=code, _anchor="rehearsal"), 303)


@blueprint.get("/e/<code>/reach")
def say_reached(code: str) -> ResponseReturnValue:
    """What a phone sees that reaches this server; the desk counts it, but not its own people and computer."""
    event = find_event(house().store, typed_event_code(code))
    speak_to_reader(event.language)
    address = request.remote_addr or ""
    visitor = who_came(address, house().addresses.own, signed_in=IN_COOKIE in session)
    if visitor == "phone" and house().fair_use.counts_as_reached(address):
        house().reached.note(event.code, f"{address} {request.user_agent.string}")
    page = make_response(render_template("phone/reach.html", event=event_on_page(event), visitor=visitor))
    remember_language(page)
    return page
