"""One row that is written and read to see whether the database works, and one that says until when the clock was right."""

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from wall.store.tables import answers, audit, events, heartbeats, pledges
from wall.store.transaction import Transaction

_BEAT, _CLOCK = 1, 2


def beat(transaction: Transaction) -> None:
    _put(transaction, _BEAT, transaction.now)


def latest(connection: Connection) -> str | None:
    """When the last write was tried, if one ever was."""
    return _at(connection, _BEAT)


def trust_clock(transaction: Transaction, at: str) -> None:
    """Note that the clock was right at this moment."""
    _put(transaction, _CLOCK, at)


def clock_trusted_at(connection: Connection) -> str | None:
    """The latest moment at which the clock was known to be right, if there was one."""
    return _at(connection, _CLOCK)


def newest_time(connection: Connection) -> str | None:
    """The latest of all that happened here, of before anybody noted whether the clock was right."""
    times = [
        connection.execute(select(func.max(column))).scalar()
        for column in (pledges.c.updated_at, events.c.created_at, answers.c.at, audit.c.at, heartbeats.c.at)
    ]
    return max((time for time in times if time), default=None)


def _put(transaction: Transaction, row: int, at: str) -> None:
    query = insert(heartbeats).values(id=row, at=at)
    transaction.connection.execute(query.on_conflict_do_update(index_elements=["id"], set_={"at": at}))


def _at(connection: Connection, row: int) -> str | None:
    found: str | None = connection.execute(select(heartbeats.c.at).where(heartbeats.c.id == row)).scalar()
    return found
