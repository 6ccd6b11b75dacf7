"""The author's private page for one pledge."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.audience import pledge_for_author
from wall.core.content import FIELDS
from wall.core.drafts import read_content, themes_for
from wall.core.errors import PageNotFound, PledgeNotFound, WallError
from wall.core.outcomes import OUTCOME_WORDS, SENTENCE_LIMIT, read_answer, when_asked
from wall.core.pledges import Pledge
from wall.core.texts.patient_details import Detail, patient_details
from wall.core.words import translate
from wall.services.pledges.outcomes import answer_pledge
from wall.services.pledges.receipts import find_receipt, withdraw_pledge
from wall.services.pledges.revising import edit_pledge, take_name_off
from wall.web.attendee.reminders import REMINDER_DAYS, day_of, reminder
from wall.web.kit.bodies import FORMS_AND_JSON, PLEDGE_BYTES, read_object, takes
from wall.web.kit.context import current_parts, event_on_page
from wall.web.kit.errors import answer_error, field_errors, wants_json
from wall.web.kit.language import remember_language, set_reader_language
from wall.web.kit.qr_codes import draw_qr

blueprint = Blueprint("receipt", __name__, url_prefix="/receipt/<token>")


@blueprint.get("")
def show_receipt(token: str) -> ResponseReturnValue:
    if wants_json():
        pledge, event = find_receipt(current_parts().store, token)
        return jsonify({"pledge": pledge_for_author(pledge), "event": event_on_page(event)})
    return _receipt_page(token)


@blueprint.post("/edit")
@takes(PLEDGE_BYTES, kinds=FORMS_AND_JSON)
def edit(token: str) -> ResponseReturnValue:
    """Let the pledge say something else, sent as JSON or as a form."""
    sent = _sent()
    try:
        content = read_content(sent)
        details = patient_details(content.text)
        if details and "anyway" not in sent and not wants_json():
            return _receipt_page(token, typed=sent, details=details)
        pledge = edit_pledge(current_parts().store, token, content)
    except PledgeNotFound:
        raise
    except WallError as error:
        return answer_error(error) if wants_json() else _receipt_page(token, typed=sent, error=error)
    return _answer_with(token, pledge)


@blueprint.post("/answer")
@takes(kinds=FORMS_AND_JSON)
def answer(token: str) -> ResponseReturnValue:
    """How it is going: `outcome` kept, still_going, changed or dropped, and a `sentence` if there is one."""
    sent = _sent()
    try:
        outcome, sentence = read_answer(sent)
        pledge = answer_pledge(current_parts().store, token, outcome, sentence)
    except PledgeNotFound:
        raise
    except WallError as error:
        return answer_error(error) if wants_json() else _receipt_page(token, answered=sent, error=error)
    return _answer_with(token, pledge, "going")


@blueprint.post("/take-name-off")
@takes(kinds=FORMS_AND_JSON)
def take_off(token: str) -> ResponseReturnValue:
    return _answer_with(token, take_name_off(current_parts().store, token))


@blueprint.post("/withdraw")
@takes(kinds=FORMS_AND_JSON)
def withdraw(token: str) -> ResponseReturnValue:
    return _answer_with(token, withdraw_pledge(current_parts().store, token))


@blueprint.get("/qr.svg")
def show_qr(token: str) -> ResponseReturnValue:
    """The page's own address, to take it along to another phone."""
    find_receipt(current_parts().store, token)
    return Response(draw_qr(_address(token)), mimetype="image/svg+xml")


@blueprint.get("/remind-<int:days>.ics")
def remind(token: str, days: int) -> ResponseReturnValue:
    """A calendar file: on that day, the pledge and the way back here. The phone says with `?written=` which day it was there."""
    if days not in REMINDER_DAYS:
        raise PageNotFound
    pledge, event = find_receipt(current_parts().store, token)
    set_reader_language(event.language)
    written = day_of(pledge, request.args.get("written"))
    entry = reminder(pledge, event, written, days, f"{_address(token)}#going")
    calendar = Response(entry, mimetype="text/calendar")
    calendar.headers["Content-Disposition"] = f'attachment; filename="pledge-{days}.ics"'
    return calendar


def _receipt_page(
    token: str,
    *,
    typed: Mapping[str, object] | None = None,
    details: Mapping[Detail, str] | None = None,
    answered: Mapping[str, object] | None = None,
    error: WallError | None = None,
) -> Response:
    """The private page; after an error with what was refused, `typed` into the pledge or `answered`, to be put right."""
    pledge, event = find_receipt(current_parts().store, token)
    set_reader_language(event.language)
    errors = field_errors(error)
    page = make_response(
        render_template(
            "receipt/page.html",
            pledge=pledge_for_author(pledge),
            event=event_on_page(event),
            themes=themes_for(event, pledge.content),
            token=token,
            address=_address(token),
            days=REMINDER_DAYS,
            ask_when=when_asked(pledge, datetime.now(UTC)),
            typed={field: typed.get(field, "") for field in FIELDS} if typed else None,
            answered=answered is not None,
            sentence=answered.get("sentence", "")
            if answered
            else pledge.answer.sentence
            if pledge.answer
            else "",
            outcomes=OUTCOME_WORDS,
            sentence_limit=SENTENCE_LIMIT,
            details=details or {},
            errors=errors,
            problem=translate(error.message) if error and not errors else None,
        )
    )
    page.status_code = error.status if error else 200
    remember_language(page)
    return page


def _sent() -> Mapping[str, object]:
    if request.mimetype != "application/json":
        return request.form
    return read_object(request.get_data())


def _answer_with(token: str, pledge: Pledge, part: str | None = None) -> ResponseReturnValue:
    if wants_json():
        return jsonify({"pledge": pledge_for_author(pledge)})
    return redirect(url_for("receipt.show_receipt", token=token, _anchor=part), 303)


def _address(token: str) -> str:
    """The private page's address, as somebody in the room, or later at home, can open it."""
    return f"{current_parts().addresses.base}{url_for('receipt.show_receipt', token=token)}"
