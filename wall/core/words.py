"""Sentences for people, in English until the reader's language is known."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import NullTranslations

from babel.numbers import format_decimal

_catalogues: dict[str, NullTranslations] = {}
_english = NullTranslations()
_spoken: ContextVar[str] = ContextVar("spoken", default="en")


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


def add_catalogue(language: str, catalogue: NullTranslations) -> None:
    """Take in the sentences of one language, at start."""
    _catalogues[language] = catalogue


def set_language(language: str) -> None:
    """From now on, and for this request alone, speak this language."""
    _spoken.set(language)


def current_language() -> str:
    """The language of this request's reader."""
    return _spoken.get()


def catalogue() -> NullTranslations:
    """The sentences of the language that is spoken now."""
    return _catalogues.get(_spoken.get(), _english)


def translate(words: Words) -> str:
    """A sentence in the reader's language, with numbers as they are written there."""
    values = {name: localise(value) for name, value in words.values.items()}
    return catalogue().gettext(words.text).format(**values)


def localise(value: object) -> object:
    """A number in the reader's form: 1,000 in English. Anything else as it is."""
    return format_decimal(value, locale=current_language()) if type(value) is int else value
