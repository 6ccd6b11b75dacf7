"""Named queries on logos: one picture for an event, apart from the events, which are read all the time."""

from sqlalchemy import Connection, delete, insert, select

from wall.core.pictures import KINDS
from wall.store.tables import logos


def put(connection: Connection, event_id: int, kind: str, picture: bytes) -> None:
    """Store this logo of an event and no other; with an empty picture it has none."""
    connection.execute(delete(logos).where(logos.c.event_id == event_id))
    if picture:
        connection.execute(insert(logos).values(event_id=event_id, kind=kind, picture=picture))


def of_event(connection: Connection, event_id: int) -> tuple[str, bytes] | None:
    """An event's logo: its media type and the picture, if it is of a kind that a browser only shows."""
    row = connection.execute(select(logos).where(logos.c.event_id == event_id)).first()
    return (row.kind, row.picture) if row and row.kind in KINDS else None
