"""Screens that watch: who hears what, how fast, and who hears nothing."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_socketio import SocketIO, SocketIOTestClient

from tests.conftest import Cast, SignIn, a_draft
from tests.support.running import wait_until
from wall.cli.threads import threading_runtime
from wall.core.drafts import read_draft
from wall.services.people.passwords import set_password
from wall.services.pledges.moderation import hide_pledge
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store


class Screen:
    """A Socket.IO client of the test, and everything that it ever heard."""

    def __init__(self, app: Flask, browser: FlaskClient, namespace: str = "/") -> None:
        sockets: SocketIO = app.extensions["socketio"]
        self._client: SocketIOTestClient = sockets.test_client(
            app, namespace=namespace, flask_test_client=browser
        )
        self._namespace = namespace
        self._heard: list[dict[str, Any]] = []
        self._asked: dict[str, Any] = {}

    @property
    def connected(self) -> bool:
        return bool(self._client.is_connected(self._namespace))

    def watch(self, **asked: Any) -> dict[str, Any]:
        self._asked = asked
        told: dict[str, Any] = self._client.emit("watch", asked, namespace=self._namespace, callback=True)
        return told

    def heard(self, name: str) -> list[Any]:
        self._heard += self._client.get_received(self._namespace)
        return [one["args"][0] for one in self._heard if one["name"] == name]

    def next_changes(self, version: int) -> dict[str, Any]:
        """What changed after the version that this screen has; late news of earlier changes is old.

        An announcement may begin earlier, with what moved just before; then the screen asks, as every screen does.
        """
        wait_until(lambda: self._beyond(version), f"changes from {version} are heard")
        told = self._beyond(version)[0]
        return told if told["from"] == version else self.watch(**self._asked | {"since": version})

    def _beyond(self, version: int) -> list[dict[str, Any]]:
        return [told for told in self.heard("changes") if told["from"] <= version < told["to"]]


@pytest.fixture
def wall(app: Flask, guest: FlaskClient) -> Screen:
    return Screen(app, guest)


def say(store: Store, code: str, text: str) -> Submitted:
    return submit_pledge(store, code, read_draft(a_draft(text)))


def test_a_wall_gets_what_is_there_and_then_each_change(wall: Screen, cast: Cast, store: Store) -> None:
    say(store, cast.event.code, "Before.")
    told = wall.watch(event=cast.event.code, since=0)
    assert [pledge["text"] for pledge in told["pledges"]] == ["Before."]

    say(store, cast.event.code, "After.")
    changes = wall.next_changes(told["to"])
    assert changes["to"] == told["to"] + 1
    assert [pledge["text"] for pledge in changes["pledges"]] == ["After."]


def test_a_wall_hears_that_a_pledge_is_hidden(
    wall: Screen, cast: Cast, store: Store, pledge: Submitted
) -> None:
    told = wall.watch(event=cast.event.code, since=0)
    hide_pledge(store, cast.organiser, cast.event.code, pledge.pledge.id)
    assert wall.next_changes(told["to"])["removed"] == [pledge.pledge.id]


def test_the_code_may_be_typed_in_any_case(wall: Screen, cast: Cast) -> None:
    assert wall.watch(event=f" {cast.event.code.lower()} ")["event"]["code"] == cast.event.code


def test_a_screen_ahead_of_the_server_is_told_to_start_again(wall: Screen, cast: Cast) -> None:
    assert wall.watch(event=cast.event.code, since=99)["error"]["code"] == "version_unknown"


def test_a_screen_follows_one_event_at_a_time(wall: Screen, cast: Cast, store: Store) -> None:
    wall.watch(event=cast.event.code)
    told = wall.watch(event=cast.other_event.code)
    say(store, cast.event.code, "Here.")
    say(store, cast.other_event.code, "There.")

    assert wall.next_changes(told["to"])["event"]["code"] == cast.other_event.code
    assert {changes["event"]["code"] for changes in wall.heard("changes")} == {cast.other_event.code}


def test_a_phone_hears_little_and_nothing_secret(app: Flask, cast: Cast, store: Store) -> None:
    phone = Screen(app, app.test_client())
    told = phone.watch(**{"event": cast.event.code, "as": "phone"})
    assert (told["shown"], told["latest"]) == (0, [])

    for number in range(20):
        say(store, cast.event.code, f"Pledge {number}")
    wait_until(lambda: phone.heard("room") and phone.heard("room")[-1]["shown"] == 20, "it has heard of all")
    rooms = phone.heard("room")
    assert len(rooms) < 20
    assert [pledge["text"] for pledge in rooms[-1]["latest"]] == [f"Pledge {n}" for n in range(19, 14, -1)]
    assert phone.heard("changes") == []
    assert not {"key", "receipt", "receipt_token", "status"} & set(rooms[-1]["latest"][0])


def test_a_desk_hears_all_statuses(
    app: Flask, cast: Cast, store: Store, signed_in: SignIn, pledge: Submitted
) -> None:
    desk = Screen(app, signed_in(cast.co_organiser), "/desk")
    told = desk.watch(event=cast.event.code, since=0)
    assert [one["status"] for one in told["pledges"]] == ["shown"]

    hide_pledge(store, cast.organiser, cast.event.code, pledge.pledge.id)
    assert [one["status"] for one in desk.next_changes(told["to"])["pledges"]] == ["hidden"]


def test_an_organiser_of_another_event_learns_nothing(app: Flask, cast: Cast, signed_in: SignIn) -> None:
    desk = Screen(app, signed_in(cast.other_organiser), "/desk")
    assert desk.watch(event=cast.event.code) == desk.watch(event="QQQQ")
    assert desk.watch(event="QQQQ")["error"]["code"] == "event_not_found"


def test_nobody_without_a_session_connects_to_the_desk(app: Flask, cast: Cast, guest: FlaskClient) -> None:
    assert not Screen(app, guest, "/desk").connected


def test_a_session_ended_by_a_new_password_hears_nothing_more(
    app: Flask, cast: Cast, store: Store, signed_in: SignIn
) -> None:
    desk = Screen(app, signed_in(cast.organiser), "/desk")
    set_password(store, threading_runtime().off_loop, cast.organiser, "Ann", "rivers run to the sea")
    assert desk.watch(event=cast.event.code)["error"]["code"] == "not_signed_in"
