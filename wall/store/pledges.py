"""Named queries on pledges. Every one starts from an event, or from a secret that names one pledge."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from wall.core.pledges import Content, Pledge, Status
from wall.store.tables import pledges

_PUBLIC_COLUMNS = [
    column
    for column in pledges.c
    if column.name not in ("key", "receipt_token", "updated_at")
]
_add = insert(pledges)


def add(
    connection: Connection,
    event_id: int,
    pledge: Pledge,
    *,
    key: str,
    receipt_token: str,
) -> None:
    """Insert a pledge with its two secrets."""
    connection.execute(
        _add,
        {
            "id": pledge.id,
            "event_id": event_id,
            "number": pledge.number,
            "key": key,
            "receipt_token": receipt_token,
            "text": pledge.content.text,
            "name": pledge.content.name,
            "organisation": pledge.content.organisation,
            "theme": pledge.content.theme,
            "status": pledge.status.value,
            "pinned": pledge.pinned,
            "created_at": pledge.created_at,
            "updated_at": pledge.created_at,
            "version": pledge.version,
            "first_shown": pledge.first_shown,
        },
    )


def by_key(
    connection: Connection, event_id: int, key: str
) -> tuple[Pledge, str] | None:
    """The pledge that a phone sent with this key, and its receipt's token."""
    query = select(*_PUBLIC_COLUMNS, pledges.c.receipt_token).where(
        pledges.c.event_id == event_id, pledges.c.key == key
    )
    row = connection.execute(query).first()
    return (_pledge(row), row.receipt_token) if row else None


def by_receipt(connection: Connection, token: str) -> tuple[Pledge, int] | None:
    """The pledge of a receipt, and its event's id."""
    row = connection.execute(_select().where(pledges.c.receipt_token == token)).first()
    return (_pledge(row), row.event_id) if row else None


def by_id(connection: Connection, event_id: int, pledge_id: str) -> Pledge | None:
    query = _select().where(pledges.c.event_id == event_id, pledges.c.id == pledge_id)
    row = connection.execute(query).first()
    return _pledge(row) if row else None


def changed_since(connection: Connection, event_id: int, version: int) -> list[Pledge]:
    """The pledges whose last change came after `version`, in the order of their numbers."""
    query = (
        _select()
        .where(pledges.c.event_id == event_id, pledges.c.version > version)
        .order_by(pledges.c.number)
    )
    return [_pledge(row) for row in connection.execute(query)]


def in_order(connection: Connection, event_id: int) -> Iterator[Pledge]:
    """All of an event, by number, streamed."""
    query = _select().where(pledges.c.event_id == event_id).order_by(pledges.c.number)
    for row in connection.execution_options(yield_per=500).execute(query):
        yield _pledge(row)


def latest_shown(connection: Connection, event_id: int, most: int) -> list[Pledge]:
    """The newest shown ones, newest first."""
    query = (
        _select()
        .where(pledges.c.event_id == event_id, pledges.c.status == Status.SHOWN.value)
        .order_by(pledges.c.number.desc())
        .limit(most)
    )
    return [_pledge(row) for row in connection.execute(query)]


def count_by_status(connection: Connection, event_id: int) -> dict[Status, int]:
    query = (
        select(pledges.c.status, func.count())
        .where(pledges.c.event_id == event_id)
        .group_by(pledges.c.status)
    )
    found = {Status(status): count for status, count in connection.execute(query)}
    return {status: found.get(status, 0) for status in Status}


def move(
    connection: Connection,
    pledge_id: str,
    *,
    status: Status,
    version: int,
    first_shown: int | None,
    at: str,
) -> None:
    connection.execute(
        update(pledges)
        .where(pledges.c.id == pledge_id)
        .values(
            status=status.value, version=version, first_shown=first_shown, updated_at=at
        )
    )


def _select() -> Select[Any]:
    return select(*_PUBLIC_COLUMNS)


def _pledge(row: Row[*tuple[Any, ...]]) -> Pledge:
    return Pledge(
        id=row.id,
        number=row.number,
        content=Content(row.text, row.name, row.organisation, row.theme),
        status=Status(row.status),
        pinned=row.pinned,
        created_at=row.created_at,
        version=row.version,
        first_shown=row.first_shown,
    )
