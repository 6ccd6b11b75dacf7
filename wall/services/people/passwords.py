"""Name and password: checked, and chosen."""

from functools import cache

from werkzeug.security import check_password_hash, generate_password_hash

from wall.core.errors import BadInput, SignInRefused
from wall.core.people.browsers import UNKNOWN, Browser
from wall.core.people.organisers import Organiser
from wall.core.people.passwords import LONGEST, password_problem
from wall.core.people.sessions import CameBy
from wall.core.server.runtime import OffLoop
from wall.core.words import Words
from wall.services.people.accounts import NAME_IN_TEAM, NAME_TAKEN, check_name, check_unlike
from wall.services.people.security_log import Fact, note
from wall.services.people.sessions import Entered, begin_session
from wall.store import Store, Transaction
from wall.store.queries import events, organisers, sessions, team

PRODUCT = "Scribe Wall"


def sign_in(store: Store, off_loop: OffLoop, name: str, password: str, browser: Browser) -> Entered:
    """Sign in by name and password. Raises SignInRefused, the same for a wrong name or password."""
    organiser = check_password(store, off_loop, name, password)

    def write(transaction: Transaction) -> Entered:
        transaction.record("sign_in", organiser_id=organiser.id)
        return begin_session(transaction, organiser.id, CameBy.PASSWORD, browser)

    entered = store.write(write)
    note(Fact.SIGNED_IN, person=organiser.id, by=CameBy.PASSWORD)
    return entered


def check_password(store: Store, off_loop: OffLoop, name: str, password: str) -> Organiser:
    """Whose name and password these are. Raises as sign_in."""
    with store.read() as connection:
        found = organisers.by_name(connection, name)
    organiser, password_hash = found or (None, None)
    right = len(password) <= LONGEST and off_loop(_is_right, password_hash, password)
    if organiser is None or password_hash is None or not right:
        note(Fact.SIGN_IN_REFUSED, person=organiser.id if organiser else None)
        raise SignInRefused
    return organiser


def who_signs_in(store: Store, name: str) -> int | None:
    """The id of who signs in by this name, if there is somebody."""
    with store.read() as connection:
        found = organisers.by_name(connection, name)
    return found[0].id if found else None


def _is_right(password_hash: str | None, password: str) -> bool:
    """Where there is no such name it takes as long, so that both refusals look the same."""
    return check_password_hash(password_hash or _nobodys_hash(), password)


@cache
def _nobodys_hash() -> str:
    return generate_password_hash("nobody has this password")


def set_password(
    store: Store,
    off_loop: OffLoop,
    organiser: Organiser,
    name: str,
    password: str,
    browser: Browser = UNKNOWN,
) -> Entered:
    """Choose name and password. All sessions end, and a new one begins here. Raises BadInput."""
    name = _check_credentials(store, organiser, name, password)
    password_hash = off_loop(generate_password_hash, password)

    def write(transaction: Transaction) -> Entered:
        _refuse_another_s_name(transaction, organiser, name)
        organisers.set_password(transaction.connection, organiser.id, name, password_hash)
        sessions.end_all(transaction.connection, organiser.id)
        transaction.record("set_password", organiser_id=organiser.id)
        return begin_session(transaction, organiser.id, CameBy.PASSWORD, browser)

    entered = store.write(write)
    note(Fact.PASSWORD_SET, person=organiser.id)
    store.rights_changed()
    return entered


def _refuse_another_s_name(transaction: Transaction, organiser: Organiser, name: str) -> None:
    wrong: dict[str, Words] = {}
    check_unlike(name, team.teammates(transaction.connection, organiser.id), NAME_IN_TEAM, wrong)
    others = organisers.names_with_password(transaction.connection, but=organiser.id)
    check_unlike(name, others, NAME_TAKEN, wrong)
    if wrong:
        raise BadInput(fields=wrong)


def _check_credentials(store: Store, organiser: Organiser, name: str, password: str) -> str:
    wrong: dict[str, Words] = {}
    name = check_name(name, wrong)
    with store.read() as connection:
        mine = [event for event, _ in events.of_organiser(connection, organiser.id)]
    known = [name, PRODUCT, *(word for event in mine for word in (event.title, event.code))]
    if problem := password_problem(password, known):
        wrong["password"] = problem
    if wrong:
        raise BadInput(fields=wrong)
    return name
