"""Durable pledges a second, 50 connections: the ledger beside one commit for each request, on two disks."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.support.running import PROJECT, RUN_PY, Server, running_server

CONNECTIONS = 50
SECONDS = 5
ROUNDS = 3
ONE_EACH = """
import eventlet
eventlet.monkey_patch()
from wall.store.ledger import Ledger
Ledger.__init__.__kwdefaults__["most_in_a_commit"] = 1
import run
run.main()
"""
ALL_THROUGH_FLASK = """
import eventlet
eventlet.monkey_patch()
from wall.web.attendee import sending
sending.FastPath = lambda framework, *parts: framework
import run
run.main()
"""
WAYS = {
    "the usual way: an ORM object and a commit for each request": (
        sys.executable,
        "-m",
        "benchmarks.plain_way",
    ),
    "Scribe Wall, held to one pledge in a commit": (sys.executable, "-c", ONE_EACH),
    "Scribe Wall, each pledge through Flask": (sys.executable, "-c", ALL_THROUGH_FLASK),
    "Scribe Wall": RUN_PY,
}


def measure() -> str:
    """The table for RESULTS.md."""
    with tempfile.TemporaryDirectory() as folder:
        shim = build_slow_disk(Path(folder))
        disks = {"disk sync as it is": "", "disk sync made 4 ms": str(shim)}
        found: dict[tuple[str, str], list[dict[str, float]]]
        found = {(disk, way): [] for disk in disks for way in WAYS}
        for round_ in range(ROUNDS):
            for (disk, way), taken in found.items():
                taken.append(
                    run_once(
                        Path(folder) / f"{round_}-{len(taken)}-{abs(hash((disk, way)))}", way, disks[disk]
                    )
                )
    return "\n\n".join(table(disk, {way: found[disk, way] for way in WAYS}) for disk in disks)


def build_slow_disk(folder: Path) -> Path:
    shim = folder / "slow_disk.so"
    source = PROJECT / "benchmarks" / "slow_disk.c"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", shim, source, "-ldl"], check=True)
    return shim


def run_once(folder: Path, way: str, preload: str) -> dict[str, float]:
    folder.mkdir()
    settings = {"PYTHONPATH": str(PROJECT), "LIMITS": "off"} | ({"LD_PRELOAD": preload} if preload else {})
    with running_server(folder, program=WAYS[way], **settings) as server:
        return load(server, CONNECTIONS, SECONDS)


def load(server: Server, connections: int, seconds: float) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.load", str(server.port), f"/e/{server.code}/pledges"]
    finished = subprocess.run(
        [*command, str(connections), str(seconds)], cwd=PROJECT, check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(finished.stdout)
    if found["refused"]:
        raise RuntimeError(f"the room was refused {found['refused']:.0f} times")
    return found


def table(disk: str, found: dict[str, list[dict[str, float]]]) -> str:
    middle = {
        way: {key: median(one[key] for one in taken) for key in taken[0]} for way, taken in found.items()
    }
    usual = next(iter(middle.values()))["stored"]
    lines = [f"| {disk} | pledges/s | p50 ms | p99 ms | ratio |", "|---|---|---|---|---|"]
    for way, one in middle.items():
        ratio = one["stored"] / usual
        lines.append(
            f"| {way} | {one['stored']:,.0f} | {one['p50']:.0f} | {one['p99']:.0f} | {ratio:.1f} × |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(measure())
