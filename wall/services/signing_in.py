"""An organiser comes into the desk: by a one-time link, or by name and password."""

from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256

from werkzeug.security import check_password_hash, generate_password_hash

from wall.core.clock import iso
from wall.core.codes import new_token
from wall.core.errors import BadInput, LinkSpent, NotSignedIn, SignInRefused
from wall.core.organisers import Organiser
from wall.core.runtime import OffLoop
from wall.core.text import TextRefused, clean_text
from wall.core.words import N_, Words
from wall.store import Store, Transaction, events, organisers

LINK_LIVES = timedelta(hours=24)
NAME_LIMIT = 60
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
NAME_TAKEN = N_("Somebody else has this name. Please choose another.")


def make_desk_link(store: Store) -> str:
    """The token of a new one-time link for the first organiser. Only its hash is kept."""
    token = new_token()
    expires_at = iso(datetime.now(UTC) + LINK_LIVES)

    def write(transaction: Transaction) -> None:
        organisers.add_desk_link(
            transaction.connection,
            organisers.first(transaction.connection),
            token_hash=hash_token(token),
            created_at=transaction.now,
            expires_at=expires_at,
        )

    store.write(write)
    return token


def use_desk_link(store: Store, token: str) -> Organiser:
    """Sign in by a link, which works once. Raises LinkSpent."""

    def write(transaction: Transaction) -> Organiser:
        organiser_id = organisers.use_desk_link(transaction.connection, hash_token(token), transaction.now)
        found = organiser_id and organisers.by_id(transaction.connection, organiser_id)
        if not found:
            raise LinkSpent
        transaction.record("sign_in_by_link", organiser_id=found.id)
        return found

    return store.write(write)


def sign_in(store: Store, off_loop: OffLoop, name: str, password: str) -> Organiser:
    """Sign in by name and password. Raises SignInRefused, the same for a wrong name or password."""
    organiser = check_password(store, off_loop, name, password)
    store.write(lambda transaction: transaction.record("sign_in", organiser_id=organiser.id))
    return organiser


def check_password(store: Store, off_loop: OffLoop, name: str, password: str) -> Organiser:
    """Whose name and password these are. Raises as sign_in."""
    with store.read() as connection:
        found = organisers.by_name(connection, name)
    organiser, kept = found or (None, None)
    right = off_loop(_is_right, kept, password[:LONGEST_PASSWORD])
    if organiser is None or kept is None or not right:
        raise SignInRefused
    return organiser


def _is_right(kept: str | None, password: str) -> bool:
    """Where there is no such name it takes as long, so that both refusals look the same."""
    return check_password_hash(kept or _nobodys_hash(), password)


@cache
def _nobodys_hash() -> str:
    return generate_password_hash("nobody has this password")


def set_password(
    store: Store, off_loop: OffLoop, organiser: Organiser, name: str, password: str
) -> Organiser:
    """Choose name and password. All sessions end; the answer is what to go on with. Raises BadInput."""
    name = _check_credentials(name, password)
    password_hash = off_loop(generate_password_hash, password)

    def write(transaction: Transaction) -> Organiser:
        other = organisers.by_name(transaction.connection, name)
        if other and other[0].id != organiser.id:
            raise BadInput(fields={"name": NAME_TAKEN})
        organisers.set_password(transaction.connection, organiser.id, name, password_hash)
        transaction.record("set_password", organiser_id=organiser.id)
        return _again(transaction, organiser.id)

    return store.write(write)


def add_organiser(transaction: Transaction, name: str, *, makes_events: bool) -> Organiser:
    """An account without a password, for an action that does more. Raises BadInput.

    Whoever worked here before, and could not come in any other way, goes on with the account they had.
    """
    wrong: dict[str, Words] = {}
    name = _check_name(name, wrong)
    before = None if wrong else organisers.by_name(transaction.connection, name)
    if before and not _is_left(transaction, before[0]):
        wrong["name"] = NAME_TAKEN
    if wrong:
        raise BadInput(fields=wrong)
    if before:
        added = before[0].id
        organisers.begin_again(transaction.connection, added, makes_events=makes_events)
    else:
        added = organisers.add(transaction.connection, name, transaction.now, makes_events=makes_events)
    return _again(transaction, added)


def _is_left(transaction: Transaction, organiser: Organiser) -> bool:
    """Whether an account has no password and works on no event. The owner's never is: the server's links lead to it."""
    return (
        not organiser.has_password
        and not events.of_organiser(transaction.connection, organiser.id)
        and organiser.id != organisers.first(transaction.connection)
    )


def sign_out_everywhere(store: Store, organiser: Organiser) -> Organiser:
    """End every session of somebody. The answer is what to go on with here."""

    def write(transaction: Transaction) -> Organiser:
        organisers.end_sessions(transaction.connection, organiser.id)
        transaction.record("sign_out_everywhere", organiser_id=organiser.id)
        return _again(transaction, organiser.id)

    return store.write(write)


def find_signed_in(store: Store, organiser_id: object, session_number: object) -> Organiser:
    """The organiser of a session, from what its cookie says. Raises NotSignedIn."""
    if not isinstance(organiser_id, int):
        raise NotSignedIn
    with store.read() as connection:
        found = organisers.by_id(connection, organiser_id)
    if found is None or found.session_number != session_number:
        raise NotSignedIn
    return found


def _check_credentials(name: str, password: str) -> str:
    wrong: dict[str, Words] = {}
    name = _check_name(name, wrong)
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        wrong["password"] = N_(
            "Please use {least} to {most} characters.", least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD
        )
    if wrong:
        raise BadInput(fields=wrong)
    return name


def _check_name(name: str, wrong: dict[str, Words]) -> str:
    """The name as it is kept; what speaks against it goes into `wrong`."""
    try:
        name = clean_text(name, NAME_LIMIT, one_line=True)
    except TextRefused as refused:
        wrong["name"] = refused.words
        return ""
    if not name:
        wrong["name"] = N_("Please give a name.")
    return name


def _again(transaction: Transaction, organiser_id: int) -> Organiser:
    """An organiser as they are after what this action changed."""
    found = organisers.by_id(transaction.connection, organiser_id)
    if found is None:
        raise NotSignedIn
    return found


def hash_token(token: str) -> str:
    """What is kept of a token. It is random already, so a plain hash does."""
    return sha256(token.encode()).hexdigest()
