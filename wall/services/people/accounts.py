"""People's accounts: a name, by which the others of a team know somebody. It is a label, and gives nobody an account."""

from collections.abc import Iterable

from wall.core.errors import BadInput
from wall.core.names import EARLIER_TEAM, NAME_LIMIT, look_alike
from wall.core.texts.text import TextRefused, clean_text
from wall.core.words import N_, Words
from wall.store import Transaction
from wall.store.queries import organisers, team

NAME_TAKEN = N_("Someone already has this name, or one that looks like it. Choose another.")
NAME_IN_TEAM = N_(
    "Someone in the team already has this name, or one very like it. Add a surname or an initial so that people can tell you apart."
)


def add_person(transaction: Transaction, name: str, event_id: int, *, makes_events: bool) -> int:
    """The id of a new account without a password, for an action by which somebody joins an event. Raises BadInput."""
    wrong: dict[str, Words] = {}
    name = check_name(name, wrong)
    if not wrong:
        members = team.of_event(transaction.connection, event_id)
        check_unlike(name, (member.name for member in members), NAME_IN_TEAM, wrong)
    if wrong:
        raise BadInput(fields=wrong)
    return organisers.add(transaction.connection, name, transaction.now, makes_events=makes_events)


def check_name(name: str, wrong: dict[str, Words]) -> str:
    """The name as it is stored; what speaks against it goes into `wrong`."""
    try:
        name = clean_text(name, NAME_LIMIT, one_line=True)
    except TextRefused as refused:
        wrong["name"] = refused.words
        return ""
    if not name:
        wrong["name"] = N_("Enter a name.")
    else:
        check_unlike(name, [EARLIER_TEAM], NAME_TAKEN, wrong)
    return name


def check_unlike(name: str, others: Iterable[str], problem: Words, wrong: dict[str, Words]) -> None:
    """Nobody is to be taken for somebody else."""
    mine = look_alike(name)
    if any(look_alike(other) == mine for other in others):
        wrong["name"] = problem
