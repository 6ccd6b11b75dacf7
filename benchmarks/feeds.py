"""Fifty readers of a large event: how many answers a second, and how long everybody else waits."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from benchmarks.load import read_answer, request_for
from tests.support.running import PROJECT, RUN_PY, Server, running_server

EARLIER = os.environ.get("EARLIER", "989e896")
"""The commit to compare with: every answer was made anew."""
COUNTS = (2_000, 5_000)
READERS = 50
SECONDS = 8
BETWEEN_POSTS_SECONDS = 0.25
AT_ONCE = 50


def measure() -> str:
    """The table for RESULTS.md."""
    lines = [
        "| pledges | 50 readers of | | answers/s | others wait, at most ms |",
        "|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as before:
        subprocess.run(
            ["git", "worktree", "add", "--detach", before, EARLIER],
            cwd=PROJECT,
            check=True,
            capture_output=True,
        )
        try:
            for count in COUNTS:
                for name, program in (("before", (sys.executable, f"{before}/run.py")), ("now", RUN_PY)):
                    lines += [
                        f"| {count:,} | {what} | {name} | {found} |"
                        for what, found in _served(program, count)
                    ]
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", before], cwd=PROJECT, check=True)
    return "\n".join(lines)


def _served(program: tuple[str, ...], count: int) -> list[tuple[str, str]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder), program, LIMITS="off") as server,
    ):
        asyncio.run(_fill(server, count))
        return [
            (what, asyncio.run(_Room(server).read(path)))
            for what, path in (("the changes", "pledges"), ("the companion wall", "wall/text"))
        ]


async def _fill(server: Server, count: int) -> None:
    doors = asyncio.Semaphore(AT_ONCE)

    async def send(number: int) -> None:
        async with doors:
            await _post(
                server, f"Pledge {number}: listen more, fix less, and thank somebody on the ward each day."
            )

    await asyncio.gather(*(send(number) for number in range(count)))


async def _post(server: Server, text: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(request_for(f"/e/{server.code}/pledges", text))
    await read_answer(reader)
    writer.close()


async def _get(server: Server, path: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(
        f"GET {quote(path)} HTTP/1.1\r\nHost: wall\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
    )
    while await reader.read(1 << 16):
        pass
    writer.close()


class _Room:
    """Readers, and somebody who writes now and then; another asks for a page that costs nothing."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._answers = 0
        self._longest = 0.0
        self._over = time.monotonic() + SECONDS

    async def read(self, path: str) -> str:
        address = f"/e/{self._server.code}/{path}"
        await _get(self._server, address)
        self._over = time.monotonic() + SECONDS
        start = time.monotonic()
        await asyncio.gather(self._write(), self._ask(), *(self._follow(address) for _ in range(READERS)))
        return f"{self._answers / (time.monotonic() - start):,.0f} | {self._longest * 1000:,.0f}"

    async def _follow(self, address: str) -> None:
        while time.monotonic() < self._over:
            await _get(self._server, address)
            self._answers += 1

    async def _write(self) -> None:
        while time.monotonic() < self._over:
            await _post(self._server, f"One more at {time.monotonic()}")
            await asyncio.sleep(BETWEEN_POSTS_SECONDS)

    async def _ask(self) -> None:
        while time.monotonic() < self._over:
            asked = time.monotonic()
            await _get(self._server, "/wall-worker.js")
            self._longest = max(self._longest, time.monotonic() - asked)
            await asyncio.sleep(0.05)
