"""Fair limits: the one rule by which each is measured."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

MOST_COUNTED = 50_000


@dataclass(frozen=True, slots=True)
class Policy:
    """So many at once, and so many a second from then on."""

    name: str
    burst: int
    per_second: float


Claim = tuple[Policy, str]
"""A policy, and whose allowance it is about."""


class Allowances(Protocol):
    """Who has used how much of what."""

    def take(self, *claims: Claim) -> float:
        """Use one of each allowance: 0. Where one is used up, none is used: the seconds until there is one of each."""
        ...


class AllowancesInMemory:
    """In memory: for one server. Each is one number, the moment at which it is whole again (GCRA, ITU-T I.371)."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._whole_at: dict[tuple[str, str], float] = {}
        self._lock = Lock()

    def take(self, *claims: Claim) -> float:
        with self._lock:
            return self._take(claims)

    def _take(self, claims: tuple[Claim, ...]) -> float:
        now = self._clock()
        taken: dict[tuple[str, str], float] = {}
        longest = 0.0
        for policy, whose in claims:
            each = 1 / policy.per_second
            whole_at = max(now, self._whole_at.get((policy.name, whose), now)) + each
            longest = max(longest, whole_at - now - policy.burst * each)
            taken[policy.name, whose] = whole_at
        if longest > 0:
            return longest
        if len(self._whole_at) + len(taken) > MOST_COUNTED:
            self._forget_whole(now, len(taken))
        self._whole_at |= taken
        return 0

    def _forget_whole(self, now: float, room: int) -> None:
        self._whole_at = {whose: at for whose, at in self._whole_at.items() if at > now}
        while len(self._whole_at) + room > MOST_COUNTED:
            self._whole_at.pop(next(iter(self._whole_at)))
