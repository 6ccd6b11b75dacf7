"""What this server answers to: its own names and what no stranger can own. DNS rebinding ends at the door."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from tests.conftest import Cast, OpenApp, a_draft
from tests.support.cases import case
from wall.web.kit.context import Parts, current_parts
from wall.web.kit.fair_use import FairUse

OURS = [
    "wall.test", "WALL.TEST:8000", "wall.test.", "127.0.0.1:8000", "192.168.178.20", "10.0.0.7:80", "[::1]:8000", "[fe80::1]",
    "localhost:8000", "anns-laptop", "anns-laptop.local", "anns-laptop.lan:8000", "wall.home.arpa", "1.2.3.4",
]  # fmt: skip
STRANGERS = [
    "evil.example", "wall.test.evil.example", "evilwall.test.com", "127.0.0.1.evil.example", "local.com", "192.168.1.1.nip.io",
    "evil.example:8000", "", " ", "a b", "wall.test/", "wall.test@evil.example", "wall.test,evil.example", "<script>", "[::1", "::1",
    "wall.test:8000:9", "wall.test:x", "ö.example", "x" * 300,
]  # fmt: skip
PATHS = ["/", "/health", "/static/x", "/socket.io/?EIO=4&transport=polling", "/e/QQQQ/pledges"]


def test_every_way_in_which_a_phone_reaches_it_is_answered(guest: FlaskClient) -> None:
    for host in OURS:
        assert guest.get("/health", headers={"Host": host}).status_code == 200, host


def test_a_stranger_s_name_is_refused_everywhere_and_nothing_is_told(guest: FlaskClient) -> None:
    for host, path in product(STRANGERS, PATHS):
        with case(f"{host[:24]!r} {path}"):
            told = guest.get(path, headers={"Host": host}, environ_overrides={"HTTP_HOST": host})
            assert told.status_code == 421
            assert (told.json or {})["error"]["code"] == "wrong_host"


def test_somebody_who_came_by_a_strange_name_reads_which_address_to_use(
    guest: FlaskClient, cast: Cast
) -> None:
    headers = {"Host": "evil.example", "Accept": "text/html"}
    page = guest.get(f"/e/{cast.event.code}", headers=headers)
    assert page.status_code == 421
    assert "http://wall.test" in page.text
    assert "evil" not in page.text
    assert cast.event.title not in page.text


def another_app(open_app: OpenApp, parts: Parts, tmp_path: Path, **changed: object) -> Flask:
    settings: Settings = replace(parts.settings, database_url=f"sqlite:///{tmp_path / 'other.db'}", **changed)  # type: ignore[arg-type]
    return open_app(settings)


def test_names_from_the_settings_are_answered(open_app: OpenApp, parts: Parts, tmp_path: Path) -> None:
    app = another_app(open_app, parts, tmp_path, hosts=("pledges.example.org",), public_url=None)
    asked = [
        app.test_client().get("/health", headers={"Host": host})
        for host in (
            "Pledges.Example.org:80", "wall.test.org", "evilpledges.example.org", "evil.pledges.example.org",
            "pledges.example.org.evil.com",
        )
    ]  # fmt: skip
    assert [one.status_code for one in asked] == [200, 421, 421, 421, 421]
    with app.app_context():
        current_parts().store.close()


def test_without_a_proxy_nobody_is_believed_who_says_that_they_are_one(
    parts: Parts, guest: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = guest.get("/health", headers={"Host": "evil.example", "X-Forwarded-Host": "wall.test"})
    assert address.status_code == 421
    claims = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "192.0.2.1",
    }
    told = guest.post(
        f"/e/{cast.event.code}/pledges", json=a_draft("Listen."), headers={"Host": "wall.test"} | claims
    )
    assert (told.json or {})["receipt"].startswith("http://wall.test/")

    asked: list[str] = []
    monkeypatch.setattr(FairUse, "allow_page", lambda self, device, address: asked.append(address))
    guest.get("/", headers=claims)
    assert asked == ["127.0.0.1"]


def test_behind_a_proxy_it_is_the_name_that_the_browser_used(
    open_app: OpenApp, parts: Parts, tmp_path: Path
) -> None:
    app = another_app(open_app, parts, tmp_path, trusted_proxies=1, public_url="https://wall.example.org")
    statuses = [
        app.test_client()
        .get("/health", headers={"Host": "upstream.example", "X-Forwarded-Host": host})
        .status_code
        for host in ("wall.example.org", "evil.example")
    ]
    assert statuses == [200, 421]
    with app.app_context():
        current_parts().store.close()


def test_a_page_of_somebody_else_opens_no_socket(guest: FlaskClient) -> None:
    """In the browser of somebody who is signed in here, say: a socket brings their cookie along."""
    for origin, status in {
        "http://wall.test": 200,
        "http://evil.example": 400,
        "https://wall.test.evil.example": 400,
        "null": 400,
    }.items():
        headers = {"Host": "wall.test", "Origin": origin}
        answer = guest.get("/socket.io/?EIO=4&transport=polling", headers=headers)
        assert answer.status_code == status, origin
        assert answer.headers.get("Access-Control-Allow-Origin") in (None, "http://wall.test"), origin
