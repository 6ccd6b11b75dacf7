"""Looking back at an event: what was pledged and what became of it, as pictures and as tables."""

from threading import Semaphore

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.audience import pledge_for_desk
from wall.core.codes import typed_event_code
from wall.core.errors import BadInput
from wall.core.following import OUTCOME_WORDS
from wall.core.roles import Role
from wall.core.words import N_
from wall.services.desks import my_desk
from wall.services.following import hide_sentence, show_sentence
from wall.services.looking_back import look_back
from wall.web.charts import columns, curves, shares
from wall.web.context import event_on_page, house
from wall.web.errors import wants_json
from wall.web.signing_in import signed_in

blueprint = Blueprint("looking_back", __name__, url_prefix="/desk/e/<code>")

_place = Semaphore()
"""One at a time: it reads every pledge, and the ledger needs its thread."""
_SETTLE = {"show": show_sentence, "hide": hide_sentence}


@blueprint.get("/look-back")
def show_look_back(code: str) -> ResponseReturnValue:
    parts, organiser = house(), signed_in()
    my_desk(
        parts.store, organiser, typed_event_code(code), Role.MODERATOR
    )  # whoever may not waits for nobody
    with _place:
        found = parts.runtime.off_loop(look_back, parts.store, organiser, typed_event_code(code))
    return render_template(
        "desk/look_back.html",
        organiser=organiser,
        role=found.desk.role,
        event=event_on_page(found.event),
        pledged=found.pledged,
        followed=found.followed,
        most_agreed=found.most_agreed,
        sentences=found.sentences,
        outcome_words=OUTCOME_WORDS,
        columns=columns,
        curves=curves,
        shares=shares,
    )


@blueprint.post("/pledges/<pledge_id>/sentence")
def settle_sentence(code: str, pledge_id: str) -> ResponseReturnValue:
    """`to` show or hide it on the kept wall; `seen` is when the answer was given that was on the screen."""
    organiser, code = signed_in(), typed_event_code(code)
    my_desk(house().store, organiser, code, Role.MODERATOR)  # whose it is comes before what is wrong
    settle = _SETTLE.get(request.form.get("to", ""))
    if settle is None:
        raise BadInput(fields={"to": N_("This must be show or hide.")})
    pledge = settle(house().store, organiser, code, pledge_id, request.form.get("seen", ""))
    if wants_json():
        return jsonify({"pledge": pledge_for_desk(pledge)})
    return redirect(url_for("looking_back.show_look_back", code=code, _anchor=f"said-{pledge.id}"), 303)
