"""Who works on an event: an organiser looks at them, changes their roles, and takes them off."""

from dataclasses import dataclass
from datetime import UTC, datetime

from wall.core.clock import iso
from wall.core.errors import LastOrganiser, PageNotFound
from wall.core.events import Event
from wall.core.organisers import Invitation, Member, Organiser
from wall.core.roles import Role
from wall.services.desks import event_of
from wall.services.security_log import Fact, note
from wall.store import Connection, Store, Transaction, organisers, team


@dataclass(frozen=True, slots=True)
class Team:
    """Who works on an event, and which invitations are still open."""

    event: Event
    members: list[Member]
    invitations: list[Invitation]


def look_at_team(store: Store, organiser: Organiser, code: str) -> Team:
    """Raises EventNotFound or NotYourRole."""
    now = iso(datetime.now(UTC))
    with store.read() as connection:
        event = event_of(connection, organiser, code)
        return Team(
            event, team.of_event(connection, event.id), team.open_invitations(connection, event.id, now)
        )


def change_role(store: Store, organiser: Organiser, code: str, member_id: int, role: Role) -> None:
    """Raises EventNotFound, NotYourRole, PageNotFound (nobody of that id is here) or LastOrganiser."""

    def write(transaction: Transaction) -> None:
        event = event_of(transaction.connection, organiser, code)
        before = _role_of_member(transaction.connection, event, member_id)
        if before is role:
            return
        _step_down(transaction.connection, event, member_id, before)
        team.join_event(transaction.connection, member_id, event.id, role)
        if role is Role.ORGANISER:
            organisers.let_make_events(transaction.connection, member_id)
        transaction.record("change_role", event_id=event.id, organiser_id=organiser.id)

    store.write(write)
    note(Fact.ROLE_CHANGED, person=member_id, by=organiser.id, role=role)
    store.rights_changed()


def remove_member(store: Store, organiser: Organiser, code: str, member_id: int) -> None:
    """Take somebody off the team; they hear and see nothing of the event from now on. Raises as change_role."""

    def write(transaction: Transaction) -> None:
        event = event_of(transaction.connection, organiser, code)
        before = _role_of_member(transaction.connection, event, member_id)
        _step_down(transaction.connection, event, member_id, before)
        team.leave_event(transaction.connection, member_id, event.id)
        transaction.record("remove_member", event_id=event.id, organiser_id=organiser.id)

    store.write(write)
    note(Fact.REMOVED, person=member_id, by=organiser.id)
    store.rights_changed()


def _role_of_member(connection: Connection, event: Event, member_id: int) -> Role:
    role = team.role_of(connection, member_id, event.id)
    if role is None:
        raise PageNotFound
    return role


def _step_down(connection: Connection, event: Event, member_id: int, before: Role) -> None:
    """Where an organiser stops being one: another has to stay, and no invitation of theirs lets them back in."""
    if before is not Role.ORGANISER:
        return
    if team.count_organisers(connection, event.id) == 1:
        raise LastOrganiser
    team.take_back_invitations_by(connection, event.id, member_id)
