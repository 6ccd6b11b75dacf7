"""Nothing that comes from data moves the terminal: no title, no question, no name of a file, no error."""

import logging
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.running import OwnServer, run_py, running_server
from wall.cli.printing import PlainLines, plain

HOSTILE = "a\x1b]52;c;bWluZQ==\x07\x9b2J\u202ez\rb"
MOVES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]")


def test_what_would_move_a_terminal_is_written_out() -> None:
    assert plain(HOSTILE) == r"a\x1b]52;c;bWluZQ==\x07\x9b2J\u202ez\rb"
    assert plain("Zażółć — سلام 👩‍⚕️\nnext █▀▄") == "Zażółć — سلام 👩‍⚕️\nnext █▀▄"


def test_a_hostile_title_in_a_database_is_only_read(own_server: OwnServer, tmp_path: Path) -> None:
    code = own_server.code
    own_server.stop()
    with closing(sqlite3.connect(tmp_path / "wall.db")) as connection, connection:
        connection.execute("UPDATE events SET title = ?, question = ?", (HOSTILE, HOSTILE))
    with running_server(tmp_path) as again:
        assert again.code == code
        assert not MOVES.search("".join(again.printed))
        assert r"a\x1b]52" in "".join(again.printed)
    for command in (
        ["export", code, "--output", str(tmp_path / "a.csv")],
        ["export-event", code, str(tmp_path / "b.event")],
    ):
        done = run_py(tmp_path, *command)
        assert not MOVES.search(done.stdout + done.stderr.replace("\r", "").replace("\x1b[?25", ""))


@pytest.mark.parametrize("command", ["restore", "import-event", "export-event"])
def test_a_hostile_file_name_is_only_read(tmp_path: Path, command: str) -> None:
    hostile = tmp_path / f"{HOSTILE}.db"
    hostile.write_text("nothing")
    arguments = [str(hostile)] if command != "export-event" else ["Q7K4", str(hostile)]
    for file in (arguments, [*arguments[:-1], str(tmp_path / f"none{HOSTILE}")]):
        ended = run_py(tmp_path, command, *file)
        assert ended.returncode in (1, 2)
        assert not MOVES.search(ended.stdout + ended.stderr)


def test_a_hostile_text_in_the_log_is_only_read(capsys: pytest.CaptureFixture[str]) -> None:
    log, terminal = logging.getLogger("a test"), logging.StreamHandler()
    terminal.setFormatter(PlainLines("%(message)s"))
    log.addHandler(terminal)
    log.propagate = False
    log.error("failed: %s", HOSTILE)
    log.removeHandler(terminal)
    assert not MOVES.search(capsys.readouterr().err)
