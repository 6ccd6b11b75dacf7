"""Names are removed when the last day with names of their event has passed."""

import logging
from functools import partial

from wall.core.errors import TryAgain
from wall.core.retention import is_due
from wall.core.server.background import Background
from wall.core.server.runtime import OffLoop
from wall.services.clock import follow_clock
from wall.store import Store, Transaction
from wall.store.queries import erasing, events
from wall.store.recurring_faults import RecurringFault

LOOK_EVERY_SECONDS = 20

log = logging.getLogger(__name__)


def remove_names_where_due(store: Store) -> None:
    """Take names and organisations out of every event whose last day with names has passed; its receipts end, and it closes.

    Not while there is a doubt about which day it is.
    """
    if follow_clock(store):
        return
    with store.read() as connection:
        due = [event.code for event in events.with_last_day(connection) if is_due(event)]
    for code in due:
        store.erase(lambda transaction, code=code: _remove_names(transaction, code))  # type: ignore[misc]


def remove_names_at_start(store: Store) -> None:
    """As remove_names_where_due, before anybody is served. On a full disk the start goes on, and it is tried again soon."""
    try:
        remove_names_where_due(store)
    except TryAgain as error:
        log.error("removing names failed at the start: %s", error)


def remove_names_regularly(store: Store, off_loop: OffLoop, background: Background) -> None:
    """Do so every 20 seconds for as long as the program is open, and leave no trace of what was erased."""
    background.start(partial(_remove_regularly, store, off_loop, background), "retention")


def _remove_regularly(store: Store, off_loop: OffLoop, background: Background) -> None:
    failing = RecurringFault(log)
    while not background.over:
        try:
            remove_names_where_due(store)
            off_loop(store.wipe)
            failing.over()
        except Exception as error:  # whatever it is: without this thread names stay for ever
            failing.happened(
                "removing names failed, and is tried again every %s s: %s", LOOK_EVERY_SECONDS, error
            )
        background.rest(LOOK_EVERY_SECONDS)


def _remove_names(transaction: Transaction, code: str) -> None:
    event = transaction.event(code)
    if not is_due(event):
        return  # another server was quicker
    transaction.record("let_go", event_id=event.id)
    event = transaction.change_event(code, let_go_at=transaction.now, open=False)
    erasing.remove_names(transaction.connection, event, at=transaction.now)
