"""The addresses that people type and scan: the public one, or this machine's on its network."""

import socket
import time
from ipaddress import IPv4Address
from urllib.parse import urlsplit

import ifaddr

LOOK_AGAIN_SECONDS = 10
"""A laptop changes its network between two talks; the QR code follows."""


class Addresses:
    """Where phones reach this server. `public_url` wins; else it is looked up, and again now and then."""

    def __init__(self, public_url: str | None, port: int) -> None:
        self._public_url = public_url
        self._port = port
        self._found = ""
        self._found_at = float("-inf")

    @property
    def base(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        if self._public_url:
            return self._public_url
        if time.monotonic() - self._found_at > LOOK_AGAIN_SECONDS:
            port = "" if self._port == 80 else f":{self._port}"
            self._found = f"http://{lan_address()}{port}"
            self._found_at = time.monotonic()
        return self._found

    def phone_page(self, code: str) -> str:
        return f"{self.base}/e/{code}"

    def short(self, code: str) -> str:
        """What a person types: no scheme, no folder."""
        parts = urlsplit(self.base)
        return f"{parts.netloc}{parts.path}/{code}"

    def of(self, code: str) -> dict[str, str]:
        """Both, as they go along with an event."""
        return {"address": self.phone_page(code), "short_address": self.short(code)}


def lan_address() -> str:
    """This machine's IPv4 address on the network that phones share; 127.0.0.1 where it has none."""
    return _towards_others() or _of_an_interface() or "127.0.0.1"


def _towards_others() -> str | None:
    """The address from which a packet would leave. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: an address that nobody has
        except OSError:
            return None  # no way out: a hotspot without internet, say
        found = str(probe.getsockname()[0])
    return None if IPv4Address(found).is_loopback or IPv4Address(found).is_unspecified else found


def _of_an_interface() -> str | None:
    found = [
        IPv4Address(ip.ip)
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if isinstance(ip.ip, str)
    ]
    usable = [ip for ip in found if not ip.is_loopback]
    return str(min(usable, key=lambda ip: (ip.is_link_local, not ip.is_private))) if usable else None
