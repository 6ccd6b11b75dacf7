"""People's names at the desk: labels by which a team knows its people, and with a password also the way in."""

import unicodedata

from wall.core.texts.folding import plainly_written, without_marks
from wall.core.texts.look_alikes import LOOK_ALIKES

NAME_LIMIT = 60

EARLIER_TEAM = "The team before the move"
"""Stands for whoever worked on an event where it comes from; nobody can sign in as it, or be called so."""


def fold(name: str) -> str:
    """A name as it is looked up: whatever the case, the blanks and the width of letters, and without what nobody sees."""
    seen = plainly_written(unicodedata.normalize("NFC", name))
    return " ".join(unicodedata.normalize("NFC", seen.casefold()).split())


def look_alike(name: str) -> str:
    """What two names have in common that people take for one: without accents and signs, and look-alikes as one letter."""
    folded = fold(name)
    letters = "".join(letter for letter in without_marks(folded).translate(LOOK_ALIKES) if letter.isalnum())
    return letters or folded  # a name of signs alone
