"""What this server may be called: names that nobody on the internet can own, its own, and those in its settings.

A page of a stranger whose name suddenly leads to this machine (DNS rebinding) would else read the event through the
browsers in the room. An address in figures cannot be such a name, nor can one that no registry gives away.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address

_HOST = re.compile(r"(?:\[([0-9a-fA-F:.]{2,45})\]|([\w.-]{1,253}))(?::\d{1,5})?", re.ASCII)
_NOBODYS = ("local", "localhost", "lan", "home", "internal", "test", "home.arpa")
"""Never delegated: RFC 6761, 6762 and 8375, ICANN's resolution on .internal; routers use them for their own networks."""


class Hosts:
    """`own` are the names that the settings and this machine know."""

    def __init__(self, own: Iterable[str]) -> None:
        self._own = {name.lower().rstrip(".") for name in own}
        self.answers_to = lru_cache(maxsize=1024)(self._answers_to)

    def _answers_to(self, host: str) -> bool:
        """Whether a request's `Host` is one of ours."""
        found = _HOST.fullmatch(host)
        if not found:
            return False
        name = (found[1] or found[2]).lower().rstrip(".")
        return name in self._own or _is_figures(name) or "." not in name or _is_nobodys(name)


def _is_figures(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_nobodys(name: str) -> bool:
    return any(name.endswith(f".{end}") for end in _NOBODYS)
