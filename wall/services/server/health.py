"""Is this server well? One write through the ledger, one read as a wall's, the files, and how much room there is."""

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from wall.core.errors import TryAgain
from wall.services.server.backups import last_backup
from wall.store import Store, heartbeats
from wall.store.queries import events, pledges

LOW_DISK_BYTES = 500_000_000
BUSY_LEDGER = 1_000
"""Half a second of writes, on a slow disk."""
LOOK_EVERY_SECONDS = 1.0
"""However many ask: all of them get what was found for so long."""
TIMEOUT_SECONDS = 0.8
"""A pledge waits longer for a database that is locked; who asks for health wants to know that it waits."""
READ_LAST = 20
"""Changes that a wall would read."""

log = logging.getLogger(__name__)


def check_health(store: Store) -> dict[str, str]:
    """`{"write": "ok" | "failed", "read": "ok" | "failed"}`, at most a second old; in trouble with `files`, which says
    what has happened to them (core.server.trouble)."""
    return _looks.setdefault(store, _Look()).at(store)


def is_well(found: dict[str, str]) -> bool:
    return all(state == "ok" for state in found.values())


def server_state(store: Store) -> dict[str, Any]:
    """For the desk: `{"database": "ok" | "failed", "files", "disk": "ok" | "low", "free_mb", "ledger": "ok" | "busy",
    "waiting", "backup", "backup_failed", "servers": "" | "quick" | "slow"}`.

    `files` is "ok" or as in check_health; `waiting` is how many writes wait for the next commit; `backup` is when the last good
    backup was made, if ever; `servers` says how fast several servers hear of each other, where they are to.
    """
    waiting, free, found = store.ledger.waiting, store.free_bytes(), check_health(store)
    return {
        "database": "ok" if is_well(found) else "failed",
        "files": found.get("files", "ok"),
        "disk": "ok" if free >= LOW_DISK_BYTES else "low",
        "free_mb": free // 1_000_000,
        "ledger": "ok" if waiting < BUSY_LEDGER else "busy",
        "waiting": waiting,
        "backup": last_backup(store.backups),
        "backup_failed": store.backups.failed,
        "servers": store.hears_other_servers(),
    }


class _Look:
    """The latest look at one store; whoever asks while somebody looks waits for what is found."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: dict[str, str] = {}
        self._good_until = 0.0

    def at(self, store: Store) -> dict[str, str]:
        with self._lock:
            if time.monotonic() >= self._good_until:
                self._found = _look(store)
                self._good_until = time.monotonic() + LOOK_EVERY_SECONDS
            return dict(self._found)


_looks: WeakKeyDictionary[Store, _Look] = WeakKeyDictionary()


def _look(store: Store) -> dict[str, str]:
    found = {
        "read": _tried(lambda: _read(store)),
        "write": _tried(lambda: store.ledger.write(heartbeats.beat, timeout=TIMEOUT_SECONDS)),
    }
    return found | ({"files": store.trouble.value} if store.trouble else {})


def _read(store: Store) -> None:
    with store.read() as connection:
        heartbeats.latest(connection)
        if latest := events.latest(connection):
            next(pledges.changed_since(connection, latest.id, latest.version - READ_LAST, READ_LAST), None)


def _tried(check: Callable[[], object]) -> str:
    try:
        check()
    except Exception as error:
        if not isinstance(error, TryAgain):  # else whoever could not do it has said why
            log.warning("health check failed: %s", type(error).__name__)
        return "failed"
    return "ok"
