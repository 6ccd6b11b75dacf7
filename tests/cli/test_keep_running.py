"""`make run` starts the server again when it ended without being asked to, and only then."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from keep_running import MEANT, KeepRunning
from tests.conftest import a_draft
from tests.support.running import PROJECT, OwnServer, Program, free_port, running_server, wait_until
from wall.cli.commands import commands, main
from wall.cli.exit_codes import BROKE_OFF, BrokeOff
from wall.cli.threads import threading_runtime

PROGRAM = (sys.executable, str(PROJECT / "keep_running.py"))


def child_of(process: Program) -> int | None:
    """The server that it runs now."""
    found = subprocess.run(
        ["pgrep", "-P", str(process.pid)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return int(found.stdout.split()[0]) if found.stdout.strip() else None


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[OwnServer]:
    """What `make run` starts."""
    with running_server(tmp_path, PROGRAM) as server:
        yield server
        if server.process.poll() is None:
            server.stop()


def test_a_server_that_was_killed_is_there_again_with_everything(kept: OwnServer) -> None:
    kept.send(a_draft("Listen more."))
    path = f"/e/{kept.code}/pledges"
    first = child_of(kept.process)
    assert first
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: child_of(kept.process) not in (None, first), "another one is started")
    wait_until(kept._answers, "it answers")
    assert [pledge["text"] for pledge in kept.get(path)[1]["pledges"]] == ["Listen more."]
    assert any("ended unexpectedly (by SIGKILL)" in line for line in kept.printed)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_stopping_it_stops_the_server_well(kept: OwnServer, number: int) -> None:
    server = child_of(kept.process)
    assert kept.stop(number) == 0
    assert kept.printed[-1] == "Everything is saved. Goodbye."
    with pytest.raises(ProcessLookupError):
        os.kill(server or 0, 0)


def test_a_start_that_cannot_work_is_told_once(tmp_path: Path) -> None:
    with running_server(tmp_path) as other:
        taken = {"PORT": str(other.port), "HOST": "127.0.0.1", "PUBLIC_URL": "", "ASYNC_MODE": "eventlet"}
        for wrong in (
            taken,
            {"PORT": "none"},
            {"ASYNC_MODE": "magic"},
            {"DATABASE_URL": "sqlite:////no/where.db"},
        ):
            usual = {"DATABASE_URL": f"sqlite:///{tmp_path / 'wall.db'}", "PORT": str(free_port())}
            ended = subprocess.run(
                PROGRAM,
                env=os.environ | usual | wrong,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert (ended.returncode, ended.stdout, len(ended.stderr.splitlines())) == (1, "", 1)


def test_pauses_grow_to_half_a_minute_and_ctrl_c_ends_them_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    pauses: list[float] = []
    kept = KeepRunning([sys.executable, "-c", "raise SystemExit(70)"], said.append)

    def wait(seconds: float) -> bool:
        pauses.append(seconds)
        return len(pauses) < 7

    monkeypatch.setattr(kept, "_wait", wait)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert kept.run() == 0
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert "exit code 70" in said[0]

    monkeypatch.undo()
    threading.Timer(0.2, kept._pass_on, (signal.SIGINT, None)).start()
    began = time.monotonic()
    assert kept._wait(600) is False
    assert time.monotonic() - began < 60


def test_what_nobody_foresaw_ends_the_process_so_that_it_is_started_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_off(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("wall.cli.commands.commands", break_off)
    with pytest.raises(SystemExit) as ended:
        main(threading_runtime())
    assert ended.value.code == BROKE_OFF
    assert BROKE_OFF not in MEANT
    assert "ended unexpectedly" in caplog.text


def test_a_server_that_nobody_can_reach_any_more_ends_so_that_it_is_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def end(*_: object) -> None:
        raise BrokeOff("No one can connect any more.")

    monkeypatch.setenv("SECRET_KEY", "a secret of the tests")
    monkeypatch.setattr("wall.cli.serving.serve_until_stopped", end)
    ended = CliRunner().invoke(commands, ["serve"], obj=threading_runtime())
    assert (ended.exit_code, ended.output) == (BROKE_OFF, "Error: No one can connect any more.\n")


def test_make_run_runs_it() -> None:
    makefile = (PROJECT / "Makefile").read_text()
    assert "\nrun: .venv/ready\n\t@exec $(BIN)/python keep_running.py\n" in makefile
