"""What a hall's facts come to: who was joined, refused or lost, and how long each thing took."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PARTS = ("join", "rest", "posts", "burst", "away")
"""Of the evening, in their order. In the last one the server is killed and started again."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What `hall.c` wrote down: when, what, and its numbers."""

    at: float
    what: str
    numbers: tuple[float, ...]


class Facts:
    """The facts of one evening. `began` is when each of its parts did, and `end`."""

    def __init__(self, facts: Iterable[Fact], began: dict[str, float]) -> None:
        self._by_kind: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            self._by_kind[fact.what].append(fact)
        self._began = began
        self._sent = {int(fact.numbers[0]): fact.at for fact in self._by_kind["sent"]}

    def count(self, what: str, part: str | None = None) -> int:
        return sum(1 for _ in self._in(what, part))

    def durations(self, what: str, place: int) -> list[float]:
        """The seconds in that place of each fact's numbers."""
        return [fact.numbers[place] for fact in self._by_kind[what]]

    @property
    def join_seconds(self) -> float:
        """From the first visitor's first step until the last follows."""
        return max((fact.at for fact in self._by_kind["joined"]), default=0.0) - self._began["join"]

    @property
    def refusals(self) -> Counter[str]:
        """How often what was refused, with which status, and in which part."""
        names = ("", "page", "file", "pledge", "receipt", "room")
        return Counter(
            f"{names[int(fact.numbers[1])] if fact.numbers[1] > 0 else 'socket'} {fact.numbers[2]:.0f}, {part}"
            for part in PARTS
            for fact in self._in("refused", part)
        )

    @property
    def stored(self) -> set[int]:
        """The pledges that a phone was told are stored."""
        return {int(fact.numbers[0]) for fact in self._by_kind["stored"]}

    @property
    def unanswered(self) -> int:
        return len(self._sent.keys() - self.stored)

    def answered_after(self, part: str) -> list[float]:
        """Seconds from sending each pledge of a part until a phone was told that it is stored."""
        return [fact.numbers[1] for fact in self._by_kind["stored"] if self._sent_in(fact.numbers[0], part)]

    def on_first_wall_after(self, part: str) -> list[float]:
        return [at - self._sent[one] for one, at in self._first_shown().items() if self._sent_in(one, part)]

    def missing_on_walls(self) -> int:
        """How many stored pledges some wall never showed, added up over the walls."""
        shown = {fact.numbers for fact in self._by_kind["shown"]}
        walls = {wall for wall, _ in shown}
        return sum((wall, one) not in shown for wall in walls for one in self.stored)

    def on_phones_after(self, part: str) -> list[float]:
        """Seconds until each of the phones that were looked at had heard of the version in which a pledge was stored."""
        heard: dict[float, list[tuple[float, float]]] = defaultdict(list)
        for fact in self._by_kind["heard"]:
            heard[fact.numbers[0]].append((fact.numbers[1], fact.at))
        found = []
        for one, _, version in (fact.numbers for fact in self._by_kind["stored"]):
            if self._sent_in(one, part):
                for told in heard.values():
                    soonest = next((at for known, at in told if known >= version), None)
                    if soonest is not None:
                        found.append(soonest - self._sent[int(one)])
        return found

    def seconds_until_first_back(self, killed_at: float) -> float:
        """Until somebody who was cut off followed again: the server was there."""
        return min(self._back(killed_at).values(), default=0.0)

    def seconds_until_back(self, killed_at: float) -> tuple[float, int]:
        """Until the last of those who were cut off followed again, and how many did not."""
        back = self._back(killed_at)
        away = {fact.numbers[0] for fact in self._by_kind["away"] if fact.at >= killed_at}
        return max(back.values(), default=0.0), len(away - back.keys())

    def _back(self, killed_at: float) -> dict[float, float]:
        after = (fact for fact in self._by_kind["back"] if fact.at >= killed_at)
        return {fact.numbers[0]: fact.at - killed_at for fact in after}

    def _first_shown(self) -> dict[int, float]:
        first: dict[int, float] = {}
        for fact in self._by_kind["shown"]:
            first.setdefault(int(fact.numbers[1]), fact.at)
        return first

    def _in(self, what: str, part: str | None) -> Iterator[Fact]:
        return (fact for fact in self._by_kind[what] if part is None or self._is_in(fact.at, part))

    def _sent_in(self, pledge: float, part: str) -> bool:
        return self._is_in(self._sent[int(pledge)], part)

    def _is_in(self, at: float, part: str) -> bool:
        after = (*PARTS, "end")[PARTS.index(part) + 1]
        return self._began[part] <= at < self._began[after]


def read_facts(file: Path) -> Iterator[Fact]:
    with file.open() as lines:
        for line in lines:
            at, what, *numbers = line.split()
            yield Fact(float(at), what, tuple(map(float, numbers)))
