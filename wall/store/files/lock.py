"""Whoever has the database open holds a lock on a file beside it, so that nobody puts another in its place.

What is written in that file says which file is open; a good end takes it out again. So a start knows of a bad one.
"""

import fcntl
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

OVERWRITTEN_NOTE = "overwritten"
"""Left by a server under which the database was overwritten: it may be a mixture, which only a restore ends."""
LOG_CUT_NOTE = "log cut"
"""The same of one whose log was: what was in it is lost."""
TIMEOUT_SECONDS = 10
"""Somebody else may just be looking at the database before they open it."""
_LOOK_AGAIN_SECONDS = 0.1


class InUse(Exception):
    """Somebody else holds what was asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """How a database was found by who begins to use it."""

    alone: bool
    """Whether nobody else has it open."""
    noted: str
    """Which file was open before, where that did not end well, or is open now; empty otherwise."""


class SharedLock:
    """Held by everybody who has the database open, together with others. The end of the process releases it too."""

    def __init__(self, database: Path, look: Callable[[Found], None]) -> None:
        """`look` comes before anything is opened, and may refuse by raising. Raises InUse or OSError."""
        self._held = _open(database)
        try:
            alone = self._wait()
            look(Found(alone, self._held.read()))
            if alone:
                fcntl.flock(self._held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            self._held.close()
            raise InUse from None
        except BaseException:
            self._held.close()
            raise

    def note(self, opened: str) -> None:
        """Note which file is open now."""
        self._write(opened)

    def release(self, *, well: bool) -> None:
        """Release the lock. The last one who ends well leaves no note."""
        try:
            if well and not self._held.closed:
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._write("")
        except BlockingIOError:
            pass  # others go on
        finally:
            self._held.close()

    def _wait(self) -> bool:
        """Wait for the lock; True where nobody else has it."""
        give_up = time.monotonic() + TIMEOUT_SECONDS
        while True:
            for kind in (fcntl.LOCK_EX, fcntl.LOCK_SH):
                try:
                    fcntl.flock(self._held, kind | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                return kind == fcntl.LOCK_EX
            if time.monotonic() > give_up:
                raise InUse
            time.sleep(_LOOK_AGAIN_SECONDS)

    def _write(self, noted: str) -> None:
        self._held.seek(0)
        self._held.truncate()
        self._held.write(noted)
        self._held.flush()


class ExclusiveLock:
    """Everybody else stays out, so that another database can be put in place."""

    def __init__(self, database: Path) -> None:
        """Raises InUse or OSError."""
        self._held = _open(database)
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._held.close()
            raise InUse from None

    def release(self, *, replaced: bool) -> None:
        """Release the lock; what was noted of a database that is not there any more is forgotten."""
        if replaced:
            self._held.truncate()
        self._held.close()


def _open(database: Path) -> IO[str]:
    beside = database.resolve().with_name(f"{database.name}-in-use")
    return os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT, 0o600), "r+")
