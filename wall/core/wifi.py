"""The Wi-Fi that people in the room are to join: its name, its password, and what a QR code says of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wall.core.fields import Fields
from wall.core.words import N_

NAME_BYTES = 32
"""What a network's name may have in UTF-8 (IEEE 802.11)."""
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 63
PASSWORD = re.compile(rf"[ -~]{{{SHORTEST_PASSWORD},{LONGEST_PASSWORD}}}")
"""WPA's rule: printable ASCII."""

_SPECIAL = re.compile(r'([\\;,:"])')
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]+")


@dataclass(frozen=True, slots=True)
class Wifi:
    """Both empty where the event shows none; the password alone is empty for an open network."""

    wifi_name: str = ""
    wifi_password: str = field(default="", repr=False)


def read_wifi(values: Mapping[str, object]) -> Wifi:
    """From a form. Raises BadInput with every field that is wrong."""
    fields = Fields(values)
    wrong, name = fields.wrong, fields.text("wifi_name", NAME_BYTES)
    password = str(values.get("wifi_password") or "").strip()
    if not fits_name(name):
        wrong["wifi_name"] = N_(
            "This is too long for a Wi-Fi network name. Check the name and enter it again."
        )
    if password and not PASSWORD.fullmatch(password):
        wrong["wifi_password"] = N_(
            "Use {least} to {most} characters: numbers, symbols or letters without accents. Leave this empty for an open network.",
            least=SHORTEST_PASSWORD,
            most=LONGEST_PASSWORD,
        )
    if password and not name and "wifi_name" not in wrong:
        wrong["wifi_name"] = N_("Enter the name of the network that this password is for.")
    return fields.checked(Wifi(name, password))


def fits_name(name: str) -> bool:
    """Whether a network can be called so."""
    return len(name.encode()) <= NAME_BYTES


def wifi_code(name: str, password: str) -> str:
    """What the QR code says: phones offer to join when they read it."""
    if not password:
        return f"WIFI:T:nopass;S:{_value(name)};;"
    return f"WIFI:T:WPA;S:{_value(name)};P:{_value(password)};;"


def _value(text: str) -> str:
    """Escaped as the format asks; in quotes where a phone could take it for hexadecimal."""
    if _HEXADECIMAL.fullmatch(text):
        return f'"{text}"'
    return _SPECIAL.sub(r"\\\1", text)
