"""Whatever looks at people's texts takes time that grows with their length and no faster, on the worst of every class."""

import importlib
import pkgutil
import re
import string
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

import wall
from tests.conftest import Cast
from wall.core.codes import typed_event_code
from wall.core.errors import BadInput
from wall.core.prompts import MOST_EXTRA_WORDS, WORD_LIMIT
from wall.core.sheet import read_sheet
from wall.core.texts.frequent_words import FrequentWords
from wall.core.texts.patient_details import patient_details
from wall.core.texts.text import TextRefused, clean_text
from wall.core.texts.word_filter import has_listed_word
from wall.export.pdf.lettering import break_up
from wall.export.pdf.typefaces import clusters

Look = Callable[[str], object]

SHORT, TIMES = 600, 8
MOST_GROWTH = 3 * TIMES
"""A square would be 64 times as much."""
TOO_SHORT_TO_MEASURE = 0.000_3
STALLS = 0.25
ROUNDS = 3
"""A machine that is busy with other work may disturb one or two."""
BLANKS = " \t\n\v\u00a0\u2003\u2028\u3000\ufeff"
UNSEEN = "\u200b\u00ad\u2060\u200e\ufffc\ufe0f\U000e0041"
DIGITS = "01943٠５०𝟎"
LETTERS = "aéfłشсѕ中가ᎪΩ"
MARKS = "\u0301\u0323\u20dd\u064b\u0f71"
ROUGH = (
    "fuck",
    "kurw",
    "ابن الكلب",
    "piss off",
    "born",
    "dob",
    "bed",
    "patient ",
    "07",
    "+44",
    "a@",
    "x@.",
    "1/1/",
)
EXTRA_WORDS = tuple("a" * length + "*" for length in range(1, WORD_LIMIT)) + tuple(
    f"a b {number}*" for number in range(MOST_EXTRA_WORDS - WORD_LIMIT)
)


def hostile_pieces() -> Iterator[str]:
    """One of every class, each pair of classes, and beginnings of what is looked for."""
    classes = [*string.punctuation, *BLANKS, *UNSEEN, *DIGITS, *LETTERS, *MARKS]
    yield from classes
    yield from ROUGH
    yield from (f"{one} " for one in (*string.punctuation, *LETTERS, *ROUGH))
    yield from (f"a{one}" for one in classes)
    yield from (f"{one}1" for one in string.punctuation)
    yield from (
        "aA1_ ",
        "a_",
        "_a_ ",
        "ab\u0301\u0323",
        "\u0301\u0323",
        "\u0323\u0301",
        "ѕhаt",
        "a中",
        "'-",
        "\r\n",
        '\t"',
        '"\t',
        '""\t"',
    )


def seconds(look: Look, text: str) -> float:
    """Of this thread's own processor time, so that a busy machine changes little."""
    before = time.thread_time()
    with suppress(TextRefused, BadInput):
        look(text)
    return time.thread_time() - before


def assert_grows_evenly(
    look: Look, piece: str, end: str = "", *, least: float = TOO_SHORT_TO_MEASURE
) -> None:
    for length in (16, 24, 32, 40, 48, 52, 56, 80):  # what explodes is found before it takes for ever
        assert seconds(look, written(piece, length) + end) < STALLS, ascii(piece)
    growths = []
    for _ in range(ROUNDS):
        short = seconds(look, written(piece, SHORT) + end)
        growths.append(seconds(look, written(piece, SHORT * TIMES) + end) / max(short, least))
        if growths[-1] < MOST_GROWTH:
            return
    raise AssertionError(f"{piece!a}: {TIMES} times as long takes {growths} times as long")


def written(piece: str, length: int) -> str:
    return (piece * length)[:length]


LOOKS: dict[str, Look] = {
    "text": lambda text: clean_text(text, len(text)),
    "line": lambda text: clean_text(text, len(text), one_line=True),
    "guard": patient_details,
    "word filter": has_listed_word,
    "word filter with many words": lambda text: has_listed_word(text, EXTRA_WORDS),
    "frequent words": lambda text: FrequentWords().add(text),
    "typed code": typed_event_code,
    "lines on paper": lambda text: [break_up(paragraph) for paragraph in text.split("\n")],
    "letters on paper": clusters,
}


@pytest.mark.parametrize("end", ["", "!", "ab"], ids=ascii)
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_the_time_for_a_text_grows_with_its_length_and_no_faster(look: Look, end: str) -> None:
    for piece in hostile_pieces():
        assert_grows_evenly(look, piece, end)


def test_the_time_for_pasted_rows_grows_with_their_length_and_no_faster(cast: Cast) -> None:
    more = ("a\n", '"a\n', '"a"\n', '"\n"\t', '"""a\t', '"a\t"b', "\t" * 60 + "\n")
    for piece in (*hostile_pieces(), *more):
        assert_grows_evenly(lambda text: read_sheet(text, cast.event), piece, least=0.002)


def test_eighty_underscores_are_a_text_like_any_other() -> None:
    assert not has_listed_word("_" * 80)
    assert has_listed_word("_" * 80 + "fuck" + "_" * 80)


def test_no_pattern_has_a_repeat_without_end_in_another_one() -> None:
    """Unless the inner one gives nothing back (`++`): such a pattern takes twice as long for each letter more."""
    tangled = [(where, one.pattern) for where, one in all_patterns() if is_tangled(one)]
    assert tangled == []


def test_a_tangled_pattern_is_seen() -> None:
    assert is_tangled(re.compile(r"(?:\w[\s_]{1,2}){2,}"))
    assert is_tangled(re.compile(r"(?:a+b?)*c"))
    assert not is_tangled(re.compile(r"(?:a++b)*+c"))


def all_patterns() -> Iterator[tuple[str, "re.Pattern[str]"]]:
    for module in pkgutil.walk_packages(wall.__path__, "wall."):
        if ".migrations" in module.name or ".cli" in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{module.name}.{name}", value


def is_tangled(pattern: "re.Pattern[str]") -> bool:
    parser: Any = importlib.import_module("re._parser")
    return _holds_tangle(parser.parse(pattern.pattern, pattern.flags), inside=False)


def _holds_tangle(node: Any, *, inside: bool) -> bool:
    """`inside`: a repeat without end is around it. A repeat with differing pieces inside one counts as tangled too."""
    for operation, argument in node:
        if str(operation) in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, repeated = argument
            if inside and least != most and most > 1:
                return True
            if _holds_tangle(repeated, inside=inside or most >= 100):
                return True
        elif str(operation) == "POSSESSIVE_REPEAT":
            if _holds_tangle(argument[2], inside=False):
                return True
        elif any(_holds_tangle(part, inside=inside) for part in _parts(argument)):
            return True
    return False


def _parts(argument: Any) -> Iterator[Any]:
    """The patterns within an operation: groups, branches, looks around."""
    if isinstance(argument, (tuple, list)):
        for one in argument:
            yield from _parts(one)
    elif hasattr(argument, "data"):
        yield argument


def test_a_pile_of_accents_is_refused_before_they_are_put_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    def normalise(form: str, text: str) -> str:
        raise AssertionError("putting marks in order takes the square of their number")

    with monkeypatch.context() as patched:
        patched.setattr(unicodedata, "normalize", normalise)
        with pytest.raises(TextRefused, match="accents"):
            clean_text("a" + "\u0301\u0323" * 500, 1000)
