"""Two engines on one database: the ledger's single writing connection, and the readers'."""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from wall.store.marks import raise_mark

WRITER_WAITS_SECONDS = 5
"""How long the ledger waits for another process that writes, a backup say, before it says try again."""
LONGEST_ROW_BYTES = 2_000_000
"""Far more than a logo, or all that an event is set up with."""
READERS_WAIT_SECONDS = 0.05
"""Whoever reads is in nobody's way but that of a program which locks everybody out; the loop does not wait for it."""
LOG_WAITS_SECONDS = 0.1
"""Whoever empties the log waits so long for readers, and the ledger for them meanwhile."""


def open_writer(url: str) -> Engine:
    """The ledger's engine: one connection, used by one call at a time, from any thread."""
    file = Path(url.removeprefix("sqlite:///"))
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(file, WRITER_WAITS_SECONDS, make=True),
        poolclass=StaticPool,
        hide_parameters=True,  # they are what people wrote
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        harden(connection)
        connection.isolation_level = None  # we say BEGIN ourselves
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # on macOS only this reaches the disk
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(
            "PRAGMA secure_delete = ON"
        )  # what is deleted cannot be read from the file any more

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.info["changes"] = driver_of(connection).total_changes

    @event.listens_for(engine, "commit")
    def _mark(connection: Any) -> None:
        driver = driver_of(connection)
        if driver.total_changes != connection.info["changes"]:
            raise_mark(driver)

    return engine


def open_readers(file: Path, before_each: Callable[[], None] = lambda: None) -> Engine:
    """The engine of everybody else. Its connections cannot write, so the ledger stays the one writer.

    `before_each` may refuse a new connection by raising.
    """

    def open_one() -> sqlite3.Connection:
        before_each()
        return connect(file, READERS_WAIT_SECONDS)

    engine = create_engine(
        "sqlite://", creator=open_one, poolclass=QueuePool, pool_size=8, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        harden(connection)
        connection.isolation_level = None
        connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")  # all reads of one call see one moment

    return engine


def harden(connection: sqlite3.Connection) -> None:
    """Let nothing that is written in a database's tables act by itself, and see damage before it is used."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_ROW_BYTES)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)


def connect(file: Path, timeout: float, *, make: bool = False) -> sqlite3.Connection:
    """To a database that is there, unless it is to be made. SQLite would begin a new one in the place of one that was moved,
    and take its log away."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={'rwc' if make else 'rw'}",
        uri=True,
        timeout=timeout,
        isolation_level=None,
        check_same_thread=False,
    )


def driver_of(connection: Any) -> sqlite3.Connection:
    """SQLite's own connection under one of SQLAlchemy's."""
    driver: sqlite3.Connection = connection.connection.dbapi_connection
    return driver


def empty_log(database: Path) -> bool:
    """Bring all that was committed from the write-ahead log into the database, and cut the log to nothing.

    False where a reader is in the way, or the disk is in trouble.
    """
    try:
        with closing(connect(database, LOG_WAITS_SECONDS)) as connection:
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    return not busy
