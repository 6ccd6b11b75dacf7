"""The queue: which pledge a moderator should look at first."""

from collections.abc import Iterable
from typing import Any

from wall.core.pledges import Status


def in_queue_order(pledges: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that wait, the longest first; then all others, the newest first. `static/desk/queue.js` does the same."""
    waiting: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for pledge in pledges:
        (waiting if pledge["status"] == Status.WAITING else others).append(pledge)
    waiting.sort(key=lambda pledge: pledge["number"])
    others.sort(key=lambda pledge: -pledge["number"])
    return waiting + others
