"""One row that is written and read to see whether the database works."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from wall.store.tables import heartbeats
from wall.store.transaction import Transaction


def beat(transaction: Transaction) -> None:
    query = insert(heartbeats).values(id=1, at=transaction.now)
    query = query.on_conflict_do_update(index_elements=["id"], set_={"at": transaction.now})
    transaction.connection.execute(query)


def latest(connection: Connection) -> str | None:
    """When the last write was tried, if one ever was."""
    found: str | None = connection.execute(select(heartbeats.c.at)).scalar()
    return found
