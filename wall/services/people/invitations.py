"""Invitations: a link lets one person join an event, once."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from wall.core.clock import iso
from wall.core.codes import hash_token, new_token, token_of
from wall.core.errors import BadInput, InvitationSpent
from wall.core.events import Event
from wall.core.people.browsers import UNKNOWN, Browser
from wall.core.people.organisers import Invitation, Organiser
from wall.core.people.roles import Role
from wall.core.people.sessions import CameBy
from wall.core.words import Words
from wall.services.people.accounts import NAME_IN_TEAM, add_person, check_unlike
from wall.services.people.desk_transaction import DeskTransaction, at_desk
from wall.services.people.security_log import Fact, note
from wall.services.people.sessions import Entered, begin_session
from wall.store import Connection, Store, Transaction
from wall.store.queries import events, organisers, team

INVITATION_LIVES = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation is to. `raises` is False for who may do as much there already, and more."""

    event: Event
    role: Role
    raises: bool


def invite(store: Store, organiser: Organiser, code: str, role: Role, form: str | None = None) -> str:
    """The token of a link that lets one person join as `role`. Only its hash is stored.

    The same `form` makes it once; it comes again with the same token, which is made from it. Raises EventNotFound or
    NotYourRole.
    """
    token = token_of(form) if form else new_token()
    expires_at = iso(datetime.now(UTC) + INVITATION_LIVES)
    if event_id := _invite(store, organiser, code, role, hash_token(token), expires_at):
        note(Fact.INVITED, by=organiser.id, event=event_id, role=role)
    return token


def read_invitation(store: Store, token: str, organiser: Organiser | None) -> Invited:
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

    entered, event = store.write(write)
    note(Fact.JOINED, person=entered.organiser.id, event=event.id)
    return entered, event


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

    event = store.write(write)
    if event:
        note(Fact.JOINED, person=organiser.id, event=event.id)
    return event


def take_invitation_back(store: Store, organiser: Organiser, code: str, invitation_id: int) -> None:
    """Let an open invitation open nothing any more. Raises EventNotFound or NotYourRole."""
    _take_back(store, organiser, code, invitation_id)
    note(Fact.INVITATION_TAKEN_BACK, by=organiser.id, invitation=invitation_id)


@at_desk(Role.ORGANISER)
def _invite(desk: DeskTransaction, role: Role, token_hash: str, expires_at: str) -> int | None:
    """The id of the event; None where the same form has made this invitation before."""
    if team.knows_invitation(desk.connection, token_hash):
        return None
    team.add_invitation(
        desk.connection,
        desk.event.id,
        role,
        token_hash=token_hash,
        made_by=desk.organiser.id,
        created_at=desk.transaction.now,
        expires_at=expires_at,
    )
    desk.record("invite")
    return desk.event.id


@at_desk(Role.ORGANISER)
def _take_back(desk: DeskTransaction, invitation_id: int) -> None:
    team.take_invitation_back(desk.connection, desk.event.id, invitation_id)
    desk.record("take_invitation_back")


def _open_invitation(connection: Connection, token: str, at: str) -> Invitation:
    invitation = team.open_invitation(connection, hash_token(token), at)
    if invitation is None:
        raise InvitationSpent
    return invitation


def _raises(connection: Connection, invitation: Invitation, organiser: Organiser) -> bool:
    before = team.role_of(connection, organiser.id, invitation.event_id)
    return before is None or not before.includes(invitation.role)


def _refuse_another_s_name(connection: Connection, invitation: Invitation, organiser: Organiser) -> None:
    wrong: dict[str, Words] = {}
    members = team.of_event(connection, invitation.event_id)
    others = (member.name for member in members if member.id != organiser.id)
    check_unlike(organiser.name, others, NAME_IN_TEAM, wrong)
    if wrong:
        raise BadInput(fields=wrong)


def _join(transaction: Transaction, invitation: Invitation, joined: int) -> Event:
    event = transaction.event_by_id(invitation.event_id)
    team.join_event(transaction.connection, joined, event.id, invitation.role)
    if invitation.role is Role.ORGANISER:
        organisers.let_make_events(transaction.connection, joined)
    team.use_invitation(transaction.connection, invitation.id, joined)
    transaction.record("join_event", event_id=event.id, organiser_id=joined)
    return event
