"""The organiser's page of one event: the list of pledges, and the decisions."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.audience import pledge_with_status
from wall.core.codes import typed_event_code
from wall.core.pledges import Pledge, Status
from wall.services.desks import desk_changes_since, my_event, my_events
from wall.services.moderating import close_event, hide_pledge, open_event, show_pledge
from wall.services.watching import read_since
from wall.web.context import house
from wall.web.errors import wants_json
from wall.web.signing_in import signed_in

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("")
def show_events() -> ResponseReturnValue:
    """The organiser's only event, or the list of them."""
    organiser = signed_in()
    events = my_events(house().store, organiser)
    if len(events) == 1:
        return redirect(url_for("desk.show_event", code=events[0].code))
    return redirect(url_for("events.list_events"))


@blueprint.get("/e/<code>")
def show_event(code: str) -> ResponseReturnValue:
    organiser, parts = signed_in(), house()
    answer = desk_changes_since(parts.store, parts.addresses, organiser, typed_event_code(code), 0)
    pledges = sorted(answer["pledges"], key=lambda pledge: -pledge["number"])
    counts = dict.fromkeys(Status, 0)
    for pledge in pledges:
        counts[Status(pledge["status"])] += 1
    return render_template(
        "desk/event.html",
        organiser=organiser,
        event=answer["event"],
        pledges=pledges,
        counts=counts,
        extra_words=my_event(parts.store, organiser, answer["event"]["code"]).extra_words,
    )


@blueprint.get("/e/<code>/pledges")
def changes(code: str) -> ResponseReturnValue:
    """The desk's changes: the public answer's shape, with all statuses."""
    organiser, parts = signed_in(), house()
    since = read_since(request.args.get("since"))
    return jsonify(desk_changes_since(parts.store, parts.addresses, organiser, typed_event_code(code), since))


@blueprint.post("/e/<code>/pledges/<pledge_id>/hide")
def hide(code: str, pledge_id: str) -> ResponseReturnValue:
    return _decided(code, hide_pledge(house().store, signed_in(), typed_event_code(code), pledge_id))


@blueprint.post("/e/<code>/pledges/<pledge_id>/show")
def show(code: str, pledge_id: str) -> ResponseReturnValue:
    return _decided(code, show_pledge(house().store, signed_in(), typed_event_code(code), pledge_id))


@blueprint.post("/e/<code>/open")
def open_again(code: str) -> ResponseReturnValue:
    event = open_event(house().store, signed_in(), typed_event_code(code))
    return redirect(url_for("desk.show_event", code=event.code), 303)


@blueprint.post("/e/<code>/close")
def close(code: str) -> ResponseReturnValue:
    event = close_event(house().store, signed_in(), typed_event_code(code))
    return redirect(url_for("desk.show_event", code=event.code), 303)


def _decided(code: str, pledge: Pledge) -> ResponseReturnValue:
    if wants_json():
        return jsonify({"pledge": pledge_with_status(pledge), "version": pledge.version})
    page = url_for("desk.show_event", code=code, _anchor=f"pledge-{pledge.id}")
    return redirect(page, 303)
