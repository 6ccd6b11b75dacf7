"""The power fails in the middle of one thing, before each of its statements in turn: it is done whole, or not at all."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config

from tests.conftest import Cast, a_draft
from tests.support.running import PROJECT, run_py, running_server
from wall.cli.threads import threading_runtime
from wall.services.events.creating import make_first_event
from wall.services.exports.transfer import export_event
from wall.services.pledges.submitting import Submitted
from wall.store import Store, open_store
from wall.store.engine import open_writer
from wall.store.migrate import MIGRATIONS


def killed_midway(deed: str, folder: Path) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.killed_midway", deed, str(folder)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


@pytest.fixture
def evening(store: Store, pledge: Submitted, tmp_path: Path) -> Path:
    """A folder with a database that holds one pledge, of an event whose names may go."""
    store.close()
    with closing(sqlite3.connect(tmp_path / "wall.db")) as connection, connection:
        connection.execute("UPDATE events SET keep_until = '2026-01-01' WHERE title = 'Q launch'")
    return tmp_path


@pytest.mark.parametrize("deed", ["submit", "erase", "clear", "delete", "remove names"])
def test_what_is_killed_is_done_whole_or_not_at_all(evening: Path, deed: str) -> None:
    whole_or_not_at_all(killed_midway(deed, evening))


def test_an_import_that_is_killed_leaves_the_whole_event_or_nothing(
    store: Store, cast: Cast, pledge: Submitted, empty_database: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(empty_database, elsewhere / "wall.db")
    export_event(store, cast.event.code, elsewhere / "event.scribe")
    other = open_store(f"sqlite:///{elsewhere / 'wall.db'}", threading_runtime().off_loop)
    make_first_event(other)
    other.close()
    whole_or_not_at_all(killed_midway("import", elsewhere))


def test_a_migration_that_is_killed_is_done_whole_or_not_at_all(tmp_path: Path) -> None:
    engine = open_writer(f"sqlite:///{tmp_path / 'wall.db'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
    engine.dispose()
    whole_or_not_at_all(killed_midway("open", tmp_path))


def whole_or_not_at_all(told: dict[str, Any]) -> None:
    assert told["killed"], "it was killed at least once"
    assert told["done"] != told["before"]
    assert [left for left in told["killed"] if left not in (told["before"], told["done"])] == []


@pytest.mark.parametrize("links", ["links", "none"])
def test_a_restore_that_is_killed_leaves_the_database_from_before_or_the_restored_one(
    tmp_path: Path, links: str
) -> None:
    """At no moment is there none, also where the file system has no links; what was there before is never lost."""
    there = tmp_path / "there"
    there.mkdir()
    with running_server(tmp_path) as server:
        server.send(a_draft("Before the backup."))
        assert run_py(tmp_path, "backup", "--to", str(there / "backup.db")).returncode == 0
        server.send(a_draft("After the backup."))
        server.kill()  # the last ones are in the log alone
    for name in ("wall.db", "wall.db-wal"):
        shutil.copy(tmp_path / name, there / name)
    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.killed_restoring", str(there), links],
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) > 10
