"""What a row of each table may hold: the rules of everything that comes by HTTP, for what comes from a file.

The words of a text stay: characters that no screen can show are taken out of it. Whatever else could not have come from
this program is refused.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import get_args

from wall.core.audit import ACTIONS
from wall.core.codes import ALPHABET, EVENT_CODE_LENGTH
from wall.core.content import ASKED, AUTHOR_FIELDS, LONGEST_TEXT, THEME_LIMIT
from wall.core.event_settings import (
    CLOSING_LIMIT,
    MODERATIONS,
    QUESTION_LIMIT,
    SHORTEST_TEXT_LIMIT,
    TITLE_LIMIT,
)
from wall.core.languages import LANGUAGES
from wall.core.names import NAME_LIMIT
from wall.core.outcomes import SENTENCE_LIMIT
from wall.core.people.roles import Role
from wall.core.pictures import KINDS
from wall.core.pledges import HeldFor, Outcome, Status
from wall.core.prompts import MOST_EXTRA_WORDS, MOST_STARTERS, MOST_THEMES, WORD_LIMIT
from wall.core.retention import CONTACT_LIMIT
from wall.core.texts.text import TextRefused
from wall.core.value_rules import (
    Rule,
    Unusable,
    day,
    like,
    list_of,
    one_of,
    or_empty,
    or_none,
    picture,
    plain,
    read_json,
    text,
    time,
    true_or_false,
    whole,
)
from wall.core.wall_state import DEEPEST_ROOM_METRES, LOOKS, SCENES, WIDEST_MARGIN, WallState
from wall.core.wifi import NAME_BYTES, PASSWORD, fits_name


def check_row(table: str, row: Mapping[str, object]) -> dict[str, object]:
    """A row as it is to be stored. Raises Unusable where this program would not have written it."""
    rules = RULES.get(table, {})
    checked: dict[str, object] = {}
    for column, value in row.items():
        try:
            checked[column] = rules.get(column, plain)(value)
        except (Unusable, TextRefused) as error:
            raise Unusable(f"{column}: {error}") from None
    _check_together(table, checked)
    return checked


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


def _wifi_name(raw: object) -> str:
    name = text(NAME_BYTES)(raw)
    if not fits_name(str(name)):
        raise Unusable("it is too long")
    return str(name)


def _wall(raw: object) -> str:
    read = read_json(raw)
    if not isinstance(read, dict) or not set(read) <= set(_WALL):
        raise Unusable("it is not what a wall does")
    for name, value in read.items():
        try:
            _WALL[name](value)
        except Unusable as error:
            raise Unusable(f"{name}: {error}") from None
    return str(raw)


_COUNT = whole()
_ID = whole(1)
_FLAG = whole(0, 1)
_PLEDGE_ID = like(r"[0-9a-f]{16}")
_HASH = like(r"[0-9a-f]{64}")
_CONTENT = {
    "text": text(LONGEST_TEXT, one_line=False),
    **{field.name: text(field.longest) for field in AUTHOR_FIELDS},
    "theme": text(THEME_LIMIT),
}
_WALL: dict[str, Rule] = {
    "scene": one_of(SCENES),
    "spotlight": or_empty(_PLEDGE_ID),
    "frozen_at": or_none(_COUNT),
    "blank": true_or_false,
    "look": one_of(LOOKS),
    "accent": or_empty(like(r"#[0-9a-f]{6}")),
    "room_depth": whole(0, DEEPEST_ROOM_METRES),
    "margin": whole(0, WIDEST_MARGIN),
    "logo": or_empty(like(r"[0-9a-f]{12}")),
}
assert set(_WALL) == {field.name for field in fields(WallState)}  # noqa: S101  a new field needs its rule

RULES: dict[str, dict[str, Rule]] = {
    "events": {
        "id": _ID,
        "code": like(f"[{ALPHABET}]{{{EVENT_CODE_LENGTH}}}"),
        "title": text(TITLE_LIMIT, needed=True),
        "question": text(QUESTION_LIMIT, needed=True),
        "open": _FLAG,
        "language": one_of(LANGUAGES),
        "themes": list_of(text(THEME_LIMIT, needed=True), MOST_THEMES),
        "text_limit": whole(SHORTEST_TEXT_LIMIT, LONGEST_TEXT),
        "moderation": one_of(MODERATIONS),
        "version": _COUNT,
        "last_number": _COUNT,
        "created_at": time,
        "wall": _wall,
        "starters": list_of(text(LONGEST_TEXT, needed=True), MOST_STARTERS),
        "extra_words": list_of(text(WORD_LIMIT, needed=True), MOST_EXTRA_WORDS),
        "asks": list_of(one_of(ASKED), len(ASKED)),
        "closing_message": text(CLOSING_LIMIT, one_line=False),
        "archived": _FLAG,
        "rehearsal": _FLAG,
        "emptied": _COUNT,
        "keep_until": or_empty(day),
        "let_go_at": or_empty(time),
        "contact": text(CONTACT_LIMIT),
        "wifi_name": _wifi_name,
        "wifi_password": or_empty(like(PASSWORD.pattern)),
    },
    "pledges": {
        "id": _PLEDGE_ID,
        "event_id": _ID,
        "number": _ID,
        "key": like(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}"),
        "receipt_token": like(r"[A-Za-z0-9_-]{22}|[0-9a-f]{32}"),
        **_CONTENT,
        "status": one_of(Status),
        "pinned": _FLAG,
        "created_at": time,
        "updated_at": time,
        "version": _COUNT,
        "first_shown": or_none(_COUNT),
        "shown_since": or_none(_COUNT),
        "held_for": one_of(get_args(HeldFor)),
        "me_too": _COUNT,
        "state_version": _COUNT,
        "decided_by": or_none(_ID),
        "entered_by": or_none(_ID),
        "erased_at": or_empty(time),
    },
    "revisions": {"id": _ID, "pledge_id": _PLEDGE_ID, "at": time, **_CONTENT},
    "answers": {
        "id": _ID,
        "pledge_id": _PLEDGE_ID,
        "at": time,
        "outcome": one_of(Outcome),
        "sentence": text(SENTENCE_LIMIT),
        "status": one_of(Status),
        "version": _COUNT,
    },
    "me_toos": {"pledge_id": _PLEDGE_ID, "device": plain},
    "logos": {"event_id": _ID, "kind": one_of(KINDS), "picture": picture},
    "audit": {
        "id": _ID,
        "at": time,
        "event_id": or_none(_ID),
        "organiser_id": or_none(_ID),
        "action": like(r"[a-z_]{1,40}"),
        "pledge_id": or_none(_PLEDGE_ID),
    },
    "erasures": {
        "id": _ID,
        "at": time,
        "kind": one_of(("pledge", "name", "names")),
        "target": like(r"[0-9a-f]{16}|2[01]\d\d-[0-9T:.-]{14,30}Z"),
    },
    "organisers": {
        "id": _ID,
        "name": text(NAME_LIMIT, needed=True),
        "folded_name": plain,
        "password_hash": or_none(like(r"[!-~]{20,500}")),
        "session_number": _COUNT,
        "created_at": time,
        "makes_events": _FLAG,
        "placeholder": _FLAG,
    },
    "event_organisers": {"event_id": _ID, "organiser_id": _ID, "role": one_of(Role)},
    "invitations": {
        "id": _ID,
        "event_id": _ID,
        "role": one_of(Role),
        "token_hash": _HASH,
        "made_by": _ID,
        "created_at": time,
        "expires_at": time,
        "used_by": or_none(_ID),
    },
    "desk_links": {
        "id": _ID,
        "organiser_id": _ID,
        "token_hash": _HASH,
        "created_at": time,
        "expires_at": time,
        "used_at": or_none(time),
    },
    "sessions": {
        "id": _ID,
        "organiser_id": _ID,
        "token_hash": _HASH,
        "came_by": like(r"[a-z_]{1,40}"),
        "browser": plain,
        "system": plain,
        "created_at": time,
        "last_used_at": time,
        "ends_at": time,
    },
    "forms": {"id": _ID, "form": _HASH, "made": plain},
    "this_database": {
        "id": _ID,
        "identity": like(r"[0-9a-f]{1,64}"),
        "address": or_empty(like(r"\d{1,3}(\.\d{1,3}){3}")),
    },
    "heartbeats": {"id": _ID, "at": time},
}
