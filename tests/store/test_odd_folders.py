"""A folder may be called anything: what the server keeps is in it, and nowhere else."""

import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest

from config import read_settings
from tests.conftest import a_draft
from tests.live.test_watching import say
from tests.store.test_backups import OFF_LOOP
from tests.support.running import PROJECT, run_py, running_server
from wall.services.events.creating import make_event
from wall.services.exports.transfer import export_event
from wall.services.server.backups import back_up, list_backups
from wall.store import Backups, Transaction, open_store
from wall.store.files.restore import restore_database
from wall.store.queries import organisers

ODD = ["Why not? mode=ro", "100% sure", "50%41", "#1 wall", "a b", "q?x#y%3F&z=1"]
ODDEST = "Why not? 100% 50%41 #1 & x=y%3F&mode=ro"
"""All of them in one, for what takes a whole program."""


def an_organiser(transaction: Transaction) -> int:
    return organisers.add(transaction.connection, "Ann", transaction.now)


def what_is_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


@pytest.mark.parametrize("name", ODD)
def test_a_database_is_where_its_folder_is_whatever_that_is_called(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    database = folder / "wall.db"
    with closing(open_store(f"sqlite:///{database}", OFF_LOOP)) as store:
        event = make_event(store, store.write(an_organiser), title="Q launch", question="What next?")
        say(store, event.code, "Listen more.")
        assert {"wall.db", "wall.db-wal", "wall.db-in-use"} <= what_is_in(folder)
        copy = back_up(store.backups, OFF_LOOP)
        export_event(store, event.code, folder / "one.event")
        say(store, event.code, "Forgotten.")
        store.wipe()
    assert [one.good for one in list_backups(Backups(database))] == [True]
    restore_database(copy, database, folder / "before.db")
    with closing(open_store(f"sqlite:///{database}", OFF_LOOP)) as store, store.read() as connection:
        assert connection.exec_driver_sql("SELECT text FROM pledges").scalars().all() == ["Listen more."]
    assert what_is_in(tmp_path) == {name}, "nothing beside it"


def test_everything_is_kept_in_the_folder_of_the_database_whatever_it_is_called(tmp_path: Path) -> None:
    folder = tmp_path / ODDEST
    folder.mkdir()
    with running_server(folder) as server:
        code = server.code
        assert server.send(a_draft("Listen more."))[0] == 201
        assert {"wall.db", "wall.db-wal", "wall.db-in-use"} <= what_is_in(folder)
        assert run_py(folder, "backup", "--to", str(folder / "stick.db")).returncode == 0
        assert server.stop() == 0
    assert what_is_in(tmp_path) == {ODDEST}, "nothing beside it"
    assert run_py(folder, "export-event", code, str(folder / "event.db")).returncode == 0
    assert run_py(folder, "backups").returncode == 0
    restored = run_py(folder, "restore", str(folder / "stick.db"))
    assert restored.returncode == 0, restored.stderr
    written = folder / "list.csv"
    assert run_py(folder, "export", code, "--output", str(written)).returncode == 0
    assert "Listen more." in written.read_text()
    assert what_is_in(tmp_path) == {ODDEST}, "nor afterwards"


@pytest.mark.parametrize("name", ODD)
def test_without_a_database_in_the_settings_it_is_beside_the_program_whatever_its_folder_is_called(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.DEFAULT_DATABASE", tmp_path / name / "wall.db")
    (tmp_path / name).mkdir()
    settings = read_settings({})
    assert settings.database_file == tmp_path / name / "wall.db"
    assert (tmp_path / name / "secret.key").exists()


def test_a_whole_copy_of_the_program_in_such_a_folder_keeps_its_data_there(tmp_path: Path) -> None:
    home = tmp_path / ODDEST
    home.mkdir()
    for part in ("wall", "static", "templates"):
        shutil.copytree(PROJECT / part, home / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("run.py", "config.py"):
        shutil.copy(PROJECT / part, home / part)
    program = (sys.executable, str(home / "run.py"))
    with running_server(tmp_path, program=program, DATABASE_URL="") as server:
        assert server.send(a_draft("Listen more."))[0] == 201
        assert {"wall.db", "wall.db-wal", "secret.key"} <= what_is_in(home)
    assert what_is_in(tmp_path) == {ODDEST}
