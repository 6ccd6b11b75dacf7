"""The gentle guard: what in a text looks as if it could tell who a patient is. It explains; it never changes a text.

`static/phone/guard.js` looks for the same on the phone, before anything is sent;
tests/support/guard_examples.json holds the two together.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from wall.core.texts.folding import plainly_written

Detail = Literal["nhs_number", "birth_date", "phone_number", "email", "place", "initial"]

_NHS_NUMBER = re.compile(r"(?<![0-9])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![0-9])")
_PHONE_NUMBER = re.compile(r"(?<![0-9])(?:\+[0-9]{1,3}|0)(?:[ ().-]{0,2}[0-9]){9,11}(?![0-9])")
_EMAIL = re.compile(r"[^\s@]@[^\s@]+\.[^\W\d_]{2,}")
_FULL_DATE = re.compile(r"(?<![0-9])[0-9]{1,2}([./-])[0-9]{1,2}\1([0-9]{4})(?![0-9])")
_BIRTH = re.compile(
    r"\b(?:dob|d\.o\.b|date of birth|born|ganwyd|ur\.)\W{0,3}(?:\w{1,20}\W){0,2}[0-9]", re.IGNORECASE
)
_PLACE = re.compile(r"\b(?:bed|bay|cubicle|gwely|łóżko|سرير)\s{1,3}(?:no\.? ?)?[0-9]", re.IGNORECASE)
_INITIAL = re.compile(
    r"\b(?:[Pp]atient|[Pp]t|[Mm]rs?|[Mm]s|[Cc]laf|[Pp]acjent(?:ka)?)\.? (?!I\b)[A-ZĄĆĘŁŃÓŚŹŻ](?![^\W\d_])"
)


def patient_details(text: str) -> dict[Detail, str]:
    """The kinds of patients' details that a text seems to hold, most telling first, each with the words that look so;
    {} for most texts.
    """
    text = plainly_written(text)
    found: dict[Detail, re.Match[str] | None] = {
        "nhs_number": _first(_NHS_NUMBER, text, lambda number: _is_nhs_number(number[0])),
        "birth_date": _first(_BIRTH, text) or _first(_FULL_DATE, text, lambda day: _is_past(day[2])),
        "phone_number": _first(_PHONE_NUMBER, text, lambda number: not _is_nhs_number(number[0])),
        "email": _first(_EMAIL, text),
        "place": _first(_PLACE, text),
        "initial": _first(_INITIAL, text),
    }
    return {kind: _whole_words(text, match) for kind, match in found.items() if match}


def _first(
    pattern: re.Pattern[str], text: str, counts: Callable[[re.Match[str]], bool] = bool
) -> re.Match[str] | None:
    return next(filter(counts, pattern.finditer(text)), None)


def _whole_words(text: str, match: re.Match[str]) -> str:
    """What was found, from the beginning of its first word to the end of its last."""
    before, after = (
        re.split(r"\s", text[: match.start()])[-1],
        re.split(r"\s", text[match.end() :], maxsplit=1)[0],
    )
    return f"{before}{match[0]}{after}".rstrip(".,;:!?)")


def _is_nhs_number(written: str) -> bool:
    """Whether its last digit is the check digit of the others (modulus 11, NHS Data Dictionary)."""
    digits = [int(digit) for digit in re.sub(r"[^0-9]", "", written)]
    if len(digits) != 10:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == digits[9]


def _is_past(year: str) -> bool:
    """Pledges name days to come; a day of an earlier year is more likely somebody's birthday."""
    return 1900 <= int(year) < datetime.now(UTC).year
