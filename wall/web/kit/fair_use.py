"""Fair limits at the door: by device, by event, and a ceiling by address that a whole venue stays below."""

import math

from wall.core.errors import TooManyAsked, TooManyPledges, WallError
from wall.core.words import N_
from wall.limits import policies
from wall.limits.allowances import Allowances, Claim


class FairUse:
    """`shared` counts what stays, for all servers together; `own` what this server alone has to do.

    Both are None where the limits are switched off, as for a load test. A browser without a cookie is held to the
    limits of its address and of the event alone. Who is refused has used up nothing that belongs to others.
    """

    def __init__(self, shared: Allowances | None, own: Allowances | None) -> None:
        self._shared = shared
        self._own = own

    def allow_pledge(self, device: str | None, code: str, address: str) -> None:
        """A pledge that a phone sends. Raises TooManyPledges."""
        claims = [(policies.PLEDGES_BY_ADDRESS, address), (policies.PLEDGES_BY_EVENT, code)]
        if device:
            claims.append((policies.PLEDGES_BY_DEVICE, device))
        _refuse_after(_take(self._shared, claims), TooManyPledges)

    def allow_me_too(self, device: str, address: str) -> None:
        """A device is easily thrown away, so its address counts too. Raises TooManyPledges."""
        claims = [(policies.ME_TOO_BY_DEVICE, device), (policies.ME_TOO_BY_ADDRESS, address)]
        _refuse_after(_take(self._shared, claims), TooManyPledges)

    def allow_change(self, receipt: str, address: str) -> None:
        """An author changes something on the private page. Raises TooManyPledges."""
        claims = [(policies.CHANGES_BY_RECEIPT, receipt), (policies.CHANGES_BY_ADDRESS, address)]
        _refuse_after(_take(self._own, claims), TooManyPledges)

    def allow_page(self, device: str | None, address: str) -> None:
        """A page that anybody may look at. Raises TooManyAsked."""
        claims = [(policies.PAGES_BY_ADDRESS, address)]
        if device:
            claims.append((policies.PAGES_BY_DEVICE, device))
        _refuse_after(_take(self._own, claims), TooManyAsked)

    def allow_feed(self, device: str | None, code: str, address: str) -> None:
        """What changed in an event. Raises TooManyAsked."""
        claims = [(policies.FEEDS_BY_ADDRESS, address), (policies.FEEDS_BY_EVENT, code)]
        if device:
            claims.append((policies.FEEDS_BY_DEVICE, device))
        _refuse_after(_take(self._own, claims), TooManyAsked)

    def counts_as_reached(self, address: str) -> bool:
        """Whether one more phone of this address is counted; it is answered in any case."""
        return _take(self._own, [(policies.REACHED_BY_ADDRESS, address)]) == 0


def _take(allowances: Allowances | None, claims: list[Claim]) -> float:
    return allowances.take(*claims) if allowances else 0


def _refuse_after(wait: float, error: type[WallError]) -> None:
    if wait > 0:
        seconds = math.ceil(wait)
        words = N_(
            "Too many requests. Nothing was lost. Try again in {seconds} seconds.", seconds=max(2, seconds)
        )
        raise error(words, retry_after=seconds)
