"""What an organiser settles about an event: what it is called, what it asks, and how pledges come on the wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from wall.core.drafts import LONGEST_TEXT
from wall.core.errors import BadInput
from wall.core.events import ASKED, DEFAULT_TEXT_LIMIT, Asked, Moderation
from wall.core.text import TextRefused, clean_text
from wall.core.words import N_, Words

TITLE_LIMIT = 80
QUESTION_LIMIT = 140
CLOSING_LIMIT = 500
SHORTEST_TEXT_LIMIT = 40
MODERATIONS: tuple[Moderation, ...] = get_args(Moderation)


@dataclass(frozen=True, slots=True)
class EventSettings:
    """Title and question, the most characters of a pledge, who looks first, what is asked, and the last word."""

    title: str
    question: str
    text_limit: int = DEFAULT_TEXT_LIMIT
    moderation: Moderation = "after"
    asks: tuple[Asked, ...] = ASKED
    closing_message: str = ""


def read_event_settings(values: Mapping[str, object]) -> EventSettings:
    """From a form; what is missing gets its default. Raises BadInput with every field that is wrong."""
    wrong: dict[str, Words] = {}

    def line(field: str, limit: int) -> str:
        try:
            text = clean_text(values.get(field) or "", limit, one_line=True)
        except TextRefused as refused:
            wrong[field] = refused.words
            return ""
        if not text:
            wrong[field] = N_("Please write something here.")
        return text

    title, question = line("title", TITLE_LIMIT), line("question", QUESTION_LIMIT)
    limit = str(values.get("text_limit") or DEFAULT_TEXT_LIMIT)
    usable = limit.isascii() and limit.isdigit() and len(limit) <= 4
    if not usable or not SHORTEST_TEXT_LIMIT <= int(limit) <= LONGEST_TEXT:
        wrong["text_limit"] = N_(
            "This must be a whole number from {least} to {most}.",
            least=SHORTEST_TEXT_LIMIT,
            most=LONGEST_TEXT,
        )
    wanted = values.get("moderation") or "after"
    moderation = next((one for one in MODERATIONS if one == wanted), None)
    if moderation is None:
        wrong["moderation"] = N_("Please choose one of the two.")
    asks = tuple(one for one in ASKED if values.get(f"asks_{one}", "yes") == "yes")
    try:
        closing = clean_text(values.get("closing_message") or "", CLOSING_LIMIT)
    except TextRefused as refused:
        wrong["closing_message"] = refused.words
    if wrong or moderation is None:
        raise BadInput(fields=wrong)
    return EventSettings(title, question, int(limit), moderation, asks, closing)
