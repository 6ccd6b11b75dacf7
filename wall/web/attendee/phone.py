"""The phone page, and the form that is sent from it."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.audience import Audience, form_of, pledge_for_public
from wall.core.codes import is_event_code, typed_event_code
from wall.core.content import FIELDS
from wall.core.drafts import read_draft
from wall.core.errors import (
    DeviceUnknown,
    EventNotFound,
    PageNotFound,
    PledgeNotFound,
    WallError,
    WrongContentType,
)
from wall.core.events import Event
from wall.core.texts.patient_details import Detail, patient_details
from wall.core.words import translate
from wall.services.events.finding import find_event, open_events, read_since
from wall.services.pledges.me_too import say_me_too, take_me_too_back
from wall.services.pledges.receipts import find_receipt
from wall.services.pledges.submitting import submit_pledge
from wall.web.attendee.sending import Sending, take_pledge
from wall.web.kit.bodies import FORMS_AND_JSON, PLEDGE_BYTES, takes
from wall.web.kit.canonical_address import event_at_canonical_address
from wall.web.kit.context import current_parts, event_on_page
from wall.web.kit.encoded_response import send_encoded
from wall.web.kit.errors import answer_error, field_errors, wants_json
from wall.web.kit.language import remember_language, set_reader_language
from wall.web.kit.qr_codes import draw_qr_inline

HANDED = "handed"
"""The cookie that takes a receipt from the form to the next page, and no further."""

blueprint = Blueprint("phone", __name__)


@blueprint.get("/")
def choose_event() -> ResponseReturnValue:
    """The phone page of the only open event, or a page to type a code."""
    typed = request.args.get("code", "")
    if typed:
        return _go_to_typed(typed)
    events = open_events(current_parts().store)
    if len(events) == 1:
        return _phone_page(events[0])
    page = make_response(render_template("phone/choose.html", problem=None, typed_code=""))
    remember_language(page)
    return page


@blueprint.get("/<event:code>/")
@blueprint.get("/<event:code>")
def short_address(code: str) -> ResponseReturnValue:
    """Lead from the address that people type from the wall, /Q7K4, to its phone page."""
    if not is_event_code(code):
        raise PageNotFound
    return redirect(url_for("phone.write_pledge", code=code))


@blueprint.get("/e/<event:code>/")
@blueprint.get("/e/<event:code>")
def write_pledge(code: str) -> ResponseReturnValue:
    """An empty form, or one that begins with `?text=…`, as the organiser's starters do."""
    event = event_at_canonical_address(code)
    begun = request.args.get("text", "")[: event.text_limit]
    return _phone_page(event, typed=dict.fromkeys(FIELDS, "") | {"text": begun})


@blueprint.get("/e/<event:code>/next-person")
def show_handed(code: str) -> ResponseReturnValue:
    """On a shared tablet without JavaScript, after a pledge: its private page to scan, once, and the way on."""
    store = current_parts().store
    event = event_at_canonical_address(code)
    set_reader_language(event.language)
    token, status, picture = request.cookies.get(HANDED, ""), None, None
    if token:
        try:
            status = find_receipt(store, token)[0].status
            picture = draw_qr_inline(
                current_parts().addresses.base + url_for("receipt.show_receipt", token=token)
            )
        except PledgeNotFound:
            pass  # it was erased meanwhile
    page = make_response(
        render_template(
            "phone/tablet_received.html", event=event_on_page(event), status=status, picture=picture
        )
    )
    page.delete_cookie(HANDED, path=request.path)
    return page


@blueprint.post("/e/<event:code>/pledges")
@takes(PLEDGE_BYTES, kinds=FORMS_AND_JSON)
def send_pledge(code: str) -> ResponseReturnValue:
    if request.mimetype == "application/json":
        parts = current_parts()
        device, address = parts.devices.of(request.environ), request.remote_addr or ""
        sent = Sending(code, request.get_data(), request.host_url, device, address)
        status, answer = take_pledge(parts.store, parts.fair_use, sent)
        return jsonify(answer), status
    if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return _send_form(code, request.form)
    raise WrongContentType


@blueprint.get("/e/<event:code>/pledges")
def changes(code: str) -> ResponseReturnValue:
    """What the public sees; with `?as=kept` what became of it."""
    since = read_since(request.args.get("since"))
    audience: Audience = "kept" if request.args.get("as") == "kept" else "public"
    return send_encoded(current_parts().feeds.changes(code, since, audience))


@blueprint.route("/e/<event:code>/pledges/<pledge_id>/me-too", methods=["POST", "DELETE"])
def me_too(code: str, pledge_id: str) -> ResponseReturnValue:
    """Say *me too*, or take it back: once for each device."""
    parts = current_parts()
    device = parts.devices.of(request.environ)
    if device is None:
        raise DeviceUnknown
    parts.fair_use.allow_me_too(device, request.remote_addr or "")
    count = say_me_too if request.method == "POST" else take_me_too_back
    pledge = count(parts.store, code, pledge_id, device)
    return jsonify({"pledge": pledge_for_public(pledge)})


def _send_form(code: str, form: Mapping[str, str]) -> ResponseReturnValue:
    parts = current_parts()
    event = find_event(parts.store, code)
    try:
        draft = read_draft(form)
        details = patient_details(draft.content.text)
        if details and "anyway" not in form and not wants_json():
            return _page_with_hint(event, form, details)
        parts.fair_use.allow_pledge(parts.devices.of(request.environ), code, request.remote_addr or "")
        submitted = submit_pledge(parts.store, code, draft)
    except WallError as error:
        return answer_error(error) if wants_json() else _page_with_error(event, form, error)
    if _is_shared():
        return _hand_over(code, submitted.receipt_token)
    return redirect(url_for("receipt.show_receipt", token=submitted.receipt_token), 303)


def _page_with_error(event: Event, form: Mapping[str, str], error: WallError) -> Response:
    """The page again, with what was typed, and what is wrong beside its field."""
    if isinstance(error, EventNotFound):
        return answer_error(error)
    typed = {field: form.get(field, "") for field in FIELDS}
    errors = {field: said for field, said in field_errors(error).items() if field in FIELDS}
    problem = None if errors else translate(error.message)
    page = _phone_page(event, typed=typed, errors=errors, problem=problem, key=form.get("key"))
    page.status_code = error.status
    if error.retry_after is not None:
        page.headers["Retry-After"] = str(error.retry_after)
    return page


def _page_with_hint(event: Event, form: Mapping[str, str], details: Mapping[Detail, str]) -> Response:
    """The page again, with what the gentle guard has seen; nothing was stored yet."""
    typed = {field: form.get(field, "") for field in FIELDS}
    return _phone_page(event, typed=typed, details=details, key=form.get("key"))


def _phone_page(
    event: Event,
    *,
    details: Mapping[Detail, str] | None = None,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    problem: str | None = None,
    key: str | None = None,
) -> Response:
    set_reader_language(event.language)
    page = make_response(
        render_template(
            "phone/page.html",
            event=event_on_page(event),
            form=form_of(event),
            shared=_is_shared(),
            key=key or str(uuid.uuid4()),
            typed=typed or dict.fromkeys(FIELDS, ""),
            errors=errors or {},
            problem=problem,
            details=details or {},
            switched="lang" in request.args,
        )
    )
    current_parts().devices.give_cookie(request.environ, page)
    remember_language(page)
    # The back button brings the same page with the same key, so that sending it again writes nothing twice.
    # A shared tablet stores no page at all.
    page.headers["Cache-Control"] = "no-store" if _is_shared() else "private, no-cache"
    return page


def _is_shared() -> bool:
    """Whether the page is for a tablet that is passed around, and has to forget who was there."""
    return request.values.get("shared") == "1"


def _hand_over(code: str, token: str) -> ResponseReturnValue:
    """Off to the page that offers the private page once: its address stays neither in the history nor on the screen."""
    answer = redirect(url_for("phone.show_handed", code=code), 303)
    path = url_for("phone.show_handed", code=code)
    answer.set_cookie(
        HANDED, token, max_age=60, path=path, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return answer


def _go_to_typed(typed: str) -> ResponseReturnValue:
    try:
        event = find_event(current_parts().store, typed_event_code(typed))
    except EventNotFound as error:
        page = render_template("phone/choose.html", problem=translate(error.message), typed_code=typed)
        return page, error.status
    return redirect(url_for("phone.write_pledge", code=event.code))
