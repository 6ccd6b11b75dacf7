"""Sockets: a venue joins at once, one phone opens a few, and one socket that floods waits, and then goes."""

from typing import Any

import pytest
from socketio import Client
from socketio.exceptions import ConnectionError as NotConnected

from tests.cli.test_serving import device_cookie
from tests.conftest import Cast, a_draft
from tests.limits.test_limits import Clock
from tests.live.test_watching import Screen
from tests.support.running import Server, running_server, wait_until
from wall.limits import policies
from wall.limits.allowances import AllowancesInMemory, Policy
from wall.limits.sockets import OpenSockets, Visitor

VENUE = "the venue"


def fill(crowd: OpenSockets, visitors: list[Visitor]) -> list[bool]:
    """Whether there was room for each; who got in watches."""
    check_access = []
    for number, visitor in enumerate(visitors):
        check_access.append(crowd.has_room_for(visitor))
        if check_access[-1]:
            crowd.enter(f"{visitor} {number}", visitor)
            crowd.note_watch(f"{visitor} {number}")
    return check_access


def test_two_thousand_phones_behind_one_address_come_in_with_two_pages_each() -> None:
    venue = [Visitor(f"phone {number}", VENUE) for number in range(2_000)]
    assert all(fill(OpenSockets(Clock()), venue * 2))


def test_all_of_a_venue_comes_back_at_once_after_a_restart() -> None:
    own = AllowancesInMemory(Clock())
    for _ in range(2):
        for number in range(2_000):
            claims = (policies.JOINS_BY_ADDRESS, VENUE), (policies.JOINS_BY_DEVICE, f"phone {number}")
            assert own.take(*claims) == 0
            assert own.take((policies.WATCHES_BY_EVENT, "Q7K4")) == 0
            assert own.take((policies.PAGES_BY_ADDRESS, VENUE)) == 0


def test_one_device_does_not_get_eight_hundred_and_others_do() -> None:
    crowd = OpenSockets(Clock())
    greedy, other = Visitor("greedy", VENUE), Visitor("other", VENUE)
    assert sum(fill(crowd, [greedy] * 800)) == policies.MOST_SOCKETS_OF_DEVICE
    assert fill(crowd, [other]) == [True]


def test_without_cookies_an_address_has_fewer_and_phones_beside_it_come_in() -> None:
    crowd = OpenSockets(Clock())
    assert sum(fill(crowd, [Visitor(None, VENUE)] * 800)) == policies.MOST_SOCKETS_WITHOUT_COOKIE
    assert fill(crowd, [Visitor("phone", VENUE), Visitor(None, "elsewhere")]) == [True, True]


def test_who_leaves_makes_room_and_leaves_nothing_behind() -> None:
    crowd = OpenSockets(Clock())
    visitor = Visitor("phone", VENUE)
    for _ in range(3):
        for number in range(policies.MOST_SOCKETS_OF_DEVICE):
            assert crowd.has_room_for(visitor)
            crowd.enter(str(number), visitor)
        for number in range(policies.MOST_SOCKETS_OF_DEVICE):
            crowd.leave(str(number))
            crowd.leave(str(number))
    assert (len(crowd), crowd._of_address, crowd._of_device, crowd._without_watch) == (0, {}, {}, 0)


def test_who_says_in_time_what_it_follows_stays() -> None:
    clock = Clock()
    crowd = OpenSockets(clock)
    for name in ("silent", "watching"):
        crowd.enter(name, Visitor(name, VENUE))
    crowd.note_watch("watching")
    assert crowd.silent() == []
    clock.now += policies.WATCH_WITHIN_SECONDS
    assert crowd.silent() == ["silent"]


def test_silent_sockets_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "MOST_SOCKETS_WITHOUT_WATCH", 3)
    crowd = OpenSockets(Clock())
    for number in range(3):
        crowd.enter(str(number), Visitor(str(number), VENUE))
    assert not crowd.has_room_for(Visitor("next", VENUE))
    crowd.note_watch("0")
    assert crowd.has_room_for(Visitor("next", VENUE))


@pytest.mark.parametrize("asked", ["watch", "showing"])
def test_a_socket_that_asks_too_often_is_told_when_to_go_on(
    app: Any, cast: Cast, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Policy("slow", burst=3, per_second=0.01)
    monkeypatch.setattr(policies, "WATCHES_BY_SOCKET", slow)
    monkeypatch.setattr(policies, "ASKING_BY_SOCKET", slow)
    wall, other = Screen(app, app.test_client()), Screen(app, app.test_client())
    sent = {"event": cast.event.code, "version": 1}
    told = [wall._client.emit(asked, sent, callback=True) for _ in range(5)]
    refused = [one["error"]["code"] for one in told if "error" in one]
    assert refused == ["too_many_asked"] * 2
    assert 90 < told[-1]["error"]["retry_after"] <= 100
    assert "error" not in other._client.emit(asked, sent, callback=True)


def test_following_an_event_looks_through_no_other_rooms(
    app: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = app.extensions["socketio"].server.manager
    monkeypatch.setattr(manager, "get_rooms", None)
    wall = Screen(app, app.test_client())
    for event in (cast.event, cast.other_event, cast.event):
        assert wall.watch(event=event.code)["event"]["code"] == event.code
    followed = [room for room in manager.rooms["/"] if room and ":" in room]
    assert followed == [f"wall:{cast.event.code}"]


def test_three_hundred_messages_on_one_socket_end_it_and_keep_nobody_waiting(any_server: Server) -> None:
    flood, wall = Client(reconnection=False), Client(reconnection=False)
    wall.connect(any_server.url, transports=["websocket"])
    flood.connect(any_server.url, transports=["websocket"])
    for _ in range(300):
        if flood.connected:
            flood.emit("watch", {"event": any_server.code, "since": 0})
    wait_until(lambda: not flood.connected, "the flooding socket is closed")
    assert wall.call("watch", {"event": any_server.code, "since": 0}, timeout=20)["pledges"] == []
    assert any_server.send(a_draft("Listen more."))[0] == 201
    wall.disconnect()


def test_a_device_with_too_many_sockets_opens_no_more_until_some_are_closed(any_server: Server) -> None:
    cookie = device_cookie(any_server)
    opened = [connected(any_server, cookie) for _ in range(policies.MOST_SOCKETS_OF_DEVICE)]
    with pytest.raises(NotConnected):
        connected(any_server, cookie)
    status, told = any_server.ask("GET", "/socket.io/?EIO=4&transport=polling", headers={"Cookie": cookie})
    assert (status, told["error"]["code"]) == (429, "too_many_asked")
    assert any_server.get("/socket.io/", EIO=4, transport="polling")[0] == 200  # somebody else

    for socket in opened:
        socket.disconnect()
    wait_until(lambda: comes_in(any_server, cookie), "there is room again")


def test_with_the_limits_switched_off_a_device_opens_as_many_as_it_likes(tmp_path: Any) -> None:
    with running_server(tmp_path, LIMITS="off") as server:
        cookie = device_cookie(server)
        opened = [connected(server, cookie) for _ in range(policies.MOST_SOCKETS_OF_DEVICE + 5)]
        assert all(socket.connected for socket in opened)
        for socket in opened:
            socket.disconnect()


def connected(server: Server, cookie: str) -> Client:
    client = Client(reconnection=False)
    client.connect(server.url, headers={"Cookie": cookie}, transports=["websocket"])
    return client


def comes_in(server: Server, cookie: str) -> bool:
    return server.ask("GET", "/socket.io/?EIO=4&transport=polling", headers={"Cookie": cookie})[0] == 200
