"""A file that is there as a whole, on the disk and for its owner alone, or not at all."""

import logging
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HALF = ".part"
UNPACKED = "scribe-wall-"
"""How the folders begin in which an event's file is looked at."""
SQLITE_SIDES = ("-wal", "-shm", "-journal")
OWNER_ALONE = 0o600

log = logging.getLogger(__name__)


@contextmanager
def atomic_write(target: Path) -> Iterator[Path]:
    """A name beside `target` to write to. It becomes the target at the end; where anything goes wrong, it is gone."""
    half = target.with_name(target.name + HALF)
    try:
        remove_database(half)
        make_private(half)  # it holds names
        yield half
        sync_to_disk(half)
        half.replace(target)
        sync_to_disk(target.parent)
    finally:
        remove_database(half)


def make_private(database: Path) -> None:
    """Let only its owner read a database and what SQLite puts beside it; an empty one is made where there is none.

    SQLite gives what it puts beside a database the same rights. Raises OSError.
    """
    with suppress(FileExistsError):
        os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ALONE))
    for side in ("", *SQLITE_SIDES):
        tighten(database.with_name(database.name + side))


def tighten(file: Path) -> None:
    """Let nobody but its owner read a file, if there is one and it is ours."""
    with suppress(FileNotFoundError):
        if stat.S_IMODE(file.stat().st_mode) & ~OWNER_ALONE:
            try:
                file.chmod(OWNER_ALONE)
            except PermissionError:
                log.warning("%s holds names, and others can read it; it is not ours to change that", file)


def remove_half(target: Path) -> None:
    """Remove what was left of a target that was never finished. Nobody may be making one just now."""
    remove_database(target.with_name(target.name + HALF))


def remove_database(file: Path) -> None:
    """Remove a database, and what SQLite puts beside it."""
    for side in (*SQLITE_SIDES, ""):
        file.with_name(file.name + side).unlink(missing_ok=True)


def sync_to_disk(path: Path) -> None:
    """Return when a file's content, or a folder's list of names, is safe from a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
