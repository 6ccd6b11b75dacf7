"""The word filter: finds words that an organiser should look at first. It never blocks and never changes a text.

Words are compared folded (case, accents, look-alikes, what nobody sees, repeated and spaced-out letters), and as whole words, so
that nobody is caught because of a name or a place. A star at a word's end takes every ending.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from wall.core.texts.folding import without_marks
from wall.core.texts.look_alikes import LATIN_ONES, LOOK_ALIKES
from wall.core.texts.rough_words import ROUGH_WORDS

_SIGNS = str.maketrans(
    {
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i", "|": "i",
        "¡": "i", "€": "e", "ى": "ي", "ة": "ه", "ـ": "",
    }
) | LATIN_ONES  # fmt: skip
"""What stands for a letter in any script."""
_AT_THE_END = re.compile(r"(?<![!|¡])[!|¡]++(?![^\W_])")
"""Marks after a word, which stand for no letter there."""
_WORD = re.compile(r"[^\W_]+")
_REPEATED = re.compile(r"([^\W_])\1+")
_LATIN = re.compile(r"[a-z]")
_ALONE = re.compile(r"(?<![^\W_])[^\W_](?:[\W_]{1,2}[^\W_]){2}(?![^\W_])")
"""Three letters that stand alone, side by side."""
_BETWEEN_LETTERS = 2
"""So many signs or blanks between two letters still spell one word: *w. a. n. k.*"""
_FEWEST_LETTERS = 3


def has_listed_word(text: str, extra_words: Iterable[str] = ()) -> bool:
    """Whether a text holds a rough word of any language that we speak, or one of the event's own."""
    listed = _listed(tuple(extra_words))
    return any(listed.has_one_of(words) for words in _readings(_plain(text)))


class _Listed:
    """The words of a list: whole ones, beginnings that take every ending, and sayings of several words."""

    def __init__(self, listed: Iterable[str]) -> None:
        self._whole: set[str] = set()
        self._beginnings: set[str] = set()
        self._sayings: set[str] = set()
        for word in listed:
            self._take(word)
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})
        self._shortest = self._lengths[0]
        self._starts = {beginning[: self._shortest] for beginning in self._beginnings}

    def _take(self, word: str) -> None:
        starred = word.endswith("*")
        compared = " ".join(_words(_plain(word.removesuffix("*"))))
        if " " in compared:
            self._sayings.add(f" {compared}" if starred else f" {compared} ")
        elif compared:
            (self._beginnings if starred else self._whole).add(compared)

    def has_one_of(self, words: list[str]) -> bool:
        return (
            not self._whole.isdisjoint(words)
            or any(map(self._begins, words))
            or self._has_saying(f" {' '.join(words)} ")
        )

    def _begins(self, word: str) -> bool:
        return word[: self._shortest] in self._starts and any(
            word[:length] in self._beginnings for length in self._lengths
        )

    def _has_saying(self, text: str) -> bool:
        return any(saying in text for saying in self._sayings)


@lru_cache(maxsize=256)
def _listed(extra_words: tuple[str, ...]) -> _Listed:
    return _Listed((*ROUGH_WORDS, *extra_words))


def _plain(text: str) -> str:
    """Without case, accents and signs that stand for letters; words that mix Latin letters with look-alikes are all Latin."""
    plain = _AT_THE_END.sub(" ", without_marks(text)).translate(_SIGNS)
    if plain.isascii():
        return plain
    # Whole words of another script are meant as they stand (*сіра* is grey), but not one alone among Latin ones.
    disguised = plain.translate(LOOK_ALIKES)
    if _LATIN.search(plain) and not any(letter.isalpha() and not letter.isascii() for letter in disguised):
        return disguised
    return _WORD.sub(_as_latin_if_mixed, plain)


def _as_latin_if_mixed(found: re.Match[str]) -> str:
    word = found[0]
    return word.translate(LOOK_ALIKES) if _LATIN.search(word) else word


def _readings(plain: str) -> Iterator[list[str]]:
    """Its words as they stand and, where letters stand alone, as what these spell together."""
    yield _words(plain)
    if _ALONE.search(plain):
        yield _words(_joined(plain))


def _words(plain: str) -> list[str]:
    """Without repeated letters."""
    return _WORD.findall(_REPEATED.sub(r"\1", plain))


def _joined(plain: str) -> str:
    """With letters that stand alone put together, from three in a row on."""
    joined: list[str] = []
    row: list[str] = []
    end = 0
    for one in _WORD.finditer(plain):
        alone = one.end() - one.start() == 1
        if not alone or one.start() - end > _BETWEEN_LETTERS:
            joined += _put_together(row)
            row = []
        (row if alone else joined).append(one[0])
        end = one.end()
    return " ".join([*joined, *_put_together(row)])


def _put_together(row: list[str]) -> list[str]:
    return ["".join(row)] if len(row) >= _FEWEST_LETTERS else row
