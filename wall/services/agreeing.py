"""Somebody in the room says *me too* to a pledge of somebody else, and may take it back."""

from collections.abc import Callable
from dataclasses import replace

from wall.core.errors import PledgeNotFound
from wall.core.pledges import Pledge, Status
from wall.store import Connection, Store, Transaction, pledges


def say_me_too(store: Store, code: str, pledge_id: str, device: str) -> Pledge:
    """Count this device in, once. Raises EventNotFound, or PledgeNotFound for one that is not shown."""
    return _count(store, code, pledge_id, device, pledges.add_me_too, +1)


def take_me_too_back(store: Store, code: str, pledge_id: str, device: str) -> Pledge:
    """Count this device out. Raises EventNotFound, or PledgeNotFound for one that is not shown."""
    return _count(store, code, pledge_id, device, pledges.remove_me_too, -1)


def _count(
    store: Store,
    code: str,
    pledge_id: str,
    device: str,
    note: Callable[[Connection, str, str], bool],
    step: int,
) -> Pledge:
    def write(transaction: Transaction) -> Pledge:
        event = transaction.event(code)
        pledge = pledges.by_id(transaction.connection, event.id, pledge_id)
        if pledge is None or pledge.status is not Status.SHOWN:
            raise PledgeNotFound
        if not note(transaction.connection, pledge.id, device):
            return pledge
        version = transaction.next_version(code)
        counted = replace(pledge, me_too=pledge.me_too + step, version=version)
        pledges.count_me_too(transaction.connection, counted)
        return counted

    return store.write(write)
