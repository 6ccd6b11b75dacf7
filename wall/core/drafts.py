"""A draft: what a phone sends, checked as far as it can be without knowing the event."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from wall.core.errors import BadInput
from wall.core.events import ASKED, Event
from wall.core.pledges import Content
from wall.core.text import TextRefused, clean_text
from wall.core.words import N_, Words

LONGEST_TEXT = 1000
NAME_LIMIT = 60
ORGANISATION_LIMIT = 80
THEME_LIMIT = 40

Check = Callable[[object], str]
"""Gives the one form in which a field is kept, or raises TextRefused."""

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
    fields = _read(values, {"key": _check_key} | _CONTENT)
    return Draft(key=fields.pop("key"), content=Content(**fields))


def read_content(values: Mapping[str, object]) -> Content:
    """What a pledge is to say, from what was sent. Raises BadInput with every field that is wrong."""
    return Content(**_read(values, _CONTENT))


def check_content(content: Content, event: Event, *said: Content) -> None:
    """Raise BadInput where a pledge does not fit the event's own settings. `said` is as in themes_for.

    What a pledge `said` may stay as long as it was, also when the event has a lower limit now.
    """
    wrong: dict[str, Words] = {}
    limit = max([event.text_limit, *(len(one.text) for one in said)])
    if len(content.text) > limit:
        wrong["text"] = N_("Please keep this to {limit} characters.", limit=limit)
    if content.theme and content.theme not in themes_for(event, *said):
        wrong["theme"] = N_("Please choose one of the event’s themes.")
    if wrong:
        raise BadInput(fields=wrong)


def as_asked(content: Content, event: Event) -> Content:
    """A pledge without what its event does not ask, which is not kept."""
    unasked = {field: "" for field in ASKED if field not in asked_fields(event)}
    return replace(content, **unasked) if unasked else content


def as_changed(content: Content, before: Content, event: Event) -> Content:
    """What a changed pledge says: what its event does not ask stays as it was."""
    kept = {field: value for field, value in asdict(before).items() if field not in asked_fields(event)}
    return replace(content, **kept)


def asked_fields(event: Event) -> tuple[str, ...]:
    """The fields of the event's forms. Once it has let go of names, it asks for none."""
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


def _check_text(raw: object) -> str:
    text = "" if raw is None else clean_text(raw, LONGEST_TEXT)
    if not text:
        raise TextRefused(N_("Please write your pledge first."))
    return text


def _check_optional(raw: object, limit: int) -> str:
    return "" if raw is None else clean_text(raw, limit, one_line=True)


def _up_to(limit: int) -> Check:
    return lambda raw: _check_optional(raw, limit)


_CONTENT: dict[str, Check] = {
    "text": _check_text,
    "name": _up_to(NAME_LIMIT),
    "organisation": _up_to(ORGANISATION_LIMIT),
    "theme": _up_to(THEME_LIMIT),
}


def _read(values: Mapping[str, object], checks: Mapping[str, Check]) -> dict[str, str]:
    wrong: dict[str, Words] = {}
    fields: dict[str, str] = {}
    for field, check in checks.items():
        try:
            fields[field] = check(values.get(field))
        except TextRefused as refused:
            wrong[field] = refused.words
    if wrong:
        raise BadInput(fields=wrong)
    return fields
