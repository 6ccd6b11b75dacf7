"""Before the day: can phones reach this server?"""

import time
from collections.abc import Callable, Collection
from ipaddress import ip_address
from threading import Lock
from typing import Literal
from urllib.parse import urlsplit

from wall.services.server.addresses import Addresses

Reach = Literal["fine", "localhost", "no_network", "host"]
"""`host` where HOST lets nobody in but this computer."""
Visitor = Literal["phone", "desk", "server"]

MOST_COUNTED = 1_000


def reachability_of(addresses: Addresses) -> Reach:
    """Whether the address on the QR code is one that phones can reach at all."""
    host = urlsplit(addresses.base).hostname or ""
    if addresses.listens_here_alone and not addresses.is_public:
        return "host"
    try:
        address = ip_address(host)
    except ValueError:
        return "localhost" if host == "localhost" else "fine"
    if address.is_loopback or address.is_unspecified:
        return "localhost"
    return "no_network" if address.is_link_local else "fine"


def who_came(address: str, own: Collection[str], *, signed_in: bool) -> Visitor:
    """Who opened the page that only says: you are here. A phone alone shows that phones reach this server.

    This computer reaches itself on any network, and an organiser at the desk looks whether others do.
    """
    if is_own(address, own):
        return "server"
    return "desk" if signed_in else "phone"


def is_own(address: str, own: Collection[str]) -> bool:
    """Whether a request from this address comes from the computer on which the server runs; `own` are its addresses."""
    try:
        found = ip_address(address)
    except ValueError:
        return False  # what a proxy calls it
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_loopback or str(found) in own


class Reached:
    """Which phones opened the page that only says: you are here. Nothing of it is stored."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = Lock()
        self._seen: dict[tuple[str, str], float] = {}

    def note(self, code: str, phone: str) -> None:
        """`phone` is anything that tells one phone from another."""
        with self._lock:
            self._seen.pop((code, phone), None)
            if len(self._seen) >= MOST_COUNTED:
                self._seen.pop(next(iter(self._seen)))
            self._seen[code, phone] = self._clock()

    def at(self, code: str) -> tuple[int, float | None]:
        """How many phones opened it, and when the latest did, in seconds since 1970."""
        with self._lock:
            times = [at for (event, _), at in self._seen.items() if event == code]
        return len(times), max(times, default=None)
