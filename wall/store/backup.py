"""A copy of the whole database, made while it is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copy_database(source: Path, target: Path) -> None:
    """Copy all that is committed, and check the copy. Raises sqlite3.Error or OSError; then there is no copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part")
    try:
        half.touch(mode=0o600)  # it holds names
        with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(half)) as written:
            read.backup(written)
            (told,) = written.execute("PRAGMA quick_check").fetchone()
            if told != "ok":
                raise sqlite3.DatabaseError("the copy is damaged")
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def version_in(copy: Path, event_id: int) -> int | None:
    """How far an event had come when the copy was made."""
    with closing(sqlite3.connect(copy)) as connection:
        found = connection.execute("SELECT version FROM events WHERE id = ?", (event_id,)).fetchone()
    return int(found[0]) if found else None
