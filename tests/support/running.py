"""The real server in a process of its own, as a user starts it."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.support.forking import Forked, start
from wall.cli.threads import threading_runtime
from wall.core.clock import iso
from wall.core.codes import hash_token, new_token
from wall.services.events.creating import FIRST_ORGANISER, FIRST_QUESTION, FIRST_TITLE, add_event
from wall.store import Store, Transaction, open_store
from wall.store.queries import organisers

PROJECT = Path(__file__).resolve().parent.parent.parent
RUN_PY = (sys.executable, str(PROJECT / "run.py"))
PATIENCE_SECONDS = 30
Program = Forked | subprocess.Popen[bytes]


class Server(ABC):
    """A real server, as the screens of one event reach it: by its address and the code of the event."""

    folder: Path
    """Where its database is."""
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    @abstractmethod
    def code(self) -> str:
        """The code of the event."""

    @property
    @abstractmethod
    def desk_link(self) -> str:
        """The path of a link that signs the event's organiser in, once."""

    @abstractmethod
    def change_event(self, **settings: Any) -> None:
        """As another server with the same database would change the event."""

    def grow_older(self, days: int) -> None:
        """What was pledged at the event was pledged so many days earlier."""
        database = self.folder / "wall.db"
        with closing(sqlite3.connect(database, timeout=PATIENCE_SECONDS)) as connection, connection:
            connection.execute(
                "UPDATE pledges SET created_at = strftime('%Y-%m-%dT%H:%M:%fZ', created_at, ?)"
                " WHERE event_id = (SELECT id FROM events WHERE code = ?)",
                (f"-{days} days", self.code),
            )

    def get(self, path: str, **query: Any) -> tuple[int, Any]:
        return self.ask("GET", f"{path}?{urlencode(query)}" if query else path)

    def post(self, path: str, sent: Any) -> tuple[int, Any]:
        return self.ask("POST", path, json.dumps(sent).encode(), {"Content-Type": "application/json"})

    def send(self, sent: dict[str, Any]) -> tuple[int, Any]:
        """Send a pledge, as a phone does."""
        return self.post(f"/e/{self.code}/pledges", sent)

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """One request on a connection of its own: the status and the answer, read as JSON where it is."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            told = answer.read()
            is_json = answer.headers.get_content_type() == "application/json"
            return answer.status, json.loads(told) if is_json else told.decode()
        finally:
            connection.close()


class OwnServer(Server):
    """A `python run.py` on a terminal and a free port, with its database in a folder of the test."""

    def __init__(self, folder: Path, program: Sequence[str] | None = None, **settings: str) -> None:
        self.folder = folder
        self.program = program
        self.process: Program
        self.port = free_port()
        self.printed: list[str] = []
        self._settings = settings
        self.start_again()

    def start_again(self, *, wait: bool = True) -> None:
        """Start it, at first too, and `wait` until it answers."""
        self.process = self._start()
        if wait:
            wait_until(lambda: self.process.poll() is not None or self._answers(), "the server answers")
            assert self.process.poll() is None, "\n".join(self.printed)

    def _start(self) -> Program:
        environment = os.environ | {
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATABASE_URL": f"sqlite:///{self.folder / 'wall.db'}",
            "PUBLIC_URL": self.url,
            "PYTHONUNBUFFERED": "1",
        }
        ours, terminal = os.openpty()
        process: Program
        if self.program is None:
            process = start((), environment | self._settings, self.folder, terminal, terminal)
        else:
            process = subprocess.Popen(
                self.program,
                env=environment | self._settings,
                stdout=terminal,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
            )
        os.close(terminal)
        threading.Thread(target=self._read, args=(ours,), daemon=True).start()
        return process

    def _read(self, ours: int) -> None:
        """What the terminal shows, until nobody has it open any more."""
        with os.fdopen(ours, encoding="utf-8") as terminal, suppress(OSError):
            for line in terminal:
                self.printed.append(line.rstrip())

    def _answers(self) -> bool:
        try:
            return self.get("/health")[0] == 200
        except (OSError, HTTPException):
            return False

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE_SECONDS)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to stop, and wait for its exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)

    @property
    def code(self) -> str:
        """The code of the event that is open."""
        return self._find(r"/e/(\w{4})$")

    @property
    def desk_link(self) -> str:
        return self._find(r"(/desk/link/\S+)")

    def change_event(self, **settings: Any) -> None:
        with closing(
            open_store(f"sqlite:///{self.folder / 'wall.db'}", threading_runtime().off_loop)
        ) as store:
            store.write(lambda tx: tx.change_event(self.code, **settings))

    def _find(self, pattern: str) -> str:
        wait_until(lambda: any(re.search(pattern, line) for line in self.printed), pattern)
        return next(found[1] for line in reversed(self.printed) if (found := re.search(pattern, line)))


class SharedServer(Server):
    """A server that many tests use, each with an event and an organiser of its own, as a fresh server has them."""

    def __init__(self, running: "OwnServer", store: Store) -> None:
        self.folder = running.folder
        self.port = running.port
        self._store = store
        self._organiser, self._code = store.write(_add_organiser_with_event)

    @property
    def code(self) -> str:
        return self._code

    def change_event(self, **settings: Any) -> None:
        self._store.write(lambda tx: tx.change_event(self._code, **settings))

    @property
    def desk_link(self) -> str:
        token = new_token()
        until = iso(datetime.now(UTC) + timedelta(hours=1))
        self._store.write(
            lambda tx: organisers.add_desk_link(
                tx.connection,
                self._organiser,
                token_hash=hash_token(token),
                created_at=tx.now,
                expires_at=until,
            )
        )
        return f"/desk/link/{token}"


def _add_organiser_with_event(transaction: Transaction) -> tuple[int, str]:
    organiser = organisers.add(transaction.connection, FIRST_ORGANISER, transaction.now)
    return organiser, add_event(transaction, organiser, title=FIRST_TITLE, question=FIRST_QUESTION).code


@contextmanager
def running_server(
    folder: Path, program: Sequence[str] | None = None, **settings: str
) -> Iterator[OwnServer]:
    """A server for as long as the test needs it: `python run.py`, or another program."""
    server = OwnServer(folder, program, **settings)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


def run_py(folder: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """`python run.py ARGUMENTS` for what ends by itself, with the database of that folder."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder / 'wall.db'}"} | settings
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        code = start(arguments, environment, Path.cwd(), out.fileno(), errors.fileno()).wait(
            2 * PATIENCE_SECONDS
        )
        for written in (out, errors):
            written.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read(), errors.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Any, what: str, patience: float = PATIENCE_SECONDS) -> None:
    """Wait for a state; what never comes fails with its name."""
    give_up = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < give_up, f"waited in vain until {what}"
        time.sleep(0.02)
