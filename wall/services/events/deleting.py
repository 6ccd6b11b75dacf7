"""An organiser deletes all pledges of an event, or the event."""

import logging
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from wall.core.clock import now
from wall.core.errors import BackupFailed, BadInput, TryAgain
from wall.core.events import Event
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.server.runtime import OffLoop
from wall.core.words import N_
from wall.services.idempotency import once
from wall.services.people.access import event_of, my_event
from wall.services.people.desk_transaction import DeskTransaction
from wall.store import CannotBackUp, Store, Transaction
from wall.store.files.backup import version_in
from wall.store.queries import erasing, events, forms, pledges

MOST_TRIES = 5

OTHER_TITLE = N_("That is not the name of this event. Nothing was deleted.")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EventContents:
    """An event, how many pledges it has, of every status, and when the first was sent; empty where there is none."""

    event: Event
    pledges: int
    since: str


def read_event_contents(store: Store, organiser: Organiser, code: str) -> EventContents:
    """What would go if all pledges were deleted. Raises EventNotFound or NotYourRole."""
    with store.read() as connection:
        event = event_of(connection, organiser, code)
        return EventContents(event, *pledges.count_and_first(connection, event.id))


def clear_event(
    store: Store,
    off_loop: OffLoop,
    organiser: Organiser,
    code: str,
    typed_title: str,
    form: str | None = None,
) -> str:
    """Delete all pledges of an event. Its title has to be typed.

    A backup that holds every one of them is made first; answers with its name. Once for each `form`. Raises
    EventNotFound, NotYourRole, BadInput, BackupFailed, or TryAgain where pledges come faster than backups are made.
    """
    event = my_event(store, organiser, code)
    _check_title(event, typed_title)
    for _ in range(MOST_TRIES):
        if form and (before := _done(store, form)) is not None:
            return before
        backup = _back_up(store, off_loop, event)
        version = off_loop(version_in, backup, event.id)
        if store.erase(partial(_clear, organiser, code, version, backup.name, form)):
            return backup.name
        backup.unlink()  # something came in between: it would not be in this one
    raise TryAgain


def delete_event(
    store: Store, organiser: Organiser, code: str, typed_title: str, form: str | None = None
) -> None:
    """Delete an event with everything in it, for good. Its title has to be typed. Once for each `form`.

    Raises EventNotFound, NotYourRole or BadInput.
    """

    def write(transaction: Transaction) -> None:
        once(transaction, form, lambda: delete(transaction))

    def delete(transaction: Transaction) -> str:
        event = DeskTransaction(transaction, organiser, code, Role.ORGANISER).event
        _check_title(event, typed_title)
        transaction.record("delete_event", organiser_id=organiser.id)
        delete_all_of(transaction, event)
        return code

    store.erase(write)


def delete_all_of(transaction: Transaction, event: Event) -> None:
    """Delete an event with all of its rows."""
    erasing.remove_all(transaction.connection, event.id)
    events.remove(transaction.connection, event.id)
    transaction.drop_event(event)


def _back_up(store: Store, off_loop: OffLoop, event: Event) -> Path:
    try:
        return off_loop(store.back_up, f"{event.code}-before-clearing-{now().replace(':', '')}")
    except CannotBackUp as error:
        log.error("no backup before clearing: %s", error)
        raise BackupFailed from error


def _done(store: Store, form: str) -> str | None:
    with store.read() as connection:
        return forms.made_by(connection, form)


def _clear(
    organiser: Organiser,
    code: str,
    backed_up: int | None,
    backup: str,
    form: str | None,
    transaction: Transaction,
) -> bool:
    """False where the event changed since the backup was made."""
    desk = DeskTransaction(transaction, organiser, code, Role.ORGANISER)
    event = desk.event
    if event.version != backed_up:
        return False
    erasing.remove_all(desk.connection, event.id)
    wall = replace(event.wall, spotlight="", frozen_at=None)
    desk.change("clear_event", emptied=event.version + 1, last_number=0, wall=wall)
    if form:
        forms.remember(desk.connection, form, backup)
    return True


def _check_title(event: Event, typed: str) -> None:
    """Raises BadInput where somebody typed another name."""
    if _fold(typed) != _fold(event.title):
        raise BadInput(fields={"typed": OTHER_TITLE})


def _fold(title: str) -> str:
    return " ".join(title.split()).casefold()
