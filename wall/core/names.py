"""People's names at the desk: labels by which a team knows its people, and with a password also the way in."""

import re
import unicodedata

EARLIER_TEAM = "The team before the move"
"""Stands for whoever worked on an event where it comes from; nobody can sign in as it, or be called so."""

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\U000e0000-\U000e0fff]"
)


def fold(name: str) -> str:
    """A name as it is looked up: whatever the case, the blanks and the width of letters, and without what nobody sees."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", name))
    return " ".join(unicodedata.normalize("NFKC", seen.casefold()).split())


def look_alike(name: str) -> str:
    """What two names have in common that people take for one: without accents and blanks, and look-alikes as one letter."""
    folded = fold(name)
    spread = unicodedata.normalize("NFKD", folded)
    letters = "".join(one for one in spread if not unicodedata.combining(one) and one.isalnum())
    return letters or folded  # a name of signs alone
