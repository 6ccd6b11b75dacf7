"""The languages that we speak, and which of them a reader would choose."""

from collections.abc import Iterable
from functools import lru_cache

LANGUAGES = {"en": "English", "cy": "Cymraeg", "pl": "Polski", "ar": "العربية"}
"""By their codes, in their own words."""

_RIGHT_TO_LEFT = frozenset({"ar"})
_COUNTRIES = {"en": "en_GB"}
"""Where a language alone would mean another country's days."""


def direction(language: str) -> str:
    """`rtl` or `ltr`, as HTML has it."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def locale_of(language: str) -> str:
    """The locale by whose customs days are written."""
    return _COUNTRIES.get(language, language)


def first_known(wanted: Iterable[str | None]) -> str | None:
    """The first of several wishes that we speak."""
    return next((one for one in wanted if one in LANGUAGES), None)


@lru_cache(maxsize=512)
def best_of(accepted: str) -> str | None:
    """The language that a browser likes best of those we speak; `accepted` is its Accept-Language."""
    wishes = []
    for place, wish in enumerate(accepted[:500].split(",")):
        tag, _, quality = wish.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        wishes.append((-weight, place, tag.strip().lower().split("-")[0]))
    return first_known(tag for weight, _, tag in sorted(wishes) if weight < 0)
