"""The backups of one database, in `backups/` beside it, each with its time in its name."""

import glob
import re
import shutil
import sqlite3
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wall.core.clock import iso
from wall.core.server.backups import Copy, expired_copies, from_the_future, is_due, latest_of
from wall.store.files.atomic_files import HALF, UNPACKED, remove_database
from wall.store.files.backup import copy_database, progress_of
from wall.store.files.seal import is_good
from wall.store.problems import CannotBackUp, CannotUse

_BEFORE_CLEARING = r"(?P<special>\w+-before-clearing-)?"
_BEFORE_RESTORE = r"(?P<special>\.before-restore-)"
_TIME = r"(?P<at>\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z)"
_SIDE = r"(?:-wal|-shm|-journal)?"
"""What was left of a database that was gone itself."""
_HALVES_LIVE_SECONDS = 3600


class Backups:
    """Makes, lists and prunes the backups of one database."""

    def __init__(self, database: Path) -> None:
        self.failed = False
        """Whether the latest try of this process came to nothing."""
        self.folder = database.parent / "backups"
        self._database = database

    def make(self, name: str) -> Path:
        """Copy the database to `backups/`. It blocks: call it off the loop. Raises CannotBackUp."""
        target = self._file(name)
        try:
            copy_to(self._database, target)
        except CannotBackUp:
            self.failed = True
            raise
        self.failed = False
        return target

    def make_routine(self) -> Path:
        """Make one more, named after this moment. It blocks: call it off the loop. Raises CannotBackUp."""
        return self.make(stamp(datetime.now(UTC)))

    def next_file(self) -> Path:
        """The file in which a copy of this moment belongs."""
        return self._file(stamp(datetime.now(UTC)))

    def copies(self) -> list[Copy]:
        """All backups, the oldest first."""
        return _named(self.folder, rf"{re.escape(self._database.stem)}-{_BEFORE_CLEARING}{_TIME}\.db")

    def latest(self) -> Copy | None:
        return latest_of(self.copies(), datetime.now(UTC))

    def aside_at(self, moment: datetime) -> Path:
        """Where a restore puts the database that was there before."""
        return self._database.with_name(f"{self._database.name}.before-restore-{stamp(moment)}")

    def are_due(self) -> bool:
        """Whether it is time for one more. Raises sqlite3.Error or OSError."""
        latest, present = self.latest(), progress_of(self._database)
        changed = latest is None or _marks(latest.file) != present.marks
        return is_due(
            latest.at if latest else None, datetime.now(UTC), changed=changed, event_open=present.event_open
        )

    def _file(self, name: str) -> Path:
        return self.folder / f"{self._database.stem}-{name}.db"

    def prune(self) -> None:
        """Take away what core.server.backups says, but never the newest good copy. Raises OSError.

        Call it only while the clock is right.
        """
        now = datetime.now(UTC)
        for copy in from_the_future(self._all(), now):
            copy.file.rename(_free(copy.file, copy.at, now))
        gone = expired_copies(self._all(), now)
        newest = _newest_good(self.copies()) if gone else None
        for copy in gone:
            if copy != newest:
                remove_database(copy.file)

    def _all(self) -> list[Copy]:
        """All backups, and the databases that a restore set aside."""
        aside = f"{re.escape(self._database.name)}{_BEFORE_RESTORE}{_TIME}{_SIDE}"
        return [*self.copies(), *_named(self._database.parent, aside)]

    def sweep(self) -> None:
        """Take away what a power cut left half made, but nothing that somebody may be making. Raises OSError."""
        stem = glob.escape(self._database.stem)
        for half in self.folder.glob(f"{stem}-*{HALF}"):
            if _is_left(half):
                remove_database(half)
        for folder in Path(tempfile.gettempdir()).glob(f"{UNPACKED}*"):
            if _is_left(folder) and folder.is_dir():
                shutil.rmtree(folder, ignore_errors=True)  # of somebody else, perhaps


def copy_to(database: Path, target: Path) -> None:
    """A checked copy wherever somebody wants it. Raises CannotBackUp."""
    try:
        copy_database(database, target)
    except (sqlite3.Error, OSError, CannotUse) as error:
        raise CannotBackUp(f"No backup was made: {str(error).rstrip('.')}.") from error


def stamp(moment: datetime) -> str:
    """A time as it stands in the name of a file, to the millisecond."""
    return iso(moment).replace(":", "")


def _is_left(path: Path) -> bool:
    """Whether nobody has written to it for so long that nobody will."""
    try:
        return time.time() - path.lstat().st_mtime > _HALVES_LIVE_SECONDS
    except FileNotFoundError:
        return False  # somebody was done with it just now


def _newest_good(copies: list[Copy]) -> Copy | None:
    return next((copy for copy in reversed(copies) if is_good(copy.file)), None)


def _free(file: Path, written: datetime, moment: datetime) -> Path:
    """The same name with another time, the next that nothing has yet."""
    while (renamed := file.with_name(file.name.replace(stamp(written), stamp(moment)))).exists():
        moment += timedelta(milliseconds=1)
    return renamed


def _named(folder: Path, pattern: str) -> list[Copy]:
    """The files of a folder whose names say when they were made, the oldest first."""
    copies = [
        Copy(
            file,
            datetime.strptime(found["at"], "%Y-%m-%dT%H%M%S.%fZ").replace(tzinfo=UTC),
            not found["special"],
        )
        for file in folder.glob("*")
        if (found := re.fullmatch(pattern, file.name))
    ]
    return sorted(copies, key=lambda copy: copy.at)


def _marks(backup: Path) -> object:
    """How far a database had come when it was copied; None for a copy that an earlier Scribe Wall made, from other tables."""
    try:
        return progress_of(backup).marks
    except sqlite3.Error:
        return None
