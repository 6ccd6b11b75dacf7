"""Copies say of themselves what they are and carry a checksum, so that damage anywhere in them is found.

Both are in fields that SQLite's file header leaves to its users: `application_id` and `user_version`.
"""

import sqlite3
import zlib
from contextlib import closing
from enum import IntEnum
from pathlib import Path

from wall.store.engine import harden
from wall.store.problems import CannotUse
from wall.store.schema_check import unexpected_objects


class Kind(IntEnum):
    """What a file holds."""

    DATABASE = 0
    """A plain database, in use or copied by hand: it has no checksum."""
    BACKUP = 0x53574255
    EVENT = 0x53574556


_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_CHECKSUM = slice(60, 64)
_KIND = slice(68, 72)
_CHUNK_BYTES = 1 << 20
_OURS = {"alembic_version", "events", "pledges"}
_LIST = "“python run.py backups” lists the good ones."


def seal(file: Path, kind: Kind) -> None:
    """Make a finished copy one closed file that can be checked anywhere."""
    _mark(file, kind)
    checksum = _checksum(file)
    with file.open("r+b") as handle:
        handle.seek(_CHECKSUM.start)
        handle.write(checksum.to_bytes(4, "big"))


def break_seal(file: Path) -> None:
    """Make it a plain database again, to be written to."""
    _mark(file, Kind.DATABASE)


def check(file: Path, *kinds: Kind, name: Path | None = None) -> None:
    """Read all of a file. Raises CannotUse where it is damaged or not of these kinds; `name` is what messages call it."""
    name = name or file
    with file.open("rb") as handle:
        header = handle.read(_HEADER_BYTES)
    if not header:
        raise CannotUse(f"{name} is empty. {_LIST}")
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise CannotUse(f"{name} is not a file of Scribe Wall. {_LIST}")
    found = int.from_bytes(header[_KIND], "big")
    sealed = found in (Kind.BACKUP, Kind.EVENT)
    if sealed and int.from_bytes(header[_CHECKSUM], "big") != _checksum(file):
        raise CannotUse(f"{name} is damaged: it has changed since it was written. Use another one. {_LIST}")
    try:
        tables = _look_through(file, name)
    except sqlite3.DatabaseError as error:
        raise CannotUse(f"{name} is damaged ({error}). Use another one. {_LIST}") from error
    if not tables >= _OURS:
        raise CannotUse(f"{name} is not a database of Scribe Wall. {_LIST}")
    if found not in kinds:
        raise CannotUse(_other_kind(name, found))


def is_good(backup: Path) -> bool:
    """Whether a backup is as it was written; all of it is read."""
    try:
        check(backup, Kind.BACKUP)
    except (CannotUse, OSError):
        return False
    return True


def _look_through(file: Path, name: Path) -> set[str]:
    """The names of the tables, after a look at every page. Raises sqlite3.DatabaseError or CannotUse."""
    with closing(sqlite3.connect(file)) as connection:
        harden(connection)
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if tables >= _OURS and (foreign := unexpected_objects(connection)):
            raise CannotUse(f"{name} holds what Scribe Wall never writes: {', '.join(foreign[:3])}. {_LIST}")
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(" ".join(verdict.split()))
        return tables


def _other_kind(name: Path, found: int) -> str:
    if found == Kind.EVENT:
        return f"{name} holds one event, not everything: type “python run.py import-event {name}”."
    if found == Kind.BACKUP:
        return f"{name} is a backup of everything, not one event: type “python run.py restore {name}”."
    return f"{name} is not an event file. “python run.py export-event” makes one."


def _mark(file: Path, kind: Kind) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # all in one file
        connection.execute(f"PRAGMA application_id = {int(kind)}")
        connection.execute("PRAGMA user_version = 0")


def _checksum(file: Path) -> int:
    """Over the whole file but the checksum itself."""
    with file.open("rb") as handle:
        header = bytearray(handle.read(_HEADER_BYTES))
        header[_CHECKSUM] = bytes(4)
        checksum = zlib.crc32(header)
        while chunk := handle.read(_CHUNK_BYTES):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
