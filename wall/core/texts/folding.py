"""Texts as they are compared: letter by letter, so that the work grows with a text's length and with nothing else."""

import re
import unicodedata
from collections.abc import Callable

MOST_REMEMBERED = 20_000

UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What is drawn as nothing (Unicode's Default_Ignorable_Code_Point), for between the brackets of a pattern."""

_UNSEEN = re.compile(f"[{UNSEEN}]")


class Folding(dict[int, str]):
    """For str.translate: remembers what became of a letter. How many it remembers has a limit, since Unicode is large."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, code: int) -> str:
        folded = self._fold(chr(code))
        if len(self) < MOST_REMEMBERED:
            self[code] = folded
        return folded


def plainly_written(text: str) -> str:
    """Digits of every script as 0 to 9, wide and ringed letters as plain ones, and without what nobody sees.

    `plainlyWritten` in static/phone/guard.js does the same.
    """
    return text if text.isascii() else text.translate(_PLAINLY)


def without_marks(text: str) -> str:
    """Without case, accents and what nobody sees."""
    return text.lower() if text.isascii() else text.translate(_WITHOUT_MARKS)


def _written_plainly(letter: str) -> str:
    if _UNSEEN.match(letter):
        return ""
    return "".join(map(_digit, unicodedata.normalize("NFKC", letter)))


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter, letter))


def _without_marks(letter: str) -> str:
    if _UNSEEN.match(letter):
        return ""
    # Some capitals, such as 𝐀, have no small letter until they are spread.
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return "".join(_digit(one) for one in spread if not _is_mark(one))


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) != 0 or unicodedata.category(letter) == "Me"


_PLAINLY = Folding(_written_plainly)
_WITHOUT_MARKS = Folding(_without_marks)
