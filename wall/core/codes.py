"""Codes and tokens: short ones that can be read aloud, long ones that cannot be guessed."""

import re
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

from wall.core.texts.folding import plainly_written

ALPHABET = "234679ACDEFGHJKMNPQRTUVWXY"
"""Without the pairs that look or sound alike across a room: 0 O, 1 I L, 5 S, 8 B, Z."""

EVENT_CODE_LENGTH = 4
LONGEST_TYPED = 300

_SCHEMES = ("HTTP", "HTTPS")


def new_event_code() -> str:
    """Four characters to be read from a wall and typed on a phone."""
    return "".join(secrets.choice(ALPHABET) for _ in range(EVENT_CODE_LENGTH))


def new_pledge_id() -> str:
    """A pledge's public id: 16 hexadecimal digits that say nothing about the phone or the order.

    None of them reads as a number, such as 12e4567890123456, which a spreadsheet would round.
    """
    while not set(made := secrets.token_hex(8)) & set("abcdf"):
        pass
    return made


def new_token() -> str:
    """128 bits for a link that only its owner may know, safe in a URL."""
    return secrets.token_urlsafe(16)


def token_of(secret: str) -> str:
    """A token that whoever knows the secret makes again, and nobody else: as long as a new one."""
    return urlsafe_b64encode(sha256(f"token of {secret}".encode()).digest()[:16]).decode().rstrip("=")


def hash_token(token: str) -> str:
    """What is stored of a token. It is random already, so a plain hash does."""
    return sha256(token.encode(errors="replace")).hexdigest()


def typed_event_code(typed: str) -> str:
    """A code as it is stored, from what somebody typed: in any case, any digits, with anything around it, or the whole link."""
    path = re.split(r"[?#]", plainly_written(typed[:LONGEST_TYPED]), maxsplit=1)[0]
    parts = [part for part in map(_letters, path.split("/")) if part]
    if len(parts) > 1 and parts[0] in _SCHEMES:
        del parts[0]
    if "E" in parts[:-1]:
        return parts[parts.index("E") + 1]
    return next(filter(is_event_code, parts), parts[0] if parts else "")


def is_event_code(code: str) -> bool:
    """Whether an event could have this code."""
    return len(code) == EVENT_CODE_LENGTH and set(code) <= set(ALPHABET)


def _letters(typed: str) -> str:
    return "".join(filter(str.isalnum, typed)).upper()
