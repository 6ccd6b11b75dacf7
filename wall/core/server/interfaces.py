"""Which of this machine's addresses the phones in the room can reach: a guess from what each adapter is called.

The way out to the internet does not say so: an always-on VPN takes it, and no phone is in that VPN.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Literal

from wall.core.words import N_, Words

Kind = Literal["wifi", "cable", "lan", "other", "vpn", "virtual"]
"""`lan` is one of the first two, where the system does not say which."""

KINDS: dict[Kind, Words] = {
    "wifi": N_("Wi-Fi"),
    "cable": N_("network cable"),
    "lan": N_("Wi-Fi or network cable"),
    "other": N_("another network"),
    "vpn": N_("VPN: phones in the room are usually not on it"),
    "virtual": N_("virtual network inside this computer: phones are not on it"),
}

SHARED = IPv4Network("100.64.0.0/10")
"""RFC 6598. Tailscale and mobile networks use it; a venue's Wi-Fi seldom does."""

_TUNNEL = re.compile(
    r"(u?tun|tap|wg|ppp|ipsec|zt|feth|gre|sit|vpn|tailscale|nordlynx|proton|mullvad|cscotun|gpd|cloudflarewarp)([\W_\d].*)?"
    r"|zt[a-z0-9]{8,}|wg\d.*",
    re.IGNORECASE,
)
_TUNNEL_WORDS = re.compile(
    r"\bvpn\b|openvpn|wireguard|tap-windows|\btunnel\b|tailscale|zerotier|wintun|anyconnect|globalprotect|\bpangp\b|fortinet"
    r"|\bjuniper\b|pulse secure|check point|sonicwall|softether|zscaler|cloudflare warp|nordlynx|wan miniport",
    re.IGNORECASE,
)
_VIRTUAL = re.compile(
    r"(docker|veth|virbr|vmnet|vboxnet|podman|cni|lxc|lxd|flannel|cali|cilium|weave|kube|vnic|bridge1\d\d)[\W_\da-z]*|br-.*|vethernet.*",
    re.IGNORECASE,
)
_VIRTUAL_WORDS = re.compile(
    r"hyper-v|vmware|virtualbox|vethernet|docker|\bwsl\b|parallels|km-test loopback|\bnpcap\b", re.IGNORECASE
)
_WIFI = re.compile(r"wl[a-z]*\d.*|wl[px].*|ath\d.*|ra\d.*", re.IGNORECASE)
_WIFI_WORDS = re.compile(r"wi-?fi|wireless|\bwlan\b|802\.11", re.IGNORECASE)
_LAN = re.compile(r"en\d+", re.IGNORECASE)
"""A Mac's, for Wi-Fi and cable alike. Linux has `eth0`, `enp3s0`, `eno1`, `ens33`, `enx…`."""
_CABLE = re.compile(r"eth\d+.*|en[opsx][0-9a-f].*|em\d+", re.IGNORECASE)
_CABLE_WORDS = re.compile(
    r"ethernet|\bgbe\b|gigabit|\blan\b|network connection|pcie.*controller", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Interface:
    """One IPv4 address of this machine. `name` is the system's; `description` is what Windows calls the adapter."""

    name: str
    description: str
    address: str

    @property
    def kind(self) -> Kind:
        return kind_of(self.name, self.description)


def kind_of(name: str, description: str = "") -> Kind:
    """What an adapter is, by its names. Tunnels and virtual ones first: theirs often have *Ethernet* in them."""
    if _TUNNEL.fullmatch(name) or _TUNNEL_WORDS.search(description):
        return "vpn"
    if _VIRTUAL.fullmatch(name) or _VIRTUAL_WORDS.search(description):
        return "virtual"
    if _WIFI.fullmatch(name) or _WIFI_WORDS.search(description):
        return "wifi"  # also *Microsoft Wi-Fi Direct Virtual Adapter*: the hotspot of a Windows laptop
    if re.search(r"\bvirtual\b", description, re.IGNORECASE):
        return "virtual"
    if _LAN.fullmatch(name):
        return "lan"
    if _CABLE.fullmatch(name) or _CABLE_WORDS.search(description):
        return "cable"
    return "other"


def best_first(found: Iterable[Interface], way_out: str | None = None) -> list[Interface]:
    """All but this machine's own loopback, in the order in which phones are likely to reach them.

    `way_out` is the address from which a packet would leave: it decides among equals. Else the order stays.
    """
    usable = {one.address: one for one in found if not IPv4Address(one.address).is_loopback}
    return sorted(usable.values(), key=lambda one: _place(one, way_out))


def _place(one: Interface, way_out: str | None) -> tuple[bool, int, bool, bool]:
    address = IPv4Address(one.address)
    rank = {"wifi": 0, "cable": 0, "lan": 0, "other": 1, "vpn": 3, "virtual": 4}[one.kind]
    if address in SHARED:
        # A venue's Wi-Fi with such addresses is still the one that phones are in; an unknown adapter is a VPN.
        rank = 2 if rank == 0 else 5
    return address.is_link_local, rank, not (address.is_private or address in SHARED), one.address != way_out
