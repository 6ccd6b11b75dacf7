"""Engine.IO's polling, the fallback where websockets do not work: every request is over soon, whatever was sent."""

import hashlib
import json
import socket
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest
import simple_websocket.ws
import websocket
from engineio import server as engine_server
from engineio import socket as engine_socket
from engineio.async_drivers import _websocket_wsgi as websockets_in_threads
from engineio.packet import MESSAGE, Packet
from socketio import Client, base_manager

from tests.conftest import a_draft
from tests.support.running import PATIENCE_SECONDS, OwnServer, running_server, wait_until
from wall.live.transport import MOST_UNREAD, Engine, Socket

SOCKETS = "/socket.io/?EIO=4&transport=polling"
SECONDS_UNTIL_OVER = 20
RUDE = [
    b"0", b"2", b"6", b"9", b"x", b"b!", b"b", b"d=", b"d", b"\x1e", b"\xff\xfe", b"4" + b"[" * 10_000, b"4", b"42",
    b"42[[],1]", b"42[{}]", b"42" + b"[" * 10_000, b"47", b"451-[]", b"49", b"4\x1e" * 40, "4٣".encode(), b"x" * 20_000,
]  # fmt: skip


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    with running_server(tmp_path_factory.mktemp("room"), ASYNC_MODE=request.param) as server:
        yield server


@pytest.fixture(autouse=True)
def no_traceback(room: OwnServer) -> Iterator[None]:
    yield
    assert not [line for line in room.printed if "Traceback" in line]


def handshake(room: OwnServer) -> str:
    """A polling session that joined nothing; what it is called from then on."""
    status, told = room.ask("GET", SOCKETS)
    assert status == 200
    return f"{SOCKETS}&sid={json.loads(told[1:])['sid']}"


@pytest.mark.parametrize("sent", RUDE, ids=lambda sent: repr(sent)[:16])
def test_a_rude_message_by_polling_is_answered_and_its_connection_closed(
    room: OwnServer, sent: bytes
) -> None:
    session = handshake(room)
    with closing(socket.create_connection(("127.0.0.1", room.port), SECONDS_UNTIL_OVER)) as connection:
        head = f"POST {session} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {len(sent)}\r\n\r\n"
        connection.sendall(head.encode() + sent)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert int(answer.split()[1]) in (200, 400, 413)


@pytest.mark.parametrize("sent", [b"0", b"9", b"x", b"\xff", b"x" * 20_000], ids=lambda sent: repr(sent)[:8])
def test_who_sends_nonsense_by_polling_has_to_start_again(room: OwnServer, sent: bytes) -> None:
    session = handshake(room)
    assert room.ask("POST", session, sent)[0] in (400, 413)
    assert room.ask("GET", session)[0] == 400


def test_a_second_poll_of_one_session_does_not_wait_beside_the_first(room: OwnServer) -> None:
    session = handshake(room)
    with closing(socket.create_connection(("127.0.0.1", room.port), SECONDS_UNTIL_OVER)) as first:
        first.sendall(f"GET {session} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        wait_until(lambda: room.ask("GET", session)[0] == 400, "the second is refused")
        assert first.recv(100)


@pytest.mark.parametrize(
    "headers",
    [
        {"Upgrade": "websocket"},
        {"Upgrade": "websocket", "Connection": "Upgrade"},
        {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"},
        {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": "x" * 24},
        {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "1",
            "Sec-WebSocket-Key": "x",
        },
        {"Upgrade": "h2c", "Connection": "Upgrade"},
    ],
    ids=lambda headers: " ".join(headers),
)
def test_half_a_websocket_handshake_is_a_bad_request(room: OwnServer, headers: dict[str, str]) -> None:
    assert room.ask("GET", SOCKETS.replace("polling", "websocket"), headers=headers)[0] == 400


def test_a_screen_without_websockets_is_kept_up_to_date_all_the_same(room: OwnServer) -> None:
    heard: list[str] = []
    wall = Client(reconnection=False)
    wall.on("changes", lambda changes: heard.extend(one["text"] for one in changes["pledges"]))
    wall.connect(room.url, transports=["polling"])
    try:
        wall.call("watch", {"event": room.code}, timeout=20)
        room.send(a_draft("Listen more."))
        wait_until(lambda: "Listen more." in heard, "the wall hears of it")
    finally:
        wall.disconnect()


def test_a_message_in_endless_parts_is_not_gathered(room: OwnServer) -> None:
    screen = websocket.create_connection(
        f"{room.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket"
    )
    screen.recv()
    part = websocket.ABNF.create_frame("x" * 1_000, websocket.ABNF.OPCODE_TEXT, 0)
    more = websocket.ABNF.create_frame("x" * 1_000, websocket.ABNF.OPCODE_CONT, 0)
    with closing(screen):
        assert is_ended_after(screen, [part, *[more] * 1_000])


PING = "2"


def is_ended_after(screen: websocket.WebSocket, frames: list[websocket.ABNF]) -> bool:
    """Whether the other side hangs up, with a word or without one; not only because its pings are not answered."""
    screen.settimeout(PATIENCE_SECONDS)
    try:
        for frame in frames:
            screen.send_frame(frame)
        while heard := screen.recv():
            if heard == PING:
                return False
    except (TimeoutError, websocket.WebSocketTimeoutException):
        return False
    except (OSError, websocket.WebSocketException):
        return True
    return True


def test_a_screen_that_reads_nothing_is_let_go() -> None:
    engine = Engine(async_mode="threading", monitor_clients=False)
    gone: list[str] = []
    engine.on("disconnect", lambda sid, reason: gone.append(sid))
    deaf = engine.sockets["deaf"] = Socket(engine, "deaf")
    assert MOST_UNREAD == 500
    for _ in range(2 * MOST_UNREAD):
        deaf.send(Packet(MESSAGE, "news"))
    assert gone == ["deaf"]
    assert deaf.queue.qsize() <= MOST_UNREAD + 1


def test_engine_io_is_the_one_that_was_mended() -> None:
    """Where this fails, read what changed there, see what transport.py and room_index.py in wall/live/ are still needed for, then pin it anew."""
    mended = {
        base_manager.__file__: "c6791c5dd7214a06",
        engine_server.__file__: "865ed4ad3169ea02",
        engine_socket.__file__: "d710af6696a8aa7b",
        simple_websocket.ws.__file__: "363ec348c9d484e5",
        websockets_in_threads.__file__: "f24bad8981b4b328",
    }
    now = {file: hashlib.sha256(Path(file).read_bytes()).hexdigest()[:16] for file in mended}
    assert now == mended
    assert {version("python-engineio"), version("simple-websocket")} == {"4.15.1", "1.1.0"}
