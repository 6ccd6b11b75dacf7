"""Everything that is stored of one pledge is shown, or erased for good, when its author asks for it."""

from collections.abc import Callable
from dataclasses import dataclass

from wall.core.audit import Entry
from wall.core.errors import PledgeNotFound
from wall.core.events import Event
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.pledges import Answer, Pledge, Revision
from wall.core.server.runtime import OffLoop
from wall.services.people.access import event_of
from wall.services.people.desk_transaction import DeskTransaction
from wall.services.pledges.receipts import pledge_now, pledge_of
from wall.store import Connection, Store, Transaction
from wall.store.queries import answers, audit, erasing, pledges, revisions


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is stored of one pledge, but for what only machines read."""

    event: Event
    pledge: Pledge
    earlier: list[Revision]
    """What it said before, oldest first."""
    answers: list[Answer]
    """What its author said of how it is going, oldest first."""
    deeds: list[Entry]
    """What was done with it, oldest first."""


def read_everything(store: Store, token: str) -> Everything:
    """Everything that is stored of a pledge, for its author, by the private link. Raises PledgeNotFound."""
    with store.read() as connection:
        pledge, event = pledge_of(connection, token)
        return _everything(connection, event, pledge)


def read_everything_at_desk(store: Store, organiser: Organiser, code: str, pledge_id: str) -> Everything:
    """Everything that is stored of a pledge, for an organiser whom its author has asked. Raises EventNotFound, NotYourRole or PledgeNotFound."""
    with store.read() as connection:
        event = event_of(connection, organiser, code)
        pledge = pledges.by_id(connection, event.id, pledge_id)
        if pledge is None:
            raise PledgeNotFound
        return _everything(connection, event, pledge)


def erase_own(store: Store, off_loop: OffLoop, token: str) -> Event:
    """Its author erases a pledge: nothing but its number is left, and its receipt ends. Raises PledgeNotFound."""

    def write(transaction: Transaction) -> Event:
        pledge, event = pledge_now(transaction, token)
        _erase(transaction, event, pledge, by=None)
        return event

    return _for_good(store, off_loop, write)


def erase_pledge(store: Store, off_loop: OffLoop, organiser: Organiser, code: str, pledge_id: str) -> Event:
    """An organiser erases a pledge whose author has asked for it.

    Raises EventNotFound, NotYourRole or PledgeNotFound.
    """

    def write(transaction: Transaction) -> Event:
        desk = DeskTransaction(transaction, organiser, code, Role.ORGANISER)
        _erase(transaction, desk.event, desk.pledge(pledge_id), by=organiser.id)
        return desk.event

    return _for_good(store, off_loop, write)


def count_erased(store: Store) -> int:
    """How much was ever erased on this server: a number that only goes up."""
    with store.read() as connection:
        return erasing.count(connection)


def _everything(connection: Connection, event: Event, pledge: Pledge) -> Everything:
    return Everything(
        event,
        pledge,
        revisions.of_pledge(connection, pledge.id),
        answers.of_pledge(connection, pledge.id),
        audit.of_pledge(connection, event.id, pledge.id),
    )


def _erase(transaction: Transaction, event: Event, pledge: Pledge, *, by: int | None) -> None:
    if pledge.erased_at:
        return
    transaction.record("erase", event_id=event.id, organiser_id=by, pledge_id=pledge.id)
    version = transaction.next_version(event.code)
    erasing.erase(transaction.connection, pledge, version=version, at=transaction.now)


def _for_good(store: Store, off_loop: OffLoop, write: Callable[[Transaction], Event]) -> Event:
    event = store.erase(write)
    off_loop(store.wipe)
    return event
