"""Named queries on events."""

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from wall.core.events import Event
from wall.core.people.roles import Role
from wall.core.wall_state import WallState
from wall.store.queries.snapshot import Snapshot
from wall.store.tables import audit, event_organisers, events, invitations, logos

_LISTS = ("themes", "starters", "extra_words", "asks")
"""Stored as JSON, each a list of strings."""
_NEVER_CHANGED = ("id", "code", "created_at", "rehearsal")
_COUNTERS = ("version", "last_number")
_by_code = select(events).where(events.c.code == bindparam("code"))


def by_code(connection: Snapshot, code: str) -> Event | None:
    row = connection.execute(_by_code, {"code": code}).first()
    return _event(row) if row else None


def has_code(connection: Connection, code: str) -> bool:
    return connection.execute(_by_code, {"code": code}).first() is not None


def open_codes(connection: Connection) -> set[str]:
    """The codes of events that take pledges now, without those of a load check."""
    query = select(events.c.code).where(events.c.open, events.c.rehearsal.is_(False))
    return set(connection.execute(query).scalars())


def by_id(connection: Snapshot, event_id: int) -> Event:
    return _event(connection.execute(select(events).where(events.c.id == event_id)).one())


def open_events(connection: Snapshot) -> list[Event]:
    """The open events, oldest first, without those of a load check."""
    rows = connection.execute(
        select(events).where(events.c.open, events.c.rehearsal.is_(False)).order_by(events.c.id)
    )
    return [_event(row) for row in rows]


def latest(connection: Snapshot) -> Event | None:
    """The event that was made last."""
    row = connection.execute(select(events).order_by(events.c.id.desc()).limit(1)).first()
    return _event(row) if row else None


def with_last_day(connection: Snapshot) -> list[Event]:
    """The events that have a last day with names."""
    return [_event(row) for row in connection.execute(select(events).where(events.c.keep_until != ""))]


def of_organiser(connection: Snapshot, organiser_id: int) -> list[tuple[Event, Role]]:
    """The events that somebody works on, each with the role there, newest first."""
    mine = (
        select(events, event_organisers.c.role)
        .join(event_organisers, event_organisers.c.event_id == events.c.id)
        .where(event_organisers.c.organiser_id == organiser_id)
        .order_by(events.c.id.desc())
    )
    return [(_event(row), Role(row.role)) for row in connection.execute(mine)]


def of_load_checks(connection: Snapshot) -> list[Event]:
    """The events that a load check made and that are still there."""
    return [_event(row) for row in connection.execute(select(events).where(events.c.rehearsal))]


def add(connection: Connection, event: Event) -> None:
    """Insert an event; it gets an id of its own."""
    values = _row(event)
    del values["id"]
    connection.execute(insert(events).values(values))


def change(connection: Connection, event: Event) -> None:
    """Store what may change of an event; the counters are written when the transaction ends."""
    values = {name: value for name, value in _row(event).items() if name not in _NEVER_CHANGED + _COUNTERS}
    connection.execute(update(events).where(events.c.id == event.id).values(values))


def remove(connection: Connection, event_id: int) -> None:
    """Take an event out, with its team, invitations, logo and audit; its pledges were removed before."""
    for table in (event_organisers, invitations, logos, audit):
        connection.execute(delete(table).where(table.c.event_id == event_id))
    connection.execute(delete(events).where(events.c.id == event_id))


def _row(event: Event) -> dict[str, Any]:
    """A value for each column."""
    values = {column.name: getattr(event, column.name) for column in events.c}
    lists = {name: json.dumps(values[name]) for name in _LISTS}
    return values | lists | {"wall": json.dumps(asdict(event.wall))}


def _event(row: Row[Any]) -> Event:
    values = {name: value for name, value in row._asdict().items() if name != "role"}
    lists = {name: tuple(json.loads(values[name])) for name in _LISTS}
    return Event(**(values | lists | {"wall": WallState(**json.loads(values["wall"]))}))
