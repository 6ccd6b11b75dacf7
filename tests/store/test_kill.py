"""The power fails under load, again and again: what was acknowledged is there, once, in one order."""

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from tests.conftest import a_draft
from tests.support.running import Server, running_server, wait_until

POSTERS = 24
ROUNDS = {"eventlet": 12, "threading": 5}


class Poster(Thread):
    """Sends one pledge after the other, each until it is acknowledged, as a phone does."""

    def __init__(self, server: Server, name: str, enough: Event) -> None:
        super().__init__(name=name, daemon=True)
        self.acknowledged: dict[str, str] = {}
        self.surprises: list[Any] = []
        self._server = server
        self._path = f"/e/{server.code}/pledges"
        self._enough = enough

    def run(self) -> None:
        while not self._enough.is_set():
            draft = a_draft(f"{self.name}: pledge {len(self.acknowledged)}")
            for status, told in self._try(json.dumps(draft)):
                if status in (200, 201):
                    self.acknowledged[told["pledge"]["id"]] = draft["text"]
                    break
                if status != 503:
                    self.surprises.append((status, told))

    def _try(self, body: str) -> Iterator[tuple[int, Any]]:
        while not self._enough.is_set():
            with closing(HTTPConnection("127.0.0.1", self._server.port, timeout=10)) as connection:
                try:
                    connection.request("POST", self._path, body, {"Content-Type": "application/json"})
                    answer = connection.getresponse()
                    yield answer.status, json.loads(answer.read())
                except (OSError, HTTPException, ValueError):
                    self._enough.wait(0.01)


class Follower(Thread):
    """A screen that asks for changes all the while and must never see a hole."""

    def __init__(self, server: Server, enough: Event) -> None:
        super().__init__(daemon=True)
        self.version = 0
        self.versions: list[int] = []
        self.surprises: list[Any] = []
        self._server = server
        self._path = f"/e/{server.code}/pledges"
        self._enough = enough

    def run(self) -> None:
        while not self._enough.is_set():
            self.look()

    def look(self) -> None:
        try:
            status, told = self._server.get(self._path, since=self.version)
        except (OSError, HTTPException, ValueError):
            self._enough.wait(0.01)
            return
        if status != 200 or told["from"] != self.version or told["removed"]:
            self.surprises.append((status, told))
            return
        self.versions += sorted(pledge["version"] for pledge in told["pledges"])
        self.version = told["to"]


@pytest.mark.parametrize("mode", ROUNDS)
def test_no_acknowledged_pledge_is_lost_or_doubled_when_the_power_fails(tmp_path: Path, mode: str) -> None:
    enough = Event()
    dice = random.Random(7)
    with running_server(tmp_path, ASYNC_MODE=mode) as server:
        posters = [Poster(server, f"phone {number}", enough) for number in range(POSTERS)]
        follower = Follower(server, enough)
        for thread in (*posters, follower):
            thread.start()
        for _ in range(ROUNDS[mode]):
            so_far = count(posters)
            wait_until(lambda so_far=so_far: count(posters) > so_far, "pledges come in again")
            Event().wait(dice.uniform(0, 0.3))
            server.kill()
            server.start_again()
        so_far = count(posters)
        wait_until(lambda: count(posters) >= so_far + POSTERS, "everybody has come through")
        enough.set()
        for thread in (*posters, follower):
            thread.join()
        follower.look()

        assert [poster.surprises for poster in posters if poster.surprises] == []
        assert follower.surprises == []
        assert follower.versions == list(range(1, follower.version + 1))

    stored = read_rows(tmp_path / "wall.db")
    acknowledged = {id_: text for poster in posters for id_, text in poster.acknowledged.items()}
    assert len(acknowledged) == count(posters)
    assert acknowledged.items() <= dict(stored).items()
    assert max(Counter(text for _, text in stored).values()) == 1


def count(posters: list[Poster]) -> int:
    return sum(len(poster.acknowledged) for poster in posters)


def read_rows(database: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute("SELECT id, text FROM pledges").fetchall()
