"""Named queries on events."""

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from wall.core.events import Event
from wall.core.wall_state import WallState
from wall.store.tables import event_organisers, events

_LISTS = ("themes", "starters", "extra_words")
"""Kept as JSON, each a list of strings."""
_by_code = select(events).where(events.c.code == bindparam("code"))


def by_code(connection: Connection, code: str) -> Event | None:
    row = connection.execute(_by_code, {"code": code}).first()
    return _event(row) if row else None


def by_id(connection: Connection, event_id: int) -> Event:
    return _event(connection.execute(select(events).where(events.c.id == event_id)).one())


def open_events(connection: Connection) -> list[Event]:
    """The open ones, oldest first."""
    rows = connection.execute(select(events).where(events.c.open).order_by(events.c.id))
    return [_event(row) for row in rows]


def of_organiser(connection: Connection, organiser_id: int) -> list[Event]:
    """Those an organiser works on, newest first."""
    mine = (
        select(events)
        .join(event_organisers, event_organisers.c.event_id == events.c.id)
        .where(event_organisers.c.organiser_id == organiser_id)
        .order_by(events.c.id.desc())
    )
    return [_event(row) for row in connection.execute(mine)]


def any_event(connection: Connection) -> bool:
    return connection.execute(select(events.c.id).limit(1)).first() is not None


def add(connection: Connection, event: dict[str, Any]) -> int:
    """Insert an event given by its columns (`themes` as a list) and return its id."""
    values = event | {
        "themes": json.dumps(event["themes"]),
        "wall": "{}",
        "starters": "[]",
        "extra_words": "[]",
    }
    query = insert(events).values(values).returning(events.c.id)
    return int(connection.execute(query).scalar_one())


def change(connection: Connection, event: Event) -> None:
    """Store what an organiser may change; the counters are written when the transaction ends."""
    values = {
        "open": event.open,
        "title": event.title,
        "question": event.question,
        "text_limit": event.text_limit,
        "moderation": event.moderation,
        "language": event.language,
        "wall": json.dumps(asdict(event.wall)),
        **{name: json.dumps(getattr(event, name)) for name in _LISTS},
    }
    connection.execute(update(events).where(events.c.id == event.id).values(values))


def _event(row: Row[Any]) -> Event:
    values = row._asdict()
    lists = {name: tuple(json.loads(values[name])) for name in _LISTS}
    return Event(**(values | lists | {"wall": WallState(**json.loads(values["wall"]))}))
