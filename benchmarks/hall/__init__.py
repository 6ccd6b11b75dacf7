"""A hall joins, pledges, follows the room and loses its server: `hall 1000` for a thousand phones.

Each phone opens the page and fetches its files, then follows the room; 20 of them a second send a pledge for 30 seconds, then
a tenth of them within two. Then the server is killed under them and started again. Three walls follow all the time.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.hall.evening import Evening, Follow, Host
from benchmarks.hall.facts import PARTS
from benchmarks.hall.pauses import LATE_SECONDS, PROGRAM, Collection, Pause, read_pauses
from benchmarks.load import percentiles
from benchmarks.processes import SERVER_CORE, on_core
from tests.support.running import PROJECT, running_server

HALLS = [120, 1_000]
JOIN_SECONDS = {120: 5, 1_000: 20}
"""For halls of up to so many phones; a larger one has a minute."""
LARGER_JOINS_IN = 60
PAUSES_SHOWN = 10

Figures = dict[str, Any]


def measure(*arguments: str) -> str:
    """For RESULTS.md: the table, the longest pauses of the last hall, and every figure as JSON. `--follow=poll` for phones without sockets."""
    follow: Follow = "poll" if "--follow=poll" in arguments else "socket"
    halls = [int(phones) for phones in arguments if phones.isdigit()] or HALLS
    found = [run_hall(phones, follow) for phones in halls]
    return "\n\n".join((table(found), pauses_table(found[-1]["pauses"]), json.dumps(found)))


def run_hall(phones: int, follow: Follow) -> Figures:
    join_seconds = next(
        (seconds for most, seconds in JOIN_SECONDS.items() if phones <= most), LARGER_JOINS_IN
    )
    with tempfile.TemporaryDirectory() as name:
        noted = Path(name) / "pauses"
        program = on_core(SERVER_CORE, (sys.executable, "-c", PROGRAM))
        settings = {"PYTHONPATH": str(PROJECT), "PAUSES": str(noted)}
        with running_server(Path(name), program, **settings) as server:
            evening = Host(server, Path(name)).give(phones, join_seconds, follow)
        pauses, collections = read_pauses(noted)
    return figures(phones, evening) | {"pauses": pauses_by_part(evening, pauses, collections)}


def figures(phones: int, evening: Evening) -> Figures:
    """What came of an evening; times in milliseconds but where they say seconds."""
    facts, samples = evening.facts, evening.samples
    in_time = facts.count("joined", "join")
    back_seconds, not_back = facts.seconds_until_back(evening.killed_at)
    return {
        "phones": phones,
        "joined in time": in_time,
        "joined": facts.count("joined"),
        "joined in seconds": round(facts.join_seconds, 1),
        "refused": dict(facts.refusals),
        "broken off": facts.count("broken"),
        "unanswered": facts.unanswered,
        "lost": sum(one not in evening.on_the_disk for one in facts.stored),
        "doubled": sum(count > 1 for count in evening.on_the_disk.values()),
        "missing on walls": facts.missing_on_walls(),
        "gaps": facts.count("gap"),
        "page": spread(facts.durations("page", 1)),
        "joining": spread(facts.durations("joined", 1)),
        "receipt": spread(facts.durations("receipt", 0)),
        **{
            f"{name}, {part}": spread(seconds(part))
            for part in ("posts", "burst")
            for name, seconds in (
                ("POST", facts.answered_after),
                ("wall", facts.on_first_wall_after),
                ("phone", facts.on_phones_after),
            )
        },
        "kB a phone": (samples["posts"].memory - evening.memory_before) // 1000 // in_time
        if in_time
        else None,
        "first back after seconds": round(facts.seconds_until_first_back(evening.killed_at), 1),
        "back after seconds": round(back_seconds, 1),
        "not back": not_back,
        "processor": {part: processor(evening, part) for part in PARTS},
    }


def spread(seconds: list[float]) -> dict[str, float]:
    return {name: round(ms, 1) for name, ms in percentiles(seconds).items()} | {"count": len(seconds)}


def processor(evening: Evening, part: str) -> dict[str, float]:
    """Seconds of the processor that server and load used in a part, and how many per cent of a core that is."""
    begun = evening.samples[part]
    ended = evening.samples[(*PARTS, "end")[PARTS.index(part) + 1]]
    spent = {
        "server": ended.server_seconds - begun.server_seconds,
        "load": ended.load_seconds - begun.load_seconds,
    }
    took = ended.at - begun.at
    shares = {f"{name} %": round(100 * seconds / took) for name, seconds in spent.items()}
    return {"seconds": round(took, 1), **{name: round(one, 2) for name, one in spent.items()}, **shares}


def pauses_by_part(evening: Evening, pauses: list[Pause], collections: list[Collection]) -> Figures:
    """How many pauses each part had, and the longest ones. A server that is still starting makes nobody wait for its loop."""
    serving = [pause for pause in pauses if evening.serves(pause.ended - pause.seconds)]

    def told(pause: Pause) -> Figures:
        collected = [
            one for one in collections if pause.ended - pause.seconds <= one.ended <= pause.ended + 0.01
        ]
        return when(evening, pause.ended - pause.seconds) | {
            "ms": round(1000 * pause.seconds),
            "worked ms": round(1000 * pause.worked),
            "collecting ms": round(1000 * sum(one.worked for one in collected)),
            "doing": pause.doing,
        }

    return {
        "count": Counter(evening.part_of(pause.ended) for pause in serving),
        "worked": Counter(evening.part_of(pause.ended) for pause in serving if pause.worked > LATE_SECONDS),
        "longest": [
            told(pause) for pause in sorted(serving, key=lambda pause: -pause.seconds)[:PAUSES_SHOWN]
        ],
        "collections": [
            when(evening, one.ended) | {"worked ms": round(1000 * one.worked), "generation": one.generation}
            for one in collections
            if evening.serves(one.ended)
        ],
    }


def when(evening: Evening, at: float) -> Figures:
    part = evening.part_of(at)
    return {"part": part, "at": round(at - evening.samples[part].at, 2)}


def table(halls: list[Figures]) -> str:
    """A column for each hall."""
    rows: dict[str, Callable[[Figures], str]] = {
        "joined, refused, lost, doubled": lambda hall: (
            f"{hall['joined']:,}, {sum(hall['refused'].values())}, {hall['lost']}, {hall['doubled']}"
        ),
        "joined in time; the last after s": lambda hall: (
            f"{hall['joined in time']:,}; {hall['joined in seconds']:.0f}"
        ),
        "pages broken off, pledges unanswered, missing on a wall": lambda hall: (
            f"{hall['broken off']}, {hall['unanswered']}, {hall['missing on walls']}"
        ),
        "the page, p50, p99 ms": lambda hall: in_ms(hall["page"]),
        "page, files and first news, p50, p99 ms": lambda hall: in_ms(hall["joining"]),
        "POST answered, p50, p99 ms": lambda hall: in_both(hall, "POST"),
        "POST → wall, p50, p99 ms": lambda hall: in_both(hall, "wall"),
        "POST → phone, p50, p99 ms": lambda hall: in_both(hall, "phone"),
        "the author's page asked, p50, p99 ms": lambda hall: in_ms(hall["receipt"]),
        "the server's processor, s and % of a core": lambda hall: spent(hall, "server"),
        "the load's": lambda hall: spent(hall, "load"),
        "kB a phone": lambda hall: str(hall["kB a phone"]),
        "killed: the first, all back after s": lambda hall: (
            f"{hall['first back after seconds']:.1f}, {hall['back after seconds']:.1f}"
            + (f"; {hall['not back']} not" if hall["not back"] else "")
        ),
        "pauses over 50 ms; with as much work": lambda hall: (
            f"{sum(hall['pauses']['count'].values())}; {sum(hall['pauses']['worked'].values())}"
        ),
    }
    sizes = " | ".join(f"{hall['phones']:,}" for hall in halls)
    lines = [
        f"| a hall of | {sizes} |",
        "|---" * (len(halls) + 1) + "|",
    ]
    return "\n".join(
        [*lines, *(f"| {name} | {' | '.join(map(tell, halls))} |" for name, tell in rows.items())]
    )


def in_ms(spread: dict[str, float]) -> str:
    return f"{spread['p50']:,.0f}, {spread['p99']:,.0f}" if spread["count"] else "none"


def in_both(hall: Figures, what: str) -> str:
    return f"{in_ms(hall[f'{what}, posts'])}; burst {in_ms(hall[f'{what}, burst'])}"


def spent(hall: Figures, whose: str) -> str:
    parts = hall["processor"].items()
    return ", ".join(f"{part} {one[whose]:.1f} ({one[f'{whose} %']:.0f} %)" for part, one in parts)


def pauses_table(pauses: Figures) -> str:
    """The longest pauses, the longest first."""
    lines = ["| longest pauses | ms | worked ms | collecting ms | doing |", "|---|---|---|---|---|"]
    for one in pauses["longest"]:
        when = f"{one['part']}, after {one['at']:.1f} s"
        lines.append(
            f"| {when} | {one['ms']} | {one['worked ms']} | {one['collecting ms']} | {one['doing']} |"
        )
    return "\n".join(lines)
