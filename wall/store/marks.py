"""The database's own mark, in a field of the file's header that SQLite leaves to its users (`user_version`).

It begins at random and goes up with every commit. So a file tells, in its first hundred bytes, which database it is
and how far it had come: an older copy of the same one is as foreign as another.
"""

import os
import secrets
import sqlite3
from dataclasses import dataclass

HEADER_BYTES = 100
MOST_AHEAD = 100_000
"""More commits than are made between two looks at the file."""
_MAGIC = b"SQLite format 3\0"
_MARK = slice(60, 64)
_KIND = slice(68, 72)
_FIRST_MARKS = 1 << 30


@dataclass(frozen=True, slots=True)
class Header:
    """`mark` is 0 in a database from before there were marks; `sealed` says that it is a backup or an event's file."""

    mark: int
    sealed: bool


def read_header(descriptor: int) -> Header | None:
    """The header of an open file; None where it is no database."""
    return parse_header(os.pread(descriptor, HEADER_BYTES, 0))


def parse_header(header: bytes) -> Header | None:
    """The header in the beginning of a database, or of its first page in the log."""
    if len(header) < HEADER_BYTES or not header.startswith(_MAGIC):
        return None
    return Header(int.from_bytes(header[_MARK], "big"), any(header[_KIND]))


def raise_mark(connection: sqlite3.Connection) -> None:
    """Raise the mark, as part of a transaction that changes something."""
    (mark,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(
        f"PRAGMA user_version = {mark + 1 if mark > 0 else 1 + secrets.randbelow(_FIRST_MARKS)}"
    )


def make_plain(connection: sqlite3.Connection) -> None:
    """A backup that somebody copied into the database's place by hand is a plain database from now on."""
    (kind,), (mark,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    if kind:
        connection.execute("PRAGMA application_id = 0")
        connection.execute("PRAGMA user_version = 0")
    if kind or mark <= 0:
        raise_mark(connection)
