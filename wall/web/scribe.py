"""The scribe desk: pledges from paper cards and from people without a phone, one by one or pasted."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.audience import pledge_with_status
from wall.core.codes import typed_event_code
from wall.core.drafts import Draft, read_draft
from wall.core.errors import BadInput, WallError
from wall.core.pledges import Content
from wall.core.roles import Role
from wall.core.sheet import MOST_ROWS, Row, read_sheet
from wall.core.words import N_, say
from wall.services.desks import my_desk
from wall.services.entering import enter_pledges
from wall.web.context import event_on_page, house
from wall.web.errors import answer_error, wants_json
from wall.web.numbers import read_number
from wall.web.security import takes
from wall.web.signing_in import signed_in

LARGEST_SHEET_BYTES = 2_000_000

blueprint = Blueprint("scribe", __name__, url_prefix="/desk/e/<code>/enter")


@blueprint.get("")
def show_form(code: str) -> ResponseReturnValue:
    return _page(code)


@blueprint.post("")
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
@takes(LARGEST_SHEET_BYTES)
def preview(code: str) -> ResponseReturnValue:
    """What pasted rows would become; nothing is stored yet."""
    organiser, code = signed_in(), typed_event_code(code)
    event = my_desk(house().store, organiser, code, Role.SCRIBE).event
    pasted = request.form.get("sheet", "")
    try:
        rows = read_sheet(pasted, event)
    except BadInput as error:
        return answer_error(error) if wants_json() else _page(code, error=error)
    good = [_as_draft(row.content) for row in rows if row.content]
    return _page(code, rows=[_told(row) for row in rows], good=good)


@blueprint.post("/rows")
@takes(LARGEST_SHEET_BYTES)
def enter_rows(code: str) -> ResponseReturnValue:
    """The rows of a preview, all of them or none; each has its key, so a second press writes nothing twice."""
    organiser, code = signed_in(), typed_event_code(code)
    my_desk(house().store, organiser, code, Role.SCRIBE)
    try:
        drafts = _read_rows(request.form.get("rows", ""))
        entered = enter_pledges(house().store, organiser, code, drafts)
    except WallError as error:
        return answer_error(error) if wants_json() else _page(code, error=error)
    if wants_json():
        return jsonify({"pledges": [pledge_with_status(one.pledge) for one in entered]})
    return redirect(url_for("scribe.show_form", code=code, rows=len(entered)), 303)


def _as_draft(content: Content) -> dict[str, str]:
    return {
        "key": str(uuid.uuid4()),
        "text": content.text,
        "name": content.name,
        "organisation": content.organisation,
        "theme": content.theme,
    }


def _read_rows(raw: str) -> list[Draft]:
    """Rows as the preview wrote them. Raises BadInput."""
    try:
        rows = json.loads(raw)
    except (ValueError, RecursionError):
        rows = None
    if (
        not isinstance(rows, list)
        or not 1 <= len(rows) <= MOST_ROWS
        or not all(isinstance(row, dict) for row in rows)
    ):
        raise BadInput(fields={"sheet": N_("Please paste the rows again.")})
    return [read_draft(row) for row in rows]


def _told(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "cells": row.cells,
        "problems": [say(words) for words in row.problems.values()],
    }


def _page(
    code: str,
    *,
    error: WallError | None = None,
    rows: list[dict[str, Any]] | None = None,
    good: list[dict[str, str]] | None = None,
) -> ResponseReturnValue:
    organiser = signed_in()
    desk = my_desk(house().store, organiser, typed_event_code(code), Role.SCRIBE)
    typed: Mapping[str, str] = request.form if error else {}
    page = render_template(
        "desk/scribe.html",
        organiser=organiser,
        role=desk.role,
        event=event_on_page(desk.event),
        key=typed.get("key") or str(uuid.uuid4()),
        typed=typed,
        errors={field: say(words) for field, words in error.fields.items()} if error else {},
        problem=say(error.message) if error and not error.fields else None,
        rows=rows,
        good=good or [],
        sheet_rows=json.dumps(good or [], ensure_ascii=False),
        entered=request.args.get("entered", None, read_number),
        entered_rows=request.args.get("rows", None, read_number),
    )
    return page, error.status if error else 200
