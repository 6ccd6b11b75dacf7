"""One database, opened: reads for everybody, writes through the ledger."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from wall.core.errors import TryAgain
from wall.core.server.runtime import OffLoop
from wall.core.server.trouble import Trouble
from wall.store.engine import driver_of, empty_log, open_readers, open_writer
from wall.store.files.atomic_files import make_private, remove_half
from wall.store.files.backups import Backups
from wall.store.files.lock import InUse, SharedLock
from wall.store.files.monitor import FileMonitor
from wall.store.files.open_files import OpenFiles
from wall.store.files.startup_check import check_before_opening, file_of
from wall.store.identity import read_identity
from wall.store.ledger import Action, Ledger, T
from wall.store.marks import make_plain
from wall.store.migrate import migrate
from wall.store.other_servers import OtherServers
from wall.store.problems import CannotOpen, FromNewer, OtherTables
from wall.store.queries.snapshot import Snapshot
from wall.store.transaction import EventChange

_NOT_OURS_TO_MEND = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PROTOCOL,
}
"""What SQLite says of a file or a disk in trouble, and never of a mistake in a query."""


def _do_nothing() -> None:
    """Until somebody wants to know."""


class Store:
    """What services are handed. `read` for one consistent look, `write` for one action of the ledger."""

    def __init__(
        self, file: Path, writer: Engine, off_loop: OffLoop, shared_lock: SharedLock, *, traces: bool
    ) -> None:
        """`traces`: the log may still hold what was erased before, since a power cut, say."""
        self.rights_changed: Callable[[], None] = _do_nothing
        """Called when a session ended or a role was taken."""
        self.backups = Backups(file)
        self.off_loop = off_loop
        self._file = file
        self._shared_lock = shared_lock
        self._writer = writer
        self._files = OpenFiles(file)
        self._monitor = FileMonitor(self._files, writer, self.backups, shared_lock.note)
        self._readers = open_readers(file, self._monitor.check_before_reading)
        self.ledger = Ledger(writer, off_loop, monitor=self._monitor)
        self.hears_other_servers: Callable[[], Literal["", "quick", "slow"]] = lambda: ""
        """How fast this server hears of others on the same database, where they are to speak through Redis."""
        self._other_servers: OtherServers | None = None
        self._traces = traces

    @property
    def trouble(self) -> Trouble | None:
        """What has happened to the database's files; while it lasts, nothing is written or read."""
        return self._monitor.trouble

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """A connection on which all reads see the same moment. Raises TryAgain where the database cannot be read."""
        with self._reading(self._readers) as connection:
            yield connection

    @contextmanager
    def read_apart(self) -> Iterator[Snapshot]:
        """As `read`, for a long look off the loop: nothing is shared that the loop could have to wait for."""
        engine = open_readers(self._file, self._monitor.check_before_reading)
        try:
            with self._reading(engine) as connection:
                yield connection
        finally:
            engine.dispose()

    @cached_property
    def identity(self) -> str:
        """The random name that tells this database from every other."""
        with self.read() as connection:
            return read_identity(connection)

    @contextmanager
    def _reading(self, engine: Engine) -> Iterator[Snapshot]:
        if self.trouble:
            raise TryAgain
        try:
            with engine.begin() as connection:
                yield Snapshot(connection)
        except DBAPIError as error:
            code = getattr(error.orig, "sqlite_errorcode", None)
            if code is None or code & 0xFF not in _NOT_OURS_TO_MEND:
                raise
            self._monitor.log_once(f"the database cannot be read: {error.orig}")
            raise TryAgain from error

    def subscribe(self, on_change: Callable[[list[EventChange]], None]) -> None:
        """From now on `on_change` hears which events changed, by this server's commits at once, and within a second by others'."""
        other_servers = OtherServers(self._file, self.off_loop, on_change, self._all_is_well)

        def note_then_announce(changed: list[EventChange]) -> None:
            other_servers.note(changed)
            on_change(changed)

        self._other_servers = other_servers
        self.ledger.on_commit = note_then_announce

    def check_other_servers(self) -> None:
        """Look at once at what other servers committed: one says that it has."""
        if self._other_servers:
            self._other_servers.look_now()

    def _all_is_well(self) -> bool:
        """Also looks after the files while nobody writes; what has to be done about them is done by the ledger's thread."""
        if self.off_loop(self._monitor.is_outdated):
            with suppress(TryAgain):
                self.ledger.write(lambda _: None)
        return not self.trouble

    def write(self, action: Action[T]) -> T:
        """Run one action in the ledger's next commit and return what it returned, once that is on the disk.

        Raises what the action raised (nothing of it is stored then), or TryAgain where the ledger is full, closed or cannot write.
        """
        return self.ledger.write(action)

    def erase(self, action: Action[T]) -> T:
        """As `write`, for what takes something out for good. The write-ahead log still has it until `wipe`."""
        outcome = self.write(action)
        self._traces = True
        return outcome

    def wipe(self) -> None:
        """Leave nothing of what was erased in any file of the database. It blocks: call it off the loop.

        Does nothing where nothing was erased; where somebody reads just now, or the files are not what they were, the
        next call tries again.
        """
        if not self._traces:
            return
        with suppress(TryAgain):
            self._monitor.check_before_reading()  # or the log would be brought into whatever is there now
            self._traces = False  # before the log is emptied: somebody may erase something meanwhile
            if not empty_log(self._file):
                self._traces = True

    def free_bytes(self) -> int:
        """How much room is left on the disk that holds the database."""
        return shutil.disk_usage(self._file.parent).free

    def back_up(self, name: str) -> Path:
        """Copy the database to `backups/`, with `name` in the file's name. It blocks: call it off the loop. Raises CannotBackUp."""
        return self.backups.make(name)

    def close(self) -> None:
        """Finish what was accepted, then release the database, unless that would do harm to what is there now."""
        if self._other_servers:
            self._other_servers.close()
        self.ledger.close()
        if self._monitor.leave_open:
            return
        self._readers.dispose()
        self._writer.dispose()
        self._files.close()
        self._shared_lock.release(well=not self.trouble)


def open_store(url: str, off_loop: OffLoop, *, anew: bool = False) -> Store:
    """Open the database at `url`, making or migrating it first where it needs that.

    Raises CannotOpen where the file is no database, cannot be written, has other tables or is newer than this program;
    after a bad end also where it is damaged, and where there is none but backups of it, unless it is to begin `anew`.
    """
    file = Path(url.removeprefix("sqlite:///"))
    shared_lock = None
    try:
        shared_lock = SharedLock(file, lambda found: check_before_opening(file, found, anew=anew))
        remove_half(file)  # of a restore; none is being made while we hold the database
        make_private(file)
        writer = open_writer(url)
        migrate(writer)
        with writer.begin() as connection:
            make_plain(driver_of(connection))
        emptied = empty_log(file)  # so that its mark is in the file
        shared_lock.note(file_of(file))
        return Store(file, writer, off_loop, shared_lock, traces=not emptied)
    except InUse:
        raise CannotOpen(f"DATABASE_URL: a backup takes the place of {url} just now; try again.") from None
    except BaseException as error:
        if shared_lock:
            shared_lock.release(well=False)
        raise _said_clearly(url, error) from error


def _said_clearly(url: str, error: BaseException) -> BaseException:
    if isinstance(error, DBAPIError):
        return CannotOpen(f"DATABASE_URL: {url} cannot be used: {error.orig}.")
    if isinstance(error, OSError):
        return CannotOpen(f"DATABASE_URL: {url} cannot be used: {error.strerror}.")
    if isinstance(error, FromNewer):
        return CannotOpen(f"DATABASE_URL: {url} was made by a newer Scribe Wall ({error}).")
    if isinstance(error, OtherTables):
        return CannotOpen(
            f"DATABASE_URL: the tables of {url} are not those that this Scribe Wall works with: {error}. "
            "Nothing was changed. “python run.py backups” lists the copies; “python run.py restore FILE” puts one in its place."
        )
    return error
