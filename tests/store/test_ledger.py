"""The ledger: answers only after the commit, one caller's refusal is his alone, and it recovers by itself."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event as Signal
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from tests.support.running import wait_until
from wall.core.errors import PledgeNotFound, TryAgain
from wall.store import EventChange, Ledger, Transaction, tables
from wall.store.engine import open_writer

EVENT = {
    "code": "Q7K4", "title": "Q", "question": "?", "open": 1, "language": "en", "themes": "[]",
    "text_limit": 280, "moderation": "after", "version": 0, "last_number": 0, "created_at": "", "wall": "{}",
}  # fmt: skip


class Disk:
    """Runs the ledger's commits; can be made busy, to see what waits, and counts them."""

    def __init__(self) -> None:
        self.commits = 0
        self.asked = Signal()
        self.free = Signal()
        self.free.set()

    def __call__(self, call: Callable[..., Any], /, *arguments: Any) -> Any:
        self.asked.set()
        self.free.wait()
        self.commits += 1
        return call(*arguments)


@contextmanager
def busy(disk: Disk, ledger: Ledger) -> Iterator[ThreadPoolExecutor]:
    """A room of callers while the disk is busy with the first one's commit; it is freed at the end."""
    with ThreadPoolExecutor(20) as room:
        disk.free.clear()
        room.submit(ledger.write, beat)
        disk.asked.wait()
        try:
            yield room
        finally:
            disk.free.set()


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def writer(database: str) -> Iterator[Engine]:
    engine = open_writer(database)
    with engine.begin() as connection:
        connection.execute(tables.events.insert().values(EVENT))
    yield engine
    engine.dispose()


@pytest.fixture
def ledger(writer: Engine, disk: Disk) -> Iterator[Ledger]:
    made = Ledger(writer, disk, most_waiting=10)
    yield made
    disk.free.set()
    made.close()


@pytest.fixture
def other_process(database: str) -> Iterator[sqlite3.Connection]:
    """Somebody else who opens the same file."""
    connection = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
    yield connection
    connection.close()


def beat(transaction: Transaction) -> str:
    transaction.record("beat")
    return "done"


def count_beats(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM audit WHERE action = 'beat'").fetchone()[0])


def test_it_answers_after_the_commit(ledger: Ledger, other_process: sqlite3.Connection) -> None:
    assert ledger.write(beat) == "done"
    assert count_beats(other_process) == 1


def test_what_waits_is_committed_together(
    ledger: Ledger, disk: Disk, other_process: sqlite3.Connection
) -> None:
    with busy(disk, ledger) as room:
        answers = [room.submit(ledger.write, beat) for _ in range(10)]
        wait_until(lambda: ledger.waiting == 10, "all of them wait")
    assert [answer.result() for answer in answers] == ["done"] * 10
    assert disk.commits == 2
    assert count_beats(other_process) == 11


def test_a_full_ledger_says_try_again_at_once(ledger: Ledger, disk: Disk) -> None:
    with busy(disk, ledger) as room:
        accepted = [room.submit(ledger.write, beat) for _ in range(10)]
        wait_until(lambda: ledger.waiting == 10, "it is full")
        with pytest.raises(TryAgain):
            ledger.write(beat)
    assert [answer.result() for answer in accepted] == ["done"] * 10


@pytest.mark.parametrize("error", [PledgeNotFound(), ZeroDivisionError()])
def test_a_refusal_is_that_callers_alone(
    ledger: Ledger, disk: Disk, other_process: sqlite3.Connection, error: Exception
) -> None:
    def refuse(transaction: Transaction) -> None:
        beat(transaction)
        transaction.next_version("Q7K4")
        raise error

    with busy(disk, ledger) as room:
        good, bad, other = (room.submit(ledger.write, action) for action in (beat, refuse, beat))
        wait_until(lambda: ledger.waiting == 3, "all of them wait")
    assert (good.result(), other.result()) == ("done", "done")
    with pytest.raises(type(error)):
        bad.result()
    assert disk.commits == 2
    assert count_beats(other_process) == 3
    assert version_of(other_process) == 0


def test_a_row_that_breaks_a_rule_is_that_callers_alone(
    ledger: Ledger, other_process: sqlite3.Connection
) -> None:
    def break_rule(transaction: Transaction) -> None:
        beat(transaction)
        transaction.connection.exec_driver_sql("INSERT INTO event_organisers VALUES (99, 99, 'scribe')")

    with pytest.raises(IntegrityError):
        ledger.write(break_rule)
    assert ledger.write(beat) == "done"
    assert count_beats(other_process) == 1


def test_a_change_raises_the_version_and_is_announced(
    ledger: Ledger, other_process: sqlite3.Connection
) -> None:
    heard: list[EventChange] = []
    ledger.on_commit = heard.extend
    ledger.write(lambda transaction: transaction.next_version("Q7K4"))

    wait_until(lambda: heard, "it is announced")
    assert heard == [EventChange("Q7K4", 0, 1)]
    assert version_of(other_process) == 1


def test_a_failing_announcement_fails_nobody(ledger: Ledger) -> None:
    def fail(moved: list[EventChange]) -> None:
        raise ConnectionError

    ledger.on_commit = fail
    ledger.write(lambda transaction: transaction.next_version("Q7K4"))
    assert ledger.write(beat) == "done"


def test_a_full_disk_says_try_again_and_recovers(
    ledger: Ledger, writer: Engine, other_process: sqlite3.Connection
) -> None:
    def fill(transaction: Transaction) -> None:
        beat(transaction)
        transaction.connection.exec_driver_sql("CREATE TABLE big AS SELECT randomblob(1000000) AS b")

    ledger.write(beat)
    set_most_pages(writer, 60)
    with pytest.raises(TryAgain):
        ledger.write(fill)
    set_most_pages(writer, 1_000_000)

    assert ledger.write(beat) == "done"
    assert count_beats(other_process) == 2


def test_a_locked_database_says_try_again_and_recovers(
    ledger: Ledger, writer: Engine, other_process: sqlite3.Connection
) -> None:
    with writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    other_process.execute("BEGIN IMMEDIATE")
    with pytest.raises(TryAgain):
        ledger.write(beat)
    other_process.execute("ROLLBACK")

    assert ledger.write(beat) == "done"
    assert count_beats(other_process) == 1


def test_closing_finishes_what_was_accepted_and_takes_nothing_more(
    writer: Engine, disk: Disk, other_process: sqlite3.Connection
) -> None:
    ledger = Ledger(writer, disk)
    with busy(disk, ledger) as room:
        accepted = [room.submit(ledger.write, beat) for _ in range(5)]
        wait_until(lambda: ledger.waiting == 5, "all are accepted")
        closing = room.submit(ledger.close)
        wait_until(lambda: ledger.closed, "it is closed")
        with pytest.raises(TryAgain):
            ledger.write(beat)
    closing.result()
    assert [answer.result() for answer in accepted] == ["done"] * 5
    assert count_beats(other_process) == 6


def test_stored_means_on_the_disk(writer: Engine) -> None:
    with writer.connect() as connection:
        read = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def set_most_pages(writer: Engine, pages: int) -> None:
    with writer.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT version FROM events").fetchone()[0])
