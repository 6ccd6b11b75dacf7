"""What it costs a commit that the database's files are looked at before and after it, one pledge's worth in each commit."""

import tempfile
import time
from pathlib import Path

from wall.cli.threads import threading_runtime
from wall.store import Ledger, Store, Transaction, open_store

ROUNDS = 15
COMMITS = 200
OFF_LOOP = threading_runtime().off_loop


def measure() -> str:
    """The table for RESULTS.md."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'wall.db'}", OFF_LOOP)
        try:
            found = _alternate(store, Ledger(store._writer, OFF_LOOP))
        finally:
            store.close()
    plain, watched = (min(times) for times in found)  # the least disturbed by whatever else the machine does
    return "\n".join(
        (
            "| a commit of one | ms of the processor | ratio |",
            "|---|---|---|",
            f"| without a look | {plain * 1000:.2f} | 1 |",
            f"| with two looks | {watched * 1000:.2f} | {watched / plain:.2f} |",
        )
    )


def _alternate(store: Store, unwatched: Ledger) -> tuple[list[float], list[float]]:
    """Turn about on one database and one connection, so that both see the same disk."""
    plain: list[float] = []
    watched: list[float] = []
    for _ in range(ROUNDS):
        for ledger, times in ((unwatched, plain), (store.ledger, watched)):
            began = time.process_time()
            for _ in range(COMMITS):
                ledger.write(_note)
            times.append((time.process_time() - began) / COMMITS)
    unwatched.close()
    return plain, watched


def _note(transaction: Transaction) -> None:
    transaction.record("beat")
