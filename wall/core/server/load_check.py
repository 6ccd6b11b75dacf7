"""What a load check with simulated phones found, and whether that is good enough."""

from dataclasses import dataclass, field
from typing import Any, Literal

Verdict = Literal["green", "amber", "red"]

SLOW_SECONDS = 1.0
"""An attendee who waits longer for *stored* looks for the button again."""


@dataclass(slots=True)
class LoadCheck:
    """The counts of one load check, which go up while it runs. Times are seconds."""

    phones: int
    opened: int = 0
    stored: int = 0
    failed: int = 0
    found: int | None = None
    """How many pledges the wall had in the end; None before that was asked, and where nobody could say."""
    done: bool = False
    times: list[float] = field(default_factory=list)
    """How long each phone waited for *stored*."""

    @property
    def verdict(self) -> Verdict | None:
        """How it went; None while it runs."""
        if not self.done:
            return None
        if self.failed or self.stored != self.phones or self.found != self.phones:
            return "red"
        return "amber" if self._time_of(0.95) > SLOW_SECONDS else "green"

    def report(self) -> dict[str, Any]:
        """How it stands: `typical_ms` is what half of the phones stayed below, `slow_ms` what 95 of 100 did."""
        return {
            "phones": self.phones,
            "opened": self.opened,
            "stored": self.stored,
            "failed": self.failed,
            "found": self.found,
            "done": self.done,
            "verdict": self.verdict,
            "typical_ms": round(1000 * self._time_of(0.5)),
            "slow_ms": round(1000 * self._time_of(0.95)),
        }

    def _time_of(self, share: float) -> float:
        times = sorted(self.times)
        return times[min(len(times) - 1, int(share * len(times)))] if times else 0.0
