"""Named queries on the sessions of the desk."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from wall.core.people.browsers import Browser
from wall.core.people.roles import Role
from wall.core.people.sessions import CameBy, Session, SignedIn
from wall.store.queries.organisers import read_organiser
from wall.store.tables import event_organisers, organisers, sessions

_with_people = select(organisers, *(column.label(f"session_{column.name}") for column in sessions.c)).join(
    sessions, sessions.c.organiser_id == organisers.c.id
)


def add(
    connection: Connection,
    organiser_id: int,
    *,
    token_hash: str,
    came_by: CameBy,
    browser: Browser,
    created_at: str,
    ends_at: str,
) -> int:
    """Returns the new session's id."""
    values = {
        "organiser_id": organiser_id,
        "token_hash": token_hash,
        "came_by": came_by.value,
        "browser": browser.name,
        "system": browser.system,
        "created_at": created_at,
        "last_used_at": created_at,
        "ends_at": ends_at,
    }
    return int(connection.execute(insert(sessions).values(values).returning(sessions.c.id)).scalar_one())


def by_token(connection: Connection, token_hash: str) -> SignedIn | None:
    """Whose session a token is, ended by time or not."""
    row = connection.execute(_with_people.where(sessions.c.token_hash == token_hash)).first()
    return SignedIn(read_organiser(row), _session(row, "session_")) if row else None


def by_ids(connection: Connection, ids: set[int]) -> list[Session]:
    """The sessions that there are of these ids."""
    return [_session(row) for row in connection.execute(select(sessions).where(sessions.c.id.in_(ids)))]


def of_organiser(connection: Connection, organiser_id: int) -> list[Session]:
    """Somebody's sessions, the latest used first."""
    query = select(sessions).where(sessions.c.organiser_id == organiser_id)
    latest_first = query.order_by(sessions.c.last_used_at.desc(), sessions.c.id.desc())
    return [_session(row) for row in connection.execute(latest_first)]


def at_desk(connection: Connection, event_id: int) -> list[Session]:
    """The sessions of everybody who may see an event's desk."""
    query = (
        select(sessions)
        .join(event_organisers, event_organisers.c.organiser_id == sessions.c.organiser_id)
        .where(
            event_organisers.c.event_id == event_id,
            event_organisers.c.role.in_([role.value for role in Role if role.includes(Role.MODERATOR)]),
        )
    )
    return [_session(row) for row in connection.execute(query)]


def note_use(connection: Connection, session_id: int, at: str) -> None:
    connection.execute(update(sessions).where(sessions.c.id == session_id).values(last_used_at=at))


def end(connection: Connection, organiser_id: int, session_id: int) -> bool:
    """End one of somebody's sessions; False where there was none."""
    mine = (sessions.c.organiser_id == organiser_id) & (sessions.c.id == session_id)
    return bool(connection.execute(delete(sessions).where(mine)).rowcount)


def end_all(connection: Connection, organiser_id: int, *, but: int | None = None) -> None:
    """End all of somebody's sessions, or all but one."""
    query = delete(sessions).where(sessions.c.organiser_id == organiser_id)
    connection.execute(query if but is None else query.where(sessions.c.id != but))


def living_in(database: Path) -> set[str] | None:
    """The hashes of all sessions of a database that nobody has open; None where they cannot be known."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            return {found for (found,) in connection.execute("SELECT token_hash FROM sessions")}
    except sqlite3.Error:
        return None


def end_all_but(connection: Connection, living: set[str]) -> None:
    """End every session that is not one of these, by their hashes."""
    stored = connection.execute(select(sessions.c.id, sessions.c.token_hash)).all()
    ended = [row.id for row in stored if row.token_hash not in living]
    connection.execute(delete(sessions).where(sessions.c.id.in_(ended)))


def _session(row: Row[Any], prefix: str = "") -> Session:
    values = {
        name.removeprefix(prefix): value for name, value in row._mapping.items() if name.startswith(prefix)
    }
    return Session(
        values["id"],
        values["organiser_id"],
        CameBy(values["came_by"]),
        Browser(values["browser"], values["system"]),
        values["created_at"],
        values["last_used_at"],
        values["ends_at"],
    )
