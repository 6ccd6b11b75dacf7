"""Looking back at an event: what was pledged and what became of it, as pictures and as tables."""

from threading import Semaphore

from flask import Blueprint, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.audience import pledge_for_desk
from wall.core.errors import BadInput
from wall.core.outcomes import OUTCOME_WORDS
from wall.core.people.roles import Role
from wall.core.words import N_
from wall.services.events.summary import look_back
from wall.services.pledges.outcomes import hide_sentence, show_sentence
from wall.web.desk.charts import columns, curves, shares
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import acting_here, desk_page, needs
from wall.web.kit.errors import wants_json

blueprint = Blueprint("looking_back", __name__, url_prefix="/desk/e/<event:code>")

_place = Semaphore()
"""One at a time: it reads every pledge, and the ledger needs its thread."""
_SETTLE = {"show": show_sentence, "hide": hide_sentence}


@blueprint.get("/look-back")
@needs(Role.MODERATOR)
def show_look_back(code: str) -> ResponseReturnValue:
    with _place:
        found = current_parts().runtime.off_loop(look_back, *acting_here())
    return desk_page(
        "desk/results.html",
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
@needs(Role.MODERATOR)
def settle_sentence(code: str, pledge_id: str) -> ResponseReturnValue:
    """`to` show or hide it on the kept wall; `seen` is when the answer was given that was on the screen."""
    settle = _SETTLE.get(request.form.get("to", ""))
    if settle is None:
        raise BadInput(fields={"to": N_("This must be show or hide.")})
    pledge = settle(*acting_here(), pledge_id, request.form.get("seen", ""))
    if wants_json():
        return jsonify({"pledge": pledge_for_desk(pledge)})
    return redirect(url_for("looking_back.show_look_back", code=code, _anchor=f"said-{pledge.id}"), 303)
