"""Fair limits at the door: by device and by event, and a ceiling by address that a whole venue stays below."""

import math

from wall.core.errors import TooManyPledges
from wall.core.limits import BY_ADDRESS, BY_DEVICE, BY_EVENT, ME_TOO, Allowances, Policy
from wall.core.words import N_


class FairUse:
    """`allowances` is None where the limits are switched off, as for a load test."""

    def __init__(self, allowances: Allowances | None) -> None:
        self._allowances = allowances

    def allow_pledge(self, device: str | None, code: str, address: str) -> None:
        """Raises TooManyPledges. A browser without a cookie is held to the event's and the address's limits alone."""
        if device:
            self._take(BY_DEVICE, device)
        self._take(BY_EVENT, code)
        self._take(BY_ADDRESS, address)

    def allow_me_too(self, device: str) -> None:
        """Raises TooManyPledges."""
        self._take(ME_TOO, device)

    def _take(self, policy: Policy, whose: str) -> None:
        wait = self._allowances.take(policy, whose) if self._allowances else 0
        if wait > 0:
            seconds = math.ceil(wait)
            words = N_(
                "That is a lot at once. Nothing was lost; please try again in {seconds} s.", seconds=seconds
            )
            raise TooManyPledges(words, retry_after=seconds)
