"""Before a database is opened: is it there, and is it whole? A start after a bad end looks at every page."""

import logging
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from wall.store.engine import connect
from wall.store.files.backups import Backups
from wall.store.files.lock import LOG_CUT_NOTE, OVERWRITTEN_NOTE, Found
from wall.store.files.log_file import log_belongs_to
from wall.store.problems import CannotOpen

LONGEST_LOOK_SECONDS = 20
"""A database of a hundred thousand pledges takes a second."""
_STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 100_000

log = logging.getLogger(__name__)


def check_before_opening(database: Path, found: Found, *, anew: bool) -> None:
    """Look at a database's files before it is opened.

    Raises CannotOpen where it is missing but was there before, or is damaged.
    `anew` says that a new one is wanted where there is none, whatever backups there are.
    """
    beside = log_of(database)
    if not found.alone and found.noted and found.noted != file_of(database):
        raise CannotOpen(
            f"A server is running whose database was moved away from {database}. Put it back under that name, "
            "or stop the server first. Nothing was changed."
        )
    if not database.exists() or not database.stat().st_size:
        if beside.exists() and beside.stat().st_size:
            raise CannotOpen(_missing(database, f"but {beside.name} is there, with the latest changes"))
        if not anew:
            _ask_for_backups(database)
    elif found.alone and (found.noted or beside.exists()):
        incomplete = found.noted.startswith(LOG_CUT_NOTE) or not beside.exists()
        _look_through(database, mixed=found.noted.startswith(OVERWRITTEN_NOTE))
        if incomplete:
            log.warning(
                "the last end was sudden, and %s was taken away or cut: what was stored last may be missing. "
                "“python run.py backups” lists copies",
                beside.name,
            )


def log_of(database: Path) -> Path:
    """Where SQLite puts what was committed and is not in the database yet."""
    real = database.resolve()
    return real.with_name(f"{real.name}-wal")


def file_of(database: Path) -> str:
    """Which file it is, whatever its name; empty where there is none."""
    try:
        status = database.stat()
    except OSError:
        return ""
    return f"{status.st_dev}:{status.st_ino}"


def _ask_for_backups(database: Path) -> None:
    backups = Backups(database)
    if copies := backups.copies():
        raise CannotOpen(
            _missing(database, f"but there are backups in {backups.folder}", copies[-1].file)
            + f" To begin anew, move {backups.folder} somewhere else first."
        )


def _look_through(database: Path, *, mixed: bool) -> None:
    if mixed or not log_belongs_to(database, log_of(database)):
        raise CannotOpen(
            f"{database} was overwritten while a server ran, so it may be a mixture of two. {_restore()}"
        )
    give_up = time.monotonic() + LONGEST_LOOK_SECONDS
    try:
        with closing(connect(database, LONGEST_LOOK_SECONDS)) as connection:
            connection.set_progress_handler(
                lambda: time.monotonic() > give_up, _STEPS_BETWEEN_LOOKS_AT_THE_CLOCK
            )
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        if time.monotonic() < give_up:
            raise CannotOpen(f"DATABASE_URL: {database} cannot be used: {error}.") from error
        return  # so large that nobody should wait any longer
    except sqlite3.DatabaseError as error:
        verdict = str(error)
    if verdict != "ok":
        raise CannotOpen(f"{database} is damaged ({' '.join(verdict.split())}). {_restore()}")


def _missing(database: Path, what_is_there: str, latest: Path | None = None) -> str:
    restored = f"python run.py restore {latest}" if latest else "python run.py restore FILE"
    return (
        f"There is no {database}, {what_is_there}. If it was moved, put it back under that name; "
        f"else restore a backup: “{restored}” (“python run.py backups” lists them)."
    )


def _restore() -> str:
    return (
        "Nothing was changed. “python run.py backups” lists the good backups; put the latest in its place with "
        "“python run.py restore FILE”. The present database is set aside."
    )
