"""Fair limits: named policies, and the one rule by which each is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

MOST_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Policy:
    """So many at once, and so many a second from then on."""

    name: str
    burst: int
    per_second: float


BY_DEVICE = Policy("device", burst=12, per_second=0.25)
"""One phone that is passed round a table."""
BY_EVENT = Policy("event", burst=5_000, per_second=200)
BY_ADDRESS = Policy("address", burst=5_000, per_second=100)
"""Never a person's limit: a venue is one address, and all of a hall may send at once."""
ME_TOO = Policy("me_too", burst=60, per_second=1)


class Allowances(Protocol):
    """Who has used how much of what."""

    def take(self, policy: Policy, whose: str) -> float:
        """Use one of somebody's allowance; 0, or the seconds until there is one again."""
        ...


class KeptAllowances:
    """In memory: for one server. Each is one number, the moment at which it is whole again (GCRA, ITU-T I.371)."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._whole_at: dict[tuple[str, str], float] = {}

    def take(self, policy: Policy, whose: str) -> float:
        now, each = self._clock(), 1 / policy.per_second
        whole_at = max(now, self._whole_at.get((policy.name, whose), now)) + each
        wait = whole_at - now - policy.burst * each
        if wait > 0:
            return wait
        if len(self._whole_at) >= MOST_KEPT:
            self._forget_whole(now)
        self._whole_at[policy.name, whose] = whole_at
        return 0

    def _forget_whole(self, now: float) -> None:
        self._whole_at = {whose: at for whose, at in self._whole_at.items() if at > now}
        while len(self._whole_at) >= MOST_KEPT:
            self._whole_at.pop(next(iter(self._whole_at)))
