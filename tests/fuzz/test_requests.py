"""Anything, sent to any address, by a guest and by an organiser."""

import json
import re
from functools import cache
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.conftest import Cast, SignIn, a_draft
from tests.fuzz.calm import calm
from tests.fuzz.hostile import texts, values
from tests.fuzz.tries import MANY
from tests.support.running import PROJECT
from wall.services.pledges.submitting import Submitted

TAKES_LONG_BY_NATURE = {
    "door.enter_by_password",
    "account.choose_password",
    "exports.download",
    "before.check_load",
}
"""Hashing a password and drawing a PDF take long, off the loop; a load check talks to a server that is not there."""

KINDS = (
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data; boundary=b",
    "text/plain",
)


@cache
def fields() -> list[str]:
    """Every name that a form of ours sends."""
    found: set[str] = set()
    for page in (PROJECT / "templates").rglob("*.html"):
        found |= set(re.findall(r'\bname="([\w-]+)"', page.read_text()))
    return sorted(found)


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Each address with each of its methods."""
    return sorted(
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in TAKES_LONG_BY_NATURE
        for method in (rule.methods or set()) - {"OPTIONS"}
    )


@pytest.fixture(params=["guest", "organiser"])
def browser(request: pytest.FixtureRequest, signed_in: SignIn, guest: FlaskClient, cast: Cast) -> FlaskClient:
    return guest if request.param == "guest" else signed_in(cast.organiser)


@MANY
@given(data=st.data())
def test_whatever_is_sent_to_whatever_address_has_an_answer(
    app: Flask, browser: FlaskClient, cast: Cast, pledge: Submitted, data: st.DataObject
) -> None:
    address, method = data.draw(st.sampled_from(addresses(app)))
    known = {
        "code": cast.event.code,
        "pledge_id": pledge.pledge.id,
        "token": pledge.receipt_token,
        "kind": "csv",
    }
    path = re.sub(
        r"<(?:[^:<>]+:)?(\w+)>",
        lambda place: quote(data.draw(_part(known.get(place[1]))), safe="", errors="replace"),
        address,
    )
    query = data.draw(
        st.dictionaries(st.sampled_from(["since", "as", "lang", "text", "code", "status"]), texts, max_size=2)
    )
    kind = data.draw(st.sampled_from(KINDS))
    with calm():
        answer = browser.open(
            path,
            method=method,
            query_string={name: _utf8(value) for name, value in query.items()},
            data=None if method == "GET" else data.draw(_body(kind)),
            content_type=kind,
            headers={"Accept": data.draw(st.sampled_from(["application/json", "text/html", "*/*"]))},
        )
        _read(answer)
    assert answer.status_code < 500, (method, path, answer.status_code)


@MANY
@given(
    name=st.sampled_from(["Cookie", "Accept", "Accept-Language", "If-None-Match", "Content-Type", "Range"]),
    value=texts,
)
def test_whatever_is_in_a_header_has_an_answer(guest: FlaskClient, cast: Cast, name: str, value: str) -> None:
    sent = value.encode("utf-8", "replace").decode("latin-1").translate(dict.fromkeys(map(ord, "\r\n\x00")))
    with calm():
        answers = [
            guest.get(path, headers={name: sent})
            for path in (f"/e/{cast.event.code}", f"/e/{cast.event.code}/pledges", "/desk", "/health")
        ]
    assert all(answer.status_code < 500 for answer in answers)


@MANY
@given(
    sent=st.dictionaries(
        st.sampled_from(["text", "name", "organisation", "theme", "key", "form"]), values | texts
    )
)
def test_whatever_a_phone_sends_as_json_is_stored_or_refused(
    guest: FlaskClient, cast: Cast, sent: dict[str, Any]
) -> None:
    body = json.dumps(a_draft("Listen more.") | sent).encode("utf-8", "surrogatepass")
    with calm():
        answer = guest.post(f"/e/{cast.event.code}/pledges", data=body, content_type="application/json")
    assert answer.status_code in (200, 201, 409, 413, 422, 429)


def _part(known: str | None) -> st.SearchStrategy[str]:
    return texts if known is None else st.just(known) | texts


def _body(kind: str) -> st.SearchStrategy[bytes]:
    if kind == "application/json":
        return values.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))
    if kind == "text/plain":
        return st.binary(max_size=2_000)
    return _form().map(_multipart if kind.startswith("multipart") else _encoded)


def _form() -> st.SearchStrategy[list[tuple[str, str]]]:
    """A pledge that would be stored, and anything in place of some of it, and of what other forms send."""
    anything = st.dictionaries(st.sampled_from(fields()), texts, max_size=6)
    return anything.map(lambda sent: [*(a_draft("Listen more.") | sent).items()])


def _encoded(parts: list[tuple[str, str]]) -> bytes:
    return "&".join(f"{name}={quote(_utf8(value))}" for name, value in parts).encode()


def _multipart(parts: list[tuple[str, str]]) -> bytes:
    made = b""
    for name, value in parts:
        made += f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        made += value.encode("utf-8", "surrogatepass") + b"\r\n"
    return made + b"--b--\r\n"


def _utf8(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def _read(answer: TestResponse) -> None:
    """All of it: what is streamed can break late."""
    assert answer.get_data() is not None
