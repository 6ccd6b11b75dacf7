"""Named queries on organisers, on who works on which event, and on links into the desk."""

from sqlalchemy import Connection, func, insert, select

from wall.store.tables import desk_links, event_organisers, organisers


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
    connection.execute(insert(event_organisers).values(event_id=event_id, organiser_id=organiser_id))


def first(connection: Connection) -> int:
    """The id of the organiser who was there first: the owner of this server."""
    return int(connection.execute(select(func.min(organisers.c.id))).scalar_one())


def add_desk_link(
    connection: Connection,
    organiser_id: int,
    *,
    token_hash: str,
    created_at: str,
    expires_at: str,
) -> None:
    values = {
        "organiser_id": organiser_id,
        "token_hash": token_hash,
        "created_at": created_at,
        "expires_at": expires_at,
    }
    connection.execute(insert(desk_links).values(values))
