"""The scribe desk: pledges from paper cards and from people without a phone, one by one or pasted."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.audience import pledge_with_status
from wall.core.codes import typed_event_code
from wall.core.drafts import Draft, read_content, read_draft
from wall.core.errors import BadInput, WallError
from wall.core.pledges import Pledge
from wall.core.roles import Role
from wall.core.sheet import LABELS, Row, as_sent, check_again, read_sent, read_sheet
from wall.core.words import say
from wall.services.correcting import correct_own
from wall.services.desks import my_desk
from wall.services.entering import enter_pledges, latest_own, look_at_own, take_own_back
from wall.web.bodies import PLEDGE_BYTES, takes
from wall.web.context import event_on_page, house
from wall.web.correcting import correction_page, read_seen
from wall.web.errors import answer_error, wants_json
from wall.web.numbers import read_number
from wall.web.signing_in import signed_in

LARGEST_SHEET_BYTES = 2_000_000

blueprint = Blueprint("scribe", __name__, url_prefix="/desk/e/<code>/enter")


@blueprint.get("")
def show_form(code: str) -> ResponseReturnValue:
    return _page(code)


@blueprint.post("")
@takes(PLEDGE_BYTES, needed=Role.SCRIBE)
def enter(code: str) -> ResponseReturnValue:
    """One pledge for somebody."""
    organiser, code = signed_in(), typed_event_code(code)
    my_desk(house().store, organiser, code, Role.SCRIBE)  # whose it is comes before what is wrong
    try:
        (entered,) = enter_pledges(house().store, organiser, code, [read_draft(request.form)])
    except WallError as error:
        return answer_error(error) if wants_json() else _page(code, error=error)
    if wants_json():
        return jsonify({"pledge": pledge_with_status(entered.pledge)}), 201 if entered.new else 200
    return redirect(url_for("scribe.show_form", code=code, entered=entered.pledge.number), 303)


@blueprint.post("/sheet")
@takes(LARGEST_SHEET_BYTES, needed=Role.SCRIBE)
def preview(code: str) -> ResponseReturnValue:
    """What pasted rows would become; nothing is stored yet."""
    organiser, code = signed_in(), typed_event_code(code)
    event = my_desk(house().store, organiser, code, Role.SCRIBE).event
    try:
        rows = house().runtime.off_loop(read_sheet, request.form.get("sheet", ""), event, _headings())
    except BadInput as error:
        return answer_error(error) if wants_json() else _page(code, error=error)
    return _page(code, rows=rows)


@blueprint.post("/rows")
@takes(LARGEST_SHEET_BYTES, needed=Role.SCRIBE)
def enter_rows(code: str) -> ResponseReturnValue:
    """The rows of a preview, all of them or none; each has its key, so a second press writes nothing twice."""
    organiser, code = signed_in(), typed_event_code(code)
    event = my_desk(house().store, organiser, code, Role.SCRIBE).event
    off_loop = house().runtime.off_loop
    sent: list[tuple[int, Draft]] = []
    try:
        sent = off_loop(read_sent, request.form.get("rows", ""))
        drafts = [draft for _, draft in sent]
        entered = enter_pledges(house().store, organiser, code, drafts, off_loop)
    except WallError as error:
        if wants_json():
            return answer_error(error)
        return _page(code, rows=check_again(sent, event), error=error)
    if wants_json():
        return jsonify({"pledges": [pledge_with_status(one.pledge) for one in entered]})
    return redirect(url_for("scribe.show_form", code=code, rows=len(entered)), 303)


@blueprint.get("/<pledge_id>")
def show_own(code: str, pledge_id: str) -> ResponseReturnValue:
    """A pledge that was entered here, to be corrected by who entered it."""
    return _own_page(typed_event_code(code), pledge_id)


@blueprint.post("/<pledge_id>")
@takes(PLEDGE_BYTES, needed=Role.SCRIBE)
def correct(code: str, pledge_id: str) -> ResponseReturnValue:
    organiser, code = signed_in(), typed_event_code(code)
    look_at_own(house().store, organiser, code, pledge_id)  # whose it is comes before what is wrong
    try:
        content = read_content(request.form)
        pledge = correct_own(house().store, organiser, code, pledge_id, content, read_seen())
    except WallError as error:
        return answer_error(error) if wants_json() else _own_page(code, pledge_id, error)
    return _changed(code, pledge)


@blueprint.post("/<pledge_id>/take-back")
def take_back(code: str, pledge_id: str) -> ResponseReturnValue:
    """It was entered by mistake: hide it."""
    code = typed_event_code(code)
    return _changed(code, take_own_back(house().store, signed_in(), code, pledge_id))


def _changed(code: str, pledge: Pledge) -> ResponseReturnValue:
    if wants_json():
        return jsonify({"pledge": pledge_with_status(pledge)})
    return redirect(url_for("scribe.show_form", code=code), 303)


def _own_page(code: str, pledge_id: str, error: WallError | None = None) -> ResponseReturnValue:
    organiser, store = signed_in(), house().store
    pledge = look_at_own(store, organiser, code, pledge_id)
    desk = my_desk(store, organiser, code, Role.SCRIBE)
    return correction_page(organiser, desk, pledge, earlier=[], own=True, error=error)


def _page(code: str, *, rows: Sequence[Row] = (), error: WallError | None = None) -> ResponseReturnValue:
    organiser, store = signed_in(), house().store
    desk = my_desk(store, organiser, typed_event_code(code), Role.SCRIBE)
    typed: Mapping[str, str] = request.form if error else {}
    page = render_template(
        "desk/scribe.html",
        organiser=organiser,
        role=desk.role,
        event=event_on_page(desk.event),
        key=typed.get("key") or str(uuid.uuid4()),
        typed=typed,
        errors={field: say(words) for field, words in error.fields.items()} if error else {},
        problem=say(error.message) if error and (rows or not error.fields) else None,
        rows=[_told(row) for row in rows],
        fitting=sum(row.content is not None for row in rows),
        sheet_rows=as_sent(rows),
        own=[pledge_with_status(pledge) for pledge in latest_own(store, organiser, desk.event.code)],
        entered=request.args.get("entered", None, read_number),
        entered_rows=request.args.get("rows", None, read_number),
    )
    return page, error.status if error else 200


def _headings() -> dict[str, str]:
    """What the page calls the columns, in the reader's language."""
    return {say(label): column for column, label in LABELS.items()}


def _told(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "cells": row.cells,
        "problems": [say(words) for words in row.problems.values()],
    }
