"""From POST to the wall: a hundred pledges a second while a thousand sockets watch."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.load import percentiles, read_answer, request_for
from benchmarks.sockets import Socket
from tests.support.running import PROJECT, RUN_PY, Server, running_server

SOCKETS = 1_000
WALLS = 2
POSTS_A_SECOND = 100
SECONDS = 20
AT_ONCE = 50
HALLS = {
    "1,000 phones and 2 walls": ("phone", SOCKETS),
    "2 walls alone": ("phone", 0),
    "1,000 walls": ("wall", SOCKETS),
}


def measure() -> str:
    """The table for RESULTS.md."""
    lines = [
        f"| {POSTS_A_SECOND} posts a second, watched by | joined in s | POST p50 ms | POST p99 ms | wall p50 ms | wall p99 ms |",
        "|---|---|---|---|---|---|",
    ]
    for name, (role, sockets) in HALLS.items():
        with (
            tempfile.TemporaryDirectory() as folder,
            running_server(Path(folder), RUN_PY, LIMITS="off") as server,
        ):
            found = run_hall(server, role, sockets)
        post, wall = found["post"], found["wall"]
        lines.append(
            f"| {name} | {found['joined']:.1f} | {post['p50']:.0f} | {post['p99']:.0f} "
            f"| {wall['p50']:.0f} | {wall['p99']:.0f} |"
        )
    return "\n".join(lines)


def run_hall(server: Server, role: str, sockets: int) -> dict[str, Any]:
    """The room runs in a process of its own, so that it does not hold up the measuring one's server."""
    command = [sys.executable, "-m", "benchmarks.watching", str(server.port), server.code, role, str(sockets)]
    finished = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


class Hall:
    """Posters and screens on one clock."""

    def __init__(self, port: int, code: str) -> None:
        self._port = port
        self._code = code
        self._sent: dict[str, float] = {}
        self._post: list[float] = []
        self._wall: list[float] = []

    async def run(self, role: str, sockets: int) -> dict[str, Any]:
        started = time.monotonic()
        screens = await self._join(role, sockets)
        joined = time.monotonic() - started
        walls = [await Socket.watch(self._port, self._code, "wall", self._heard) for _ in range(WALLS)]
        following = [asyncio.create_task(one.follow()) for one in (*screens, *walls)]
        await self._post_all()
        while len(self._wall) < WALLS * len(self._sent):
            await asyncio.sleep(0.05)
        for task in following:
            task.cancel()
        return {"joined": joined, "post": percentiles(self._post), "wall": percentiles(self._wall)}

    async def _join(self, role: str, sockets: int) -> list[Socket]:
        doors = asyncio.Semaphore(AT_ONCE)

        async def join() -> Socket:
            async with doors:
                return await Socket.watch(self._port, self._code, role, lambda *_: None)

        return list(await asyncio.gather(*(join() for _ in range(sockets))))

    def _heard(self, name: str, message: Any) -> None:
        now = time.monotonic()
        if name == "changes":
            self._wall += [now - self._sent[pledge["text"]] for pledge in message["pledges"]]

    async def _post_all(self) -> None:
        start = time.monotonic()
        posts = []
        for number in range(POSTS_A_SECOND * SECONDS):
            await asyncio.sleep(max(0.0, start + number / POSTS_A_SECOND - time.monotonic()))
            posts.append(asyncio.create_task(self._send(f"Pledge {number}: listen more, fix less.")))
        await asyncio.gather(*posts)

    async def _send(self, text: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._sent[text] = time.monotonic()
        writer.write(request_for(f"/e/{self._code}/pledges", text))
        status = await read_answer(reader)
        self._post.append(time.monotonic() - self._sent[text])
        writer.close()
        if status != 201:
            raise RuntimeError(f"the room was refused: {status}")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        print(measure())
    else:
        port, code, role, sockets = sys.argv[1:]
        print(json.dumps(asyncio.run(Hall(int(port), code).run(role, int(sockets)))))
