"""Runs inside the measured server, and writes down when its loop was late, for how long, and what it was doing.

A pause is a green thread that slept for 5 ms and woke more than 50 ms late. With each goes how much of it the loop's own
thread worked: the rest went to other programs, or to a disk. Collections of memory that worked for over 20 ms are noted
beside them, since one may be the cause of the other.
"""

import gc
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

TICK_SECONDS = 0.005
LATE_SECONDS = 0.05
LONG_COLLECTION_SECONDS = 0.02
LOOK_SECONDS = 0.025
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
    """The loop was late by so many seconds, of which its own thread worked some. `doing` is where it was, the innermost first."""

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
    from eventlet import patcher

    recorder = Recorder(Path(os.environ["PAUSES"]))
    gc.callbacks.append(recorder.collecting)
    eventlet.spawn(recorder.tick, eventlet.sleep)
    threads, clock = patcher.original("threading"), patcher.original("time")
    loop = threads.get_ident()
    threads.Thread(target=recorder.look, args=(loop, clock.sleep), daemon=True).start()


class Recorder:
    """Writes a line for each pause, and one for each long collection, as it ends."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._woke = time.monotonic()
        self._seen = ""
        self._worked_before = 0.0

    def tick(self, sleep: Any) -> None:
        """The green thread whose lateness is the loop's."""
        while True:
            worked = time.thread_time()
            sleep(TICK_SECONDS)
            now = time.monotonic()
            late = now - self._woke - TICK_SECONDS
            if late > LATE_SECONDS:
                self._write("pause", now, late, time.thread_time() - worked, self._seen)
            self._woke, self._seen = now, ""

    def look(self, loop: int, sleep: Any) -> None:
        """A thread of its own: what the loop is doing, once it is late."""
        while True:
            sleep(LOOK_SECONDS)
            if not self._seen and time.monotonic() > self._woke + TICK_SECONDS + LATE_SECONDS:
                self._seen = " < ".join(_places(sys._current_frames().get(loop))[:FRAMES])

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
