"""Runs inside the measured server, and writes down when its loop was late, for how long, and what it was doing.

A pause is a green thread that slept for 5 ms and woke more than 50 ms late. With each goes for how much of it the server
worked, in any of its threads, since each may hold up the loop: the rest went to other programs, or to a disk. Collections
of memory that worked for over 20 ms are noted beside them, since one may be the cause of the other.
"""

import gc
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

TICK_SECONDS = 0.005
LATE_SECONDS = 0.05
LONG_COLLECTION_SECONDS = 0.02
FRAMES = 4

PROGRAM = """
import run
run._patch()
from benchmarks.hall import pauses
pauses.record()
run.main()
"""
"""The server with a recorder in it; what it finds is added to the file PAUSES."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The loop was late by so many seconds, of which the server worked some. `doing` is where it was, the innermost first."""

    ended: float
    seconds: float
    worked: float
    doing: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection of memory that worked for so many seconds, of this generation and those before it."""

    ended: float
    worked: float
    generation: int


def record() -> None:
    """Begin, in the thread that is the loop's."""
    import eventlet

    from wall.cli.stopping import StopSignal

    recorder = Recorder(Path(os.environ["PAUSES"]))
    gc.callbacks.append(recorder.collecting)
    signal.signal(signal.SIGALRM, recorder.look)
    StopSignal.wait = _wait_for_others_than_alarms  # type: ignore[method-assign, assignment]
    eventlet.spawn(recorder.tick, eventlet.sleep)


def _wait_for_others_than_alarms(stop: object) -> None:
    """A server stops at any signal that it is told of, by its number in a socket."""
    told = next(one for one in vars(stop).values() if hasattr(one, "recv"))
    while told.recv(1) == bytes([signal.SIGALRM]):
        pass


class Recorder:
    """Writes a line for each pause, and one for each long collection, as it ends."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen = ""
        self._worked_before = 0.0

    def tick(self, sleep: Any) -> None:
        """The green thread whose lateness is the loop's. Where it does not come in time, the alarm looks why."""
        while True:
            slept, worked = time.monotonic(), time.process_time()
            signal.setitimer(signal.ITIMER_REAL, TICK_SECONDS + LATE_SECONDS)
            sleep(TICK_SECONDS)
            now = time.monotonic()
            late = now - slept - TICK_SECONDS
            if late > LATE_SECONDS:
                self._write("pause", now, late, time.process_time() - worked, self._seen)
            self._seen = ""

    def look(self, _number: int, frame: FrameType | None) -> None:
        """What the loop is doing once it is late. A thread that looked would mostly find calls that let other threads run."""
        self._seen = " < ".join(_places(frame)[:FRAMES])

    def collecting(self, phase: str, info: dict[str, int]) -> None:
        """What gc calls before and after each collection."""
        worked = time.thread_time()
        if phase == "start":
            self._worked_before = worked
        elif worked - self._worked_before > LONG_COLLECTION_SECONDS:
            self._write("collection", time.monotonic(), worked - self._worked_before, info["generation"])

    def _write(self, *what: object) -> None:
        with self._file.open("a") as file:
            print(*what, file=file)


def _places(frame: FrameType | None) -> list[str]:
    """Where a thread is, the innermost first; what collects or writes down is nowhere."""
    places: list[str] = []
    while frame:
        code = frame.f_code
        place = f"{Path(code.co_filename).stem}.{code.co_qualname}"
        places = [] if code.co_filename == __file__ else [*places, place]
        frame = frame.f_back
    return places


def read_pauses(file: Path) -> tuple[list[Pause], list[Collection]]:
    """What was written down, in the order in which it happened."""
    pauses, collections = [], []
    for line in file.read_text().splitlines():
        kind, ended, seconds, rest = line.split(maxsplit=3)
        if kind == "pause":
            worked, _, doing = rest.partition(" ")
            pauses.append(Pause(float(ended), float(seconds), float(worked), doing))
        else:
            collections.append(Collection(float(ended), float(seconds), int(rest)))
    return pauses, collections
