"""An organiser makes events."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from wall.core.codes import new_event_code
from wall.core.event_settings import TITLE_LIMIT, EventSettings
from wall.core.events import DEFAULT_TEXT_LIMIT, Event
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.prompts import Prompts
from wall.core.retention import usual_last_day
from wall.core.wall_state import WallState
from wall.core.wifi import Wifi
from wall.services.idempotency import once
from wall.services.people.access import check_makes_events
from wall.services.people.desk_transaction import DeskTransaction
from wall.store import Store, Transaction
from wall.store.queries import events, logos, organisers, team

FIRST_TITLE = "Our first event"
FIRST_QUESTION = "What will you do differently from tomorrow?"
FIRST_ORGANISER = "Organiser"
_SETTINGS = {field.name for form in (EventSettings, Prompts, Wifi) for field in fields(form)}
_COPIED = (_SETTINGS | {"contact"}) - {"title"}
_COPIED_LOOK = ("look", "accent", "room_depth", "margin", "logo")
"""What a duplicate has of its original; what the wall does just now is not part of it."""


def make_first_event(
    store: Store,
    *,
    title: str = FIRST_TITLE,
    question: str = FIRST_QUESTION,
    themes: Sequence[str] = (),
) -> None:
    """On a fresh database: an open event, and the organiser whom the printed link lets in."""
    with store.read() as connection:
        if organisers.anybody(connection):
            return

    def write(transaction: Transaction) -> None:
        if not organisers.anybody(transaction.connection):
            organiser_id = organisers.add(transaction.connection, FIRST_ORGANISER, transaction.now)
            add_event(transaction, organiser_id, title=title, question=question, themes=tuple(themes))

    store.write(write)


def make_event(
    store: Store, organiser_id: int, *, title: str, question: str, form: str | None = None, **settings: Any
) -> Event:
    """A new open event that this organiser runs; `settings` are other fields of core.events.Event. One for each `form`."""

    def write(transaction: Transaction) -> Event:
        def make() -> str:
            return add_event(transaction, organiser_id, title=title, question=question, **settings).code

        return transaction.event(once(transaction, form, make))

    return store.write(write)


def add_event(
    transaction: Transaction, organiser_id: int, *, title: str, question: str, **settings: Any
) -> Event:
    """As make_event, within an action that does more. Names stay for the usual time unless `settings` say otherwise."""
    settings = {"keep_until": usual_last_day()} | settings
    event = add_nobodys_event(transaction, title=title, question=question, **settings)
    team.join_event(transaction.connection, organiser_id, event.id, Role.ORGANISER)
    transaction.record("make_event", event_id=event.id, organiser_id=organiser_id)
    return event


def add_nobodys_event(transaction: Transaction, *, title: str, question: str, **settings: Any) -> Event:
    """An open event that nobody works on yet."""
    code = free_code(transaction)
    new = Event(
        id=0,
        code=code,
        title=title,
        question=question,
        open=True,
        language="en",
        themes=(),
        text_limit=DEFAULT_TEXT_LIMIT,
        moderation="after",
        version=0,
        last_number=0,
        created_at=transaction.now,
        wall=WallState(),
    )
    events.add(transaction.connection, replace(new, **settings))
    return transaction.event(code)


def duplicate_event(store: Store, organiser: Organiser, code: str, form: str | None = None) -> Event:
    """A new open event with the settings of another, and none of its pledges or people. One for each `form`.

    Raises EventNotFound or NotYourRole.
    """
    check_makes_events(organiser)

    def write(transaction: Transaction) -> Event:
        return transaction.event(once(transaction, form, lambda: copy(transaction)))

    def copy(transaction: Transaction) -> str:
        event = DeskTransaction(transaction, organiser, code, Role.ORGANISER).event
        settings = {name: getattr(event, name) for name in _COPIED}
        wall = replace(WallState(), **{name: getattr(event.wall, name) for name in _COPIED_LOOK})
        made = add_event(transaction, organiser.id, title=_next_title(event.title), wall=wall, **settings)
        if event.wall.logo and (logo := logos.of_event(transaction.connection, event.id)):
            logos.put(transaction.connection, made.id, *logo)
        return made.code

    return store.write(write)


def _next_title(title: str) -> str:
    """*Q launch* becomes *Q launch 2*, and that *Q launch 3*."""
    numbered = re.fullmatch(r"(.*\S) (\d{1,3})", title)
    stem, number = (numbered[1], int(numbered[2]) + 1) if numbered else (title, 2)
    ending = f" {number}"
    return stem[: TITLE_LIMIT - len(ending)].rstrip() + ending


def free_code(transaction: Transaction) -> str:
    """A new code that no event of this server has."""
    while True:
        code = new_event_code()
        if not events.has_code(transaction.connection, code):
            return code
