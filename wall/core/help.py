"""What an organiser sets up to help people write a good pledge."""

from collections.abc import Mapping
from dataclasses import dataclass

from wall.core.drafts import LONGEST_TEXT, THEME_LIMIT
from wall.core.errors import BadInput
from wall.core.languages import LANGUAGES
from wall.core.text import TextRefused, clean_text
from wall.core.words import N_, Words

MOST_THEMES = 12
MOST_STARTERS = 8
MOST_EXTRA_WORDS = 200
WORD_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Help:
    """The event's themes, its starter pledges, the words to look at first, and the language of its wall."""

    themes: tuple[str, ...]
    starters: tuple[str, ...]
    extra_words: tuple[str, ...]
    language: str


def read_help(values: Mapping[str, object], text_limit: int = LONGEST_TEXT) -> Help:
    """From a form in which each line of a field is one. Raises BadInput with every field that is wrong."""
    wrong: dict[str, Words] = {}

    def lines(field: str, most: int, limit: int) -> tuple[str, ...]:
        typed = str(values.get(field) or "").splitlines()
        try:
            kept = [clean_text(line, limit, one_line=True) for line in typed]
        except TextRefused as refused:
            wrong[field] = refused.words
            return ()
        kept = list(dict.fromkeys(filter(None, kept)))
        if len(kept) > most:
            wrong[field] = N_("Please keep this to {most} lines.", most=most)
        return tuple(kept)

    helped = Help(
        themes=lines("themes", MOST_THEMES, THEME_LIMIT),
        starters=lines("starters", MOST_STARTERS, text_limit),
        extra_words=lines("extra_words", MOST_EXTRA_WORDS, WORD_LIMIT),
        language=str(values.get("language") or "en"),
    )
    if helped.language not in LANGUAGES:
        wrong["language"] = N_("Please choose one of the languages.")
    if wrong:
        raise BadInput(fields=wrong)
    return helped
