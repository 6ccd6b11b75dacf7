"""What other servers on the same database commit is noticed within a second, whether or not anything else says so."""

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from wall.core.server.runtime import OffLoop
from wall.store.engine import READERS_WAIT_SECONDS, connect
from wall.store.transaction import EventChange

LOOK_EVERY_SECONDS = 1.0
REST_SECONDS = 0.05
"""Between two looks, however often somebody says that there is something to see."""

log = logging.getLogger(__name__)


class OtherServers:
    """Compares every event's version with the latest that was announced here, when SQLite says that something was committed.

    SQLite's `data_version` changes for our own ledger's commits too; then nothing is found that was not announced.
    """

    def __init__(
        self,
        database: Path,
        off_loop: OffLoop,
        announce: Callable[[list[EventChange]], None],
        all_is_well: Callable[[], bool],
    ) -> None:
        """`all_is_well` is asked before every look."""
        self._database = database
        self._off_loop = off_loop
        self._announce = announce
        self._all_is_well = all_is_well
        self._connection: sqlite3.Connection | None = None
        self._seen: int | None = None
        found = off_loop(self._look)
        self._known = found or {}
        self._wake = Event()
        self._closed = Event()
        self._thread = Thread(target=self._run, name="others", daemon=True)
        self._thread.start()

    def note(self, changed: list[EventChange]) -> None:
        """Take in what our own ledger committed, which is announced already."""
        for one in changed:
            self._known[one.code] = max(one.after, self._known.get(one.code, 0))

    def look_now(self) -> None:
        """Look at once, instead of within a second: somebody says that there is something to see."""
        self._wake.set()

    def close(self) -> None:
        self._closed.set()
        self._wake.set()
        self._thread.join()
        self._disconnect()

    def _run(self) -> None:
        while not self._closed.is_set():
            self._wake.wait(LOOK_EVERY_SECONDS)
            self._wake.clear()
            try:
                self._look_and_announce()
            except sqlite3.Error as error:
                self._disconnect()
                log.debug("looking for what others did failed: %s", error)
            except Exception:
                log.exception("announcing what others did failed; screens find the gap and ask")
            self._closed.wait(REST_SECONDS)

    def _look_and_announce(self) -> None:
        if self._closed.is_set() or not self._all_is_well():
            return
        known = dict(self._known)
        versions = self._off_loop(self._look)
        if versions is None:
            return
        changed = [
            EventChange(code, known.get(code, 0), version)
            for code, version in versions.items()
            if version > self._known.get(code, -1)
        ]
        changed += [
            EventChange(code, before, before + 1) for code, before in known.items() if code not in versions
        ]
        for one in changed:
            self._known[one.code] = one.after
        for code in known.keys() - versions.keys():
            self._known.pop(code, None)
        if changed:
            self._announce(changed)

    def _look(self) -> dict[str, int] | None:
        """Runs in a real thread. The version of every event, or None where nothing was committed since the last look."""
        if self._connection is None:
            self._connection = connect(self._database, READERS_WAIT_SECONDS)
            self._seen = None
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version == self._seen:
            return None
        found = dict(self._connection.execute("SELECT code, version FROM events").fetchall())
        self._seen = version
        return found

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
