"""What `make run` starts: `python run.py`, and again where it ended without being asked to.

It needs nothing but Python, so that whatever ends the server does not end this.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

RUN = (sys.executable, str(Path(__file__).with_name("run.py")))
MEANT = (0, 1, 2, 130)
"""It was stopped; it cannot start and has said why; the command was mistyped; Ctrl-C came before it could serve."""
LONGEST_PAUSE_SECONDS = 30
WELL_AFTER_SECONDS = 60
"""Whoever ran for so long begins with the shortest pause again."""


def _print(line: str) -> None:
    print(line, flush=True)


class KeepRunning:
    """A program, started again with longer and longer pauses for as long as it ends badly."""

    def __init__(self, program: Sequence[str], say: Callable[[str], object] = _print) -> None:
        self._program = program
        self._say = say
        self._running: subprocess.Popen[bytes] | None = None
        self._stopping = False

    def run(self) -> int:
        """Returns what the program's last run ended with."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._pass_on)
        pause = 1
        while True:
            began = time.monotonic()
            self._running = subprocess.Popen(self._program)  # noqa: S603  our own
            if self._stopping:  # heard while it was being started
                self._running.terminate()
            code = self._running.wait()
            if code in MEANT or self._stopping:
                return code
            if time.monotonic() - began > WELL_AFTER_SECONDS:
                pause = 1
            self._say(
                f"Scribe Wall ended unexpectedly ({_how(code)}). Everything received is safe. "
                f"It starts again in {pause} s; Ctrl-C stops it."
            )
            if not self._wait(pause):
                return 0
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _wait(self, seconds: float) -> bool:
        """False where somebody stops it meanwhile."""
        self._running = None
        give_up = time.monotonic() + seconds
        while not self._stopping and time.monotonic() < give_up:
            time.sleep(0.05)
        return not self._stopping

    def _pass_on(self, number: int, _frame: FrameType | None) -> None:
        """Whoever stops this stops the program. In a terminal it has heard Ctrl-C itself; twice does no harm."""
        self._stopping = True
        if self._running and self._running.poll() is None:
            self._running.send_signal(number)


def _how(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"by {signal.Signals(-code).name}"
    except ValueError:
        return f"by signal {-code}"


if __name__ == "__main__":
    sys.exit(KeepRunning([*RUN, *sys.argv[1:]]).run() & 0xFF)
