"""Named queries on the audit."""

from typing import Any

from sqlalchemy import Connection, Select, select

from wall.core.audit import Entry
from wall.store.tables import audit, organisers, pledges

_entries = (
    select(audit.c.id, audit.c.at, organisers.c.name, audit.c.action, audit.c.pledge_id, pledges.c.number)
    .outerjoin(organisers, organisers.c.id == audit.c.organiser_id)
    .outerjoin(pledges, pledges.c.id == audit.c.pledge_id)
    .order_by(audit.c.id.desc())
)


def of_event(connection: Connection, event_id: int, *, before: int | None, most: int) -> list[Entry]:
    """What was done at an event, newest first; `before` is the id of an entry."""
    query = _entries.where(audit.c.event_id == event_id)
    if before is not None:
        query = query.where(audit.c.id < before)
    return _read(connection, query.limit(most))


def of_pledge(connection: Connection, event_id: int, pledge_id: str) -> list[Entry]:
    """What was done with one pledge, oldest first."""
    query = _entries.where(audit.c.event_id == event_id, audit.c.pledge_id == pledge_id)
    return _read(connection, query)[::-1]


def _read(connection: Connection, query: Select[*tuple[Any, ...]]) -> list[Entry]:
    return [
        Entry(row.id, row.at, row.name or "", row.action, row.pledge_id, row.number)
        for row in connection.execute(query)
    ]
