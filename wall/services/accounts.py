"""People's accounts: a name, by which the others of a team know somebody."""

from wall.core.errors import BadInput
from wall.core.organisers import Organiser
from wall.core.text import TextRefused, clean_text
from wall.core.words import N_, Words
from wall.store import Transaction, events, organisers, sessions

NAME_LIMIT = 60
NAME_TAKEN = N_("Somebody else has this name. Please choose another.")


def add_organiser(transaction: Transaction, name: str, *, makes_events: bool) -> int:
    """The id of an account without a password, for an action that does more. Raises BadInput.

    Whoever worked here before, and could not come in any other way, goes on with the account they had.
    """
    wrong: dict[str, Words] = {}
    name = check_name(name, wrong)
    before = None if wrong else organisers.by_name(transaction.connection, name)
    if before and not _is_left(transaction, before[0]):
        wrong["name"] = NAME_TAKEN
    if wrong:
        raise BadInput(fields=wrong)
    if before:
        sessions.end_all(transaction.connection, before[0].id)
        organisers.begin_again(transaction.connection, before[0].id, makes_events=makes_events)
        return before[0].id
    return organisers.add(transaction.connection, name, transaction.now, makes_events=makes_events)


def _is_left(transaction: Transaction, organiser: Organiser) -> bool:
    """Whether an account has no password and works on no event. The owner's never is: the server's links lead to it."""
    return (
        not organiser.has_password
        and not events.of_organiser(transaction.connection, organiser.id)
        and organiser.id != organisers.first(transaction.connection)
    )


def check_name(name: str, wrong: dict[str, Words]) -> str:
    """The name as it is kept; what speaks against it goes into `wrong`."""
    try:
        name = clean_text(name, NAME_LIMIT, one_line=True)
    except TextRefused as refused:
        wrong["name"] = refused.words
        return ""
    if not name:
        wrong["name"] = N_("Please give a name.")
    return name
