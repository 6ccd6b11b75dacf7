"""What may be written in a field, and the one form in which it is kept."""

import re
import unicodedata

from wall.core.words import N_, Words

MOST_MARKS_IN_A_ROW = 5
"""Living languages stack three or four marks on a letter; text that climbs the wall stacks hundreds."""

_PLAIN = re.compile(r"(?:[!-~]+(?: [!-~]+)*)?")
"""What most people write, and an empty field: already in its one form."""
_LINE_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\s*\n\s*")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_DIRECTION_MARK = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]+"
)


class TextRefused(Exception):
    """A text that cannot be kept; `words` say why, for the place beside the field."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(str(words))


def clean_text(raw: object, limit: int, *, one_line: bool = False) -> str:
    """The text as it is kept: NFC, blanks squeezed, at most `limit` code points; "" where nothing is seen.

    Line breaks stay unless `one_line`. Raises TextRefused for what is no text, is too long or could
    disturb other people's screens.
    """
    if not isinstance(raw, str):
        raise TextRefused(N_("This must be text."))
    if len(raw) <= limit and _PLAIN.fullmatch(raw):
        return raw
    if len(raw) > 4 * limit:  # spares normalising what no squeezing would make fit
        raise TextRefused(_too_long(limit))
    _refuse_unsafe(raw)
    text = unicodedata.normalize("NFC", raw)
    text = _BLANKS.sub(" ", _LINE_BREAKS.sub("\n", text))
    text = _BLANK_LINES.sub(" " if one_line else "\n", text).strip()
    if _INVISIBLE.fullmatch(text):
        return ""
    _refuse_piled_marks(text)
    if len(text) > limit:
        raise TextRefused(_too_long(limit))
    return text


def _too_long(limit: int) -> Words:
    return N_("Please keep this to {limit} characters.", limit=limit)


def _refuse_unsafe(text: str) -> None:
    if _SURROGATE.search(text):
        raise TextRefused(N_("A character arrived broken. Please type it again."))
    if _CONTROL.search(text):
        raise TextRefused(N_("There are control characters in this. Please type it instead of pasting."))
    if _DIRECTION_MARK.search(text):
        raise TextRefused(
            N_("There are hidden text direction marks in this. Please type it instead of pasting.")
        )


def _refuse_piled_marks(text: str) -> None:
    if text.isascii():
        return
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks > MOST_MARKS_IN_A_ROW:
            raise TextRefused(N_("There are too many accents on one letter. Please use fewer."))
