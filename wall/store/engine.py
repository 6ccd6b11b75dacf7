"""Two engines on one database: the ledger's single writing connection, and the readers'."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

WRITER_WAITS_SECONDS = 5
"""How long the ledger waits for another process that writes, a backup say, before it says try again."""
LONGEST_ROW_BYTES = 2_000_000
"""Far more than a logo, or all that an event is set up with."""
LOG_WAITS_SECONDS = 0.1
"""Whoever empties the log waits so long for readers, and the ledger for them meanwhile."""


def open_writer(url: str) -> Engine:
    """The ledger's engine: one connection, used by one call at a time, from any thread."""
    engine = create_engine(
        url,
        poolclass=StaticPool,
        hide_parameters=True,  # they are what people wrote
        connect_args={"check_same_thread": False, "timeout": WRITER_WAITS_SECONDS},
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

    return engine


def open_readers(url: str | URL) -> Engine:
    """The engine of everybody else. Its connections cannot write, so the ledger stays the one writer."""
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=8,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
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


def empty_log(database: Path) -> bool:
    """Bring all that was committed from the write-ahead log into the database, and cut the log to nothing.

    False where a reader is in the way, or the disk is in trouble.
    """
    try:
        with closing(sqlite3.connect(database, timeout=LOG_WAITS_SECONDS)) as connection:
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    return not busy
