"""Everything is copied while the server runs, so that no more than minutes are lost with a disk."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from wall.core.clock import iso
from wall.core.server.background import Background
from wall.core.server.runtime import OffLoop
from wall.services.clock import clock_doubt
from wall.store import Backups, Store
from wall.store.files.seal import is_good

LOOK_EVERY_SECONDS = 20

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of everything, and whether it is as it was written."""

    file: Path
    at: str
    size: int
    good: bool


def back_up(backups: Backups, off_loop: OffLoop) -> Path:
    """Copy everything, checked. Raises CannotBackUp."""
    return off_loop(backups.make_routine)


def list_backups(backups: Backups) -> list[Backup]:
    """All copies, the oldest first, each read and checked as a whole: it blocks."""
    return [
        Backup(copy.file, iso(copy.at), copy.file.stat().st_size, is_good(copy.file))
        for copy in backups.copies()
    ]


def last_backup(backups: Backups) -> str | None:
    """When the latest copy was made; each was checked then."""
    latest = backups.latest()
    return iso(latest.at) if latest else None


def back_up_regularly(store: Store, off_loop: OffLoop, background: Background) -> None:
    """Copy everything when it is due, in the background, for as long as the program is open."""
    background.start(partial(_back_up_when_due, store, off_loop, background), "backups")


def _back_up_when_due(store: Store, off_loop: OffLoop, background: Background) -> None:
    while not background.over:
        if not store.trouble:  # else what is at the database's path is not ours
            back_up_and_prune(
                store.backups,
                off_loop,
                clock_right=lambda: clock_doubt(store) is None,
                closed=lambda: store.ledger.closed,
            )
        background.rest(LOOK_EVERY_SECONDS)


def back_up_and_prune(
    backups: Backups,
    off_loop: OffLoop,
    clock_right: Callable[[], bool] = lambda: True,
    closed: Callable[[], bool] = lambda: False,
) -> None:
    """Make a copy where one is due, and prune where the clock is right. What fails is logged the first time, and tried again at the next.

    What fails because the database was closed meanwhile is no failure.
    """
    failed_before = backups.failed
    try:
        off_loop(backups.sweep)  # first: it makes room
        if off_loop(backups.are_due):
            off_loop(backups.make_routine)
        if clock_right():
            off_loop(backups.prune)
        backups.failed = False
    except Exception as error:  # whatever it is: without this thread there are no backups at all
        if closed():
            return
        backups.failed = True
        if not failed_before:
            log.error("backups fail, and are tried again every %s s: %s", LOOK_EVERY_SECONDS, error)
