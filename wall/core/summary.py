"""What was pledged, and what became of it: sums over an event's pledges."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from wall.core.clock import iso
from wall.core.pledges import Outcome
from wall.core.texts.frequent_words import FrequentWords, Word

MOST_BARS = 30
_STEPS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 180, 360, 720, 1440, 7 * 1440, 30 * 1440)
)
AFTER_DAYS = (7, 30, 90)
"""When authors are asked; the same as their calendars' reminders."""


@dataclass(frozen=True, slots=True)
class Summand:
    """A pledge on the wall, as far as it adds to the sums."""

    created_at: str
    text: str
    theme: str
    organisation: str
    me_too: int


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer to one pledge."""

    pledge_id: str
    at: str
    outcome: Outcome


@dataclass(slots=True)
class Group:
    """Pledges that have something in common; an empty name where they have none of it."""

    name: str
    pledges: int = 0
    me_too: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """How many pledges came from `at` on, until the next period begins."""

    at: str
    pledges: int


@dataclass(frozen=True, slots=True)
class Pledged:
    """The sums over the pledges on the wall."""

    pledges: int
    me_too: int
    themes: list[Group]
    organisations: list[Group]
    over_time: list[Period]
    words: list[Word]


@dataclass(frozen=True, slots=True)
class OutcomesAfter:
    """How it stood so many days after each pledge was written; None for today. `asked` is how many are as old as that."""

    days: int | None
    asked: int
    outcomes: dict[Outcome, int]

    @property
    def answered(self) -> int:
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Day:
    """How many had answered until the end of a day, and how many of them that it was kept."""

    day: str
    answered: int
    kept: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What became of it: every pledge that its author has not taken back."""

    stands: list[OutcomesAfter]
    days: list[Day]

    @property
    def places(self) -> list[float]:
        """Where each of the days is between the first and the last: from 0 to 1."""
        ordinals = [date.fromisoformat(one.day).toordinal() for one in self.days]
        length = (ordinals[-1] - ordinals[0]) if ordinals else 0
        return [(one - ordinals[0]) / length if length else 0.0 for one in ordinals]


def summarise_pledges(pledges: Iterable[Summand]) -> Pledged:
    """In one pass over the pledges, in the order in which they were written."""
    themes: dict[str, Group] = {}
    organisations: dict[str, Group] = {}
    spellings: dict[str, Counter[str]] = {}
    words = FrequentWords()
    times: list[datetime] = []
    me_too = 0
    for one in pledges:
        folded = " ".join(one.organisation.split()).casefold()
        spellings.setdefault(folded, Counter())[one.organisation] += 1
        _count(themes, one.theme, one)
        _count(organisations, folded, one)
        words.add(one.text)
        times.append(datetime.fromisoformat(one.created_at))
        me_too += one.me_too
    for folded, group in organisations.items():
        group.name = spellings[folded].most_common(1)[0][0]
    return Pledged(
        len(times), me_too, _largest(themes), _largest(organisations), over_time(times), words.most_frequent()
    )


def over_time(times: Sequence[datetime]) -> list[Period]:
    """Pledges by periods of equal length, as many as a picture has room for; those without any in between too."""
    if not times:
        return []
    first, last = min(times), max(times)
    step = next((one for one in _STEPS if (last - first) / one < MOST_BARS), _STEPS[-1])
    counts = Counter((moment.timestamp() // step.total_seconds()) for moment in times)
    start, end = int(min(counts)), int(max(counts))
    return [
        Period(iso(datetime.fromtimestamp(at * step.total_seconds(), UTC)), counts[at])
        for at in range(start, end + 1)
    ]


def by_day(answers: Iterable[GivenAnswer]) -> list[Day]:
    """How many had answered, day by day, from all answers in the order in which they were given."""
    latest: dict[str, Outcome] = {}
    kept = 0
    days: dict[str, Day] = {}
    for one in answers:
        kept += (one.outcome is Outcome.KEPT) - (latest.get(one.pledge_id) is Outcome.KEPT)
        latest[one.pledge_id] = one.outcome
        days[one.at[:10]] = Day(one.at[:10], len(latest), kept)
    return list(days.values())


def _count(groups: dict[str, Group], name: str, one: Summand) -> None:
    group = groups.setdefault(name, Group(name))
    group.pledges += 1
    group.me_too += one.me_too


def _largest(groups: dict[str, Group]) -> list[Group]:
    """The largest first; those without a name last."""
    return sorted(groups.values(), key=lambda one: (not one.name, -one.pledges, one.name.casefold()))
