"""The word filter: finds words that an organiser should look at first. It never blocks and never changes a text.

Words are compared folded (case, accents, look-alikes, repeated and spaced-out letters), and as whole words, so that nobody is
caught because of a name or a place. A star at a word's end takes every ending.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from wall.core.rough_words import ROUGH_WORDS

_LOOK_ALIKES = str.maketrans(
    {
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i", "|": "i",
        "ł": "l", "ø": "o", "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "к": "k", "і": "i", "ѕ": "s",
        "ο": "o", "α": "a", "ε": "e", "ν": "v", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": "",
    }
)  # fmt: skip
_WORDS = re.compile(r"\w+")
_SPACED_OUT = re.compile(r"\b(?:\w[\s.*_-]{1,2}){2,}\w\b")
_REPEATED = re.compile(r"(\w)\1+")


def needs_a_look(text: str, extra_words: Iterable[str] = ()) -> bool:
    """Whether a text holds a rough word of any language that we speak, or one of the event's own."""
    pattern = _pattern(tuple(extra_words))
    plain = _plain(text)
    joined = _SPACED_OUT.sub(lambda letters: re.sub(r"[\W_]", "", letters[0]), plain)
    return any(pattern.search(_compared(one)) for one in {plain, joined})


def _plain(text: str) -> str:
    """Without case, accents and look-alikes."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter)).translate(_LOOK_ALIKES)


def _compared(plain: str) -> str:
    """Its words without repeated letters, a blank on both sides of each."""
    return " ".join(["", *_WORDS.findall(_REPEATED.sub(r"\1", plain)), ""])


@lru_cache(maxsize=256)
def _pattern(extra_words: tuple[str, ...]) -> re.Pattern[str]:
    words = {_as_pattern(word) for word in (*ROUGH_WORDS, *extra_words)} - {""}
    return re.compile(" (?:" + "|".join(sorted(words)) + ") ")


def _as_pattern(word: str) -> str:
    """One word of a list as a piece of a pattern."""
    compared = re.escape(_compared(_plain(word.removesuffix("*"))).strip())
    return rf"{compared}\w*" if compared and word.endswith("*") else compared
