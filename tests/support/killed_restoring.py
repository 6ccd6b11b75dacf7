"""Restores a backup again and again, each time killed before one more step that the disk would see.

`python -m tests.support.killed_restoring FOLDER LINKS` takes `FOLDER/wall.db` and `FOLDER/backup.db` as they are, with a file system
that has `links` or `none`, and prints how often it was killed. It is a program of its own: it forks before any thread.
"""

import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wall.store.files.backups import Backups
from wall.store.files.restore import restore_database

STEPS = {"os.rename", "os.link", "os.remove", "open", "os.chmod", "sqlite3.connect", "shutil.copyfile"}


def main() -> None:
    folder, links = Path(sys.argv[1]), sys.argv[2] == "links"
    before, restored = _texts(_fresh(folder, "before")), _texts(folder / "backup.db")
    assert before != restored
    survived = 0
    while _is_killed(folder, survived, links=links):
        there = folder / str(survived)
        found = _texts(there / "wall.db")
        assert found in (before, restored), f"after {survived} steps"
        if found == restored:
            asides = [_texts(file) for file in there.glob("wall.db.before-restore-*Z")]
            assert before in asides, f"after {survived} steps"
        survived += 1
    assert _texts(folder / str(survived) / "wall.db") == restored
    sys.stdout.write(str(survived))


def _fresh(folder: Path, name: str) -> Path:
    """The database of before, with its log, in a folder of its own."""
    there = folder / name
    there.mkdir()
    for file in ("wall.db", "wall.db-wal"):
        shutil.copy(folder / file, there / file)
    return there / "wall.db"


def _is_killed(folder: Path, survived: int, *, links: bool) -> bool:
    database = _fresh(folder, str(survived))
    child = os.fork()
    if child == 0:
        _kill_after(survived)
        if not links:
            setattr(Path, "hardlink_to", _no_links)  # noqa: B010  for mypy
        moment = datetime.now(UTC)
        try:
            restore_database(folder / "backup.db", database, Backups(database).aside_at(moment))
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _kill_after(steps: int) -> None:
    left = steps

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event in STEPS and not str(arguments[0]).endswith((".py", ".pyc", ".mako")):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def _no_links(*_: object) -> None:
    raise OSError("no links here")


def _texts(database: Path) -> list[str]:
    assert database.exists(), database
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [text for (text,) in connection.execute("SELECT text FROM pledges ORDER BY number")]


if __name__ == "__main__":
    main()
