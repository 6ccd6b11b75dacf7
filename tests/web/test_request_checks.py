"""Before a body is read: who may send it, how much, and of which kind."""

import json
from typing import Any

import pytest
from flask import Flask, Request
from flask.testing import FlaskClient
from werkzeug.formparser import FormDataParser
from werkzeug.test import TestResponse

from tests.conftest import Cast, SignIn, a_draft
from wall.core.people.roles import Role
from wall.services.pledges.submitting import Submitted
from wall.store import Store
from wall.web.kit.bodies import FORMS, SMALL_FORM_BYTES, taken_by
from wall.web.kit.desk_guard import needed_for

FORM, JSON, MULTIPART = (
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data; boundary=x",
)
MUCH = b"a=&" * 700_000
LARGER = {
    "phone.send_pledge": 32, "receipt.edit": 32, "scribe.enter": 32, "scribe.correct": 32, "moderation.correct": 32,
    "settings.save_event_settings": 16, "settings.save_all": 373, "events.new_event": 16, "exports.start": 16, "account.choose_password": 32, "door.enter_by_password": 32,
    "moderation.decide_on_many": 32, "settings.save_prompts": 64, "remote.save_look": 297, "scribe.preview": 1954, "scribe.enter_rows": 1954,
}  # fmt: skip
"""The views that take more than a small form, in kB, and no more than their page needs."""


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses whose bodies were read, or taken apart."""
    found: list[str] = []
    parse, read = FormDataParser.parse, Request.get_data

    def parse_and_note(self: FormDataParser, *how: Any) -> Any:
        found.append("parsed")
        return parse(self, *how)

    def read_and_note(self: Request, *how: Any, **more: Any) -> Any:
        found.append("read")
        return read(self, *how, **more)

    monkeypatch.setattr(FormDataParser, "parse", parse_and_note)
    monkeypatch.setattr(Request, "get_data", read_and_note)
    return found


def addresses(app: Flask, cast: Cast, token: str = "0" * 22) -> list[tuple[str, str, str]]:
    """Every address that takes something: method, path, endpoint."""
    values = {"code": cast.event.code, "token": token, "step": "close", "decision": "show", "kind": "csv"}
    with app.test_request_context():
        return [
            (
                method,
                app.url_map.bind("wall.test").build(rule.endpoint, values_for(rule.arguments, values)),
                rule.endpoint,
            )
            for rule in app.url_map.iter_rules()
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        ]


def values_for(arguments: set[str], values: dict[str, str]) -> dict[str, Any]:
    return {name: values.get(name, "7" if name != "days" else 30) for name in arguments}


@pytest.mark.parametrize("kind", [FORM, JSON, MULTIPART])
def test_two_megabytes_of_a_guest_are_refused_at_every_address_unread(
    app: Flask, cast: Cast, guest: FlaskClient, parsed: list[str], kind: str
) -> None:
    asked = addresses(app, cast)
    assert len(asked) > 80
    for method, path, endpoint in asked:
        answer = guest.open(path, method=method, data=MUCH, content_type=kind, headers={"Accept": JSON})
        assert (answer.status_code, parsed) in [(status, []) for status in (401, 413, 415)], (
            method,
            endpoint,
        )
        assert error(answer) in (
            "not_signed_in",
            "too_large",
            "wrong_content_type",
        )


def test_each_page_takes_no_more_than_it_needs(app: Flask) -> None:
    views = {rule.endpoint: app.view_functions[rule.endpoint] for rule in app.url_map.iter_rules()}
    larger = {
        endpoint: -(-taken_by(view).most_bytes // 1024)
        for endpoint, view in views.items()
        if taken_by(view).most_bytes > SMALL_FORM_BYTES
    }
    assert larger == LARGER
    assert {name for name, view in views.items() if needed_for(view) is None} == {
        "door.show_link", "door.enter_by_link", "door.show_sign_in", "door.enter_by_password", "door.leave",
        "team.show_invitation", "team.join",
    }  # fmt: skip
    with_json = {name for name, view in views.items() if taken_by(view).kinds != FORMS}
    assert with_json == {
        "phone.send_pledge", "receipt.edit", "receipt.answer", "receipt.take_off", "receipt.withdraw", "own.erase_mine",
    }  # fmt: skip


def test_who_has_too_small_a_role_is_refused_before_a_body_is_read(
    app: Flask, cast: Cast, signed_in: SignIn, parsed: list[str]
) -> None:
    at_a_desk = [one for one in addresses(app, cast) if one[1].startswith(f"/desk/e/{cast.event.code}/")]
    assert len(at_a_desk) > 40
    less = {Role.MODERATOR: signed_in(cast.scribe), Role.ORGANISER: signed_in(cast.moderator)}
    strangers = signed_in(cast.other_organiser)
    for method, path, endpoint in at_a_desk:
        needed = needed_for(app.view_functions[endpoint])
        assert needed
        for browser in (less.get(needed, strangers), strangers):
            answer = browser.open(path, method=method, data=MUCH, content_type=FORM, headers={"Accept": JSON})
            # An event that may be gone is not looked for at the door: strangers meet the same as at one that never was.
            unseen = "too_large" if endpoint == "settings.delete" else "event_not_found"
            refused = unseen if browser is strangers else "not_your_role"
            assert (error(answer), parsed) == (refused, []), endpoint


def test_many_fields_are_counted_before_they_are_taken_apart(
    cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FormDataParser, "parse", None)
    rows = signed_in(cast.scribe).post(
        f"/desk/e/{cast.event.code}/enter/sheet",
        data=b"a=&" * 600_000,
        content_type=FORM,
        headers={"Accept": JSON},
    )
    assert (rows.status_code, error(rows)) == (413, "too_large")


def test_what_says_nothing_of_its_length_is_read_no_further_than_it_may_be(
    cast: Cast, guest: FlaskClient
) -> None:
    for kind, body in ((FORM, b"text=" + b"a" * 40_000), (JSON, json.dumps(a_draft("a" * 40_000)).encode())):
        answer = guest.post(
            f"/e/{cast.event.code}/pledges",
            content_type=kind,
            headers={"Accept": JSON, "Transfer-Encoding": "chunked"},
            environ_overrides={
                "wsgi.input": Endless(body),
                "wsgi.input_terminated": True,
                "CONTENT_LENGTH": "",
            },
        )
        assert (answer.status_code, error(answer)) == (413, "too_large")


def test_another_kind_of_body_is_named_wrong(cast: Cast, guest: FlaskClient, pledge: Submitted) -> None:
    for path in (f"/e/{cast.event.code}/pledges", f"/receipt/{pledge.receipt_token}/edit"):
        answer = guest.post(path, data=b"<pledge/>", content_type="text/xml", headers={"Accept": JSON})
        assert (answer.status_code, error(answer)) == (415, "wrong_content_type")


@pytest.mark.parametrize("letter", ["a", "ق", "🙂"])
def test_the_longest_pledge_fits_in_every_letter(
    cast: Cast, store: Store, guest: FlaskClient, letter: str
) -> None:
    store.write(lambda tx: tx.change_event(cast.event.code, text_limit=1000, moderation="before"))
    longest = a_draft(letter * 1000, name=letter * 60, organisation=letter * 80)
    url = f"/e/{cast.event.code}/pledges"
    assert guest.post(url, json=longest).status_code == 201
    assert guest.post(url, data=longest | a_draft(letter * 999), headers={"Accept": JSON}).status_code == 303


class Endless:
    """A body that ends when somebody who reads it has had enough."""

    def __init__(self, begins: bytes) -> None:
        self._begins = begins
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        assert self.given < 200_000, "it was read on and on"
        part = self._begins[: size if size > 0 else None] or b"a"
        self.given += len(part)
        return part

    def readinto(self, buffer: Any) -> int:
        part = self.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def error(answer: TestResponse) -> str:
    return str(answer.json["error"]["code"]) if answer.json else ""
