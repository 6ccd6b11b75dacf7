"""Cost of hostile input: worst milliseconds of the loop for each entry point, at its limits.

While an entry point is given what costs it most, somebody else asks for /health all the time; reported is the longest that one of those
answers took; and the longest that the loop woke a green thread late, which does nothing but sleep a millisecond at a time.
`python -m benchmarks.hostile FOLDER` measures another checkout beside this one.
"""

import json
import multiprocessing
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests

from tests.support.running import PROJECT, OwnServer, running_server

TIMEOUT_SECONDS = 10
SPAWN = multiprocessing.get_context("spawn")
ROUNDS = 3
LONGEST = 1000
PIECES = (
    "_", "a ", "_a", "a_ ", "-", ".", "1 ", "+1", "a@", "é", "ѕh", "\u0301\u0323", "\u200b", "٠", "中a", "'-", "born ", "bed ", "fuck",
)  # fmt: skip
"""Of every class, and beginnings of what the guard and the filter look for."""
END = "ab"
"""What matches nothing, so that a pattern that can be cut in many ways tries them all."""

LATE = """
import os, time, run
run._patch()
import eventlet
def tick():
    slept = time.monotonic()
    while True:
        eventlet.sleep(0.001)
        late = time.monotonic() - slept
        if late > 0.01:
            with open(os.environ["LATENESS"], "a") as file:
                print(late, file=file)
        slept = time.monotonic()
eventlet.spawn(tick)
run.main()
"""
"""The server with such a thread; what is below ten milliseconds is not noted."""

Attack = Callable[["Room"], object]


class Room:
    """A server with a pledge, and somebody at its desk."""

    def __init__(self, server: OwnServer, project: Path) -> None:
        self.server, self.code, self.hostile = server, server.code, False
        with closing(sqlite3.connect(server.folder / "wall.db")) as connection, connection:
            connection.execute("UPDATE events SET text_limit = ?", [LONGEST])
        self.guest, self.desk = requests.Session(), requests.Session()
        self._sign_in(project)
        sent = self.send_json(text="Listen more.")
        self.receipt = re.sub(r"^\w+://[^/]+", server.url, sent["receipt"])
        self.pledge: str = sent["pledge"]["id"]

    def _sign_in(self, project: Path) -> None:
        printed = subprocess.run(
            [sys.executable, str(project / "run.py"), "desk-link"],
            env={"DATABASE_URL": f"sqlite:///{self.server.folder / 'wall.db'}", "PUBLIC_URL": self.server.url},
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        link = re.search(r"/desk/link/\S+", printed)
        if link is None:
            raise RuntimeError(printed)
        self.at_desk(link[0])

    def texts(self, length: int = LONGEST) -> Iterator[str]:
        """The worst that a field may hold, or at first something harmless, so that nothing is met for the first time."""
        for piece in PIECES if self.hostile else ("Listen more. ", ""):
            yield piece and (piece * length)[: length - len(END)] + END

    def many(self, count: int) -> int:
        return count if self.hostile else 2

    def send_json(self, **fields: str) -> dict[str, Any]:
        sent = {"key": str(uuid4()), "text": "Listen more."} | fields
        answer = self.guest.post(
            f"{self.server.url}/e/{self.code}/pledges", json=sent, timeout=TIMEOUT_SECONDS
        )
        content: dict[str, Any] = answer.json()
        return content

    def send_form(self, address: str, **fields: str) -> requests.Response:
        sent = {"key": str(uuid4()), "anyway": "yes"} | fields
        return self.guest.post(
            address,
            data=sent,
            headers={"Accept": "text/html"},
            allow_redirects=False,
            timeout=TIMEOUT_SECONDS,
        )

    def at_desk(self, path: str, **fields: str) -> requests.Response:
        """A form of the desk, with the token that its pages carry."""
        page = self.desk.get(
            self.server.url + (path if "link" in path else "/desk"), timeout=TIMEOUT_SECONDS
        ).text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        sent = {"csrf_token": token[1] if token else ""} | fields
        answer = self.desk.post(
            self.server.url + path, data=sent, allow_redirects=False, timeout=TIMEOUT_SECONDS
        )
        if answer.status_code in (400, 403, 404):
            raise RuntimeError(f"{path}: {answer.status_code}")
        return answer


def enter_rows(room: Room) -> object:
    """Send rows as the form of a preview does."""
    texts = cycle(filter(None, room.texts()))
    sent = [{"number": number, "key": str(uuid4()), "text": next(texts)} for number in range(room.many(500))]
    return room.at_desk(f"/desk/e/{room.code}/enter/rows", rows=json.dumps(sent))


def paste(room: Room, rows: str, count: int) -> object:
    return room.at_desk(f"/desk/e/{room.code}/enter/sheet", sheet=rows * room.many(count))


ENTRIES: dict[str, Attack] = {
    "nothing": lambda room: time.sleep(0.5),
    "a pledge's text": lambda room: [room.send_json(text=text) for text in room.texts()],
    "its name": lambda room: [room.send_json(name=text) for text in room.texts(60)],
    "its organisation": lambda room: [room.send_json(organisation=text) for text in room.texts(80)],
    "the form without JavaScript": lambda room: [
        room.send_form(f"{room.server.url}/e/{room.code}/pledges", text=text) for text in room.texts()
    ],
    "an edit by the receipt": lambda room: [
        room.send_form(f"{room.receipt}/edit", text=text) for text in room.texts()
    ],
    "an answer's sentence": lambda room: [
        room.send_form(f"{room.receipt}/answer", outcome="kept", sentence=text) for text in room.texts(140)
    ],
    "the code's field": lambda room: [
        room.guest.get(room.server.url, params={"code": text}, timeout=TIMEOUT_SECONDS)
        for text in room.texts()
    ],
    "a scribe's entry": lambda room: [
        room.at_desk(f"/desk/e/{room.code}/enter", key=str(uuid4()), text=text) for text in room.texts()
    ],
    "a correction at the desk": lambda room: [
        room.at_desk(f"/desk/e/{room.code}/pledges/{room.pledge}", text=text) for text in room.texts()
    ],
    "500 pasted rows of 1,000 underscores": lambda room: paste(room, "_" * LONGEST + "\n", 500),
    "500 pasted rows of 1,000 accents": lambda room: paste(room, "é" * LONGEST + "\n", 500),
    "500 such rows, stored": enter_rows,
    "200 kB of the shortest rows": lambda room: paste(room, "a\n", 100_000),
    "500 kB of empty quoted cells": lambda room: paste(room, '"\n"\t', 125_000),
}
"""What is sent for each. Another entry point is one more line."""


class Prober:
    """Asks for /health, one time after the other, in a process of its own; knows the longest that it waited."""

    def __init__(self, server: OwnServer) -> None:
        self._began, self._enough, self._longest = SPAWN.Event(), SPAWN.Event(), SPAWN.Value("d", 0.0)
        arguments = (server.port, server.process.pid, self._began, self._enough, self._longest)
        self._process = SPAWN.Process(target=probe, args=arguments, daemon=True)
        self._process.start()
        self._began.wait(TIMEOUT_SECONDS)

    def stop(self) -> float:
        self._enough.set()
        self._process.join(2 * TIMEOUT_SECONDS)
        return float(self._longest.value)


def probe(port: int, server: int, begun: Any, enough: Any, longest: Any) -> None:
    while not enough.is_set():
        began, waited = time.monotonic(), queued(server)
        with (
            suppress(OSError, HTTPException),
            closing(HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)) as asking,
        ):
            asking.request("GET", "/health")
            asking.getresponse().read()
        if begun.is_set():
            longest.value = max(longest.value, time.monotonic() - began - (queued(server) - waited))
        begun.set()
        enough.wait(0.002)


def queued(server: int) -> float:
    """Seconds for which the loop and this prober were ready, while other processes had the processors; Linux counts them."""
    with suppress(OSError):
        waits = (Path(f"/proc/{process}/schedstat").read_text().split()[1] for process in (server, "self"))
        return sum(map(int, waits)) / 1e9
    return 0


@contextmanager
def running_room(project: Path, program: tuple[str, ...] = (), **settings: str) -> Iterator[Room]:
    program = program or (sys.executable, str(project / "run.py"))
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder), program=program, LIMITS="off", **settings) as server,
    ):
        yield Room(server, project)


def measure(*checkouts: Path) -> str:
    """The table for RESULTS.md."""
    projects = [*checkouts, PROJECT]
    head = " | ".join(["worst ms", *(f"/health, {project.name}" for project in projects), "the loop"])
    lines = [f"| {head} |", "|---" * (len(projects) + 2) + "|"]
    for name, attack in ENTRIES.items():
        cells = [in_ms(best_silence(attack, project)) for project in projects]
        cells.append(in_ms(lateness(attack)))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def best_silence(attack: Attack, project: Path) -> float:
    """The shortest of some rounds: other work on the machine disturbs one or another."""
    best = silence(attack, project)
    for _ in range(ROUNDS - 1):
        if best < TIMEOUT_SECONDS:
            best = min(best, silence(attack, project))
    return best


def silence(attack: Attack, project: Path) -> float:
    """The longest silence, in seconds. Each entry point has a server of its own, since one may not survive it."""
    with running_room(project) as room:
        attack(room)
        room.hostile = True
        prober = Prober(room.server)
        with suppress(requests.RequestException):
            attack(room)
        return prober.stop()


def lateness(attack: Attack) -> float:
    """Seconds by which the loop was late at most; 0 where that was never noted."""
    with tempfile.NamedTemporaryFile("r+") as noted:
        settings = {"PYTHONPATH": str(PROJECT), "LATENESS": noted.name}
        with running_room(PROJECT, (sys.executable, "-c", LATE), **settings) as room:
            attack(room)
            room.hostile = True
            noted.truncate(0)
            with suppress(requests.RequestException):
                attack(room)
        return max(map(float, noted.read().split()), default=0)


def in_ms(seconds: float) -> str:
    return f"over {TIMEOUT_SECONDS * 1000:,}" if seconds >= TIMEOUT_SECONDS else f"{seconds * 1000:,.0f}"


if __name__ == "__main__":
    print(measure(*map(Path, sys.argv[1:])))
