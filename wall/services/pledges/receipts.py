"""An author looks after one pledge, by its private link."""

from wall.core.errors import PledgeNotFound
from wall.core.events import Event
from wall.core.pledges import Pledge, Status, check_status_change
from wall.services.pledges.status import change_status
from wall.store import Connection, Snapshot, Store, Transaction
from wall.store.queries import events, pledges


def find_receipt(store: Store, token: str) -> tuple[Pledge, Event]:
    """The pledge of a receipt, with its event. Raises PledgeNotFound."""
    with store.read() as connection:
        return pledge_of(connection, token)


def pledge_of(connection: Snapshot, token: str) -> tuple[Pledge, Event]:
    """As find_receipt, on a connection that reads more."""
    pledge, event_id = _pledge_of(connection, token)
    return pledge, events.by_id(connection, event_id)


def pledge_now(transaction: Transaction, token: str) -> tuple[Pledge, Event]:
    """As find_receipt, within an action: both as they are after all that it did so far."""
    pledge, event_id = _pledge_of(transaction.connection, token)
    return pledge, transaction.event_by_id(event_id)


def withdraw_pledge(store: Store, token: str) -> Pledge:
    """Its author takes a pledge back, for good. Raises PledgeNotFound."""

    def write(transaction: Transaction) -> Pledge:
        pledge, event = pledge_now(transaction, token)
        if not check_status_change("author", pledge.status, Status.WITHDRAWN):
            return pledge
        transaction.record("withdraw", event_id=event.id, pledge_id=pledge.id)
        return change_status(transaction, event.code, pledge, Status.WITHDRAWN)

    return store.write(write)


def _pledge_of(connection: Connection, token: str) -> tuple[Pledge, int]:
    found = pledges.by_receipt(connection, token)
    if found is None:
        raise PledgeNotFound
    return found
