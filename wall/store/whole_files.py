"""A file that is there as a whole, on the disk and for its owner alone, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HALF = ".part"
SQLITE_SIDES = ("-wal", "-shm", "-journal")


@contextmanager
def whole_or_nothing(target: Path) -> Iterator[Path]:
    """A name beside `target` to write to. It becomes the target at the end; where anything goes wrong, it is gone."""
    half = target.with_name(target.name + HALF)
    try:
        remove_database(half)
        half.touch(mode=0o600)  # it holds names
        yield half
        put_on_disk(half)
        half.replace(target)
        put_on_disk(target.parent)
    finally:
        remove_database(half)


def remove_database(file: Path) -> None:
    """A database, and what SQLite keeps beside it."""
    for side in (*SQLITE_SIDES, ""):
        file.with_name(file.name + side).unlink(missing_ok=True)


def put_on_disk(path: Path) -> None:
    """Return when a file's content, or a folder's list of names, is safe from a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
