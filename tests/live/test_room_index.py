"""The rooms of each socket are kept with it: the same as python-socketio's own, without a walk through all rooms."""

from random import Random
from types import SimpleNamespace
from typing import Any

import socketio

from wall.live.room_index import RoomIndex

NAMESPACES = ("/", "/desk")
ROOMS = ("wall:AB12", "phone:AB12:3", "desk:AB12:1")


def manager(kind: type[socketio.Manager]) -> socketio.Manager:
    made = kind()
    ids = iter(range(1_000))
    engine = SimpleNamespace(generate_id=lambda: f"socket {next(ids)}")
    made.set_server(SimpleNamespace(eio=engine, packet_class=SimpleNamespace(json=None)))
    return made


def state(one: socketio.Manager) -> tuple[Any, ...]:
    rooms = {
        namespace: {room: dict(members) for room, members in there.items()}
        for namespace, there in one.rooms.items()
    }
    return rooms, one.pending_connect, one.pending_disconnect, list(one.callbacks)


def act(one: socketio.Manager, deed: str, sid: str, namespace: str, room: str) -> None:
    match deed:
        case "enter":
            one.basic_enter_room(sid, namespace, room)
        case "leave":
            one.basic_leave_room(sid, namespace, room)
        case "close":
            one.basic_close_room(room, namespace)
        case "go":
            one._generate_ack_id(sid, print)
            one.pre_disconnect(sid, namespace)
            one.basic_disconnect(sid, namespace)


def connect(one: socketio.Manager, engine_id: str, namespace: str, *, wholly: bool) -> str:
    sid: str = one.pre_connect(engine_id, namespace)
    return str(one.connect(sid, namespace)) if wholly else sid


def test_whatever_sockets_do_the_rooms_are_python_socketio_s_own() -> None:
    for seed in range(20):
        dice, both = Random(seed), (manager(socketio.Manager), manager(RoomIndex))
        there: list[tuple[str, str]] = []
        for step in range(120):
            deed = dice.choice(("connect", "connect", "enter", "enter", "leave", "close", "go"))
            if deed == "connect" or not there:
                namespace, wholly = dice.choice(NAMESPACES), dice.random() < 0.9
                (sid,) = {connect(one, f"engine {step}", namespace, wholly=wholly) for one in both}
                there.append((sid, namespace))
                continue
            sid, namespace = dice.choice(there)
            room = dice.choice(ROOMS)
            for one in both:
                act(one, deed, sid, namespace, room)
            if deed == "go":
                there.remove((sid, namespace))
            assert state(both[0]) == state(both[1]), f"seed {seed}, step {step}: {deed}"
            for one in there:
                assert sorted(both[0].get_rooms(*one)) == sorted(both[1].get_rooms(*one))


class NeverWalked(dict[Any, Any]):
    def items(self) -> Any:
        raise AssertionError("all rooms were walked")

    __iter__ = copy = keys = values = items


def test_what_is_done_for_one_socket_walks_no_other() -> None:
    index = manager(RoomIndex)
    sids = [index.connect(index.pre_connect(f"engine {number}", "/"), "/") for number in range(3)]
    index.rooms["/"] = NeverWalked(index.rooms["/"])
    index.basic_enter_room(sids[0], "/", ROOMS[0])
    assert sorted(index.get_rooms(sids[0], "/")) == sorted([sids[0], ROOMS[0]])
    index.basic_disconnect(sids[0], "/")
    assert len(index.rooms["/"]) == 3  # everybody, and the two that are left


def test_nothing_is_left_of_a_socket_that_went() -> None:
    index = manager(RoomIndex)
    sid = index.connect(index.pre_connect("engine 1", "/"), "/")
    index.basic_enter_room(sid, "/", ROOMS[0])
    index.basic_disconnect(sid, "/")
    index.basic_disconnect(sid, "/")
    assert (index.rooms, dict(index._rooms_of)) == ({}, {})
