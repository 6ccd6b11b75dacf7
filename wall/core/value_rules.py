"""Rules for one value of a row: each gives the value as it is stored, or raises Unusable."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime

from wall.core.pictures import LARGEST_BYTES
from wall.core.texts.text import TextRefused, clean_text

MOST = 1_000_000_000_000
"""More changes than any event sees; every browser counts so far without an error."""

Rule = Callable[[object], object]
"""Gives a value as it is stored, or raises Unusable."""


class Unusable(Exception):
    """A row that this program never wrote; the message says why, and quotes nothing."""


def whole(least: int = 0, most: int = MOST) -> Rule:
    """A whole number; SQLite would also store a text in its column."""

    def check(raw: object) -> int:
        if type(raw) is not int or not least <= raw <= most:
            raise Unusable(f"it is no whole number from {least} to {most}")
        return raw

    return check


def one_of(values: Iterable[object]) -> Rule:
    """One of a few words."""
    known = tuple(values)

    def check(raw: object) -> object:
        if not isinstance(raw, str) or raw not in known:
            raise Unusable("it is none of those that there are")
        return raw

    return check


def like(pattern: str) -> Rule:
    """A text that a pattern matches from end to end."""
    compiled = re.compile(pattern)

    def check(raw: object) -> str:
        if not isinstance(raw, str) or not compiled.fullmatch(raw):
            raise Unusable("it does not look like one of ours")
        return raw

    return check


def or_none(rule: Rule) -> Rule:
    """What the rule takes, or NULL."""
    return lambda raw: None if raw is None else rule(raw)


def or_empty(rule: Rule) -> Rule:
    """What the rule takes, or an empty text."""
    return lambda raw: raw if raw == "" else rule(raw)


def text(limit: int, *, one_line: bool = True, needed: bool = False) -> Rule:
    """What somebody wrote, cleaned as when it comes by HTTP; what no screen can show is taken out where it would be refused."""

    def check(raw: object) -> str:
        try:
            cleaned = clean_text(raw, limit, one_line=one_line)
        except TextRefused:
            cleaned = clean_text(_shown_alone(raw), limit, one_line=one_line)
        if needed and not cleaned:
            raise Unusable("it is empty")
        return cleaned

    return check


def _shown_alone(raw: object) -> object:
    """A text without what no screen shows."""
    if not isinstance(raw, str):
        return raw
    return "".join(one for one in raw if not _is_never_shown(one))


def _is_never_shown(character: str) -> bool:
    if character in "\n\t\u200c\u200d":  # the last two join letters and emoji, or separate them
        return False
    code = ord(character)
    is_no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return is_no_character or unicodedata.category(character) in ("Cc", "Cf", "Cs")


def time(raw: object) -> str:
    """A moment in UTC, to the millisecond, as the ledger writes it."""
    written = _AS_A_TIME(raw)
    try:
        datetime.fromisoformat(str(written))
    except ValueError:
        raise Unusable("there is no such time") from None
    return str(written)


_AS_A_TIME = like(r"2[01]\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def day(raw: object) -> str:
    """A day, as 2026-11-26."""
    written = str(like(r"2[01]\d\d-\d\d-\d\d")(raw))
    try:
        date.fromisoformat(written)
    except ValueError:
        raise Unusable("there is no such day") from None
    return written


def list_of(rule: Rule, most: int) -> Rule:
    """A list without doubles, stored as JSON."""

    def check(raw: object) -> str:
        read = read_json(raw)
        if not isinstance(read, list) or len(read) > most:
            raise Unusable(f"it is no list of up to {most}")
        values = list(dict.fromkeys(rule(one) for one in read))
        return str(raw) if values == read else json.dumps(values)

    return check


def read_json(raw: object) -> object:
    """What a text says as JSON, if it is no longer than any of ours."""
    if not isinstance(raw, str) or len(raw) > _LONGEST_JSON:
        raise Unusable("it is no JSON")
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise Unusable("it is no JSON") from None


_LONGEST_JSON = 100_000


def true_or_false(raw: object) -> bool:
    """As JSON has them; a column has 0 and 1."""
    if not isinstance(raw, bool):
        raise Unusable("it is neither true nor false")
    return raw


def picture(raw: object) -> bytes:
    """The bytes of a picture that is small enough; what is in it is another’s to look at."""
    if not isinstance(raw, bytes) or not 0 < len(raw) <= LARGEST_BYTES:
        raise Unusable("it is no small picture")
    return raw


def plain(raw: object) -> object:
    """What has no rule of its own: a number, nothing, or a short text that moves no terminal."""
    return raw if raw is None or type(raw) is int else like(r"[^\x00-\x1f\x7f-\x9f]{0,1000}")(raw)
