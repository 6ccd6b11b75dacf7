"""One-time links into the desk, for whoever runs the server."""

from datetime import UTC, datetime, timedelta

from wall.core.clock import iso
from wall.core.codes import hash_token, new_token
from wall.core.errors import LinkSpent
from wall.core.people.browsers import UNKNOWN, Browser
from wall.core.people.sessions import CameBy
from wall.services.people.security_log import Fact, note
from wall.services.people.sessions import Entered, begin_session
from wall.store import Store, Transaction
from wall.store.queries import organisers

LINK_LIVES = timedelta(hours=24)


def make_desk_link(store: Store, *, without_password: bool = False) -> str:
    """The token of a new one-time link for the first organiser. Only its hash is stored.

    `without_password` takes their password away, for whoever forgot it: then a new one can be chosen without it.
    """
    token = new_token()
    expires_at = iso(datetime.now(UTC) + LINK_LIVES)

    def write(transaction: Transaction) -> None:
        owner = organisers.first(transaction.connection)
        if without_password:
            organisers.take_password_away(transaction.connection, owner)
            transaction.record("take_password_away", organiser_id=owner)
        organisers.add_desk_link(
            transaction.connection,
            owner,
            token_hash=hash_token(token),
            created_at=transaction.now,
            expires_at=expires_at,
        )

    store.write(write)
    if without_password:
        note(Fact.PASSWORD_TAKEN_AWAY)
    note(Fact.LINK_MADE)
    return token


def use_desk_link(store: Store, token: str, browser: Browser = UNKNOWN) -> Entered:
    """Sign in by a link, which works once. Raises LinkSpent."""

    def write(transaction: Transaction) -> Entered:
        organiser_id = organisers.use_desk_link(transaction.connection, hash_token(token), transaction.now)
        if organiser_id is None:
            raise LinkSpent
        transaction.record("sign_in_by_link", organiser_id=organiser_id)
        return begin_session(transaction, organiser_id, CameBy.LINK, browser)

    entered = store.write(write)
    note(Fact.SIGNED_IN, person=entered.organiser.id, by=CameBy.LINK)
    return entered
