"""The gentle guard: what in a text looks as if it could tell who a patient is. It explains; it never changes a text.

`static/phone/guard.js` looks for the same on the phone, before anything is sent;
tests/support/guard_examples.json holds the two together.
"""

import re
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


def patient_details(text: str) -> list[Detail]:
    """What kinds of patients' details a text seems to hold, most telling first; [] for most texts."""
    text = plainly_written(text)
    found: list[Detail] = []
    if any(_is_nhs_number(number) for number in _NHS_NUMBER.findall(text)):
        found.append("nhs_number")
    if _BIRTH.search(text) or any(_is_past(year) for _, year in _FULL_DATE.findall(text)):
        found.append("birth_date")
    if any(not _is_nhs_number(number) for number in _PHONE_NUMBER.findall(text)):
        found.append("phone_number")
    if _EMAIL.search(text):
        found.append("email")
    if _PLACE.search(text):
        found.append("place")
    if _INITIAL.search(text):
        found.append("initial")
    return found


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
