"""The Wi-Fi that an event shows: what may be set, what its code says, and who sees it."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn
from tests.support.running import wait_until
from tests.web.test_roles import HTML, JSON
from wall.core.errors import BadInput
from wall.core.events import Event
from wall.core.row_rules import check_row
from wall.core.value_rules import Unusable
from wall.core.wifi import Wifi, read_wifi, wifi_code
from wall.services.events.creating import duplicate_event
from wall.services.events.finding import find_event
from wall.services.events.settings import show_wifi
from wall.store import Store
from wall.web.kit.context import Parts

NAME, PASSWORD = "Royal Infirmary", "Quality;2026:spring"


def decode(told: str) -> dict[str, str]:
    """What a phone reads from the code: fields up to an unescaped semicolon, values without quotes and backslashes."""
    assert told.startswith("WIFI:")
    assert told.endswith(";;")
    fields = re.findall(r"([TSP]):((?:[^\\;]|\\.)*);", told.removeprefix("WIFI:"))
    return {
        key: value[1:-1] if re.fullmatch(r'"[0-9A-Fa-f]+"', value) else re.sub(r"\\(.)", r"\1", value)
        for key, value in fields
    }


@pytest.mark.parametrize(
    ("name", "password"),
    [
        (NAME, "spring-2027"), ("a;b:c,d\\e\"f", PASSWORD), ("\\;\\;", 'P:x;;S:"y"'), ("Café ☕", "x" * 63), ("ABCD", "deadbeef"),
        ("1234", "12345678"), ('"1234"', '"12345678"'), (";", "        \\"), ("Guest", ""),
    ],
)  # fmt: skip
def test_a_phone_reads_from_the_code_what_was_set(name: str, password: str) -> None:
    read = {"T": "WPA", "S": name, "P": password} if password else {"T": "nopass", "S": name}
    assert decode(wifi_code(name, password)) == read


def test_what_looks_like_hexadecimal_is_in_quotes_and_what_has_a_meaning_is_escaped() -> None:
    assert wifi_code("ABCD", "deadbeef") == 'WIFI:T:WPA;S:"ABCD";P:"deadbeef";;'
    assert wifi_code("a;b", 'c:d,e\\f"g') == 'WIFI:T:WPA;S:a\\;b;P:c\\:d\\,e\\\\f\\"g;;'


@pytest.mark.parametrize(
    ("form", "wifi"),
    [
        ({}, Wifi()),
        ({"wifi_name": " Guest ", "wifi_password": " spring-2027\n"}, Wifi("Guest", "spring-2027")),
        ({"wifi_name": "x" * 32, "wifi_password": "x" * 63}, Wifi("x" * 32, "x" * 63)),
        ({"wifi_name": "ŵ" * 16}, Wifi("ŵ" * 16, "")),
    ],
    ids=str,
)
def test_what_fits_is_taken(form: dict[str, str], wifi: Wifi) -> None:
    assert read_wifi(form) == wifi


WRONG = [
    ({"wifi_name": "x" * 33}, "wifi_name"), ({"wifi_name": "ŵ" * 17}, "wifi_name"), ({"wifi_name": "a\x00b"}, "wifi_name"),
    ({"wifi_name": "Guest", "wifi_password": "x" * 7}, "wifi_password"), ({"wifi_name": "Guest", "wifi_password": "x" * 64}, "wifi_password"),
    ({"wifi_name": "Guest", "wifi_password": "pässwörter"}, "wifi_password"), ({"wifi_name": "Guest", "wifi_password": "eight\x00888"}, "wifi_password"),
    ({"wifi_password": "spring-2027"}, "wifi_name"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "field"), WRONG, ids=str)
def test_what_does_not_fit_is_said_beside_its_field(form: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_wifi(form)
    assert list(refused.value.fields) == [field]


def set_wifi(desk: FlaskClient, cast: Cast, accept: str = JSON, **form: str) -> Any:
    return desk.post(f"/desk/e/{cast.event.code}/wifi", data=form, headers={"Accept": accept})


def test_a_refused_password_stays_typed_and_nothing_is_kept(
    cast: Cast, store: Store, signed_in: SignIn
) -> None:
    page = set_wifi(signed_in(cast.organiser), cast, HTML, wifi_name=NAME, wifi_password="short")
    assert page.status_code == 422
    assert f'value="{NAME}"' in page.text
    assert 'value="short"' in page.text
    assert 'id="wifi_password-problem"' in page.text
    assert find_event(store, cast.event.code) == cast.event


def with_wifi(store: Store, cast: Cast) -> Event:
    return show_wifi(store, cast.organiser, cast.event.code, Wifi(NAME, PASSWORD))


def test_the_wall_and_the_poster_show_it_and_nobody_else_is_told(
    app: Flask, cast: Cast, store: Store, parts: Parts, signed_in: SignIn, guest: FlaskClient
) -> None:
    with_wifi(store, cast)
    desk, code = signed_in(cast.organiser), cast.event.code
    for told in (
        guest.get(f"/e/{code}/wall").text,
        desk.get(f"/desk/e/{code}/poster").text,
        desk.get(f"/desk/e/{code}/poster?cards").text,
        desk.get(f"/desk/e/{code}/settings").text,
        parts.feeds.changes(code, 0, "wall").body.decode(),
    ):
        assert PASSWORD in told
    for path in (
        "", "/pledges", "/pledges?as=kept", "/wall/text", "/wall/kept", "/privacy", "/reach", "/qr.svg",
    ):  # fmt: skip
        page = guest.get(f"/e/{code}{path}", headers={"Accept": HTML})
        assert (page.status_code, "Quality" in page.text, "wifi" in page.text.casefold()) == (
            200,
            False,
            path == "/wall/kept",
        ), path
    for path in ("", "/pledges", "/audit", "/export.csv", "/export.json", "/export.html", "/before"):
        assert PASSWORD not in desk.get(f"/desk/e/{code}{path}", headers={"Accept": HTML}).text, path
    for audience in ("public", "kept"):
        assert b"wifi" not in parts.feeds.changes(code, 0, audience).body
    assert b"wifi" not in parts.feeds.room(code).body


def test_only_a_projector_hears_of_it_on_its_socket(
    app: Flask, cast: Cast, store: Store, guest: FlaskClient
) -> None:
    sockets = app.extensions["socketio"]
    screens = {}
    for name, asked in {
        "projector": {"screen": "projector"}, "companion": {}, "kept": {"as": "kept", "screen": "projector"}, "phone": {"as": "phone"},
    }.items():  # fmt: skip
        screen = sockets.test_client(app, flask_test_client=app.test_client())
        first = screen.emit("watch", {"event": cast.event.code, "since": 0, **asked}, callback=True)
        assert "wifi" not in str(first)
        screens[name] = screen
    with_wifi(store, cast)
    for name, hears in (("projector", True), ("companion", False), ("kept", False)):
        told: list[str] = []
        wait_until(
            lambda name=name, told=told: told.extend(map(str, screens[name].get_received())) or told,
            f"the {name} hears of the change",
        )
        assert (PASSWORD in "".join(told)) == hears, name
    again = {
        name: str(
            screen.emit(
                "watch", {"event": cast.event.code, "since": 0, "as": "wall", "screen": name}, callback=True
            )
        )
        for name, screen in screens.items()
    }
    assert {name for name, told in again.items() if PASSWORD in told} == {"projector"}


def test_its_code_can_be_scanned_and_is_gone_with_it(cast: Cast, store: Store, guest: FlaskClient) -> None:
    path = f"/e/{cast.event.code}/wall/wifi.svg"
    assert guest.get(path).status_code == 404
    with_wifi(store, cast)
    first = guest.get(path)
    assert first.mimetype == "image/svg+xml"
    assert guest.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    show_wifi(store, cast.organiser, cast.event.code, Wifi())
    assert guest.get(path).status_code == 404


def test_a_duplicate_has_it_too(cast: Cast, store: Store) -> None:
    with_wifi(store, cast)
    copy = duplicate_event(store, cast.organiser, cast.event.code)
    assert (copy.wifi_name, copy.wifi_password) == (NAME, PASSWORD)


def test_the_password_is_in_nothing_that_could_be_logged(cast: Cast, store: Store) -> None:
    event = with_wifi(store, cast)
    assert event.wifi_password == PASSWORD
    assert PASSWORD not in repr(event) + repr(Wifi(NAME, PASSWORD))


@pytest.mark.parametrize(
    "row",
    [
        {"wifi_name": "ŵ" * 17},
        {"wifi_password": "x" * 7},
        {"wifi_password": "x" * 64},
        {"wifi_password": "eight\n888"},
    ],
    ids=str,
)
def test_a_file_from_elsewhere_is_held_to_the_same_rules(row: dict[str, str]) -> None:
    with pytest.raises(Unusable):
        check_row("events", row)
