"""What a row of each table may hold: the rules of everything that comes by HTTP, for what comes from a file.

A text keeps its words: characters that no screen can show are taken out of it. Whatever else could not have come from
this program is refused.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import get_args

from wall.core.audit import ACTIONS
from wall.core.codes import ALPHABET, EVENT_CODE_LENGTH
from wall.core.drafts import LONGEST_TEXT, NAME_LIMIT, ORGANISATION_LIMIT, THEME_LIMIT
from wall.core.event_settings import (
    CLOSING_LIMIT,
    MODERATIONS,
    QUESTION_LIMIT,
    SHORTEST_TEXT_LIMIT,
    TITLE_LIMIT,
)
from wall.core.events import ASKED
from wall.core.following import SENTENCE_LIMIT, Outcome
from wall.core.help import MOST_EXTRA_WORDS, MOST_STARTERS, MOST_THEMES, WORD_LIMIT
from wall.core.languages import LANGUAGES
from wall.core.letting_go import CONTACT_LIMIT
from wall.core.pictures import KINDS, LARGEST_BYTES
from wall.core.pledges import HeldFor, Status
from wall.core.roles import Role
from wall.core.text import TextRefused, clean_text
from wall.core.wall_state import DEEPEST_ROOM_METRES, LOOKS, SCENES, WIDEST_MARGIN, WallState
from wall.core.wifi import NAME_BYTES, PASSWORD, fits_name

MOST = 1_000_000_000_000
"""More changes than any event sees; every browser counts so far without an error."""

Rule = Callable[[object], object]
"""Gives a value as it is kept, or raises Unusable."""


class Unusable(Exception):
    """A row that this program never wrote; the message says why, and quotes nothing."""


def check_row(table: str, row: Mapping[str, object]) -> dict[str, object]:
    """The row as it is kept. Raises Unusable."""
    rules = RULES.get(table, {})
    kept: dict[str, object] = {}
    for column, value in row.items():
        try:
            kept[column] = rules.get(column, _plain)(value)
        except (Unusable, TextRefused) as error:
            raise Unusable(f"{column}: {error}") from None
    _check_together(table, kept)
    return kept


def _check_together(table: str, row: Mapping[str, object]) -> None:
    """What the fields of one row say of each other."""
    if table == "events":
        frozen = json.loads(str(row["wall"])).get("frozen_at") or 0
        if max(frozen, int(str(row["emptied"]))) > int(str(row["version"])):
            raise Unusable("version: it is behind what was done")
    if table == "pledges" and not row["text"] and not row["erased_at"]:
        raise Unusable("text: it is empty")
    if table == "audit" and row["event_id"] is not None and row["action"] not in ACTIONS:
        raise Unusable("action: it is none of ours")


def _whole(least: int = 0, most: int = MOST) -> Rule:
    def check(raw: object) -> int:
        if type(raw) is not int or not least <= raw <= most:
            raise Unusable(f"it is no whole number from {least} to {most}")
        return raw

    return check


def _one_of(values: Iterable[object]) -> Rule:
    known = tuple(values)

    def check(raw: object) -> object:
        if not isinstance(raw, str) or raw not in known:
            raise Unusable("it is none of those that there are")
        return raw

    return check


def _like(pattern: str) -> Rule:
    compiled = re.compile(pattern)

    def check(raw: object) -> str:
        if not isinstance(raw, str) or not compiled.fullmatch(raw):
            raise Unusable("it does not look like one of ours")
        return raw

    return check


def _or_none(rule: Rule) -> Rule:
    return lambda raw: None if raw is None else rule(raw)


def _or_empty(rule: Rule) -> Rule:
    return lambda raw: raw if raw == "" else rule(raw)


def _text(limit: int, *, one_line: bool = True, needed: bool = False) -> Rule:
    def check(raw: object) -> str:
        try:
            cleaned = clean_text(raw, limit, one_line=one_line)
        except TextRefused:
            cleaned = clean_text(_shown_alone(raw), limit, one_line=one_line)
        if needed and not cleaned:
            raise Unusable("it is empty")
        return cleaned

    return check


def _wifi_name(raw: object) -> str:
    name = _text(NAME_BYTES)(raw)
    if not fits_name(str(name)):
        raise Unusable("it is too long")
    return str(name)


def _shown_alone(raw: object) -> object:
    """A text without what no screen shows."""
    if not isinstance(raw, str):
        return raw
    return "".join(one for one in raw if not _is_never_shown(one))


def _is_never_shown(character: str) -> bool:
    if character in "\n\t\u200c\u200d":  # the last two join letters and emoji, or keep them apart
        return False
    code = ord(character)
    is_no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return is_no_character or unicodedata.category(character) in ("Cc", "Cf", "Cs")


def _time(raw: object) -> str:
    told = _AS_A_TIME(raw)
    try:
        datetime.fromisoformat(str(told))
    except ValueError:
        raise Unusable("there is no such time") from None
    return str(told)


_AS_A_TIME = _like(r"2[01]\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def _day(raw: object) -> str:
    told = str(_like(r"2[01]\d\d-\d\d-\d\d")(raw))
    try:
        date.fromisoformat(told)
    except ValueError:
        raise Unusable("there is no such day") from None
    return told


def _list(rule: Rule, most: int) -> Rule:
    """Kept as JSON."""

    def check(raw: object) -> str:
        read = _json(raw)
        if not isinstance(read, list) or len(read) > most:
            raise Unusable(f"it is no list of up to {most}")
        kept = list(dict.fromkeys(rule(one) for one in read))
        return str(raw) if kept == read else json.dumps(kept)

    return check


def _wall(raw: object) -> str:
    read = _json(raw)
    if not isinstance(read, dict) or not set(read) <= set(_WALL):
        raise Unusable("it is not what a wall does")
    for name, value in read.items():
        try:
            _WALL[name](value)
        except Unusable as error:
            raise Unusable(f"{name}: {error}") from None
    return str(raw)


def _json(raw: object) -> object:
    if not isinstance(raw, str) or len(raw) > _LONGEST_JSON:
        raise Unusable("it is no JSON")
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise Unusable("it is no JSON") from None


_LONGEST_JSON = 100_000


def _true_or_false(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise Unusable("it is neither true nor false")
    return raw


def _picture(raw: object) -> bytes:
    if not isinstance(raw, bytes) or not 0 < len(raw) <= LARGEST_BYTES:
        raise Unusable("it is no small picture")
    return raw


def _plain(raw: object) -> object:
    """What has no rule of its own: a number, nothing, or a short text that moves no terminal."""
    return raw if raw is None or type(raw) is int else _like(r"[^\x00-\x1f\x7f-\x9f]{0,1000}")(raw)


_COUNT = _whole()
_ID = _whole(1)
_FLAG = _whole(0, 1)
_PLEDGE_ID = _like(r"[0-9a-f]{16}")
_HASH = _like(r"[0-9a-f]{64}")
_CONTENT = {
    "text": _text(LONGEST_TEXT, one_line=False),
    "name": _text(NAME_LIMIT),
    "organisation": _text(ORGANISATION_LIMIT),
    "theme": _text(THEME_LIMIT),
}
_WALL: dict[str, Rule] = {
    "scene": _one_of(SCENES),
    "spotlight": _or_empty(_PLEDGE_ID),
    "frozen_at": _or_none(_COUNT),
    "blank": _true_or_false,
    "look": _one_of(LOOKS),
    "accent": _or_empty(_like(r"#[0-9a-f]{6}")),
    "room_depth": _whole(0, DEEPEST_ROOM_METRES),
    "margin": _whole(0, WIDEST_MARGIN),
    "logo": _or_empty(_like(r"[0-9a-f]{12}")),
}
assert set(_WALL) == {field.name for field in fields(WallState)}  # noqa: S101  a new field needs its rule

RULES: dict[str, dict[str, Rule]] = {
    "events": {
        "id": _ID,
        "code": _like(f"[{ALPHABET}]{{{EVENT_CODE_LENGTH}}}"),
        "title": _text(TITLE_LIMIT, needed=True),
        "question": _text(QUESTION_LIMIT, needed=True),
        "open": _FLAG,
        "language": _one_of(LANGUAGES),
        "themes": _list(_text(THEME_LIMIT, needed=True), MOST_THEMES),
        "text_limit": _whole(SHORTEST_TEXT_LIMIT, LONGEST_TEXT),
        "moderation": _one_of(MODERATIONS),
        "version": _COUNT,
        "last_number": _COUNT,
        "created_at": _time,
        "wall": _wall,
        "starters": _list(_text(LONGEST_TEXT, needed=True), MOST_STARTERS),
        "extra_words": _list(_text(WORD_LIMIT, needed=True), MOST_EXTRA_WORDS),
        "asks": _list(_one_of(ASKED), len(ASKED)),
        "closing_message": _text(CLOSING_LIMIT, one_line=False),
        "archived": _FLAG,
        "rehearsal": _FLAG,
        "emptied": _COUNT,
        "keep_until": _or_empty(_day),
        "let_go_at": _or_empty(_time),
        "contact": _text(CONTACT_LIMIT),
        "wifi_name": _wifi_name,
        "wifi_password": _or_empty(_like(PASSWORD.pattern)),
    },
    "pledges": {
        "id": _PLEDGE_ID,
        "event_id": _ID,
        "number": _ID,
        "key": _like(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}"),
        "receipt_token": _like(r"[A-Za-z0-9_-]{22}|[0-9a-f]{32}"),
        **_CONTENT,
        "status": _one_of(Status),
        "pinned": _FLAG,
        "created_at": _time,
        "updated_at": _time,
        "version": _COUNT,
        "first_shown": _or_none(_COUNT),
        "shown_since": _or_none(_COUNT),
        "held_for": _one_of(get_args(HeldFor)),
        "me_too": _COUNT,
        "state_version": _COUNT,
        "decided_by": _or_none(_ID),
        "entered_by": _or_none(_ID),
        "erased_at": _or_empty(_time),
    },
    "revisions": {"id": _ID, "pledge_id": _PLEDGE_ID, "at": _time, **_CONTENT},
    "answers": {
        "id": _ID,
        "pledge_id": _PLEDGE_ID,
        "at": _time,
        "outcome": _one_of(Outcome),
        "sentence": _text(SENTENCE_LIMIT),
        "status": _one_of(Status),
        "version": _COUNT,
    },
    "me_toos": {"pledge_id": _PLEDGE_ID, "device": _plain},
    "logos": {"event_id": _ID, "kind": _one_of(KINDS), "picture": _picture},
    "audit": {
        "id": _ID,
        "at": _time,
        "event_id": _or_none(_ID),
        "organiser_id": _or_none(_ID),
        "action": _like(r"[a-z_]{1,40}"),
        "pledge_id": _or_none(_PLEDGE_ID),
    },
    "erasures": {
        "id": _ID,
        "at": _time,
        "kind": _one_of(("pledge", "name", "names")),
        "target": _like(r"[0-9a-f]{16}|2[01]\d\d-[0-9T:.-]{14,30}Z"),
    },
    "organisers": {
        "id": _ID,
        "name": _text(NAME_LIMIT, needed=True),
        "folded_name": _plain,
        "password_hash": _or_none(_like(r"[!-~]{20,500}")),
        "session_number": _COUNT,
        "created_at": _time,
        "makes_events": _FLAG,
        "placeholder": _FLAG,
    },
    "event_organisers": {"event_id": _ID, "organiser_id": _ID, "role": _one_of(Role)},
    "invitations": {
        "id": _ID,
        "event_id": _ID,
        "role": _one_of(Role),
        "token_hash": _HASH,
        "made_by": _ID,
        "created_at": _time,
        "expires_at": _time,
        "used_by": _or_none(_ID),
    },
    "desk_links": {
        "id": _ID,
        "organiser_id": _ID,
        "token_hash": _HASH,
        "created_at": _time,
        "expires_at": _time,
        "used_at": _or_none(_time),
    },
    "sessions": {
        "id": _ID,
        "organiser_id": _ID,
        "token_hash": _HASH,
        "came_by": _like(r"[a-z_]{1,40}"),
        "browser": _plain,
        "system": _plain,
        "created_at": _time,
        "last_used_at": _time,
        "ends_at": _time,
    },
    "forms": {"id": _ID, "form": _HASH, "made": _plain},
    "this_database": {
        "id": _ID,
        "identity": _like(r"[0-9a-f]{1,64}"),
        "address": _or_empty(_like(r"\d{1,3}(\.\d{1,3}){3}")),
    },
    "heartbeats": {"id": _ID, "at": _time},
}
