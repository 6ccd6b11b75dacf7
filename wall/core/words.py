"""Sentences for people, kept in English until somebody's language is known."""

from dataclasses import dataclass, field
from gettext import NullTranslations

english = NullTranslations()


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence to be translated: its English text is the key, `values` fill its {placeholders}."""

    text: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.values)


def N_(text: str, **values: object) -> Words:  # noqa: N802 (gettext's name for "translate later")
    """Mark a sentence for the catalogue without translating it yet."""
    return Words(text, values)


def say(words: Words) -> str:
    """A sentence in the reader's language."""
    return english.gettext(words.text).format(**words.values)
