"""The traps of the ready-made way to serve, each avoided: joining, stopping, ports, slow and idle connections."""

import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event
from urllib.request import urlopen

import pytest
import websocket

from tests.conftest import a_draft
from tests.store.test_kill import Poster, count, read_rows
from tests.support.running import PROJECT, OwnServer, Server, free_port, run_py, running_server, wait_until
from wall.cli.listening import open_listener
from wall.limits.policies import MOST_SOCKETS_OF_DEVICE

MORE_THAN_THE_READY_MADE_WAY_TAKES = 1_100


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_stopping_finishes_what_was_accepted(any_server: OwnServer, tmp_path: Path, number: int) -> None:
    enough = Event()
    posters = [Poster(any_server, f"phone {number}", enough) for number in range(20)]
    for poster in posters:
        poster.start()
    wait_until(lambda: count(posters) > 40, "the room is sending")

    assert any_server.stop(number) == 0
    enough.set()
    for poster in posters:
        poster.join()
    assert any_server.printed[-1] == "Everything is saved. Goodbye."
    stored = dict(read_rows(tmp_path / "wall.db"))
    assert all(poster.acknowledged.items() <= stored.items() for poster in posters)
    assert not [poster.surprises for poster in posters if poster.surprises]


def test_a_stopped_server_has_everything_when_it_starts_again(any_server: OwnServer) -> None:
    any_server.send(a_draft("Listen more."))
    before = any_server.get(f"/e/{any_server.code}/pledges")
    any_server.stop()
    any_server.start_again()

    assert any_server.get(f"/e/{any_server.code}/pledges") == before


@pytest.mark.alone
def test_an_idle_server_with_screens_open_stops_at_once(any_server: OwnServer) -> None:
    with ExitStack() as screens:
        for _ in range(5):
            screens.enter_context(closing(open_socket(any_server)))
        started = time.monotonic()
        assert any_server.stop() == 0
    assert time.monotonic() - started < 5


def test_a_taken_port_is_said_in_one_line(own_server: OwnServer, tmp_path: Path) -> None:
    second = run_py(tmp_path, PORT=str(own_server.port), HOST="127.0.0.1")

    assert second.returncode == 1
    assert second.stderr.splitlines() == [
        f"Error: Port {own_server.port} is taken: is Scribe Wall running already? "
        f"Stop it, or choose another: PORT={own_server.port + 1} make run"
    ]
    assert own_server.get("/health")[0] == 200


def test_a_hall_can_watch_and_the_next_phone_still_gets_its_page(own_server: OwnServer) -> None:
    allow_files(2 * MORE_THAN_THE_READY_MADE_WAY_TAKES)
    tabs = MOST_SOCKETS_OF_DEVICE
    phones = [device_cookie(own_server) for _ in range(MORE_THAN_THE_READY_MADE_WAY_TAKES // tabs + 1)] * tabs
    with ExitStack() as hall, ThreadPoolExecutor(32) as doors:
        for screen in doors.map(lambda phone: open_socket(own_server, f"Cookie: {phone}"), phones):
            hall.enter_context(closing(screen))
        assert own_server.get("/health")[0] == 200
        assert own_server.send(a_draft("Listen more."))[0] == 201


def test_no_compression_is_negotiated_for_sockets(any_server: Server) -> None:
    with closing(open_socket(any_server, "Sec-WebSocket-Extensions: permessage-deflate")) as screen:
        assert "sec-websocket-extensions" not in (screen.getheaders() or {})


def test_a_room_that_joins_at_once_gets_in_line() -> None:
    """Before the server has let anybody in; a Mac lets fewer wait."""
    room = min(1_000, socket.SOMAXCONN)
    allow_files(2 * room)
    port = free_port()
    with closing(open_listener("127.0.0.1", port)), ExitStack() as line:
        for _ in range(room):
            line.enter_context(closing(socket.create_connection(("127.0.0.1", port), timeout=1)))


def test_small_answers_are_not_held_back_and_a_port_is_not_shared() -> None:
    port = free_port()
    with closing(open_listener("127.0.0.1", port)) as listener:
        with closing(socket.create_connection(("127.0.0.1", port))):
            accepted, _ = listener.accept()
            with closing(accepted):
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not listener.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT)


TRIPS = """
import os, run
if os.environ["ASYNC_MODE"] == "eventlet":
    run._patch()
from wall.web.kit.gate import Gate
around = Gate.around
def trip(gate, app):
    inner = around(gate, app)
    def answer(environ, start_response):
        if environ["PATH_INFO"] == "/trip":
            raise RuntimeError("what only we may read")
        return inner(environ, start_response)
    return answer
Gate.around = trip
run.main()
"""


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_server_that_trips_tells_nobody_where(tmp_path: Path, mode: str) -> None:
    """Outside of Flask, which answers for itself."""
    program = [sys.executable, "-c", TRIPS]
    with running_server(tmp_path, program=program, PYTHONPATH=str(PROJECT), ASYNC_MODE=mode) as server:
        status, told = server.ask("GET", "/trip")
        assert status == 500
        assert told["error"]["code"] == "server_error"
        assert [secret for secret in ("Error", "Traceback", "only we", ".py") if secret in str(told)] == []
        assert server.get("/health")[0] == 200


def open_socket(server: Server, *headers: str) -> websocket.WebSocket:
    """A screen on a plain websocket, which has joined the namespace `/`."""
    url = f"{server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket"
    screen = websocket.create_connection(url, timeout=30, header=list(headers))
    screen.recv()
    screen.send("40")
    assert str(screen.recv()).startswith("40")
    return screen


def device_cookie(server: Server) -> str:
    """What a phone that opens the page is known by."""
    with urlopen(f"{server.url}/e/{server.code}") as page:  # noqa: S310  our own server
        cookies: list[str] = page.headers.get_all("Set-Cookie")
    return next(one.split(";")[0] for one in cookies if one.startswith("device"))


def allow_files(wanted: int) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
