"""The cookies of two servers on one host, and of versions before this one."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import Signer
from werkzeug.test import Cookie

from tests.conftest import Cast, OpenApp
from tests.web.test_roles import HTML, error_of
from tests.web.test_sessions import sign_in_as, token_on
from wall.cli.demo import open_fresh
from wall.cli.threads import threading_runtime
from wall.core.people.sessions import IN_COOKIE
from wall.services.events.finding import open_events
from wall.services.people.links import make_desk_link
from wall.store import Store
from wall.web.kit.context import Parts, current_parts


def another_server(open_app: OpenApp, parts: Parts, folder: Path, **changed: Any) -> Flask:
    """Beside the one of the test, with the same secret and a database of its own."""
    settings = replace(parts.settings, database_url=f"sqlite:///{folder / 'demo.db'}", **changed)
    return open_app(settings)


def come_in_by_link(app: Flask, browser: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        browser.post(f"/desk/link/{make_desk_link(current_parts().store)}")


def cookies_of(browser: FlaskClient) -> list[Cookie]:
    return list((browser._cookies or {}).values())


def carry_cookies(giver: FlaskClient, taker: FlaskClient, rename: tuple[str, str] = ("", "")) -> None:
    """One browser knows both servers by the same host."""
    for cookie in cookies_of(giver):
        taker.set_cookie(cookie.key.replace(*rename), cookie.value)


def test_whoever_is_signed_in_to_a_demo_is_a_guest_at_the_real_server(
    open_app: OpenApp, app: Flask, guest: FlaskClient, parts: Parts, store: Store, cast: Cast, tmp_path: Path
) -> None:
    demo = another_server(open_app, parts, tmp_path)
    at_demo = demo.test_client()
    come_in_by_link(demo, at_demo)
    assert at_demo.get("/desk/events").status_code == 200

    with demo.app_context():
        theirs = current_parts().store.identity
    for rename in (("", ""), (theirs, store.identity)):
        carry_cookies(at_demo, guest, rename)
        for page in (
            "/desk/events",
            f"/desk/e/{cast.event.code}/settings",
            f"/desk/e/{cast.event.code}/export.csv",
        ):
            assert error_of(guest.get(page)) == (401, "not_signed_in")


def test_what_another_server_signed_is_not_even_read(
    open_app: OpenApp, app: Flask, guest: FlaskClient, parts: Parts, store: Store, tmp_path: Path
) -> None:
    """Else a form's token from there would be good here, whoever has a session."""
    demo = another_server(open_app, parts, tmp_path)
    at_demo = demo.test_client()
    token = token_on(at_demo.get("/desk/sign-in", headers={"Accept": HTML}))
    with demo.app_context():
        theirs = current_parts().store.identity
    carry_cookies(at_demo, guest, (theirs, store.identity))
    assert guest.get_cookie(f"desk_{store.identity}")
    with guest.session_transaction() as session:
        assert dict(session) == {}
    left = guest.post("/desk/sign-out", data={"csrf_token": token}, headers={"Accept": "application/json"})
    assert error_of(left) == (403, "form_expired")


def test_one_browser_is_signed_in_to_two_servers_of_one_host(
    open_app: OpenApp, app: Flask, parts: Parts, store: Store, cast: Cast, tmp_path: Path
) -> None:
    other = another_server(open_app, parts, tmp_path)
    here, there = app.test_client(), other.test_client()
    for server, browser in ((app, here), (other, there)):
        with server.app_context():
            code = open_events(current_parts().store)[0].code
        browser.get(f"/e/{code}?lang=cy", headers={"Accept": HTML})
        come_in_by_link(server, browser)
    mine = {cookie.key for cookie in cookies_of(here)}
    theirs = {cookie.key for cookie in cookies_of(there)}

    assert {name.split("_")[0] for name in mine} == {"desk", "device", "language", "known"}
    assert not mine & theirs
    carry_cookies(there, here)
    carry_cookies(here, there)
    assert here.get("/desk/events").status_code == there.get("/desk/events").status_code == 200


def test_a_demo_that_is_begun_again_keeps_the_names_of_its_cookies(tmp_path: Path) -> None:
    identities = set()
    for _ in range(2):
        _, store = open_fresh(f"sqlite:///{tmp_path / 'wall.db'}", threading_runtime())
        identities.add(store.identity)
        store.close()
    assert len(identities) == 1


def sign(parts: Parts, device: str) -> str:
    """A device's cookie as it was before names had an identity."""
    return Signer(parts.settings.secret_key, salt="device").sign(device).decode()


def test_a_phone_from_an_earlier_version_stays_the_same_device(
    guest: FlaskClient, parts: Parts, cast: Cast, store: Store
) -> None:
    guest.set_cookie("device", sign(parts, "same-phone"))
    assert parts.devices.of({"HTTP_COOKIE": f"device={sign(parts, 'same-phone')}"}) == "same-phone"
    guest.get(f"/e/{cast.event.code}", headers={"Accept": HTML})
    renewed = guest.get_cookie(f"device_{store.identity}")
    assert renewed
    assert renewed.value == sign(parts, "same-phone")


def test_a_language_that_was_chosen_in_an_earlier_version_is_spoken_on(
    guest: FlaskClient, cast: Cast
) -> None:
    guest.set_cookie("language", "cy")
    assert '<html lang="cy"' in guest.get(f"/e/{cast.event.code}", headers={"Accept": HTML}).text


def test_behind_https_no_other_host_of_the_domain_can_plant_a_cookie(
    open_app: OpenApp, parts: Parts, tmp_path: Path
) -> None:
    app = another_server(open_app, parts, tmp_path, public_url="https://wall.example.org")
    browser = app.test_client()
    browser.get("/?lang=pl", headers={"Accept": HTML}, base_url="https://wall.example.org")
    sent = browser.get("/desk/sign-in", headers={"Accept": HTML}, base_url="https://wall.example.org")
    cookies = [*sent.headers.getlist("Set-Cookie"), *(one.key for one in cookies_of(browser))]
    assert len(cookies) == 4
    assert all(one.startswith("__Host-") for one in cookies)
    assert all(part in cookies[0] for part in ("Secure", "Path=/"))
    assert "Domain" not in cookies[0]


@pytest.mark.parametrize("days", [-400, -1, 1])
def test_no_clock_makes_a_cookie_or_a_form_s_token_invalid(
    app: Flask, cast: Cast, store: Store, days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database says when a session ends; the signatures carry no time that counts."""
    browser = app.test_client()
    with browser.session_transaction() as session:
        session[IN_COOKIE] = sign_in_as(store, cast.organiser)
    form = token_on(browser.get("/desk/password", headers={"Accept": HTML}))
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + days * 24 * 3600)
    assert browser.get("/desk/events").status_code == 200
    left = browser.post("/desk/sign-out", data={"csrf_token": form}, headers={"Accept": HTML})
    assert left.status_code == 303
