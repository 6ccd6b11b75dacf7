"""Several servers on one database, with Redis between them, speak as one."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from socketio import Client

from tests.conftest import a_draft
from tests.running import Server, running_server


@pytest.fixture(params=["eventlet", "threading"])
def two_servers(request: pytest.FixtureRequest, tmp_path: Path, redis_url: str) -> Iterator[list[Server]]:
    with ExitStack() as stack:
        yield [
            stack.enter_context(running_server(tmp_path, ASYNC_MODE=request.param, REDIS_URL=redis_url))
            for _ in range(2)
        ]


def test_a_pledge_sent_to_one_is_heard_at_the_other(two_servers: list[Server]) -> None:
    here, there = two_servers
    heard: Queue[dict[str, Any]] = Queue()
    wall = Client(reconnection=False)
    wall.on("changes", heard.put)
    wall.connect(there.url, transports=["websocket"])
    told = wall.call("watch", {"event": here.code, "since": 0}, timeout=20)
    assert told["pledges"] == []

    here.send(a_draft("Sent here."))
    there.send(a_draft("Sent there."))
    texts: list[str] = []
    version = told["to"]
    while len(texts) < 2:
        changes = heard.get(timeout=20)
        if changes["from"] != version:  # two servers, no one order: a screen that finds a gap asks
            changes = wall.call("watch", {"event": here.code, "since": version}, timeout=20)
        texts += [pledge["text"] for pledge in changes["pledges"]]
        version = changes["to"]
    wall.disconnect()
    assert texts == ["Sent here.", "Sent there."]


def test_both_write_without_losing_or_doubling_a_pledge(two_servers: list[Server]) -> None:
    for number in range(20):
        assert two_servers[number % 2].send(a_draft(f"Pledge {number}"))[0] == 201
    answers = [server.get(f"/e/{server.code}/pledges") for server in two_servers]

    assert answers[0][1]["pledges"] == answers[1][1]["pledges"]
    assert [pledge["number"] for pledge in answers[0][1]["pledges"]] == list(range(1, 21))
