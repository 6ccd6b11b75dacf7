"""Programs that begin at once: one `run.py` has imported everything, and becomes another one for each server of the tests.

A fresh interpreter takes a second and a half of a processor to import it all; that is tried by tests/cli/test_keep_running.py, and
wherever a test names the program that it starts.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TextIO

# Taken before eventlet puts its own in their place.
_fork, _write, _wait = os.fork, os.write, os.waitpid

PROJECT = Path(__file__).resolve().parent.parent.parent
LONGEST_REQUEST = 1_000_000


class Forked:
    """A running program, with as much of subprocess.Popen as the tests use."""

    def __init__(self, ending: int) -> None:
        self._ending = os.fdopen(ending, "rb", buffering=0)
        self.pid = int(self._ending.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("run.py", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _look(self, seconds: float | None) -> int | None:
        if self.returncode is None and select.select([self._ending], [], [], seconds)[0]:
            self.returncode = int(self._ending.readline())
            self._ending.close()
        return self.returncode


def start(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, out: int, errors: int
) -> Forked:
    """`python run.py ARGUMENTS` in that folder, writing to what these two numbers have open."""
    ours, theirs = os.pipe()
    mask = os.umask(0)
    os.umask(mask)
    request = {
        "arguments": list(arguments),
        "environment": dict(environment),
        "folder": str(folder),
        "mask": mask,
    }
    socket.send_fds(
        _ready(environment.get("ASYNC_MODE", "eventlet")),
        [json.dumps(request).encode()],
        [out, errors, theirs],
    )
    os.close(theirs)
    return Forked(ours)


@cache
def _ready(mode: str) -> socket.socket:
    """The program that waits, for as long as these tests run; it ends with them."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.forking", str(theirs.fileno())],
            env=os.environ | {"ASYNC_MODE": mode},
            cwd=PROJECT,
            pass_fds=[theirs.fileno()],
        )
    return ours


def main() -> None:
    """Wait for requests, and go on as the program that one of them asks for."""
    asked = socket.socket(fileno=int(sys.argv[1]))
    import run

    if os.environ["ASYNC_MODE"] == "eventlet":
        run._patch()
    import alembic.command  # noqa: F401  a server that finds no database makes one

    import wall.cli.serving
    import wall.live  # noqa: F401  with all that they need
    from tests.support import made_once

    made_once.remember()
    made_once.make_all()

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        request, handed, *_ = socket.recv_fds(asked, LONGEST_REQUEST, 3)
        if not request:
            return  # the tests are over
        if _fork() == 0:
            break
        for one in handed:
            os.close(one)
    asked.close()
    out, errors, ending = handed
    _begin(ending)
    _become(json.loads(request), out, errors)
    run.main()


def _begin(ending: int) -> None:
    """Returns in the new program alone. Who begins it waits, to say how it ended: its place in the system goes with that."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if (program := _fork()) == 0:
        os.close(ending)
        return
    _write(ending, f"{program}\n".encode())
    _, status = _wait(program, 0)
    _write(ending, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def _become(request: dict[str, Any], out: int, errors: int) -> None:
    os.dup2(out, 1)
    os.dup2(errors, 2)
    os.close(out)
    os.close(errors)
    sys.stdout, sys.stderr = (_open_text(number) for number in (1, 2))
    os.environ.clear()
    os.environ.update(request["environment"])
    os.umask(request["mask"])
    os.chdir(request["folder"])
    sys.argv[:] = [str(PROJECT / "run.py"), *request["arguments"]]


def _open_text(number: int) -> TextIO:
    return open(number, "w", encoding="utf-8", buffering=1, closefd=False)


if __name__ == "__main__":
    main()
