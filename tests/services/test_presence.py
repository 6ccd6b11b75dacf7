"""How the room is: which screens are connected, what the projectors show, and whether the server is well."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_socketio import SocketIO, SocketIOTestClient

from tests.conftest import Cast, SignIn
from tests.live.test_watching import say
from wall.core.events import Event
from wall.services.events.finding import HIGHEST_VERSION
from wall.services.pledges.submitting import Submitted
from wall.services.server.health import BUSY_LEDGER, LOW_DISK_BYTES, server_state
from wall.store import Store, heartbeats


class Socket:
    """One screen's connection."""

    def __init__(self, app: Flask, browser: FlaskClient, namespace: str = "/") -> None:
        sockets: SocketIO = app.extensions["socketio"]
        self._namespace = namespace
        self._client: SocketIOTestClient = sockets.test_client(
            app, namespace=namespace, flask_test_client=browser
        )

    def ask(self, message: str, *sent: Any) -> Any:
        return self._client.emit(message, *sent, namespace=self._namespace, callback=True)

    def leave(self) -> None:
        self._client.disconnect(self._namespace)


class Room:
    """Screens come and go; a moderator at the desk of each event asks how it is."""

    def __init__(self, app: Flask, cast: Cast, signed_in: SignIn) -> None:
        self._app = app
        people = {cast.event.code: cast.moderator, cast.other_event.code: cast.other_organiser}
        self._desks = {code: Socket(app, signed_in(person), "/desk") for code, person in people.items()}

    def phone(self, event: Event) -> Socket:
        return self._enter(event, {"as": "phone"})

    def projector(self, event: Event) -> Socket:
        return self._enter(event, {"as": "wall", "screen": "projector"})

    def follower(self, event: Event) -> Socket:
        """Somebody who reads the wall on a screen of their own."""
        return self._enter(event, {})

    def state(self, event: Event) -> dict[str, Any]:
        state: dict[str, Any] = self._desks[event.code].ask("state", {"event": event.code})
        return state

    def screens(self, event: Event) -> tuple[int, list[int | None]]:
        """How many phones, and the version on each projector."""
        state = self.state(event)
        return state["phones"], state["projectors"]

    def stranger(self) -> Socket:
        """A screen that follows nothing."""
        return Socket(self._app, self._app.test_client())

    def _enter(self, event: Event, asked: dict[str, str]) -> Socket:
        screen = self.stranger()
        screen.ask("watch", {"event": event.code} | asked)
        return screen


@pytest.fixture
def room(app: Flask, cast: Cast, signed_in: SignIn) -> Room:
    return Room(app, cast, signed_in)


def test_phones_and_projectors_are_counted_while_they_watch(room: Room, cast: Cast) -> None:
    assert room.screens(cast.event) == (0, [])
    phones = [room.phone(cast.event) for _ in range(3)]
    projector = room.projector(cast.event)
    room.follower(cast.event)
    assert room.screens(cast.event) == (3, [None])

    phones[0].leave()
    projector.leave()
    assert room.screens(cast.event) == (2, [])


def test_each_event_has_its_own_screens(room: Room, cast: Cast) -> None:
    room.phone(cast.event)
    room.projector(cast.other_event)
    assert (room.screens(cast.event), room.screens(cast.other_event)) == ((1, []), (0, [None]))


def test_a_screen_that_goes_to_another_event_counts_there(room: Room, cast: Cast) -> None:
    phone = room.phone(cast.event)
    phone.ask("watch", {"event": cast.other_event.code, "as": "phone"})
    phone.ask("watch", {"event": cast.other_event.code, "as": "phone"})
    assert (room.screens(cast.event), room.screens(cast.other_event)) == ((0, []), (1, []))


def test_a_screen_that_asks_for_no_event_counts_nowhere(room: Room, cast: Cast) -> None:
    room.stranger().ask("watch", {"event": "QQQQ", "as": "phone"})
    room.stranger().ask("watch", {"as": "phone"})
    room.stranger().ask("showing", {"version": 7})
    assert room.screens(cast.event) == (0, [])


def test_each_projector_tells_which_version_its_people_see(room: Room, cast: Cast, pledge: Submitted) -> None:
    first, _second = room.projector(cast.event), room.projector(cast.event)
    assert first.ask("showing", {"version": pledge.version}) == {}
    assert room.screens(cast.event) == (0, [pledge.version, None])
    first.ask("showing", {"version": pledge.version + 1})
    assert room.screens(cast.event) == (0, [pledge.version + 1, None])


@pytest.mark.parametrize(
    "sent",
    [(), ({},), ([],), (None,), (7,), ("7",), ({"version": None},), ({"version": -1},), ({"version": 1.5},),
     ({"version": True},), ({"version": "x"},), ({"version": "٧"},), ({"version": ""},), ({"version": [7]},),
     ({"version": HIGHEST_VERSION + 1},), ({"version": "9" * 400},)],
    ids=lambda sent: str(sent)[:40],
)  # fmt: skip
def test_rubbish_from_a_projector_changes_nothing(room: Room, cast: Cast, sent: tuple[Any, ...]) -> None:
    projector = room.projector(cast.event)
    projector.ask("showing", {"version": 3})
    assert projector.ask("showing", *sent)["error"]["code"] == "bad_input"
    assert room.screens(cast.event) == (0, [3])


def test_a_phone_that_says_what_it_shows_is_no_projector(room: Room, cast: Cast) -> None:
    room.phone(cast.event).ask("showing", {"version": 3})
    assert room.screens(cast.event) == (1, [])


def test_the_state_tells_how_far_the_event_is_and_that_the_server_is_well(
    room: Room, cast: Cast, store: Store
) -> None:
    before = room.state(cast.event)
    say(store, cast.event.code, "Listen more.")
    after = room.state(cast.event)
    assert after["version"] == before["version"] + 1
    assert set(after) == {"version", "phones", "projectors", "server"}
    server = after["server"]
    assert (server["database"], server["disk"], server["ledger"]) == ("ok", "ok", "ok")
    assert server["free_mb"] == pytest.approx(store.free_bytes() / 1_000_000, rel=0.1)
    assert server["waiting"] >= 0


@pytest.mark.parametrize("sent", [(), ({},), ("state",), ({"event": 7},), ({"event": ["Q7K4"]},)], ids=str)
def test_a_state_of_nothing_is_refused(
    room: Room, app: Flask, cast: Cast, signed_in: SignIn, sent: Any
) -> None:
    desk = Socket(app, signed_in(cast.moderator), "/desk")
    assert desk.ask("state", *sent)["error"]["code"] == "bad_input"


@pytest.mark.parametrize(("free", "disk"), [(LOW_DISK_BYTES, "ok"), (LOW_DISK_BYTES - 1, "low"), (0, "low")])
def test_a_disk_that_gets_full_is_seen(
    room: Room, cast: Cast, store: Store, monkeypatch: pytest.MonkeyPatch, free: int, disk: str
) -> None:
    monkeypatch.setattr(store, "free_bytes", lambda: free)
    server = room.state(cast.event)["server"]
    assert (server["disk"], server["free_mb"], server["database"]) == (disk, free // 1_000_000, "ok")


@pytest.mark.parametrize("query", ["beat", "latest"])
def test_a_database_that_cannot_be_written_or_read_is_seen(
    store: Store, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    def fail(*_: Any) -> None:
        raise OSError("disk I/O error")

    monkeypatch.setattr(heartbeats, query, fail)
    server = server_state(store)
    assert (server["database"], server["disk"], server["ledger"]) == ("failed", "ok", "ok")


@pytest.mark.parametrize(("waiting", "ledger"), [(BUSY_LEDGER - 1, "ok"), (BUSY_LEDGER, "busy")])
def test_a_ledger_that_cannot_keep_up_is_seen(
    store: Store, monkeypatch: pytest.MonkeyPatch, waiting: int, ledger: str
) -> None:
    monkeypatch.setattr(type(store.ledger), "waiting", property(lambda _: waiting))
    server = server_state(store)
    assert (server["ledger"], server["waiting"], server["database"]) == (ledger, waiting, "ok")
