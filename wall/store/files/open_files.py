"""Is what the ledger writes to still what the database's path leads to? Asked around every commit, so it has to be cheap.

SQLite goes on writing into files that were moved, deleted or overwritten, and says nothing.
"""

import os
import struct
import time
from pathlib import Path

from wall.core.server.trouble import Trouble
from wall.store.files.log_file import FRAME_HEADER_BYTES, LOG_HEADER_BYTES
from wall.store.marks import MOST_AHEAD, read_header

_LOOKS = 4
_BETWEEN_LOOKS_SECONDS = 0.01
_SALTS = slice(16, 24)
_INDEX_BYTES = 48
_INDEX = struct.Struct("=14xHI12x8s8x")
"""What we read of the log's index (SQLite's wal-index): the size of a page, how many frames, and the log's salts."""


class OpenFiles:
    """The three files of an open database, held open so that they can be looked at whatever becomes of their names.

    A file must never be opened and closed again in a process that has the database open: that would take away the
    locks which SQLite holds on it. So these are closed last of all.
    """

    def __init__(self, database: Path) -> None:
        real = database.resolve()
        self._database = _Held(database)
        self._log = _Held(real.with_name(f"{real.name}-wal"))
        self._index = _Held(real.with_name(f"{real.name}-shm"))
        self._mark = 0
        self._size = 0
        self._broken = False
        self.closed = False
        self._since: object = None

    def find_trouble(self) -> Trouble | None:
        """What is wrong with them now. What is seen while somebody writes is looked at again before it counts."""
        for _ in range(_LOOKS):
            if not (found := self._look()):
                return None
            time.sleep(_BETWEEN_LOOKS_SECONDS)
        self._broken = self._broken or found is Trouble.OVERWRITTEN
        return found

    def remember(self) -> None:
        """Note how the files are at the beginning of a trouble, so that `untouched` can compare."""
        self._since = self._state()

    @property
    def untouched(self) -> bool:
        """Whether nobody has written to them since, so that it is safe to go on once they are back."""
        return not self._broken and self._since == self._state()

    @property
    def log_lost(self) -> bool:
        """Whether the log's name leads elsewhere: what it holds is to be brought in while it can be read."""
        return not self._log.in_place

    @property
    def log_cut(self) -> bool:
        """Whether the log is where it was, but not what it was."""
        return self._log.in_place and not self._log_is_whole()

    @property
    def database_lost(self) -> bool:
        """Whether no name at all leads to it: it is gone when this process ends."""
        return not self._database.status.st_nlink

    def close(self) -> None:
        """Only after every connection was closed."""
        self.closed = True
        for held in (self._database, self._log, self._index):
            held.close()

    def _look(self) -> Trouble | None:
        if not self._database.in_place:
            return Trouble.DELETED if self.database_lost else Trouble.MOVED
        if self._broken or not self._database_is_ours():
            return Trouble.OVERWRITTEN
        if not (self._log.in_place and self._index.in_place and self._log_is_whole()):
            return Trouble.LOG_GONE
        return None

    def _database_is_ours(self) -> bool:
        """Its header changes only when the log is brought in, its mark only goes up, and it never shrinks."""
        size, header = self._database.status.st_size, read_header(self._database.descriptor)
        if header is None or header.sealed or size < self._size:
            return False
        if self._mark and not self._mark <= header.mark <= self._mark + MOST_AHEAD:
            return False
        self._mark, self._size = header.mark, size
        return True

    def _log_is_whole(self) -> bool:
        """It begins with the salts that the index knows, and is as long as the index says."""
        index = os.pread(self._index.descriptor, 2 * _INDEX_BYTES, 0)
        if len(index) < 2 * _INDEX_BYTES or index[:_INDEX_BYTES] != index[_INDEX_BYTES:]:
            return False
        page, frames, salts = _INDEX.unpack_from(index)
        if not frames:
            return True
        begins = os.pread(self._log.descriptor, LOG_HEADER_BYTES, 0)
        least = LOG_HEADER_BYTES + frames * (FRAME_HEADER_BYTES + (65536 if page == 1 else page))
        return bool(begins[_SALTS] == salts and self._log.status.st_size >= least)

    def _state(self) -> object:
        return [(status.st_size, status.st_mtime_ns) for status in (self._database.status, self._log.status)]


class _Held:
    """A file that stays open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("rb", buffering=0)
        self.descriptor = self._file.fileno()
        self._identity = _identity(self.status)

    @property
    def status(self) -> os.stat_result:
        return os.fstat(self.descriptor)

    @property
    def in_place(self) -> bool:
        try:
            return _identity(self._path.stat()) == self._identity
        except OSError:
            return False

    def close(self) -> None:
        self._file.close()


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
