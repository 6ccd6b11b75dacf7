"""Named queries on what pledges said before they were changed."""

from sqlalchemy import Connection, bindparam, insert, select, update

from wall.core.content import FIELDS, Content
from wall.core.pledges import Pledge, Revision
from wall.store.tables import revisions

_of_pledge = select(revisions).where(revisions.c.pledge_id == bindparam("pledge")).order_by(revisions.c.id)


def add(connection: Connection, pledge: Pledge, *, at: str) -> None:
    """Store what a pledge says now, before it is changed."""
    values = {"pledge_id": pledge.id, "at": at, **pledge.content.by_field()}
    connection.execute(insert(revisions).values(values))


def of_pledge(connection: Connection, pledge_id: str) -> list[Revision]:
    """What a pledge said before and until when, oldest first."""
    rows = connection.execute(_of_pledge, {"pledge": pledge_id})
    return [Revision(row.at, Content(*(getattr(row, field) for field in FIELDS))) for row in rows]


def earlier(connection: Connection, pledge_id: str) -> list[Content]:
    """What a pledge said before, oldest first."""
    return [revision.content for revision in of_pledge(connection, pledge_id)]


def forget_names(connection: Connection, pledge_id: str) -> None:
    """Take the name out of everything that a pledge said before."""
    connection.execute(update(revisions).where(revisions.c.pledge_id == pledge_id).values(name=""))
