"""Does one thing to a database again and again, each time killed before one more of its statements.

`python -m tests.support.killed_midway DEED FOLDER` takes `FOLDER/wall.db` as it is, and prints what each try left, as JSON.
It is a program of its own, since it forks before there is any thread.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy import event as engine_events

from tests.conftest import a_draft
from wall.cli.threads import threading_runtime
from wall.core.drafts import read_draft
from wall.core.events import Event
from wall.core.people.organisers import Organiser
from wall.services.events.deleting import clear_event, delete_event
from wall.services.events.retention import remove_names_where_due
from wall.services.exports.transfer import import_event
from wall.services.pledges.erasing import erase_pledge
from wall.services.pledges.submitting import submit_pledge
from wall.store import Store, open_store
from wall.store.queries import events, organisers, team

OFF_LOOP = threading_runtime().off_loop
MOST_STATEMENTS = 400

Deed = Callable[[Store, Path], object]

DEEDS: dict[str, Deed] = {
    "submit": lambda store, _folder: submit_pledge(
        store, _event(store).code, read_draft(a_draft("One more."))
    ),
    "erase": lambda store, _folder: erase_pledge(
        store, OFF_LOOP, _owner(store), _event(store).code, _first_pledge(store)
    ),
    "clear": lambda store, _folder: clear_event(
        store, OFF_LOOP, _owner(store), _event(store).code, _event(store).title
    ),
    "delete": lambda store, _folder: delete_event(
        store, _owner(store), _event(store).code, _event(store).title
    ),
    "remove names": lambda store, _folder: remove_names_where_due(store),
    "import": lambda store, folder: import_event(store, folder / "event.scribe"),
    "open": lambda _store, _folder: None,
}
"""`open` alone is killed while the database is opened, and migrated."""


def main() -> None:
    deed, folder = sys.argv[1], Path(sys.argv[2])
    killed = []
    for survived in range(MOST_STATEMENTS):
        file = folder / str(survived) / "wall.db"
        file.parent.mkdir()
        shutil.copy(folder / "wall.db", file)
        if _ended_by_itself(deed, folder, file, survived):
            break
        killed.append(_look(file))
    sys.stdout.write(json.dumps({"before": _look(folder / "wall.db"), "killed": killed, "done": _look(file)}))


def _ended_by_itself(deed: str, folder: Path, file: Path, survived: int) -> bool:
    child = os.fork()
    if child == 0:
        try:
            _do(deed, folder, file, survived)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"{deed} failed by itself"
    return os.WIFEXITED(status)


def _do(deed: str, folder: Path, file: Path, survived: int) -> None:
    if deed == "open":
        _kill_after(survived)
    store = open_store(f"sqlite:///{file}", OFF_LOOP)
    if deed != "open":
        _kill_after(survived)
    DEEDS[deed](store, folder)


def _kill_after(statements: int) -> None:
    """End this process, as a power cut would, before the statement or commit that follows so many."""
    left = statements

    @engine_events.listens_for(Engine, "before_cursor_execute")
    @engine_events.listens_for(Engine, "commit")
    def count(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _event(store: Store) -> Event:
    """The one that somebody pledged at."""
    with store.read() as connection:
        return events.by_id(
            connection, connection.exec_driver_sql("SELECT event_id FROM pledges").scalar_one()
        )


def _owner(store: Store) -> Organiser:
    event = _event(store)
    with store.read() as connection:
        owner = organisers.by_id(connection, team.of_event(connection, event.id)[0].id)
    assert owner
    return owner


def _look(file: Path) -> Any:
    """What people would find in it, after SQLite has put right what the kill left."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {
            "revision": connection.execute("SELECT version_num FROM alembic_version").fetchone(),
            "events": connection.execute("SELECT title, open FROM events ORDER BY title").fetchall(),
            "pledges": connection.execute(
                "SELECT text, name, status FROM pledges ORDER BY text, number"
            ).fetchall(),
        }


def _first_pledge(store: Store) -> str:
    with store.read() as connection:
        return str(connection.exec_driver_sql("SELECT id FROM pledges ORDER BY number").scalar())


if __name__ == "__main__":
    main()
