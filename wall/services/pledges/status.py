"""The one step that takes a pledge from one status to another."""

from dataclasses import replace

from wall.core.pledges import Pledge, Status
from wall.store import Transaction
from wall.store.queries import pledges


def change_status(
    transaction: Transaction, code: str, pledge: Pledge, status: Status, *, by: int | None = None
) -> Pledge:
    """Give a pledge its new status and the event its next version. The change was checked before.

    `by` is the id of the organiser whose decision it is; None for its author's.
    """
    version = transaction.next_version(code)
    shown = status is Status.SHOWN
    shown_since = version if shown else pledge.shown_since
    first_shown = shown_since if pledge.first_shown is None else pledge.first_shown
    changed = replace(
        pledge,
        status=status,
        version=version,
        state_version=version,
        first_shown=first_shown,
        shown_since=shown_since,
        decided_by=by,
    )
    pledges.set_status(
        transaction.connection,
        pledge.id,
        status=status,
        version=version,
        first_shown=first_shown,
        shown_since=shown_since,
        decided_by=by,
        at=transaction.now,
    )
    return changed
