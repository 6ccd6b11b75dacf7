"""What holds names can be read by its owner alone, whatever the umask of whoever started the program."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import a_draft
from tests.support.running import run_py, running_server


@pytest.fixture
def careless() -> Iterator[None]:
    """Somebody whose files everybody may read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """Who may do what with each file."""
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.rglob("*") if file.is_file()}


@pytest.mark.usefixtures("careless")
def test_a_new_database_and_all_that_is_beside_it_is_private(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        server.send(a_draft("Listen more.", name="Maria"))
        for command in (
            ["export", server.code, "--output", str(tmp_path / "list.csv")],
            ["export-event", server.code, str(tmp_path / "moved.event")],
            ["backup", "--to", str(tmp_path / "taken.db")],
        ):
            assert run_py(tmp_path, *command).returncode == 0
        found = modes(tmp_path)
        assert {"wall.db", "wall.db-wal", "wall.db-shm", "secret.key"} <= set(found)
        assert {"list.csv", "moved.event", "taken.db"} <= set(found)
        assert set(found.values()) == {0o600}
        server.kill()
    assert set(modes(tmp_path).values()) == {0o600}


def test_what_others_could_read_so_far_is_tightened_at_the_start(
    empty_database: Path, tmp_path: Path
) -> None:
    shutil.copy(empty_database, tmp_path / "wall.db")
    with running_server(tmp_path) as server:
        server.send(a_draft("Listen more."))
        server.kill()
    for file in tmp_path.glob("*"):
        file.chmod(0o644)
    (tmp_path / "wall.db-in-use").unlink()  # no name of anybody is in it
    run_py(tmp_path, "desk-link")
    assert set(modes(tmp_path).values()) == {0o600}
