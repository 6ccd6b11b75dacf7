"""Who works on an event: an organiser looks at them, changes their roles, and takes them off."""

from dataclasses import dataclass
from datetime import UTC, datetime

from wall.core.clock import iso
from wall.core.errors import LastOrganiser, PageNotFound
from wall.core.people.organisers import Invitation, Member, Organiser
from wall.core.people.roles import Role
from wall.services.people.access import event_of
from wall.services.people.desk_transaction import DeskTransaction, at_desk
from wall.services.people.security_log import Fact, note
from wall.store import Store
from wall.store.queries import organisers, team


@dataclass(frozen=True, slots=True)
class Team:
    """Who works on an event, and which invitations are still open."""

    members: list[Member]
    invitations: list[Invitation]


def read_team(store: Store, organiser: Organiser, code: str) -> Team:
    """The team of an event, for its organisers. Raises EventNotFound or NotYourRole."""
    now = iso(datetime.now(UTC))
    with store.read() as connection:
        event = event_of(connection, organiser, code)
        return Team(team.of_event(connection, event.id), team.open_invitations(connection, event.id, now))


def change_role(store: Store, organiser: Organiser, code: str, member_id: int, role: Role) -> None:
    """Give a member another role. Raises EventNotFound, NotYourRole, PageNotFound (nobody of that id is here) or LastOrganiser."""
    _change_role(store, organiser, code, member_id, role)
    note(Fact.ROLE_CHANGED, person=member_id, by=organiser.id, role=role)
    store.rights_changed()


def remove_member(store: Store, organiser: Organiser, code: str, member_id: int) -> None:
    """Take somebody off the team; they hear and see nothing of the event from now on. Raises as change_role."""
    _remove(store, organiser, code, member_id)
    note(Fact.REMOVED, person=member_id, by=organiser.id)
    store.rights_changed()


@at_desk(Role.ORGANISER)
def _change_role(desk: DeskTransaction, member_id: int, role: Role) -> None:
    before = _role_of_member(desk, member_id)
    if before is role:
        return
    _step_down(desk, member_id, before)
    team.join_event(desk.connection, member_id, desk.event.id, role)
    if role is Role.ORGANISER:
        organisers.let_make_events(desk.connection, member_id)
    desk.record("change_role")


@at_desk(Role.ORGANISER)
def _remove(desk: DeskTransaction, member_id: int) -> None:
    _step_down(desk, member_id, _role_of_member(desk, member_id))
    team.leave_event(desk.connection, member_id, desk.event.id)
    desk.record("remove_member")


def _role_of_member(desk: DeskTransaction, member_id: int) -> Role:
    role = team.role_of(desk.connection, member_id, desk.event.id)
    if role is None:
        raise PageNotFound
    return role


def _step_down(desk: DeskTransaction, member_id: int, before: Role) -> None:
    """Where an organiser stops being one: another has to stay, and no invitation of theirs lets them back in."""
    if before is not Role.ORGANISER:
        return
    if team.count_organisers(desk.connection, desk.event.id) == 1:
        raise LastOrganiser
    team.take_back_invitations_by(desk.connection, desk.event.id, member_id)
