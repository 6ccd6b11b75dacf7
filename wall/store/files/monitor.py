"""Sees to it that nothing is acknowledged while the database's files are not what they were, and saves what can be saved."""

import logging
import sqlite3
import time
from collections.abc import Callable

from sqlalchemy import Engine

from wall.core.clock import now
from wall.core.errors import TryAgain
from wall.core.server.trouble import Trouble
from wall.store.files.backup import write_copy
from wall.store.files.backups import Backups
from wall.store.files.lock import LOG_CUT_NOTE, OVERWRITTEN_NOTE
from wall.store.files.open_files import OpenFiles
from wall.store.problems import CannotUse

_TRIES_TO_BRING_IN = 5
_BETWEEN_TRIES_SECONDS = 0.2

log = logging.getLogger(__name__)


class FileMonitor:
    """The ledger asks before each commit, and again before it says that one is stored."""

    def __init__(
        self, files: OpenFiles, writer: Engine, backups: Backups, note: Callable[[str], None]
    ) -> None:
        self.trouble: Trouble | None = None
        self.leave_open = False
        """Whether closing the connections would do harm: SQLite brings in the log then, whatever the file is by now."""
        self._files = files
        self._writer = writer
        self._backups = backups
        self._note = note
        self._said = ""

    def check_files(self) -> None:
        """Only the ledger's thread calls this, between transactions. Raises TryAgain."""
        found = self._files.find_trouble()
        if found and not self.trouble:
            self._take_note(found)
        elif self.trouble and not found and self._files.untouched:
            log.warning("the database is back where it was, and nobody has touched it: the server goes on")
            self.trouble = None
        if self.trouble:
            raise TryAgain

    def check_before_reading(self) -> None:
        """Before each new connection of readers: its path may lead to another database. Raises TryAgain."""
        if self.trouble or self._files.closed or self._files.find_trouble():
            raise TryAgain

    def is_outdated(self) -> bool:
        """Whether the ledger should look again, though nobody writes just now."""
        return bool(self._files.find_trouble()) != bool(self.trouble)

    def log_once(self, what: str) -> None:
        """Log what would else be logged for every reader."""
        if what != self._said:
            log.error(what)
        self._said = what

    def _take_note(self, found: Trouble) -> None:
        self.trouble = found
        if found is Trouble.OVERWRITTEN or self._files.log_cut:
            self.leave_open = True
            self._note(f"{OVERWRITTEN_NOTE if found is Trouble.OVERWRITTEN else LOG_CUT_NOTE} {now()}")
        else:
            self._save()
        self._files.remember()
        log.error("nothing is being saved: %s", found.words)

    def _save(self) -> None:
        """Bring in what is only in the log, and copy what no name leads to any more: our own connection still reads both."""
        connection = self._writer.raw_connection()
        driver: sqlite3.Connection = connection.dbapi_connection  # type: ignore[assignment]
        try:
            if self._files.log_lost and not _bring_in(driver):
                log.error("readers are in the way: what was stored last is not in the database yet")
                self.leave_open = True
            if self._files.database_lost:
                write_copy(driver, self._backups.next_file())
        except (sqlite3.Error, OSError, CannotUse) as error:
            log.error("what was stored last could not be saved: %s", error)
        finally:
            connection.close()


def _bring_in(driver: sqlite3.Connection) -> bool:
    """What is in the log comes into the database, while we still have the log."""
    for _ in range(_TRIES_TO_BRING_IN):
        (_, in_log, brought_in) = driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if in_log == brought_in:
            return True
        time.sleep(_BETWEEN_TRIES_SECONDS)
    return False
