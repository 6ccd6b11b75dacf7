"""Who is signed in to the desk, and where: each browser has a session of its own, which can be ended by itself."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from wall.core.clock import iso
from wall.core.codes import hash_token, new_token
from wall.core.errors import NotSignedIn, TryAgain
from wall.core.people.browsers import Browser
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.people.sessions import LIVES, MOST_SESSIONS, CameBy, Session, SignedIn
from wall.services.people.security_log import Fact, note
from wall.store import Store, Transaction
from wall.store.queries import events, organisers, sessions, team


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody who just came in, and the token of the session that began: only its hash is stored."""

    organiser: Organiser
    token: str


def begin_session(transaction: Transaction, organiser_id: int, came_by: CameBy, browser: Browser) -> Entered:
    """Start a session, within an action that lets somebody in. Their longest unused one ends where they have too many."""
    token = new_token()
    ends_at = datetime.fromisoformat(transaction.now) + LIVES[came_by]
    earlier = sessions.of_organiser(transaction.connection, organiser_id)
    for forgotten in earlier[MOST_SESSIONS - 1 :]:
        sessions.end(transaction.connection, organiser_id, forgotten.id)
    sessions.add(
        transaction.connection,
        organiser_id,
        token_hash=hash_token(token),
        came_by=came_by,
        browser=browser,
        created_at=transaction.now,
        ends_at=iso(ends_at),
    )
    found = organisers.by_id(transaction.connection, organiser_id)
    if found is None:
        raise NotSignedIn
    return Entered(found, token)


def find_session(store: Store, token: object) -> SignedIn:
    """Whose session a browser brings. Raises NotSignedIn where it is nobody's, or its time has come."""
    now = datetime.now(UTC)
    with store.read() as connection:
        found = sessions.by_token(connection, hash_token(token)) if isinstance(token, str) else None
    if found is None or not found.session.is_valid(now):
        raise NotSignedIn
    if found.session.is_to_be_noted(now):
        with suppress(TryAgain):  # nobody stays outside because this cannot be noted
            store.write(lambda tx: sessions.note_use(tx.connection, found.session.id, tx.now))
    return found


def my_sessions(store: Store, organiser: Organiser) -> list[Session]:
    """Where somebody is signed in, the latest used first."""
    now = datetime.now(UTC)
    with store.read() as connection:
        return [one for one in sessions.of_organiser(connection, organiser.id) if one.is_valid(now)]


def end_session(store: Store, organiser: Organiser, session_id: int) -> None:
    """Sign out on one browser, at once, with all that is open there."""

    def write(transaction: Transaction) -> None:
        if sessions.end(transaction.connection, organiser.id, session_id):
            transaction.record("sign_out", organiser_id=organiser.id)

    store.write(write)
    note(Fact.SIGNED_OUT, person=organiser.id, session=session_id)
    store.rights_changed()


def end_other_sessions(store: Store, here: SignedIn) -> None:
    """Sign out everywhere but here."""

    def write(transaction: Transaction) -> None:
        sessions.end_all(transaction.connection, here.organiser.id, but=here.session.id)
        transaction.record("sign_out_everywhere", organiser_id=here.organiser.id)

    store.write(write)
    note(Fact.SIGNED_OUT_EVERYWHERE, person=here.organiser.id)
    store.rights_changed()


def may_stay(store: Store, seats: Iterable[tuple[int, str | None]]) -> set[tuple[int, str | None]]:
    """Of open desks, each a session's id and the event's code that it follows, those that may stay open."""
    now = datetime.now(UTC)
    wanted = set(seats)
    with store.read() as connection:
        found = sessions.by_ids(connection, {session_id for session_id, _ in wanted})
        living = {one.id: one.organiser_id for one in found if one.is_valid(now)}
        event_ids = {
            code: event.id
            for code in {code for _, code in wanted if code}
            if (event := events.by_code(connection, code))
        }

        def may(session_id: int, code: str | None) -> bool:
            if session_id not in living or code is None:
                return session_id in living
            role = (
                team.role_of(connection, living[session_id], event_ids[code]) if code in event_ids else None
            )
            return role is not None and role.includes(Role.MODERATOR)

        return {seat for seat in wanted if may(*seat)}
