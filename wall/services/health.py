"""Is this server well? One write through the ledger, one read, and how much room there is."""

import logging
from collections.abc import Callable
from typing import Any

from wall.core.errors import TryAgain
from wall.services.keeping import last_backup
from wall.store import Store, heartbeats

LOW_DISK_BYTES = 500_000_000
BUSY_LEDGER = 1_000
"""Half a second of writes, on a slow disk."""

log = logging.getLogger(__name__)


def check_health(store: Store) -> dict[str, str]:
    """`{"write": "ok" | "failed", "read": "ok" | "failed"}`."""
    return {
        "write": _tried(lambda: store.write(heartbeats.beat)),
        "read": _tried(lambda: _read(store)),
    }


def look_at_server(store: Store) -> dict[str, Any]:
    """For the desk: `{"database": "ok" | "failed", "disk": "ok" | "low", "free_mb", "ledger": "ok" | "busy", "waiting",
    "backup", "backup_failed"}`.

    `waiting` is how many writes wait for the next commit; `backup` is when the last good backup was made, if ever.
    """
    waiting, free = store.ledger.waiting, store.free_bytes()
    well = all(state == "ok" for state in check_health(store).values())
    return {
        "database": "ok" if well else "failed",
        "disk": "ok" if free >= LOW_DISK_BYTES else "low",
        "free_mb": free // 1_000_000,
        "ledger": "ok" if waiting < BUSY_LEDGER else "busy",
        "waiting": waiting,
        "backup": last_backup(store.backups),
        "backup_failed": store.backups.failed,
    }


def _read(store: Store) -> None:
    with store.read() as connection:
        heartbeats.latest(connection)


def _tried(check: Callable[[], object]) -> str:
    try:
        check()
    except Exception as error:
        if not isinstance(error, TryAgain):  # else whoever could not do it has said why
            log.warning("health check failed: %s", type(error).__name__)
        return "failed"
    return "ok"
