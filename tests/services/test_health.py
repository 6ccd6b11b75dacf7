"""`/health` writes like a pledge and reads like a wall, once a second for all who ask, and is quick."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, a_draft
from tests.support.running import OwnServer, wait_until
from wall.services.server.health import check_health
from wall.store import Store, heartbeats
from wall.store.engine import WRITER_WAITS_SECONDS
from wall.store.queries import pledges
from wall.store.transaction import Transaction


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Another program holds the database."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_however_many_ask_the_database_is_asked_once(
    store: Store, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def count(transaction: Transaction) -> None:
        written.append(transaction.now)

    monkeypatch.setattr(heartbeats, "beat", count)
    with ThreadPoolExecutor(20) as room:
        found = list(room.map(lambda _: check_health(store), range(200)))
    assert found == [{"read": "ok", "write": "ok"}] * 200
    assert len(written) <= 3  # a slow machine may need a second or two for so many


def test_it_reads_as_a_wall_does(store: Store, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk I/O error")

    monkeypatch.setattr(pledges, "changed_since", fail)
    assert check_health(store) == {"read": "failed", "write": "ok"}


def test_a_database_that_is_locked_is_said_before_a_pledge_gives_up(
    own_server: OwnServer, tmp_path: Path
) -> None:
    own_server.send(a_draft("Before."))
    with locked(tmp_path / "wall.db"), ThreadPoolExecutor(1) as phone:
        sent = phone.submit(own_server.send, a_draft("Waits for the lock."))
        wait_until(lambda: own_server.get("/health")[0] == 503, "health says so")
        assert own_server.get("/health")[1]["write"] == "failed"
        assert own_server.get(f"/e/{own_server.code}/pledges")[0] == 200  # a wall reads on
        assert sent.result()[0] == 503
    wait_until(lambda: own_server.get("/health")[0] == 200, "it is well again")


def test_whoever_asks_for_health_waits_less_than_a_pledge(
    guest: FlaskClient, store: Store, database: str
) -> None:
    with locked(Path(database.removeprefix("sqlite:///"))), ThreadPoolExecutor(1) as phone:
        pledge = phone.submit(lambda: store.write(lambda _: None))
        assert guest.get("/health").status_code == 503
        assert not pledge.done()
        assert pledge.exception(WRITER_WAITS_SECONDS + 20) is not None
