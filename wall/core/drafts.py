"""A draft: what a phone sends, checked as far as it can be without knowing the event."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wall.core.errors import BadInput
from wall.core.events import Event
from wall.core.pledges import Content
from wall.core.text import TextRefused, clean_text
from wall.core.words import N_, Words

LONGEST_TEXT = 1000
NAME_LIMIT = 60
ORGANISATION_LIMIT = 80
THEME_LIMIT = 40

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A pledge on its way to be stored. `key` is made by the phone, so that a retry writes once."""

    key: str
    content: Content


def read_draft(values: Mapping[str, object]) -> Draft:
    """A draft from what was sent; missing optional fields count as empty.

    Raises BadInput with every field that is wrong, not only the first.
    """
    wrong: dict[str, Words] = {}

    def read(field: str, check: Callable[[object], str]) -> str:
        try:
            return check(values.get(field))
        except TextRefused as refused:
            wrong[field] = refused.words
            return ""

    draft = Draft(
        key=read("key", _check_key),
        content=Content(
            text=read("text", _check_text),
            name=read("name", lambda raw: _check_optional(raw, NAME_LIMIT)),
            organisation=read("organisation", lambda raw: _check_optional(raw, ORGANISATION_LIMIT)),
            theme=read("theme", lambda raw: _check_optional(raw, THEME_LIMIT)),
        ),
    )
    if wrong:
        raise BadInput(fields=wrong)
    return draft


def check_draft(draft: Draft, event: Event) -> None:
    """Raise BadInput where a draft does not fit the event's own settings."""
    wrong: dict[str, Words] = {}
    if len(draft.content.text) > event.text_limit:
        wrong["text"] = N_("Please keep this to {limit} characters.", limit=event.text_limit)
    if draft.content.theme and draft.content.theme not in event.themes:
        wrong["theme"] = N_("Please choose one of the event’s themes.")
    if wrong:
        raise BadInput(fields=wrong)


def _check_key(raw: object) -> str:
    key = raw.lower() if isinstance(raw, str) else ""
    if not _UUID.fullmatch(key):
        raise TextRefused(N_("The key must be a UUID."))
    return key


def _check_text(raw: object) -> str:
    text = "" if raw is None else clean_text(raw, LONGEST_TEXT)
    if not text:
        raise TextRefused(N_("Please write your pledge first."))
    return text


def _check_optional(raw: object, limit: int) -> str:
    return "" if raw is None else clean_text(raw, limit, one_line=True)
