"""Who works on an event: an organiser invites people, changes their roles, and takes them off."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from wall.core.browsers import UNKNOWN, Browser
from wall.core.clock import iso
from wall.core.codes import hash_token, new_token
from wall.core.errors import BadInput, InvitationSpent, LastOrganiser, PageNotFound
from wall.core.events import Event
from wall.core.organisers import Invitation, Member, Organiser
from wall.core.roles import Role
from wall.core.sessions import CameBy
from wall.core.words import Words
from wall.services.accounts import NAME_IN_TEAM, add_person, check_unlike
from wall.services.desks import event_of
from wall.services.sessions import Entered, begin_session
from wall.store import Connection, Store, Transaction, events, organisers, team

INVITATION_LIVES = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Team:
    """Who works on an event, and which invitations are still open."""

    event: Event
    members: list[Member]
    invitations: list[Invitation]


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation is to. `raises` is False for who may do as much there already, and more."""

    event: Event
    role: Role
    raises: bool


def look_at_team(store: Store, organiser: Organiser, code: str) -> Team:
    """Raises EventNotFound or NotYourRole."""
    now = iso(datetime.now(UTC))
    with store.read() as connection:
        event = event_of(connection, organiser, code)
        return Team(
            event, team.of_event(connection, event.id), team.open_invitations(connection, event.id, now)
        )


def invite(store: Store, organiser: Organiser, code: str, role: Role) -> str:
    """The token of a link that lets one person join as `role`. Only its hash is kept.

    Raises EventNotFound or NotYourRole.
    """
    token = new_token()
    expires_at = iso(datetime.now(UTC) + INVITATION_LIVES)

    def write(transaction: Transaction) -> None:
        event = event_of(transaction.connection, organiser, code)
        team.add_invitation(
            transaction.connection,
            event.id,
            role,
            token_hash=hash_token(token),
            made_by=organiser.id,
            created_at=transaction.now,
            expires_at=expires_at,
        )
        transaction.record("invite", event_id=event.id, organiser_id=organiser.id)

    store.write(write)
    return token


def look_at_invitation(store: Store, token: str, organiser: Organiser | None) -> Invited:
    """What an invitation is to, for whoever looks at it. Raises InvitationSpent."""
    with store.read() as connection:
        invitation = _open_invitation(connection, token, iso(datetime.now(UTC)))
        event = events.by_id(connection, invitation.event_id)
        raises = organiser is None or _raises(connection, invitation, organiser)
        return Invited(event, invitation.role, raises=raises)


def join_as_new(store: Store, token: str, name: str, browser: Browser = UNKNOWN) -> tuple[Entered, Event]:
    """Somebody new joins by an invitation, with a name and no password yet. Whoever had that name before is somebody
    else. Raises InvitationSpent or BadInput.
    """

    def write(transaction: Transaction) -> tuple[Entered, Event]:
        invitation = _open_invitation(transaction.connection, token, transaction.now)
        makes_events = invitation.role is Role.ORGANISER
        joined = add_person(transaction, name, invitation.event_id, makes_events=makes_events)
        event = _join(transaction, invitation, joined)
        return begin_session(transaction, joined, CameBy.INVITATION, browser), event

    return store.write(write)


def join_with_account(store: Store, token: str, organiser: Organiser) -> Event | None:
    """Somebody who is signed in joins by an invitation. It only ever raises a role; None where there is nothing to
    raise, and then it stays open for whom it is meant.

    Raises InvitationSpent, or BadInput where the team knows somebody else by this name.
    """

    def write(transaction: Transaction) -> Event | None:
        invitation = _open_invitation(transaction.connection, token, transaction.now)
        if not _raises(transaction.connection, invitation, organiser):
            return None
        _refuse_another_s_name(transaction.connection, invitation, organiser)
        return _join(transaction, invitation, organiser.id)

    return store.write(write)


def take_invitation_back(store: Store, organiser: Organiser, code: str, invitation_id: int) -> None:
    """Let an open invitation open nothing any more. Raises EventNotFound or NotYourRole."""

    def write(transaction: Transaction) -> None:
        event = event_of(transaction.connection, organiser, code)
        team.take_invitation_back(transaction.connection, event.id, invitation_id)
        transaction.record("take_invitation_back", event_id=event.id, organiser_id=organiser.id)

    store.write(write)


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
    store.rights_changed()


def _open_invitation(connection: Connection, token: str, at: str) -> Invitation:
    invitation = team.open_invitation(connection, hash_token(token), at)
    if invitation is None:
        raise InvitationSpent
    return invitation


def _raises(connection: Connection, invitation: Invitation, organiser: Organiser) -> bool:
    before = team.role_of(connection, organiser.id, invitation.event_id)
    return before is None or not before.covers(invitation.role)


def _refuse_another_s_name(connection: Connection, invitation: Invitation, organiser: Organiser) -> None:
    wrong: dict[str, Words] = {}
    members = team.of_event(connection, invitation.event_id)
    others = (member.name for member in members if member.id != organiser.id)
    check_unlike(organiser.name, others, NAME_IN_TEAM, wrong)
    if wrong:
        raise BadInput(fields=wrong)


def _join(transaction: Transaction, invitation: Invitation, joined: int) -> Event:
    event = events.by_id(transaction.connection, invitation.event_id)
    team.join_event(transaction.connection, joined, event.id, invitation.role)
    if invitation.role is Role.ORGANISER:
        organisers.let_make_events(transaction.connection, joined)
    team.use_invitation(transaction.connection, invitation.id, joined)
    transaction.record("join_event", event_id=event.id, organiser_id=joined)
    return event


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
