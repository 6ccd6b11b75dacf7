"""What came of an evening, as numbers: for the tables, and as JSON for whoever compares two evenings."""

from collections import Counter
from typing import Any

from benchmarks.hall.evening import Evening
from benchmarks.hall.facts import PARTS
from benchmarks.hall.pauses import LATE_SECONDS, Collection, Pause
from benchmarks.load import percentiles

PAUSES_SHOWN = 4
"""Of each part."""
COLLECTION_ENDS_WITHIN = 0.01
"""So soon after a pause is noted, its collection may be."""

Figures = dict[str, Any]


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


def pauses_of(evening: Evening, pauses: list[Pause], collections: list[Collection]) -> Figures:
    """How many pauses there were, and the longest of each part. A server that is still starting makes nobody wait for its loop."""
    serving = [
        explained(evening, pause, collections)
        for pause in sorted(pauses, key=lambda pause: -pause.seconds)
        if evening.serves(pause.ended - pause.seconds)
    ]
    at_work = [pause for pause in serving if pause["worked ms"] > 1000 * LATE_SECONDS]
    collecting = [pause for pause in at_work if pause["collecting ms"] > pause["worked ms"] / 2]
    by_part = {part: [pause for pause in serving if pause["part"] == part] for part in PARTS}
    return {
        "count": count_by_part(serving),
        "at work": count_by_part(at_work),
        "collecting": count_by_part(collecting),
        "longest": [pause for part in PARTS for pause in by_part[part][:PAUSES_SHOWN]],
        "collections": [
            when(evening, one.ended) | {"worked ms": round(1000 * one.worked), "generation": one.generation}
            for one in collections
            if evening.serves(one.ended)
        ],
    }


def explained(evening: Evening, pause: Pause, collections: list[Collection]) -> Figures:
    """A pause with when it began, and how long memory was collected meanwhile."""
    began = pause.ended - pause.seconds
    meanwhile = [
        one.worked for one in collections if 0 <= one.ended - began <= pause.seconds + COLLECTION_ENDS_WITHIN
    ]
    return when(evening, began) | {
        "ms": round(1000 * pause.seconds),
        "worked ms": round(1000 * pause.worked),
        "collecting ms": round(1000 * sum(meanwhile)),
        "doing": pause.doing,
    }


def count_by_part(pauses: list[Figures]) -> dict[str, int]:
    return Counter(pause["part"] for pause in pauses)


def when(evening: Evening, at: float) -> Figures:
    part = evening.part_of(at)
    return {"part": part, "at": round(at - evening.samples[part].at, 2)}
