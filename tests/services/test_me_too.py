"""*Me too*: once for each device, and it can be taken back."""

import csv
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn
from tests.support.asking import changes_since
from wall.services.pledges.moderation import hide_pledge
from wall.services.pledges.submitting import Submitted
from wall.store import Store
from wall.web.kit.context import Parts

Phone = Callable[[], FlaskClient]


@pytest.fixture
def another_phone(app: Flask, cast: Cast) -> Phone:
    """A phone that has opened the event's page, and so has its cookie."""

    def open_page() -> FlaskClient:
        phone = app.test_client()
        phone.get(f"/e/{cast.event.code}", headers={"Accept": "text/html"})
        return phone

    return open_page


@pytest.fixture
def url(cast: Cast, pledge: Submitted) -> str:
    return f"/e/{cast.event.code}/pledges/{pledge.pledge.id}/me-too"


def test_each_device_counts_once_and_can_take_it_back(another_phone: Phone, url: str) -> None:
    one, other = another_phone(), another_phone()
    assert [count(one.post(url)), count(one.post(url)), count(other.post(url))] == [1, 1, 2]
    assert [count(one.delete(url)), count(one.delete(url))] == [1, 1]


def test_walls_hear_of_it(
    parts: Parts, cast: Cast, another_phone: Phone, pledge: Submitted, url: str
) -> None:
    another_phone().post(url)
    changes = changes_since(parts.store, parts.addresses, cast.event.code, pledge.version)
    assert [(one["id"], one["me_too"]) for one in changes["pledges"]] == [(pledge.pledge.id, 1)]


def test_the_export_has_it(signed_in: SignIn, another_phone: Phone, cast: Cast, url: str) -> None:
    another_phone().post(url)
    [heading, row] = csv.reader(
        signed_in(cast.organiser).get(f"/desk/e/{cast.event.code}/export.csv").text.splitlines()
    )
    assert dict(zip(heading, row, strict=True))["Me too"] == "1"


def test_a_browser_without_cookies_is_told(guest: FlaskClient, url: str) -> None:
    told = guest.post(url)
    assert told.json
    assert told.json["error"]["code"] == "device_unknown"


def test_a_forged_cookie_is_no_device(guest: FlaskClient, url: str) -> None:
    guest.set_cookie("device", "somebody.else")
    assert guest.post(url).status_code == 403


def test_what_is_not_shown_takes_none(
    store: Store, cast: Cast, another_phone: Phone, pledge: Submitted, url: str
) -> None:
    phone = another_phone()
    hide_pledge(store, cast.organiser, cast.event.code, pledge.pledge.id)
    assert phone.post(url).status_code == 404
    assert phone.post(url.replace(cast.event.code, cast.other_event.code)).status_code == 404


def count(answer: object) -> int:
    told = answer.json  # type: ignore[attr-defined]
    return int(told["pledge"]["me_too"])
