"""HTTP as strangers send it: slow, half, doubled, huge or malformed. Each is over in time, and no more than counted."""

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.conftest import a_draft
from tests.support.cases import case
from tests.support.running import PROJECT, OwnServer, running_server, wait_until

IMPATIENT = """
import os, run
if os.environ["ASYNC_MODE"] == "eventlet":
    run._patch()
from wall.cli import timeouts
from wall.cli import listening
timeouts.HEAD_SECONDS = timeouts.IDLE_SECONDS = 2
timeouts.BODY_SECONDS = 1
listening.FILES_WANTED = 200
run.main()
"""
"""The real limits are tens of seconds, and thousands of places."""
PATIENCE_SECONDS = 30


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    program = [sys.executable, "-c", IMPATIENT]
    folder = tmp_path_factory.mktemp("room")
    with running_server(folder, program, PYTHONPATH=str(PROJECT), ASYNC_MODE=request.param) as server:
        yield server


@pytest.fixture(autouse=True)
def it_serves_on_and_logs_no_more_than_a_count(room: OwnServer) -> Iterator[None]:
    yield
    assert room.get("/health")[0] == 200
    assert not [line for line in room.printed if "Traceback" in line or "Error" in line]
    told = [line.split(" WARNING ")[1] for line in room.printed if " WARNING " in line]
    assert len(told) == len(set(told))


def connect(room: OwnServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", room.port), PATIENCE_SECONDS)


def told(connection: socket.socket) -> bytes:
    """Everything until the server hangs up."""
    parts: list[bytes] = []
    while True:
        try:
            part = connection.recv(65_536)
        except ConnectionResetError:
            part = b""
        if not part:
            return b"".join(parts)
        parts.append(part)


def ask(room: OwnServer, sent: bytes) -> bytes:
    with closing(connect(room)) as connection:
        connection.sendall(sent)
        return told(connection)


def status(answer: bytes) -> int:
    return int(answer.split()[1])


def pledge_head(room: OwnServer, *lines: str) -> bytes:
    first = [f"POST /e/{room.code}/pledges HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    return "\r\n".join([*first, *lines, "", ""]).encode()


MALFORMED = [
    b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/0.9\r\n\r\n", b"GET / HTTP/2.0\r\nHost: x\r\n\r\n", b"GET / HTTP/x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET http://127.0.0.1/ HTTP/1.1\r\nHost: x\r\n\r\n", b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", b"GET x HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", b"GET / HTTP/1.1\r\n Host: x\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nA: \x00\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\nx",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\nx",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent_Length: 1\r\nTransfer-Encoding: x\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n", b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
]  # fmt: skip


@pytest.mark.parametrize("sent", MALFORMED, ids=lambda sent: repr(sent[:70]))
def test_a_malformed_request_is_refused_with_the_contract_s_error(room: OwnServer, sent: bytes) -> None:
    head, _, body = ask(room, sent).partition(b"\r\n\r\n")
    assert status(head) == 400
    assert json.loads(body)["error"]["code"] == "bad_request"
    assert b"X-Content-Type-Options: nosniff" in head
    assert b"Content-Security-Policy: " in head


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"GET /" + b"x" * 9_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"x" * 200_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 200 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 20_000 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + (b"A: " + b"x" * 50_000 + b"\r\n") * 50 + b"\r\n", 431),
        (b"x" * 200_000, 414),
    ],
    ids=["address", "header", "headers", "many headers", "long headers", "no line"],
)
def test_more_than_anybody_sends_is_refused(room: OwnServer, sent: bytes, expected: int) -> None:
    assert status(ask(room, sent)) == expected


def test_sixteen_kilobytes_of_cookies_are_fine(room: OwnServer) -> None:
    cookies = "; ".join(f"c{number}=" + "x" * 1_000 for number in range(16))
    assert room.ask("GET", f"/e/{room.code}", headers={"Cookie": cookies})[0] == 200


def test_an_empty_line_or_nothing_at_all_is_closed_without_a_word(room: OwnServer) -> None:
    assert ask(room, b"\r\n\r\n") == b""
    assert ask(room, b"") == b""


def test_half_a_head_is_told_that_it_is_late(room: OwnServer) -> None:
    halves = [b"GET", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nA: "]
    with ExitStack() as begun:
        waiting = [begun.enter_context(closing(connect(room))) for _ in halves]
        for connection, half in zip(waiting, halves, strict=True):
            connection.sendall(half)
        for connection, half in zip(waiting, halves, strict=True):
            with case(half):
                answer = told(connection)
                assert status(answer) == 408
                assert b'"too_slow"' in answer


@pytest.mark.parametrize("way", ["/pledges", "/wall"])
def test_half_a_body_is_told_that_it_is_late(room: OwnServer, way: str) -> None:
    sent = pledge_head(room, "Content-Length: 100", "Accept: application/json").replace(
        b"/pledges", way.encode()
    )
    answer = ask(room, sent + b'{"key"')
    assert status(answer) in ((408,) if way == "/pledges" else (405, 408))


def test_half_a_form_is_told_that_it_is_late(room: OwnServer) -> None:
    sent = pledge_head(room, "Content-Length: 100").replace(
        b"application/json", b"application/x-www-form-urlencoded"
    )
    assert status(ask(room, sent + b"text=Listen")) == 408


def test_half_a_poll_is_told_that_it_is_late(room: OwnServer) -> None:
    head = b"POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n4"
    assert status(ask(room, head)) == 408


@pytest.mark.parametrize("begun", ["head", "body"])
def test_bytes_that_trickle_in_are_no_reason_to_go_on_waiting(room: OwnServer, begun: str) -> None:
    with closing(connect(room)) as connection:
        connection.sendall(
            b"GET / HTTP/1.1\r\nA: " if begun == "head" else pledge_head(room, "Content-Length: 9000")
        )
        connection.settimeout(0.2)
        wait_until(lambda: trickle(connection), "the server has had enough")
        connection.settimeout(PATIENCE_SECONDS)
        answer = told(connection)
    assert answer == b"" or status(answer) == 408


def trickle(connection: socket.socket) -> bool:
    """Send one more byte; true once the other side hung up."""
    try:
        connection.send(b"x")
        return connection.recv(1, socket.MSG_PEEK) != b"?"
    except TimeoutError:
        return False
    except OSError:
        return True


def test_half_a_request_that_is_hung_up_is_not_answered_as_if_it_were_whole(room: OwnServer) -> None:
    with closing(connect(room)) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert told(connection) == b""


def in_chunks(body: bytes, size: int = 7) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return (
        b"".join(b"%x;by=proxy\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\nTrailer: x\r\n\r\n"
    )


def test_a_pledge_in_chunks_is_taken_as_proxies_send_it(room: OwnServer) -> None:
    draft = a_draft("Sent in chunks.")
    head = pledge_head(room, "Transfer-Encoding: chunked", "Accept: application/json")
    answer = ask(room, head + in_chunks(json.dumps(draft).encode()))
    assert status(answer) == 201
    assert room.send(draft)[0] == 200


def test_a_form_in_chunks_is_taken(room: OwnServer) -> None:
    head = pledge_head(room, "Transfer-Encoding: chunked").replace(
        b"application/json", b"application/x-www-form-urlencoded"
    )
    assert status(ask(room, head + in_chunks(urlencode(a_draft("Listen more.")).encode()))) in (200, 201, 303)


@pytest.mark.parametrize(
    "kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_chunks_without_end_are_too_much(room: OwnServer, kind: str) -> None:
    head = pledge_head(room, "Transfer-Encoding: chunked").replace(b"application/json", kind.encode())
    assert status(ask(room, head + in_chunks(b"x" * 100_000, 10_000))) == 413


@pytest.mark.parametrize(
    "chunks",
    [b"x\r\n", b"-5\r\n", b"0x5\r\nabcde\r\n0\r\n\r\n", b"5_0\r\n", b"+5\r\n", b"5\r\nabcdefg\r\n0\r\n\r\n", b"ffffffffff\r\n",
     b"5\nabcde\n0\n\n", b"1" * 5_000, b"0\r\n" + b"A: b\r\n" * 100, b"5\r\nabc"],
    ids=lambda chunks: repr(chunks[:20]),
)  # fmt: skip
def test_chunks_that_can_be_read_in_two_ways_are_refused(room: OwnServer, chunks: bytes) -> None:
    head = pledge_head(room, "Transfer-Encoding: chunked", "Accept: application/json")
    assert status(ask(room, head + chunks)) in (400, 408)


def test_nothing_after_a_body_in_chunks_is_taken_for_a_request(room: OwnServer) -> None:
    head = pledge_head(room, "Transfer-Encoding: chunked", "Accept: application/json")
    answer = ask(room, head + in_chunks(b"{}") + b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.count(b"HTTP/1.1 ") == 1


def test_idle_connections_of_one_device_make_room_for_everybody_else(room: OwnServer) -> None:
    """More of them than this server has places."""
    with ExitStack() as idle:
        for number in range(400):
            one = idle.enter_context(closing(connect(room)))
            if number % 2:
                one.sendall(b"GET / HTTP/1.1\r\nHost: ")
            if not number % 50:
                assert room.get("/health")[0] == 200
        assert room.send(a_draft("Listen more."))[0] == 201


def test_somebody_who_reads_no_answer_is_not_waited_for_for_ever(room: OwnServer, tmp_path: Path) -> None:
    with ExitStack() as deaf:
        for _ in range(30):
            one = deaf.enter_context(closing(connect(room)))
            one.sendall(f"GET /e/{room.code}/wall HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 50)
        assert room.get("/health")[0] == 200
