"""What a power cut leaves half made holds names: it goes by itself, and nothing goes that somebody is making."""

import os
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Cast
from tests.store.test_backups import OFF_LOOP
from tests.support.running import run_py
from wall.services.server.backups import back_up_and_prune
from wall.store import Store, open_store


def age(path: Path) -> None:
    """Let nobody have written to it for two hours."""
    os.utime(path, (time.time() - 7200, time.time() - 7200))


def test_half_a_restore_goes_at_the_next_start(empty_database: Path, tmp_path: Path) -> None:
    shutil.copy(empty_database, tmp_path / "wall.db")
    for side in ("", "-wal", "-journal"):
        (tmp_path / f"wall.db.part{side}").write_text("Maria")
    open_store(f"sqlite:///{tmp_path / 'wall.db'}", OFF_LOOP).close()
    assert list(tmp_path.glob("*.part*")) == []


def test_half_a_backup_and_an_event_that_was_being_looked_at_go_after_an_hour(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    left = [tmp_path / "tmp" / "scribe-wall-left", tmp_path / "backups" / "wall-left.db.part"]
    stays = [
        tmp_path / "tmp" / "scribe-wall-just-now",
        tmp_path / "tmp" / "of-others",
        tmp_path / "backups" / "wall-just-now.db.part",
        tmp_path / "backups" / "other-server.db.part",
    ]
    for path in (*left, *stays):
        path.parent.mkdir(exist_ok=True)
        path.touch() if path.suffix else path.mkdir()
        if "just-now" not in path.name:
            age(path)
    back_up_and_prune(store.backups, OFF_LOOP)
    assert [path.name for path in left if path.exists()] == []
    assert [path.name for path in stays if not path.exists()] == []


def test_it_goes_also_where_no_backup_can_be_made(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "backups" / "wall-left.db.part"
    left.parent.mkdir()
    left.touch()
    age(left)
    monkeypatch.setattr("shutil.disk_usage", lambda _: (0, 0, 0))
    back_up_and_prune(store.backups, OFF_LOOP)
    assert not left.exists()


def test_a_restore_beside_another_program_is_refused_and_nothing_changes(
    store: Store, cast: Cast, tmp_path: Path
) -> None:
    assert run_py(tmp_path, "backup", "--to", str(tmp_path / "taken.db")).returncode == 0
    store.close()
    with closing(sqlite3.connect(tmp_path / "wall.db")) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM events").fetchone()
        refused = run_py(tmp_path, "restore", str(tmp_path / "taken.db"))
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert "Another program has" in refused.stderr
    assert list(tmp_path.glob("*before-restore*")) == []
