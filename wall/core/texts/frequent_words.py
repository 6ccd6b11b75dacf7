"""Which words come up in many pledges. What every sentence has is left out, in each language that we speak."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from wall.core.languages import LANGUAGES

MOST_WORDS = 40
IN_AT_LEAST = 2
"""Pledges; a word of one alone tells nothing about the room."""
SHORTEST = 3

_WORD = re.compile(r"[^\W\d_]++(?:['’-][^\W\d_]++)*+")
_POSSESSIVE = re.compile(r"['’]s$")

# stopwordsiso has no Welsh.
_WELSH = (
    "ac am ar at ble bod bob bydd byddaf byddan byddwn bydda cael cyn chi chwi dan dim ddim dod dros drwy eich ein eisiau eto "
    "eu ef fe fel felly fi fod fy fydd gan gael gallu ganddo gennym gwneud gyda gydag gyd heb hefyd heddiw hi hon hwn hwnnw "
    "hyd hyn hynny iawn iddo iddyn iddi mae maen mai mewn mi mor mwy mynd na nad nag neb neu nes nhw nid oedd oes ond onid os "
    "pan pawb pob pwy roedd rydw rydym rydyn rhag sut sydd sy un unrhyw wedi wedyn wnaf wnawn wneud wrth wyf yma yna yno yn "
    "ydw ydy ydym ydyn yfory yr yw ychydig bellach dyna dyma"
)
# What the lists leave out though it is what people pledge.
_CONTENT_WORDS = "ask asks better changes help home kind open show thank thanks together work working welcome say call stop see small"


@dataclass(frozen=True, slots=True)
class Word:
    """`pledges` is how many say it, however often each does."""

    word: str
    pledges: int


class FrequentWords:
    """Counts as it goes, so that all texts need not be in memory."""

    def __init__(self) -> None:
        self._pledges: Counter[str] = Counter()
        self._capitals: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Count the words of one pledge, each once."""
        said: dict[str, bool] = {}
        for found in _WORD.findall(text):
            word = _POSSESSIVE.sub("", found).replace("’", "'")
            said[word.casefold()] = len(word) > 1 and word.isupper()
        self._pledges.update(said.keys())
        self._capitals.update(word for word, capital in said.items() if capital)

    def most_frequent(self) -> list[Word]:
        """The most frequent first; equals by the alphabet. Abbreviations stay in capitals."""
        common = _common_words()
        counted = (
            Word(word.upper() if self._capitals[word] * 2 > count else word, count)
            for word, count in self._pledges.items()
            if count >= IN_AT_LEAST and len(word) >= SHORTEST and word not in common
        )
        return sorted(counted, key=lambda one: (-one.pledges, one.word))[:MOST_WORDS]


@cache
def _common_words() -> frozenset[str]:
    from stopwordsiso import stopwords

    listed = set(_WELSH.split())
    for language in LANGUAGES:
        listed |= stopwords(language)
    return frozenset(listed - set(_CONTENT_WORDS.split()))
