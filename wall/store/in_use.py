"""Whoever has the database open holds a lock on a file beside it, so that nobody puts another in its place."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path


class InUse(Exception):
    """Somebody else holds what was asked for."""


def share(database: Path) -> Callable[[], None]:
    """Use the database together with others. Returns what lets go of it; so does the end of the process.

    Raises InUse or OSError.
    """
    return _lock(database, fcntl.LOCK_SH)


def take_alone(database: Path) -> Callable[[], None]:
    """Keep everybody else out. See share."""
    return _lock(database, fcntl.LOCK_EX)


def _lock(database: Path, kind: int) -> Callable[[], None]:
    beside = database.resolve().with_name(f"{database.name}-in-use")
    held = os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT, 0o600))
    try:
        fcntl.flock(held, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        raise InUse from None
    return held.close
