"""Every answer carries the security headers, whoever gives it: pages, JSON, files, sockets, errors, the server itself."""

import re
import sys
from dataclasses import replace
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.cli.test_serving import TRIPS
from tests.conftest import Cast, OpenApp, a_draft
from tests.support.cases import case
from tests.support.running import PROJECT, Server, running_server
from wall.web.kit.context import Parts

EVERYWHERE = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=()",
    "Cross-Origin-Resource-Policy": "-origin",
    "Cache-Control": "",
}
BEHIND_TLS = ("Strict-Transport-Security", "Cross-Origin-Opener-Policy")
ANSWERS: list[tuple[str, str, dict[str, str], int]] = [
    ("GET", "/e/{code}", {}, 200), ("GET", "/e/{code}/wall", {}, 200), ("GET", "/e/{code}/pledges", {}, 200),
    ("GET", "/e/{code}/qr.svg", {}, 200), ("GET", "/health", {}, 200), ("GET", "{file}", {}, 200), ("GET", "{file}?missing", {}, 200),
    ("HEAD", "/e/{code}", {}, 200), ("GET", "/static/nothing.js", {}, 404), ("GET", "/nothing", {"Accept": "text/html"}, 404),
    ("DELETE", "/health", {}, 405), ("POST", "/e/{code}/pledges", {"Content-Type": "application/json"}, 422),
    ("POST", "/e/{code}/pledges", {"Content-Type": "image/png"}, 415), ("GET", "/desk", {"Accept": "text/html"}, 302),
    ("GET", "/desk", {}, 401), ("GET", "/health", {"Host": "evil.example"}, 421), ("GET", "/socket.io/?EIO=4&transport=polling", {}, 200),
    ("GET", "/socket.io/?EIO=3", {}, 400), ("PUT", "/socket.io/?EIO=4", {}, 405), ("OPTIONS", "/socket.io/?EIO=4", {}, 200),
    ("GET", "/" + "x" * 9_000, {}, 414), ("GET", "/", {"A": "x" * 100_000}, 431), ("GET", "/", {"Content-Length": "x"}, 400),
    ("GET", "/trip", {}, 500),
]  # fmt: skip


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    program, folder = [sys.executable, "-c", TRIPS], tmp_path_factory.mktemp("room")
    with running_server(folder, program, PYTHONPATH=str(PROJECT), ASYNC_MODE=request.param) as server:
        yield server


def headers_of(room: Server, method: str, path: str, headers: dict[str, str]) -> tuple[int, HTTPMessage]:
    connection = HTTPConnection("127.0.0.1", room.port, timeout=30)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers


def assert_safe(headers: Any) -> None:
    for name, value in EVERYWHERE.items():
        assert value in headers[name], name
        assert len(headers.get_all(name) if hasattr(headers, "get_all") else headers.getlist(name)) == 1, name


def test_every_answer_is_safe(room: Server) -> None:
    file = re.search(r'"(/static/\w+/[^"]+\.css)"', room.get(f"/e/{room.code}")[1])
    assert file
    for method, path, sent, expected in ANSWERS:
        with case(f"{method} {path[:32]} {str(sent)[:32]}"):
            status, headers = headers_of(room, method, path.format(code=room.code, file=file[1]), sent)
            assert status == expected
            assert_safe(headers)


def test_a_stored_pledge_s_answer_is_safe(guest: FlaskClient, cast: Cast) -> None:
    answer = guest.post(f"/e/{cast.event.code}/pledges", json=a_draft("Listen more."))
    assert answer.status_code == 201
    assert_safe(answer.headers)


def test_an_answer_of_a_server_that_stops_is_safe(guest: FlaskClient, parts: Parts) -> None:
    parts.gate.close()
    answer = guest.get("/")
    assert answer.status_code == 503
    assert_safe(answer.headers)


def test_browsers_keep_files_and_ask_again_for_pages(guest: FlaskClient, cast: Cast) -> None:
    page = guest.get(f"/e/{cast.event.code}")
    file = re.search(r'"(/static/\w+/[^"]+\.css)"', page.text)
    assert file
    assert page.headers["Cache-Control"] in ("no-store", "private, no-cache")
    assert "immutable" in guest.get(file[1]).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("public_url", "expected"), [("https://wall.example.org", 2), ("http://wall.example.org", 0), (None, 0)]
)
def test_browsers_are_told_to_stay_with_tls_where_there_is_tls(
    open_app: OpenApp, parts: Parts, tmp_path: Path, public_url: str | None, expected: int
) -> None:
    settings = replace(
        parts.settings, database_url=f"sqlite:///{tmp_path / 'other.db'}", public_url=public_url
    )
    app = open_app(settings)
    headers = app.test_client().get("/health").headers
    assert len([name for name in BEHIND_TLS if name in headers]) == expected
