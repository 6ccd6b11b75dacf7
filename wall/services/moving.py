"""The one step that takes a pledge from one status to another."""

from dataclasses import replace

from wall.core.pledges import Pledge, Status
from wall.store import Transaction, pledges


def move_pledge(transaction: Transaction, code: str, pledge: Pledge, status: Status) -> Pledge:
    """Give a pledge its new status and the event its next version. The move was checked before."""
    version = transaction.next_version(code)
    first_shown = pledge.first_shown
    if status is Status.SHOWN and first_shown is None:
        first_shown = version
    moved = replace(pledge, status=status, version=version, first_shown=first_shown)
    pledges.move(
        transaction.connection,
        pledge.id,
        status=status,
        version=version,
        first_shown=first_shown,
        at=transaction.now,
    )
    return moved
