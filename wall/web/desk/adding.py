"""The scribe desk: pledges from paper cards and from people without a phone, one by one or pasted."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.audience import pledge_with_status
from wall.core.drafts import Draft, read_content, read_draft
from wall.core.errors import BadInput, WallError
from wall.core.people.roles import Role
from wall.core.pledges import HeldFor, Pledge
from wall.core.sheet import LABELS, OTHER_NAMES, Row, as_sent, check_again, read_sent, read_sheet
from wall.core.words import N_, Words, translate
from wall.services.pledges.adding import enter_pledges, latest_own, read_own_pledge, take_own_back
from wall.services.pledges.editing import correct_own
from wall.web.desk.editing import correction_page, read_seen
from wall.web.kit.bodies import PLEDGE_BYTES, takes
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import acting_here, desk_here, desk_page, needs
from wall.web.kit.errors import answer_error, field_errors, wants_json
from wall.web.kit.numbers import read_number

LARGEST_SHEET_BYTES = 2_000_000
WAITS: dict[HeldFor, Words] = {
    "": N_("Will wait for approval."),
    "patient_details": N_("Will wait for approval: it may identify a patient."),
    "words": N_("Will wait for approval: it contains a word to check."),
}

blueprint = Blueprint("scribe", __name__, url_prefix="/desk/e/<event:code>/enter")


@blueprint.get("")
@needs(Role.SCRIBE)
def show_form(code: str) -> ResponseReturnValue:
    return _page()


@blueprint.post("")
@takes(PLEDGE_BYTES)
@needs(Role.SCRIBE)
def enter(code: str) -> ResponseReturnValue:
    """One pledge for somebody."""
    try:
        (entered,) = enter_pledges(*acting_here(), [read_draft(request.form)])
    except WallError as error:
        return answer_error(error) if wants_json() else _page(error=error)
    if wants_json():
        return jsonify({"pledge": pledge_with_status(entered.pledge)}), 201 if entered.new else 200
    return redirect(url_for("scribe.show_form", code=code, entered=entered.pledge.number), 303)


@blueprint.post("/sheet")
@takes(LARGEST_SHEET_BYTES)
@needs(Role.SCRIBE)
def preview(code: str) -> ResponseReturnValue:
    """What pasted rows would become; nothing is stored yet."""
    sheet, event = request.form.get("sheet", ""), desk_here().event
    try:
        rows = current_parts().runtime.off_loop(read_sheet, sheet, event, _headings())
    except BadInput as error:
        return answer_error(error) if wants_json() else _page(error=error)
    return _page(rows=rows)


@blueprint.post("/rows")
@takes(LARGEST_SHEET_BYTES)
@needs(Role.SCRIBE)
def enter_rows(code: str) -> ResponseReturnValue:
    """The rows of a preview, all of them or none; each has its key, so a second press writes nothing twice."""
    off_loop = current_parts().runtime.off_loop
    sent: list[tuple[int, Draft]] = []
    try:
        sent = off_loop(read_sent, request.form.get("rows", ""))
        drafts = [draft for _, draft in sent]
        entered = enter_pledges(*acting_here(), drafts, off_loop)
    except WallError as error:
        if wants_json():
            return answer_error(error)
        return _page(rows=off_loop(check_again, sent, desk_here().event), error=error)
    if wants_json():
        return jsonify({"pledges": [pledge_with_status(one.pledge) for one in entered]})
    return redirect(url_for("scribe.show_form", code=code, rows=len(entered)), 303)


@blueprint.get("/<pledge_id>")
@needs(Role.SCRIBE)
def show_own(code: str, pledge_id: str) -> ResponseReturnValue:
    """A pledge that was entered here, to be corrected by who entered it."""
    return _own_page(pledge_id)


@blueprint.post("/<pledge_id>")
@takes(PLEDGE_BYTES)
@needs(Role.SCRIBE)
def correct(code: str, pledge_id: str) -> ResponseReturnValue:
    read_own_pledge(*acting_here(), pledge_id)  # whose it is comes before what is wrong
    try:
        pledge = correct_own(*acting_here(), pledge_id, read_content(request.form), read_seen())
    except WallError as error:
        return answer_error(error) if wants_json() else _own_page(pledge_id, error)
    return _changed(code, pledge)


@blueprint.post("/<pledge_id>/take-back")
@needs(Role.SCRIBE)
def take_back(code: str, pledge_id: str) -> ResponseReturnValue:
    """Hide what was entered by mistake."""
    return _changed(code, take_own_back(*acting_here(), pledge_id))


def _changed(code: str, pledge: Pledge) -> ResponseReturnValue:
    if wants_json():
        return jsonify({"pledge": pledge_with_status(pledge)})
    return redirect(url_for("scribe.show_form", code=code), 303)


def _own_page(pledge_id: str, error: WallError | None = None) -> ResponseReturnValue:
    return correction_page(read_own_pledge(*acting_here(), pledge_id), earlier=[], own=True, error=error)


def _page(*, rows: Sequence[Row] = (), error: WallError | None = None) -> ResponseReturnValue:
    typed: Mapping[str, str] = request.form if error else {}
    page = desk_page(
        "desk/scribe.html",
        key=typed.get("key") or str(uuid.uuid4()),
        typed=typed,
        errors=field_errors(error),
        problem=translate(error.message) if error and (rows or not error.fields) else None,
        rows=[_row_on_page(row) for row in rows],
        fitting=sum(row.content is not None for row in rows),
        waiting=sum(row.waits for row in rows),
        sheet_rows=as_sent(rows),
        own=[pledge_with_status(pledge) for pledge in latest_own(*acting_here())],
        entered=request.args.get("entered", None, read_number),
        entered_rows=request.args.get("rows", None, read_number),
    )
    return page, error.status if error else 200


def _headings() -> dict[str, str]:
    """What the page calls the columns, in the reader's language."""
    return {translate(label): column for column, label in [*OTHER_NAMES.items(), *LABELS.items()]}


def _row_on_page(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "cells": row.cells,
        "problems": [translate(words) for words in row.problems.values()],
        "waits": translate(WAITS[row.held]) if row.waits else "",
    }
