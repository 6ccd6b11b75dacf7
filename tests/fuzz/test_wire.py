"""Any bytes at all, sent to the listening port of the real server."""

import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.hostile import texts
from tests.fuzz.tries import MANY
from tests.support.running import OwnServer, Server, running_server

LINES = st.sampled_from(
    [
        b"GET / HTTP/1.1", b"POST /desk HTTP/1.1", b"GET /socket.io/?EIO=4&transport=polling HTTP/1.1", b"Host: x", b"Host: 127.0.0.1",
        b"Content-Length: 5", b"Content-Length: -1", b"Content-Length: 99999999999", b"Transfer-Encoding: chunked", b"Connection: close",
        b"Upgrade: websocket", b"Expect: 100-continue", b"", b"5\r\nhello", b"0\r\n", b"ffffffffff\r\n", b"Cookie: {\"a\":1}; b=2",
    ]
)  # fmt: skip
REQUESTS = st.lists(LINES | texts.map(lambda text: text.encode("utf-8", "replace")[:300]), max_size=8).map(
    b"\r\n".join
)


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("wire"), ASYNC_MODE=request.param) as started:
        yield started


@MANY
@given(sent=REQUESTS | st.binary(max_size=600))
def test_after_any_bytes_the_server_is_well_and_says_nothing(server: OwnServer, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(sent + b"\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        answer = _all_of(connection)
    assert not answer.startswith((b"HTTP/1.1 500", b"HTTP/1.1 502"))
    assert server.get("/health")[0] == 200
    assert not [line for line in server.printed if "Traceback" in line]


def _all_of(connection: socket.socket) -> bytes:
    answer = b""
    try:
        while more := connection.recv(65536):
            answer += more
    except ConnectionResetError:
        pass  # hung up on, which is an answer too
    return answer
