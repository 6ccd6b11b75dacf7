"""Somebody in the room says *me too* to a pledge of somebody else, and may take it back."""

from collections.abc import Callable
from dataclasses import replace

from wall.core.errors import EventClosed, PledgeNotFound
from wall.core.pledges import Pledge, Status
from wall.core.words import N_
from wall.store import Connection, Store, Transaction
from wall.store.queries import erasing, me_toos, pledges


def say_me_too(store: Store, code: str, pledge_id: str, device: str) -> Pledge:
    """Count this device in, once.

    Raises EventNotFound, PledgeNotFound for one that is not shown, or EventClosed once names were removed.
    """
    return _count(store, code, pledge_id, device, me_toos.add, +1)


def take_me_too_back(store: Store, code: str, pledge_id: str, device: str) -> Pledge:
    """Count this device out. Raises as say_me_too."""
    return _count(store, code, pledge_id, device, me_toos.remove, -1)


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
        if erasing.devices_are_gone(transaction.connection, event, pledge):
            raise EventClosed(N_("This event has ended, so “me too” is closed."))
        if not note(transaction.connection, pledge.id, device):
            return pledge
        version = transaction.next_version(code)
        counted = replace(pledge, me_too=pledge.me_too + step, version=version)
        me_toos.count(transaction.connection, counted)
        return counted

    return store.write(write)
