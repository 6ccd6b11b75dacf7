"""Rubbish of every kind, sent to the real server: a clear error each time, and nothing else changes."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

import pytest
import websocket
from socketio import Client
from socketio.exceptions import ConnectionError as SentAway

from tests.conftest import a_draft
from tests.support.running import OwnServer, running_server
from wall.web.kit.bodies import PLEDGE_BYTES

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
HALF_A_PAIR = "\ud83d"


in_both_modes = pytest.mark.parametrize("room", ["eventlet", "threading"], indirect=True)
"""For what reaches the program by a way of its own in each: bodies, addresses and methods as they come, and sockets."""


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], OwnServer]]:
    """The server of each mode, once somebody asks for it."""
    with ExitStack() as stack:

        @cache
        def start(mode: str) -> OwnServer:
            folder = tmp_path_factory.mktemp("room")
            server = stack.enter_context(running_server(folder, ASYNC_MODE=mode))
            server.send(a_draft("Listen more."))
            return server

        yield start


@pytest.fixture
def room(request: pytest.FixtureRequest, rooms: Callable[[str], OwnServer]) -> OwnServer:
    """A server with one pledge on its wall; no test of this file may change that."""
    return rooms(getattr(request, "param", "eventlet"))


@pytest.fixture
def screen(room: OwnServer) -> Iterator[Client]:
    """A wall that watches all the while."""
    client = Client(reconnection=False)
    client.connect(room.url, transports=["websocket"])
    yield client
    client.disconnect()


@pytest.fixture(autouse=True)
def nothing_else_changes(room: OwnServer) -> Iterator[None]:
    before = room.get(f"/e/{room.code}/pledges")
    yield
    assert room.get(f"/e/{room.code}/pledges") == before
    assert not [line for line in room.printed if "Traceback" in line]


def assert_refused(answer: tuple[int, Any], status: int, code: str, *fields: str) -> None:
    told_status, told = answer
    assert (told_status, told["error"]["code"]) == (status, code)
    assert told["error"]["message"]
    assert set(told["error"].get("fields", {})) == set(fields)


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "\n \t\n", "\u200b\u200d", "\u3164", "\ufffc", "\u200e \u200f\ufffc", "x" * 281, "x" * 100_000 + "y", "bell\x07", "nul\x00",
        "\u202eright to left", "\u2066isolated", "e" + "\u0301" * 10_000, "Z\u030a\u0301\u0302\u0303\u0304\u0305",
        HALF_A_PAIR, f"a{HALF_A_PAIR}b", 7, 1.5, True, None, [], {}, ["Listen more."], {"text": "Listen"},
    ],
    ids=lambda text: repr(text)[:20],
)  # fmt: skip
def test_a_text_that_cannot_be_kept(room: OwnServer, text: object) -> None:
    if isinstance(text, str) and len(json.dumps(text)) > PLEDGE_BYTES:
        assert_refused(room.send(a_draft("") | {"text": text}), 413, "too_large")
    else:
        assert_refused(room.send(a_draft("") | {"text": text}), 422, "bad_input", "text")


@pytest.mark.parametrize("field", ["name", "organisation", "theme"])
@pytest.mark.parametrize("sent", ["x" * 81, "\x1b[31m", "\u202e", HALF_A_PAIR, 3, [], {}, False])
def test_an_optional_field_that_cannot_be_kept(room: OwnServer, field: str, sent: object) -> None:
    assert_refused(room.send(a_draft("Listen.") | {field: sent}), 422, "bad_input", field)


def test_a_theme_that_the_event_does_not_have(room: OwnServer) -> None:
    assert_refused(room.send(a_draft("Listen.", theme="Golf")), 422, "bad_input", "theme")


A_KEY = "7f0c3a5e-1b2d-4c3e-8f4a-5b6c7d8e9f00"


@pytest.mark.parametrize("key", ["", "1234", "x" * 36, f"{A_KEY}0", f"{{{A_KEY}}}", 5, None, []])
def test_a_key_that_is_no_uuid(room: OwnServer, key: object) -> None:
    assert_refused(room.send(a_draft("Listen.") | {"key": key}), 422, "bad_input", "key")


def test_every_wrong_field_is_named_at_once(room: OwnServer) -> None:
    assert_refused(room.send({"text": 1, "name": 2}), 422, "bad_input", "key", "text", "name")


@in_both_modes
@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", '"text"', "12", "null", "true", "NaN", '{"key"', "[" * 5_000, b"\xff\xfe", b"\x00"],
    ids=lambda body: repr(body)[:12],
)  # fmt: skip
def test_json_that_is_no_object(room: OwnServer, body: str | bytes) -> None:
    sent = body if isinstance(body, bytes) else body.encode()
    assert_refused(room.ask("POST", f"/e/{room.code}/pledges", sent, JSON), 422, "bad_json")


@in_both_modes
@pytest.mark.parametrize(
    "kind", ["application/json", FORM["Content-Type"], "multipart/form-data; boundary=b"]
)
def test_a_body_of_five_megabytes(room: OwnServer, kind: str) -> None:
    status, told = send_as_much_as_it_takes(room, kind, 5_000_000)
    assert (status, json.loads(told)["error"]["code"]) == (413, "too_large")


def send_as_much_as_it_takes(room: OwnServer, kind: str, size: int) -> tuple[int, bytes]:
    """The server may answer, and hang up, before it was sent everything."""
    with socket.create_connection(("127.0.0.1", room.port), timeout=30) as connection:
        head = f"POST /e/{room.code}/pledges HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n"
        head += f"Accept: application/json\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode())
        for _ in range(size // 10_000):
            try:
                connection.sendall(b"x" * 10_000)
            except OSError:
                break
        answer = b""
        while not _is_whole(answer) and (more := _receive(connection)):
            answer += more
    head_told, _, body = answer.partition(b"\r\n\r\n")
    return int(head_told.split()[1]), body


def _receive(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except ConnectionResetError:
        return b""


def _is_whole(answer: bytes) -> bool:
    return answer.rstrip().endswith(b"}}")


@in_both_modes
@pytest.mark.parametrize("kind", ["text/plain", "text/html", "application/xml", "image/png", "rubbish", ""])
def test_a_body_of_another_kind(room: OwnServer, kind: str) -> None:
    answer = room.ask("POST", f"/e/{room.code}/pledges", b"Listen more.", {"Content-Type": kind})
    assert_refused(answer, 415, "wrong_content_type")


@in_both_modes
@pytest.mark.parametrize("code", ["QQQQ", "x", "%00", "..", "%F0%9F%92%9A", "a" * 500, "%FF", "'--"])
def test_an_event_that_does_not_exist(room: OwnServer, code: str) -> None:
    assert_refused(room.post(f"/e/{code}/pledges", a_draft("Listen.")), 404, "event_not_found")
    assert_refused(room.get(f"/e/{code}/pledges"), 404, "event_not_found")
    for page in (f"/e/{code}", f"/e/{code}/wall", f"/e/{code}/qr.svg"):
        status, told = room.ask("GET", page, headers={"Accept": "text/html"})
        assert status == 404
        assert "<h1" in told


@pytest.mark.parametrize(
    "since", ["-1", "1.5", "x", "", "1e3", "9" * 400, "٣", "null", "0x1", "9007199254740992"]
)
def test_a_version_that_is_no_version(room: OwnServer, since: str) -> None:
    assert_refused(room.get(f"/e/{room.code}/pledges", since=since), 422, "bad_input", "since")


def test_a_version_that_the_event_has_not_reached(room: OwnServer) -> None:
    assert_refused(room.get(f"/e/{room.code}/pledges", since=10**9), 422, "version_unknown")


@pytest.mark.parametrize("token", ["x", "a" * 3_000, "%00", "0" * 22])
def test_a_receipt_that_is_nobody_s(room: OwnServer, token: str) -> None:
    assert_refused(room.get(f"/receipt/{token}"), 404, "pledge_not_found")


@in_both_modes
@pytest.mark.parametrize(
    "path",
    ["/nothing", "/e", "/e/", "/static", "/static/", "/static/phone/", "/static/../run.py", "/static/%2e%2e/run.py",
     "/.git/config", "/wall.db", "/secret.key"],
)  # fmt: skip
def test_an_address_that_is_nowhere(room: OwnServer, path: str) -> None:
    assert_refused(room.get(path), 404, "not_found")


@in_both_modes
@pytest.mark.parametrize("path", ["/", "/health", "/e/{code}", "/e/{code}/wall", "/e/{code}/qr.svg"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_a_method_that_is_not_for_this_address(room: OwnServer, method: str, path: str) -> None:
    assert_refused(room.ask(method, path.format(code=room.code), b""), 405, "method_not_allowed")


@in_both_modes
@pytest.mark.parametrize(
    "typed",
    [b"", b"text=", b"text=%00&key=1", b"\xff\xfe=\x00", b"text=%ED%A0%BD", b"&&&===", b"text=" + b"x" * 300],
)
def test_a_wrong_form_gets_its_page_back(room: OwnServer, typed: bytes) -> None:
    status, page = room.ask("POST", f"/e/{room.code}/pledges", typed, FORM)
    assert status == 422
    assert 'role="alert"' in page


RUBBISH: list[object] = [
    None, 1, -1.5, True, "x", "", [], {}, [1, 2], {"event": None}, {"event": 5}, {"event": []}, {"event": "QQQQ"},
    {"event": {"event": "x"}}, {"event": "x" * 5_000}, {"event": "\x00"}, b"\x00\xff", {"since": 5},
]  # fmt: skip


@in_both_modes
@pytest.mark.parametrize("sent", RUBBISH, ids=lambda sent: repr(sent)[:24])
def test_a_watch_of_any_shape(screen: Client, sent: object) -> None:
    told = screen.call("watch", sent, timeout=20)
    says_a_code = isinstance(sent, dict) and isinstance(sent.get("event"), str)
    assert told["error"]["code"] == ("event_not_found" if says_a_code else "bad_input")
    assert list(told["error"].get("fields", {})) == ([] if says_a_code else ["event"])


@in_both_modes
@pytest.mark.parametrize("since", [-1, 1.5, "x", 10**30, True, [], {}, "-1"], ids=repr)
def test_a_watch_from_no_version(room: OwnServer, screen: Client, since: object) -> None:
    told = screen.call("watch", {"event": room.code, "since": since}, timeout=20)
    assert (told["error"]["code"], list(told["error"]["fields"])) == ("bad_input", ["since"])


@in_both_modes
def test_a_watch_as_nobody(room: OwnServer, screen: Client) -> None:
    told = screen.call("watch", {"event": room.code, "as": ["phone"]}, timeout=20)
    assert list(told["error"]["fields"]) == ["as"]


@in_both_modes
def test_a_message_that_nobody_takes_leaves_the_connection_well(room: OwnServer, screen: Client) -> None:
    for sent in RUBBISH:
        screen.emit("rubbish", sent)
        screen.emit("changes", sent)
    told = screen.call("watch", {"event": room.code}, timeout=20)
    assert [pledge["text"] for pledge in told["pledges"]] == ["Listen more."]


@in_both_modes
def test_a_guest_cannot_connect_to_the_desk(room: OwnServer) -> None:
    with pytest.raises(SentAway):
        Client().connect(room.url, namespaces=["/desk"], transports=["websocket"])


FRAMES = ["4", "42", "4{", "42[", '42["watch"', "42[]", "42{}", "42null", "421", "451-", '42[1,2]', '42["watch",{}', "9",
          "43", "430[]", "4/desk", '42/nowhere,["watch"]', "5", "6", "x" * 200, '42["connect"]', "44", "40{"]  # fmt: skip


@in_both_modes
@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame[:12])
def test_a_frame_that_is_no_message_harms_nobody_else(room: OwnServer, screen: Client, frame: str) -> None:
    rude = websocket.create_connection(
        f"{room.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket"
    )
    rude.recv()
    rude.send("40")
    rude.recv()
    rude.send(frame)
    told = screen.call("watch", {"event": room.code}, timeout=20)
    rude.shutdown()  # type: ignore[no-untyped-call]
    assert len(told["pledges"]) == 1


@in_both_modes
@pytest.mark.parametrize(
    ("query", "statuses"),
    [("", [400, 400, 400]), ("?EIO=3", [400, 400, 400]), ("?EIO=4", [200, 400, 405]),
     ("?EIO=4&transport=pigeon", [400, 400, 400]), ("?EIO=4&transport=polling&sid=nobody", [400, 400, 405])],
)  # fmt: skip
def test_a_poor_knock_at_the_socket(room: OwnServer, query: str, statuses: list[int]) -> None:
    knocks = [("GET", None), ("POST", b"rubbish"), ("PUT", b"rubbish")]
    assert [room.ask(method, f"/socket.io/{query}", body)[0] for method, body in knocks] == statuses
