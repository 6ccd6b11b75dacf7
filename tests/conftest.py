"""The stage and the fixed cast: one event's team, an organiser of another event, an attendee, a guest."""

import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from redis.exceptions import RedisError

from config import Settings
from tests.support import made_once
from tests.support.running import OwnServer, Server, SharedServer, free_port, running_server, wait_until
from wall import create_app
from wall.cli.threads import threading_runtime
from wall.core.drafts import read_draft
from wall.core.events import Event
from wall.core.people.browsers import UNKNOWN
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.people.sessions import IN_COOKIE, CameBy
from wall.services.events.creating import make_event
from wall.services.people.passwords import set_password
from wall.services.people.sessions import begin_session
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store, Transaction, open_store
from wall.store.queries import organisers, team
from wall.web.kit.context import Parts, current_parts

made_once.remember()

RIGHT = "correct horse"
"""The password of the organiser, where somebody has one."""


@dataclass(frozen=True)
class Cast:
    """Everybody who appears. An attendee and a guest have no account."""

    organiser: Organiser
    co_organiser: Organiser
    other_organiser: Organiser
    moderator: Organiser
    scribe: Organiser
    event: Event
    other_event: Event


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy, since migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("database") / "wall.db"
    open_store(f"sqlite:///{path}", threading_runtime().off_loop).close()
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> str:
    shutil.copy(empty_database, tmp_path / "wall.db")
    return f"sqlite:///{tmp_path / 'wall.db'}"


OpenApp = Callable[[Settings], Flask]


@pytest.fixture
def open_app() -> Iterator[OpenApp]:
    """Open the program with other settings; it is closed after the test."""
    with ExitStack() as stack:

        def open_one(settings: Settings) -> Flask:
            app = create_app(settings, threading_runtime())
            stack.callback(close, app)
            return app

        yield open_one


def close(app: Flask) -> None:
    """Not its gate, which would wait for answers that a test has left half read."""
    with app.app_context():
        current_parts().store.close()
        current_parts().background.end()


@pytest.fixture
def app(database: str, open_app: OpenApp) -> Flask:
    return open_app(settings_for(database))


def settings_for(database: str, *, limits: bool = True) -> Settings:
    return Settings(
        host="127.0.0.1",
        port=8000,
        database_url=database,
        public_url="http://wall.test",
        secret_key="a secret of the tests",
        async_mode="threading",
        redis_url=None,
        trusted_proxies=0,
        limits=limits,
    )


@pytest.fixture
def parts(app: Flask) -> Parts:
    with app.app_context():
        return current_parts()


@pytest.fixture
def store(parts: Parts) -> Store:
    return parts.store


@pytest.fixture
def cast(store: Store) -> Cast:
    def add_people(transaction: Transaction) -> list[int]:
        people = {"Ann": True, "Bela": True, "Cerys": True, "Dewi": False, "Edda": False}
        return [
            organisers.add(transaction.connection, name, transaction.now, makes_events=makes_events)
            for name, makes_events in people.items()
        ]

    first, second, third, *helpers = ids = store.write(add_people)
    event = make_event(
        store, first, title="Q launch", question="What will you give back?", themes=("Safety",)
    )
    other = make_event(store, third, title="Another day", question="What else?")
    roles = (Role.ORGANISER, Role.MODERATOR, Role.SCRIBE)

    def gather_team(transaction: Transaction) -> None:
        for one, role in zip((second, *helpers), roles, strict=True):
            team.join_event(transaction.connection, one, event.id, role)

    store.write(gather_team)
    with store.read() as connection:
        people = [organisers.by_id(connection, one) for one in ids]
    ann, bela, cerys, dewi, edda = (one for one in people if one)
    return Cast(ann, bela, cerys, dewi, edda, event, other)


@pytest.fixture
def pledge(store: Store, cast: Cast) -> Submitted:
    """What an attendee wrote."""
    return submit_pledge(store, cast.event.code, read_draft(a_draft("Listen more.", name="Maria")))


@pytest.fixture
def guest(app: Flask) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


SignIn = Callable[[Organiser], FlaskClient]


@pytest.fixture
def signed_in(app: Flask, store: Store) -> SignIn:
    """A browser in which somebody is signed in to the desk; its forms need no token here."""
    app.config["WTF_CSRF_ENABLED"] = False

    def sign_in(organiser: Organiser) -> FlaskClient:
        client = app.test_client()
        entered = store.write(lambda tx: begin_session(tx, organiser.id, CameBy.PASSWORD, UNKNOWN))
        with client.session_transaction() as session:
            session[IN_COOKIE] = entered.token
        return client

    return sign_in


@pytest.fixture
def with_password(app: Flask, parts: Parts, cast: Cast) -> Cast:
    app.config["WTF_CSRF_ENABLED"] = False
    set_password(parts.store, parts.runtime.off_loop, cast.organiser, "Ann", RIGHT)
    return cast


@pytest.fixture(scope="session")
def running(
    empty_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[OwnServer, Store]]:
    """The real run.py, with the database that it serves: started once, for every test that leaves it running."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copy(empty_database, folder / "wall.db")
    with running_server(folder) as started:
        store = open_store(f"sqlite:///{folder / 'wall.db'}", threading_runtime().off_loop)
        yield started, store
        store.close()


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    """An event of the test's own, on a server that other tests use too; or its `own_server`, where it asks for one."""
    if "own_server" in request.fixturenames:
        own: Server = request.getfixturevalue("own_server")
        return own
    return SharedServer(*request.getfixturevalue("running"))


@pytest.fixture
def own_server(empty_database: Path, tmp_path: Path) -> Iterator[OwnServer]:
    """The real run.py on a port of its own, for a test that stops it, reads what it prints or looks at its files."""
    shutil.copy(empty_database, tmp_path / "wall.db")
    with running_server(tmp_path) as started:
        yield started


@pytest.fixture(params=["eventlet", "threading"])
def any_server(request: pytest.FixtureRequest, empty_database: Path, tmp_path: Path) -> Iterator[OwnServer]:
    """The same, once in each async mode."""
    shutil.copy(empty_database, tmp_path / "wall.db")
    with running_server(tmp_path, ASYNC_MODE=request.param) as started:
        yield started


class OwnRedis:
    """A Redis of the test, which can be made to hang, killed and started again."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("redis-server")
        assert program, "The tests need redis-server; “make test” installs it on Debian."
        port = free_port()
        self._command = [
            *(program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)),
        ]
        self.url = f"redis://127.0.0.1:{port}/0"
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        wait_until(lambda: _answers(self.url), "Redis answers")

    def hang(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[OwnRedis]:
    redis = OwnRedis(tmp_path)
    yield redis
    redis.kill()


@pytest.fixture
def redis_url(own_redis: OwnRedis) -> str:
    return own_redis.url


def _answers(url: str) -> bool:
    with Redis.from_url(url) as client:
        try:
            return bool(client.ping())
        except RedisError:
            return False


def shut(store: Store, code: str) -> None:
    """The event takes no more pledges."""
    store.write(lambda transaction: transaction.change_event(code, open=False))


def a_draft(text: str, **more: Any) -> dict[str, Any]:
    """What a phone sends, with a fresh key."""
    return {"key": str(uuid4()), "text": text} | more
