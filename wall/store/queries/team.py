"""Named queries on who works on an event, as what, and who is invited to."""

from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects import sqlite

from wall.core.people.organisers import Invitation, Member
from wall.core.people.roles import Role
from wall.store.tables import event_organisers, invitations, organisers

_names = select(organisers.c.id, organisers.c.name).order_by(organisers.c.id)


def join_event(connection: Connection, organiser_id: int, event_id: int, role: Role) -> None:
    """Let somebody work on an event as `role`, whatever the role was before."""
    values = {"event_id": event_id, "organiser_id": organiser_id, "role": role.value}
    query = sqlite.insert(event_organisers).values(values)
    connection.execute(query.on_conflict_do_update(set_={"role": role.value}))


def leave_event(connection: Connection, organiser_id: int, event_id: int) -> None:
    connection.execute(
        delete(event_organisers).where(
            event_organisers.c.event_id == event_id, event_organisers.c.organiser_id == organiser_id
        )
    )


def role_of(connection: Connection, organiser_id: int, event_id: int) -> Role | None:
    """The role that somebody has at an event, or None."""
    query = select(event_organisers.c.role).where(
        event_organisers.c.event_id == event_id, event_organisers.c.organiser_id == organiser_id
    )
    found = connection.execute(query).scalar()
    return Role(found) if found else None


def of_event(connection: Connection, event_id: int) -> list[Member]:
    """Everybody who works on an event, in the order in which their accounts were made."""
    query = (
        select(organisers, event_organisers.c.role)
        .join(event_organisers, event_organisers.c.organiser_id == organisers.c.id)
        .where(event_organisers.c.event_id == event_id)
        .order_by(organisers.c.id)
    )
    return [Member(row.id, row.name, Role(row.role)) for row in connection.execute(query)]


def teammates(connection: Connection, organiser_id: int) -> list[str]:
    """The names of everybody else with whom somebody works on an event."""
    mine = select(event_organisers.c.event_id).where(event_organisers.c.organiser_id == organiser_id)
    query = (
        select(organisers.c.name)
        .join(event_organisers, event_organisers.c.organiser_id == organisers.c.id)
        .where(event_organisers.c.event_id.in_(mine), organisers.c.id != organiser_id)
    )
    return list(connection.execute(query).scalars())


def count_organisers(connection: Connection, event_id: int) -> int:
    """How many organisers an event has."""
    query = select(func.count()).where(
        event_organisers.c.event_id == event_id, event_organisers.c.role == Role.ORGANISER.value
    )
    return int(connection.execute(query).scalar_one())


def all_names(connection: Connection) -> dict[int, str]:
    """What people are called, by their ids: of everybody, since a decision stays when its maker leaves."""
    return {row.id: row.name for row in connection.execute(_names)}


def add_invitation(
    connection: Connection,
    event_id: int,
    role: Role,
    *,
    token_hash: str,
    made_by: int,
    created_at: str,
    expires_at: str,
) -> None:
    connection.execute(
        insert(invitations).values(
            event_id=event_id,
            role=role.value,
            token_hash=token_hash,
            made_by=made_by,
            created_at=created_at,
            expires_at=expires_at,
        )
    )


def knows_invitation(connection: Connection, token_hash: str) -> bool:
    """Whether there was ever an invitation of this token, used or not."""
    return (
        connection.execute(select(invitations.c.id).where(invitations.c.token_hash == token_hash)).first()
        is not None
    )


def open_invitation(connection: Connection, token_hash: str, at: str) -> Invitation | None:
    """The invitation of a token, if it can still be used at `at`."""
    query = select(invitations).where(invitations.c.token_hash == token_hash, *_usable(at))
    row = connection.execute(query).first()
    return _invitation(row) if row else None


def open_invitations(connection: Connection, event_id: int, at: str) -> list[Invitation]:
    """The invitations of an event that can still be used, oldest first."""
    query = select(invitations).where(invitations.c.event_id == event_id, *_usable(at))
    return [_invitation(row) for row in connection.execute(query.order_by(invitations.c.id))]


def use_invitation(connection: Connection, invitation_id: int, organiser_id: int) -> None:
    connection.execute(
        update(invitations).where(invitations.c.id == invitation_id).values(used_by=organiser_id)
    )


def take_invitation_back(connection: Connection, event_id: int, invitation_id: int) -> None:
    connection.execute(
        delete(invitations).where(
            invitations.c.event_id == event_id,
            invitations.c.id == invitation_id,
            invitations.c.used_by.is_(None),
        )
    )


def take_back_invitations_by(connection: Connection, event_id: int, organiser_id: int) -> None:
    """Take back the invitations that somebody made and nobody has used."""
    connection.execute(
        delete(invitations).where(
            invitations.c.event_id == event_id,
            invitations.c.made_by == organiser_id,
            invitations.c.used_by.is_(None),
        )
    )


def _usable(at: str) -> tuple[Any, Any]:
    return invitations.c.used_by.is_(None), invitations.c.expires_at > at


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(row.id, row.event_id, Role(row.role), row.made_by, row.expires_at)
