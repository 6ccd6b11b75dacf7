"""An attendee sends a pledge."""

from dataclasses import dataclass

from wall.core.codes import new_pledge_id, new_token
from wall.core.drafts import Draft, check_draft
from wall.core.errors import EventClosed, KeyReused
from wall.core.pledges import Pledge, Status
from wall.store import Store, Transaction, pledges


@dataclass(frozen=True, slots=True)
class Submitted:
    """A pledge that is on the disk. `version` is the event's after it was stored."""

    pledge: Pledge
    receipt_token: str
    version: int
    new: bool
    """False where this key had stored it before."""


def submit_pledge(store: Store, code: str, draft: Draft) -> Submitted:
    """Store a draft, once for each key; sent again, the same answer.

    Raises EventNotFound, EventClosed, BadInput, KeyReused (the key carried other content) or TryAgain.
    """

    def write(transaction: Transaction) -> Submitted:
        event = transaction.event(code)
        before = pledges.by_key(transaction.connection, event.id, draft.key)
        if before is not None:
            pledge, token = before
            if pledge.content != draft.content:
                raise KeyReused
            return Submitted(pledge, token, pledge.version, new=False)
        if not event.open:
            raise EventClosed
        check_draft(draft, event)
        return _store(transaction, code, draft)

    return store.write(write)


def _store(transaction: Transaction, code: str, draft: Draft) -> Submitted:
    event = transaction.event(code)
    version = transaction.next_version(code)
    shown = event.moderation == "after"
    pledge = Pledge(
        id=new_pledge_id(),
        number=transaction.next_number(code),
        content=draft.content,
        status=Status.SHOWN if shown else Status.WAITING,
        pinned=False,
        created_at=transaction.now,
        version=version,
        first_shown=version if shown else None,
    )
    token = new_token()
    pledges.add(transaction.connection, event.id, pledge, key=draft.key, receipt_token=token)
    return Submitted(pledge, token, version, new=True)
