"""Which passwords may be chosen: long enough, and none that is tried first."""

import re
from collections.abc import Iterable
from functools import cache

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from wall.core.words import N_, Words

SHORTEST = 10
LONGEST = 1_000
_PLAIN = re.compile(r"[\W\d_]+")
_FEWEST_DIFFERENT = 4
_LONGEST_WORD = 4


def password_problem(password: str, known: Iterable[str]) -> Words | None:
    """Why a password will not do. `known` are words that others know of somebody: a name, an event's title and code."""
    if not SHORTEST <= len(password) <= LONGEST:
        return N_("Use {least} to {most} characters.", least=SHORTEST, most=LONGEST)
    folded = password.casefold()
    letters = _PLAIN.sub("", folded)
    if (
        folded in _common()
        or (letters in _common() and 2 * len(letters) >= len(password))
        or len(set(folded)) < _FEWEST_DIFFERENT
    ):
        return N_("This password is easy to guess. A short sentence is safer and easy to remember.")
    rest = letters
    for word in sorted((_PLAIN.sub("", one.casefold()) for one in known), key=len, reverse=True):
        rest = rest.replace(word, "") if word else rest
    if letters and len(rest) < _LONGEST_WORD and rest != letters:
        return N_(
            "This password uses a name that other people know. A short sentence is safer and easy to remember."
        )
    return None


@cache
def _common() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"])
