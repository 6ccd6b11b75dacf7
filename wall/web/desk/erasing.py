"""All that is stored of one pledge, to be seen and to be erased: by its author, or by an organiser whom the author asks."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, jsonify, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from wall.core.outcomes import OUTCOME_WORDS
from wall.core.retention import gone_from_backups
from wall.core.words import translate
from wall.services.pledges.erasing import (
    Everything,
    erase_own,
    erase_pledge,
    read_everything,
    read_everything_at_desk,
)
from wall.web.kit.bodies import FORMS_AND_JSON, takes
from wall.web.kit.context import current_parts, event_on_page
from wall.web.kit.desk_guard import acting_here, desk_page, signed_in
from wall.web.kit.errors import wants_json
from wall.web.kit.language import remember_language, set_reader_language

own = Blueprint("own", __name__, url_prefix="/receipt/<token>")
blueprint = Blueprint("erasing", __name__, url_prefix="/desk/e/<event:code>/pledges/<pledge_id>")


@own.get("/everything")
def show_own(token: str) -> ResponseReturnValue:
    """Everything that is stored of a pledge, for its author; as JSON to take along."""
    found = read_everything(current_parts().store, token)
    set_reader_language(found.event.language)
    if wants_json():
        return jsonify(_as_json(found))
    page = make_response(
        render_template(
            "receipt/everything.html",
            everything=found,
            outcome_words=OUTCOME_WORDS,
            event=event_on_page(found.event),
            token=token,
            gone=gone_from_backups(),
        )
    )
    remember_language(page)
    return page


@own.post("/erase")
@takes(kinds=FORMS_AND_JSON)
def erase_mine(token: str) -> ResponseReturnValue:
    parts = current_parts()
    event = erase_own(parts.store, parts.runtime.off_loop, token)
    if wants_json():
        return jsonify({"gone_from_backups": gone_from_backups().isoformat()})
    return redirect(url_for("privacy.show_erased", code=event.code), 303)


@blueprint.get("/everything")
def show_all(code: str, pledge_id: str) -> ResponseReturnValue:
    """Everything that is stored of a pledge, for an organiser; as JSON to send to its author."""
    found = read_everything_at_desk(*acting_here(), pledge_id)
    if wants_json():
        return jsonify(_as_json(found))
    return desk_page(
        "desk/everything.html", everything=found, outcome_words=OUTCOME_WORDS, gone=gone_from_backups()
    )


@blueprint.post("/erase")
def erase(code: str, pledge_id: str) -> ResponseReturnValue:
    parts = current_parts()
    erase_pledge(parts.store, parts.runtime.off_loop, signed_in(), code, pledge_id)
    if wants_json():
        return jsonify({"gone_from_backups": gone_from_backups().isoformat()})
    return redirect(url_for("erasing.show_all", code=code, pledge_id=pledge_id), 303)


def _as_json(found: Everything) -> dict[str, Any]:
    pledge = found.pledge
    return {
        "event": found.event.title,
        "pledge": asdict(pledge.content)
        | {
            "number": pledge.number,
            "id": pledge.id,
            "status": pledge.status.value,
            "held_for": pledge.held_for,
            "created_at": pledge.created_at,
            "me_too": pledge.me_too,
            "entered_for_somebody": pledge.entered_by is not None,
            "erased_at": pledge.erased_at,
        },
        "earlier": [{"until": one.at} | asdict(one.content) for one in found.earlier],
        "answers": [asdict(one) for one in found.answers],
        "deeds": [{"at": one.at, "what": translate(one.words)} for one in found.deeds],
        "keep_until": found.event.keep_until,
    }
