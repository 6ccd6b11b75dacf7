"""Try what everything depends on: one write through the ledger, one read."""

import logging
from collections.abc import Callable

from wall.store import Store, heartbeats

log = logging.getLogger(__name__)


def check_health(store: Store) -> dict[str, str]:
    """`{"write": "ok" | "failed", "read": "ok" | "failed"}`."""
    return {
        "write": _tried(lambda: store.write(heartbeats.beat)),
        "read": _tried(lambda: _read(store)),
    }


def _read(store: Store) -> None:
    with store.read() as connection:
        heartbeats.latest(connection)


def _tried(check: Callable[[], object]) -> str:
    try:
        check()
    except Exception as error:
        log.warning("health check failed: %s", type(error).__name__)
        return "failed"
    return "ok"
