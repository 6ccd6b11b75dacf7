"""Named queries on organisers and on links into the desk."""

from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from wall.core.codes import new_token
from wall.core.people.names import fold
from wall.core.people.organisers import Organiser
from wall.store.tables import desk_links, organisers


def add(
    connection: Connection, name: str, at: str, *, makes_events: bool = True, placeholder: bool = False
) -> int:
    """Insert an organiser without a password and return its id. Others may have the same name."""
    values = {
        "name": name,
        "folded_name": f" {new_token()}",
        "created_at": at,
        "makes_events": makes_events,
        "placeholder": placeholder,
    }
    query = insert(organisers).values(values).returning(organisers.c.id)
    return int(connection.execute(query).scalar_one())


def by_id(connection: Connection, organiser_id: int) -> Organiser | None:
    row = connection.execute(select(organisers).where(organisers.c.id == organiser_id)).first()
    return read_organiser(row) if row else None


def by_name(connection: Connection, name: str) -> tuple[Organiser, str | None] | None:
    """Who signs in by this name, with the hash of the password."""
    signs_in = organisers.c.password_hash.is_not(None) & organisers.c.placeholder.is_(False)
    query = select(organisers).where(organisers.c.folded_name == fold(name), signs_in)
    row = connection.execute(query).first()
    return (read_organiser(row), row.password_hash) if row else None


def names_with_password(connection: Connection, *, but: int) -> list[str]:
    """The names by which others than one sign in."""
    query = select(organisers.c.name).where(organisers.c.password_hash.is_not(None), organisers.c.id != but)
    return list(connection.execute(query).scalars())


def placeholder(connection: Connection) -> int | None:
    """The id of who stands for people elsewhere, if there is one."""
    found: int | None = connection.execute(select(organisers.c.id).where(organisers.c.placeholder)).scalar()
    return found


def anybody(connection: Connection) -> bool:
    """Whether there is an organiser; on a fresh database there is none."""
    return connection.execute(select(organisers.c.id).limit(1)).first() is not None


def first(connection: Connection) -> int:
    """The id of the organiser who was there first: the owner of this server."""
    return int(connection.execute(select(func.min(organisers.c.id))).scalar_one())


def set_password(connection: Connection, organiser_id: int, name: str, password_hash: str) -> None:
    connection.execute(
        update(organisers)
        .where(organisers.c.id == organiser_id)
        .values(
            name=name,
            folded_name=fold(name),
            password_hash=password_hash,
        )
    )


def take_password_away(connection: Connection, organiser_id: int) -> None:
    connection.execute(
        update(organisers)
        .where(organisers.c.id == organiser_id)
        .values(password_hash=None, folded_name=f" {new_token()}")
    )


def let_make_events(connection: Connection, organiser_id: int) -> None:
    connection.execute(update(organisers).where(organisers.c.id == organiser_id).values(makes_events=True))


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


def use_desk_link(connection: Connection, token_hash: str, at: str) -> int | None:
    """Use a link up. The organiser whom it lets in, or None where it is unknown, used or too old."""
    query = (
        update(desk_links)
        .where(
            desk_links.c.token_hash == token_hash,
            desk_links.c.used_at.is_(None),
            desk_links.c.expires_at > at,
        )
        .values(used_at=at)
        .returning(desk_links.c.organiser_id)
    )
    found: int | None = connection.execute(query).scalar()
    return found


def read_organiser(row: Row[Any]) -> Organiser:
    """The organiser of a row with all columns of the table."""
    return Organiser(row.id, row.name, row.password_hash is not None, row.makes_events)
