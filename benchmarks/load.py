"""A room that posts as fast as it is answered, in a process of its own.

    python -m benchmarks.load PORT PATH CONNECTIONS SECONDS

prints `{"stored": pledges a second, "p50": ms, "p99": ms, "refused": answers other than 201}`.
"""

import asyncio
import json
import sys
import time
from uuid import uuid4

WARM_UP_SECONDS = 1.0


def request_for(path: str, text: str) -> bytes:
    body = json.dumps({"key": str(uuid4()), "text": text, "name": "Maria"}).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: wall\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def read_answer(reader: asyncio.StreamReader) -> int:
    """The status of an answer, read whole."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


async def _post(
    port: int, path: str, start: float, end: float, taken: list[float], refused: list[int]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (sent := time.monotonic()) < end:
        writer.write(request_for(path, "I will listen more and fix less, every single day."))
        status = await read_answer(reader)
        if status != 201:
            refused.append(status)
        elif sent > start:
            taken.append(time.monotonic() - sent)
    writer.close()


async def _room(port: int, path: str, connections: int, seconds: float) -> dict[str, float]:
    start = time.monotonic() + WARM_UP_SECONDS
    taken: list[float] = []
    refused: list[int] = []
    await asyncio.gather(
        *(_post(port, path, start, start + seconds, taken, refused) for _ in range(connections))
    )
    return {"stored": len(taken) / seconds, **percentiles(taken), "refused": len(refused)}


def percentiles(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds) or [0.0]
    return {
        f"p{share}": 1000 * ordered[min(len(ordered) - 1, len(ordered) * share // 100)] for share in (50, 99)
    }


if __name__ == "__main__":
    port, path, connections, seconds = sys.argv[1:]
    print(json.dumps(asyncio.run(_room(int(port), path, int(connections), float(seconds)))))
