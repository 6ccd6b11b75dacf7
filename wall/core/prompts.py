"""What an organiser sets up to help people write a good pledge."""

from collections.abc import Mapping
from dataclasses import dataclass

from wall.core.content import LONGEST_TEXT, THEME_LIMIT
from wall.core.fields import Fields
from wall.core.languages import LANGUAGES
from wall.core.words import N_

MOST_THEMES = 12
MOST_STARTERS = 8
MOST_EXTRA_WORDS = 200
WORD_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Prompts:
    """The event's themes, its starter pledges, the words to look at first, and the language of its wall."""

    themes: tuple[str, ...]
    starters: tuple[str, ...]
    extra_words: tuple[str, ...]
    language: str


def read_prompts(values: Mapping[str, object], text_limit: int = LONGEST_TEXT) -> Prompts:
    """From a form in which each line of a field is one. Raises BadInput with every field that is wrong."""
    fields = Fields(values)
    prompts = Prompts(
        themes=fields.lines("themes", MOST_THEMES, THEME_LIMIT),
        starters=fields.lines("starters", MOST_STARTERS, text_limit),
        extra_words=fields.lines("extra_words", MOST_EXTRA_WORDS, WORD_LIMIT),
        language=fields.one_of("language", LANGUAGES, N_("Choose a language."), usual="en"),
    )
    return fields.checked(prompts)
