"""Named queries on organisers, on who works on which event, and on links into the desk."""

from sqlalchemy import Connection, insert

from wall.store.tables import event_organisers, organisers


def add(connection: Connection, name: str, at: str) -> int:
    """Insert an organiser without a password and return its id."""
    values = {
        "name": name,
        "folded_name": name.casefold(),
        "session_number": 1,
        "created_at": at,
    }
    query = insert(organisers).values(values).returning(organisers.c.id)
    return int(connection.execute(query).scalar_one())


def join_event(connection: Connection, organiser_id: int, event_id: int) -> None:
    """Let an organiser work on an event."""
    connection.execute(
        insert(event_organisers).values(event_id=event_id, organiser_id=organiser_id)
    )
