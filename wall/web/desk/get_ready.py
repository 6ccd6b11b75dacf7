"""The page *Get ready*: how people join, whether phones reach this server, and the load check."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from wall.core.clock import iso
from wall.core.errors import BadInput
from wall.core.people.sessions import IN_COOKIE
from wall.core.server.interfaces import KINDS
from wall.services.events.finding import find_event
from wall.services.server.choosing_address import choose_address
from wall.services.server.reachability import reachability_of, who_came
from wall.web.kit.context import current_parts, event_on_page
from wall.web.kit.desk_guard import desk_here, desk_page, signed_in
from wall.web.kit.errors import answer_error, field_errors, wants_json
from wall.web.kit.language import remember_language, set_reader_language
from wall.web.kit.qr_codes import draw_qr_inline
from wall.web.kit.this_computer import is_this_computer

blueprint = Blueprint("before", __name__)


@blueprint.get("/desk/e/<event:code>/before")
def show_before(code: str) -> ResponseReturnValue:
    """The page; as JSON its state: `{"reached", "latest", "rehearsal"}`."""
    return _page()


@blueprint.post("/desk/e/<event:code>/address")
def choose(code: str) -> ResponseReturnValue:
    """At which of this computer's addresses phones reach it; empty for the best that is found."""
    try:
        choose_address(
            current_parts().store,
            current_parts().addresses,
            signed_in(),
            code,
            request.form.get("address", ""),
        )
    except BadInput as error:
        return answer_error(error) if wants_json() else _page(error)
    return redirect(url_for("before.show_before", code=code, saved="address", _anchor="address"), 303)


def _page(error: BadInput | None = None) -> ResponseReturnValue:
    parts, event = current_parts(), desk_here().event
    reached, at = parts.reached.at(event.code)
    latest = parts.load_checks.of(event.code)
    state = {
        "reached": reached,
        "latest": iso(datetime.fromtimestamp(at, UTC)) if at else None,
        "rehearsal": latest.report() if latest else None,
    }
    if wants_json():
        return jsonify(state)
    check = parts.addresses.base + url_for("before.say_reached", code=event.code)
    shared = f"{parts.addresses.phone_page(event.code)}?shared=1"
    page = desk_page(
        "desk/get_ready.html",
        reach=reachability_of(parts.addresses),
        found=parts.addresses.look() if parts.addresses.can_be_chosen else None,
        kinds=KINDS,
        may_choose=signed_in().makes_events,
        saved=request.args.get("saved"),
        error=field_errors(error).get("address", ""),
        check=check,
        check_picture=draw_qr_inline(check),
        shared=shared,
        shared_picture=draw_qr_inline(shared),
        state=state,
        wall_here=parts.addresses.wall_here(event.code),
        at_server=is_this_computer(),
    )
    return page, error.status if error else 200


@blueprint.post("/desk/e/<event:code>/rehearse")
def check_load(code: str) -> ResponseReturnValue:
    """Begin a load check, or watch the one that runs for this event."""
    running = current_parts().load_checks.start(signed_in(), code)
    if wants_json():
        return jsonify({"rehearsal": running.report()})
    return redirect(url_for("before.show_before", code=code, _anchor="load-check"), 303)


@blueprint.get("/e/<event:code>/reach")
def say_reached(code: str) -> ResponseReturnValue:
    """What a phone sees that reaches this server; the desk counts it, but not its own people and computer."""
    event = find_event(current_parts().store, code)
    set_reader_language(event.language)
    address = request.remote_addr or ""
    visitor = who_came(address, current_parts().addresses.own, signed_in=IN_COOKIE in session)
    if visitor == "phone" and current_parts().fair_use.counts_as_reached(address):
        current_parts().reached.note(event.code, f"{address} {request.user_agent.string}")
    page = make_response(
        render_template("phone/phone_test.html", event=event_on_page(event), visitor=visitor)
    )
    remember_language(page)
    return page
