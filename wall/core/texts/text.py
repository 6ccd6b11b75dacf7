"""What may be written in a field, and the one form in which it is stored."""

import re
import unicodedata

from wall.core.texts.folding import UNSEEN, Folding
from wall.core.words import N_, Words

MOST_MARKS_IN_A_ROW = 5
"""Living languages stack three or four marks on a letter; text that climbs the wall stacks hundreds."""
MOST_MARKS_TO_NORMALISE = 30
"""As in Unicode's Stream-Safe Text Format (UAX 15): putting marks in order takes the square of how many there are."""

_PLAIN = re.compile(r"(?:[!-~]++(?: [!-~]++)*+)?")
"""What most people write, and an empty field: already in its one form."""
_LINE_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\s*\n\s*")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_DROPPED = dict.fromkeys(map(ord, "\u200e\u200f\ufffc"))
"""They come along when text is copied: marks of direction, and what stands for a picture."""
_DIRECTION_MARK = re.compile(r"[\u061c\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(rf"[\s\u2800{UNSEEN}]+")


class TextRefused(Exception):
    """A text that cannot be stored; `words` say why, for the place beside the field."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(str(words))


def clean_text(raw: object, limit: int, *, one_line: bool = False) -> str:
    """The text as it is stored: NFC, blanks squeezed, at most `limit` code points; "" where nothing is seen.

    Line breaks stay unless `one_line`. Raises TextRefused for what is no text, is too long or could
    disturb other people's screens.
    """
    if not isinstance(raw, str):
        raise TextRefused(N_("This must be text."))
    if len(raw) <= limit and _PLAIN.fullmatch(raw):
        return raw
    if len(raw) > 4 * limit:  # spares normalising what no squeezing would make fit
        raise TextRefused(_too_long(limit))
    raw = raw.translate(_DROPPED)
    _refuse_unsafe(raw)
    _refuse_piled_marks(raw, MOST_MARKS_TO_NORMALISE)
    text = unicodedata.normalize("NFC", raw)
    text = _BLANKS.sub(" ", _LINE_BREAKS.sub("\n", text))
    text = _BLANK_LINES.sub(" " if one_line else "\n", text).strip()
    if _INVISIBLE.fullmatch(text):
        return ""
    _refuse_piled_marks(text, MOST_MARKS_IN_A_ROW)
    if len(text) > limit:
        raise TextRefused(_too_long(limit))
    return text


def _too_long(limit: int) -> Words:
    return N_("Use {limit} characters or fewer.", limit=limit)


def _refuse_unsafe(text: str) -> None:
    if _SURROGATE.search(text):
        raise TextRefused(N_("One of the characters could not be read. Type it again."))
    if _CONTROL.search(text):
        raise TextRefused(N_("This includes characters that cannot be shown. Type it instead of pasting."))
    if _DIRECTION_MARK.search(text):
        raise TextRefused(N_("This includes hidden direction marks. Type it instead of pasting."))


def _refuse_piled_marks(text: str, most: int) -> None:
    if not text.isascii() and _MARK * (most + 1) in text.translate(_MARKS):
        raise TextRefused(N_("One letter has too many accents. Use fewer."))


def _as_mark(character: str) -> str:
    is_mark = unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me")
    return _MARK if is_mark else "-"


_MARK = "^"
_MARKS = Folding(_as_mark)
