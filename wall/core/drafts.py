"""A draft: what a phone sends, checked as far as it can be without knowing the event."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from wall.core.content import ASKED, AUTHOR_FIELDS, LONGEST_TEXT, THEME_LIMIT, Content
from wall.core.errors import BadInput
from wall.core.events import Event
from wall.core.fields import Fields
from wall.core.texts.text import TextRefused
from wall.core.words import N_, Words

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NOTHING_YET = N_("Write your pledge first.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A pledge on its way to be stored. `key` is made by the phone, so that a retry writes once."""

    key: str
    content: Content


def read_draft(values: Mapping[str, object]) -> Draft:
    """A draft from what was sent; missing optional fields count as empty.

    Raises BadInput with every field that is wrong, not only the first.
    """
    fields = Fields(values)
    return fields.checked(Draft(fields.read("key", _check_key), _content(fields)))


def read_content(values: Mapping[str, object]) -> Content:
    """What a pledge is to say, from what was sent. Raises BadInput with every field that is wrong."""
    fields = Fields(values)
    return fields.checked(_content(fields))


def check_content(content: Content, event: Event, *said: Content) -> None:
    """Raise BadInput where a pledge does not fit the event's own settings. `said` is as in themes_for.

    What a pledge `said` may stay as long as it was, also when the event has a lower limit now.
    """
    wrong: dict[str, Words] = {}
    limit = max([event.text_limit, *(len(one.text) for one in said)])
    if len(content.text) > limit:
        wrong["text"] = N_("Use {limit} characters or fewer.", limit=limit)
    if content.theme and content.theme not in themes_for(event, *said):
        wrong["theme"] = N_("Choose a theme from the list.")
    if wrong:
        raise BadInput(fields=wrong)


def as_asked(content: Content, event: Event) -> Content:
    """A pledge without what its event does not ask, which is not stored."""
    unasked = {field: "" for field in ASKED if field not in asked_fields(event)}
    return replace(content, **unasked) if unasked else content


def as_changed(content: Content, before: Content, event: Event) -> Content:
    """What a changed pledge says: what its event does not ask stays as it was."""
    unasked = {field: value for field, value in before.by_field().items() if field not in asked_fields(event)}
    return replace(content, **unasked)


def asked_fields(event: Event) -> tuple[str, ...]:
    """The fields of the event's forms. Once its names were removed, it asks for none."""
    asks = () if event.let_go_at else event.asks
    return ("text", *asks, *(("theme",) if event.themes else ()))


def themes_for(event: Event, *said: Content) -> list[str]:
    """What may be chosen for a pledge that says, or `said`, this: its own themes too, when the event has them no more."""
    return list(dict.fromkeys([*event.themes, *(content.theme for content in said if content.theme)]))


def _check_key(raw: object) -> str:
    key = raw.lower() if isinstance(raw, str) else ""
    if not _UUID.fullmatch(key):
        raise TextRefused(N_("The key must be a UUID."))
    return key


def _content(fields: Fields) -> Content:
    return Content(
        text=fields.text("text", LONGEST_TEXT, one_line=False, needed=_NOTHING_YET),
        **{field.name: fields.text(field.name, field.longest) for field in AUTHOR_FIELDS},
        theme=fields.text("theme", THEME_LIMIT),
    )
