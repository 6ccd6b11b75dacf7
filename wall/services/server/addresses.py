"""The addresses that people type and scan: the public one, or this machine's on its network."""

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address
from urllib.parse import urlsplit

import ifaddr

from wall.core.errors import TryAgain
from wall.core.server.interfaces import Interface, best_first

LOOK_AGAIN_SECONDS = 10
"""A laptop changes its network between two talks; the QR code follows."""
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104  what HOST says for all addresses of this machine
THIS_COMPUTER = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Found:
    """One look at this machine: its addresses, best first, and what an organiser chose."""

    interfaces: tuple[Interface, ...] = ()
    chosen: str = ""

    @property
    def chosen_is_here(self) -> bool:
        return any(one.address == self.chosen for one in self.interfaces)

    @property
    def best(self) -> str:
        if self.chosen_is_here:
            return self.chosen
        return self.interfaces[0].address if self.interfaces else THIS_COMPUTER


class Addresses:
    """Where phones reach this server.

    `public_url` wins; then `host`, if the server listens at one address alone; then what an organiser has `chosen`, if
    this machine has it; then the best that is found. It is looked up again now and then.
    """

    def __init__(
        self,
        public_url: str | None,
        port: int,
        host: str = EVERYWHERE[0],
        chosen: Callable[[], str] = lambda: "",
    ) -> None:
        self._public_url = public_url
        self._port = port
        self._host = host
        self._chosen = chosen
        self._found = Found()
        self._found_at = float("-inf")

    @property
    def base(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        if self._public_url:
            return self._public_url
        return self._at(self._host if self.listens_at_one else self.look().best)

    @property
    def is_public(self) -> bool:
        """PUBLIC_URL says the address, whatever this machine has."""
        return bool(self._public_url)

    @property
    def listens_at_one(self) -> bool:
        """HOST says one address, so no other of this machine answers."""
        return self._host not in EVERYWHERE

    @property
    def listens_here_alone(self) -> bool:
        """HOST says that nobody but this computer is to be answered."""
        return self.listens_at_one and _is_loopback(self._host)

    @property
    def can_be_chosen(self) -> bool:
        """Whether there is anything to choose: neither PUBLIC_URL nor HOST has decided."""
        return not self.is_public and not self.listens_at_one

    @property
    def own(self) -> frozenset[str]:
        """Every address by which this machine is known to itself."""
        return frozenset({one.address for one in self.look().interfaces} | {self._host})

    def look(self) -> Found:
        """The addresses that this machine has now, or had at most ten seconds ago."""
        if time.monotonic() - self._found_at > LOOK_AGAIN_SECONDS:
            chosen = self._found.chosen
            with suppress(TryAgain):  # the database cannot be read just now: the choice stays what it was
                chosen = self._chosen()
            self._found = Found(tuple(best_first(interfaces(), way_out())), chosen)
            self._found_at = time.monotonic()
        return self._found

    def look_again(self) -> None:
        """Forget what was found: something was chosen, and whoever asks next is to hear of it."""
        self._found_at = float("-inf")

    def phone_page(self, code: str) -> str:
        return f"{self.base}/e/{code}"

    def short(self, code: str) -> str:
        """What a person types: no scheme, no folder."""
        parts = urlsplit(self.base)
        return f"{parts.netloc}{parts.path}/{code}"

    def of(self, code: str) -> dict[str, str]:
        """Both addresses, as they are sent along with an event."""
        return {"address": self.phone_page(code), "short_address": self.short(code)}

    def wall_here(self, code: str) -> str | None:
        """The wall's address for a browser on this computer, where it can keep the screen awake.

        None where it can do so at the usual address too, which has https, and where localhost does not answer.
        """
        if self.base.startswith("https:") or (self.listens_at_one and not self.listens_here_alone):
            return None
        return f"{self._at('localhost')}/e/{code}/wall"

    def _at(self, host: str) -> str:
        port = "" if self._port == 80 else f":{self._port}"
        return f"http://{f'[{host}]' if ':' in host else host}{port}"


def interfaces() -> list[Interface]:
    """Every IPv4 address of this machine, with the names of its adapter."""
    return [
        Interface(adapter.name, adapter.nice_name, ip.ip)
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if isinstance(ip.ip, str)
    ]


def way_out() -> str | None:
    """The address from which a packet would leave. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: an address that nobody has
        except OSError:
            return None  # no way out: a hotspot without internet, say
        found = str(probe.getsockname()[0])
    return None if IPv4Address(found).is_loopback or IPv4Address(found).is_unspecified else found


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
