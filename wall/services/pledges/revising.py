"""An author changes what a pledge says, by its private link. The wall rewrites it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from wall.core.content import Content
from wall.core.drafts import as_changed, check_content
from wall.core.errors import EventClosed, PledgeWithdrawn
from wall.core.events import Event
from wall.core.holding import first_status
from wall.core.pledges import Pledge, Status
from wall.services.pledges.judging import Judged, judge, write_judged
from wall.services.pledges.receipts import find_receipt, pledge_now
from wall.services.pledges.status import change_status
from wall.store import Action, Store, Transaction
from wall.store.queries import erasing, pledges, revisions


def edit_pledge(store: Store, token: str, content: Content) -> Pledge:
    """Let a pledge say something else; what it said goes into its history. Whatever would have to wait as a new one
    waits, and so does what a moderator put back into the queue.

    Raises PledgeNotFound, PledgeWithdrawn, EventClosed, or BadInput where it does not fit the event.
    """

    def look(_now: Event | None) -> Judged:
        pledge, event = find_receipt(store, token)
        return judge([as_changed(content, pledge.content, event)], event)

    def change(transaction: Transaction, pledge: Pledge, event: Event, judged: Judged) -> Pledge:
        wanted = as_changed(content, pledge.content, event)
        if wanted == pledge.content:
            return pledge
        if not event.open:
            raise EventClosed
        check_content(wanted, event, pledge.content)
        transaction.record("edit", event_id=event.id, pledge_id=pledge.id)
        return write_anew(transaction, event, pledge, wanted, judged)

    def write(transaction: Transaction, judged: Judged) -> Pledge:
        return _changing(token, partial(change, judged=judged))(transaction)

    return write_judged(store, look, write)


def write_anew(
    transaction: Transaction, event: Event, pledge: Pledge, wanted: Content, judged: Judged
) -> Pledge:
    """Let a pledge say `wanted`, which nobody at the desk has vouched for. It was checked before."""
    revisions.add(transaction.connection, pledge, at=transaction.now)
    held = judged.held_for(wanted, event)
    changed = replace(pledge, content=wanted, held_for=held)
    pledges.revise(transaction.connection, changed, at=transaction.now)
    put_back = pledge.status is Status.WAITING and pledge.decided_by is not None
    stays = put_back or pledge.status is Status.HIDDEN
    status = pledge.status if stays else first_status(event, held)
    by = pledge.decided_by if put_back else None
    return change_status(transaction, event.code, changed, status, by=by)


def take_name_off(store: Store, token: str) -> Pledge:
    """Take the author's name off the wall, and out of everything that is stored, for good.

    Raises PledgeNotFound or PledgeWithdrawn.
    """

    def change(transaction: Transaction, pledge: Pledge, event: Event) -> Pledge:
        transaction.record("take_name_off", event_id=event.id, pledge_id=pledge.id)
        version = transaction.next_version(event.code)
        nameless = replace(pledge, content=replace(pledge.content, name=""), version=version)
        pledges.revise(transaction.connection, nameless, at=transaction.now)
        erasing.forget_name(transaction.connection, pledge.id, at=transaction.now)
        return nameless

    return store.erase(_changing(token, change))


def _changing(token: str, change: Callable[[Transaction, Pledge, Event], Pledge]) -> Action[Pledge]:
    """What changes the pledge of a receipt, unless its author took it back."""

    def write(transaction: Transaction) -> Pledge:
        pledge, event = pledge_now(transaction, token)
        if pledge.status is Status.WITHDRAWN:
            raise PledgeWithdrawn
        return change(transaction, pledge, event)

    return write
