"""One evening of a hall on a real server: the load is started, the server is killed under it, and what they used is noted."""

import re
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.hall.facts import PARTS, Facts, read_facts
from benchmarks.processes import LOAD_CORE, compile_c, memory_of, on_core, processor_seconds
from tests.support.running import PROJECT, OwnServer

KILLED_AFTER_SECONDS = 1
"""From the moment at which the hall is ready for it: some pledges are on their way then."""
FILES_OF_A_PHONE = PROJECT / "docs" / "bytes.md"
"""A test holds this table to what a browser fetches."""

Follow = Literal["socket", "poll"]
"""How phones hear of the room: on a socket, or by asking for its small answer again and again."""


@dataclass(frozen=True, slots=True)
class Sample:
    """When a part of the evening began, and what server and load had used by then."""

    at: float
    server_seconds: float
    load_seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Evening:
    """What was noted. `samples` has one for each part, and one for the end."""

    facts: Facts
    samples: dict[str, Sample]
    memory_before: int
    killed_at: float
    on_the_disk: Counter[int]
    """How often each pledge is in the database, and shown, after everything."""

    def part_of(self, at: float) -> str:
        return next(part for part in reversed(PARTS) if at >= self.samples[part].at)

    def serves(self, at: float) -> bool:
        """Whether a server that answers was there at this moment of the evening."""
        starting = (
            self.killed_at <= at <= self.killed_at + self.facts.seconds_until_first_back(self.killed_at)
        )
        return self.samples["join"].at <= at < self.samples["end"].at and not starting


class Host:
    """Gives one evening on a server."""

    def __init__(self, server: OwnServer, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._spent_before = 0.0
        """Processor seconds of the server that was killed."""
        self._killed_at = 0.0

    def give(self, phones: int, join_seconds: float, follow: Follow) -> Evening:
        command = self._command(phones, join_seconds, follow)
        memory_before = memory_of(self._server.process.pid)
        samples = {}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as load:
            for line in load.stdout or ():
                samples[line.strip()] = self._sample(load.pid)
                if line.strip() == "away":
                    self._kill_and_start()
        if load.returncode:
            raise RuntimeError(f"the load ended with {load.returncode}")
        return Evening(
            facts=Facts(read_facts(self._folder / "facts"), {part: one.at for part, one in samples.items()}),
            samples=samples,
            memory_before=memory_before,
            killed_at=self._killed_at,
            on_the_disk=self._on_the_disk(),
        )

    def _command(self, phones: int, join_seconds: float, follow: Follow) -> tuple[str, ...]:
        program = compile_c("hall/hall.c", self._folder)
        files = self._folder / "files"
        files.write_text("\n".join(self._paths_of_files()))
        event = (self._server.port, self._server.code)
        polled = (f"/e/{self._server.code}/room",) if follow == "poll" else ()
        arguments = (*event, phones, join_seconds, files, self._folder / "facts", *polled)
        return on_core(LOAD_CORE, (program, *map(str, arguments)))

    def _paths_of_files(self) -> list[str]:
        _, page = self._server.get(f"/e/{self._server.code}")
        build = re.findall(r'"(/static/\w+/)', page)[0]
        names = re.findall(r"^\| `(.+?)` \|", FILES_OF_A_PHONE.read_text(), re.MULTILINE)
        return [build + name for name in names]

    def _sample(self, load: int) -> Sample:
        server = self._server.process.pid
        spent = self._spent_before + processor_seconds(server)
        return Sample(time.monotonic(), spent, processor_seconds(load), memory_of(server))

    def _kill_and_start(self) -> None:
        time.sleep(KILLED_AFTER_SECONDS)
        self._spent_before += processor_seconds(self._server.process.pid)
        self._killed_at = time.monotonic()
        self._server.kill()
        self._server.start_again(wait=False)  # the hall is quicker than whoever would ask

    def _on_the_disk(self) -> Counter[int]:
        with closing(sqlite3.connect(self._folder / "wall.db")) as connection:
            texts = [
                text for (text,) in connection.execute("SELECT text FROM pledges WHERE status = 'shown'")
            ]
        return Counter(int(number) for text in texts for number in re.findall(r"^Pledge (\d+):", text))
