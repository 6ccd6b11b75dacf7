"""The details of an event that an organiser sets: its name, what it asks, and how pledges come on the wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from wall.core.content import AUTHOR_FIELDS, LONGEST_TEXT, USUALLY_ASKED
from wall.core.events import DEFAULT_TEXT_LIMIT, Moderation
from wall.core.fields import Fields
from wall.core.words import N_

TITLE_LIMIT = 80
QUESTION_LIMIT = 140
CLOSING_LIMIT = 500
SHORTEST_TEXT_LIMIT = 40
MODERATIONS: tuple[Moderation, ...] = get_args(Moderation)

_NEEDED = N_("Enter some text.")
_NOT_A_LIMIT = N_(
    "Enter a whole number from {least} to {most}.", least=SHORTEST_TEXT_LIMIT, most=LONGEST_TEXT
)


@dataclass(frozen=True, slots=True)
class EventSettings:
    """Title, question, longest pledge, moderation, what is asked, and the closing message."""

    title: str
    question: str
    text_limit: int = DEFAULT_TEXT_LIMIT
    moderation: Moderation = "after"
    asks: tuple[str, ...] = USUALLY_ASKED
    closing_message: str = ""


def read_event_settings(values: Mapping[str, object]) -> EventSettings:
    """From a form; what is missing gets its default. Raises BadInput with every field that is wrong."""
    fields = Fields(values)
    settings = EventSettings(
        title=fields.text("title", TITLE_LIMIT, needed=_NEEDED),
        question=fields.text("question", QUESTION_LIMIT, needed=_NEEDED),
        text_limit=fields.whole(
            "text_limit", SHORTEST_TEXT_LIMIT, LONGEST_TEXT, _NOT_A_LIMIT, usual=DEFAULT_TEXT_LIMIT
        ),
        moderation=fields.one_of("moderation", MODERATIONS, N_("Choose one option."), usual="after"),
        asks=tuple(
            field.name
            for field in AUTHOR_FIELDS
            if values.get(f"asks_{field.name}", "yes" if field.usual else "no") == "yes"
        ),
        closing_message=fields.text("closing_message", CLOSING_LIMIT, one_line=False),
    )
    return fields.checked(settings)
