"""Named queries on logos: one picture for an event, apart from the events, which are read all the time."""

from sqlalchemy import Connection, delete, insert, select

from wall.store.tables import logos


def put(connection: Connection, event_id: int, kind: str, picture: bytes) -> None:
    """Keep this one and no other; an empty picture keeps none."""
    connection.execute(delete(logos).where(logos.c.event_id == event_id))
    if picture:
        connection.execute(insert(logos).values(event_id=event_id, kind=kind, picture=picture))


def of_event(connection: Connection, event_id: int) -> tuple[str, bytes] | None:
    """Its media type and the picture."""
    row = connection.execute(select(logos).where(logos.c.event_id == event_id)).first()
    return (row.kind, row.picture) if row else None
