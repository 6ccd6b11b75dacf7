"""The ledger: the one writer. It gathers what waits, commits it at once, and only then answers."""

import logging
from collections import deque
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from wall.core.errors import TryAgain
from wall.core.server.runtime import OffLoop
from wall.store.recurring_faults import RecurringFault
from wall.store.transaction import EventChange, Transaction, TransactionLost

T = TypeVar("T")


class Watch(Protocol):
    """Looks after the files that the ledger writes to."""

    def check_files(self) -> None:
        """Around every commit. Raises TryAgain where they are not what they were."""
        ...


Action = Callable[[Transaction], T]

MOST_WAITING = 5_000
"""Past this many waiting actions, callers get TryAgain at once."""
MOST_IN_A_COMMIT = 500

log = logging.getLogger(__name__)


class Ledger:
    """Group commit: while one batch goes to the disk, off the event loop, the next one gathers.

    `write` returns only after the action's commit has reached the disk. `on_commit` hears which events
    changed, after the callers have their answers.
    """

    def __init__(
        self,
        engine: Engine,
        off_loop: OffLoop,
        *,
        monitor: "Watch | None" = None,
        most_in_a_commit: int = MOST_IN_A_COMMIT,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self.on_commit: Callable[[list[EventChange]], None] = lambda changed: None
        self._engine = engine
        self._off_loop = off_loop
        self._check_files = monitor.check_files if monitor else lambda: None
        self._most_in_a_commit = most_in_a_commit
        self._most_waiting = most_waiting
        self._waiting: deque[_Entry[Any]] = deque()
        self._gate = Lock()
        self._wake = Event()
        self._cannot_write = RecurringFault(log)
        self.closed = False
        self._writer = Thread(target=self._write_batches, name="ledger", daemon=True)
        self._writer.start()

    def write(self, action: Action[T], *, timeout: float | None = None) -> T:
        """Run one action in the next commit and return what it returned, once that is on the disk.

        Raises what the action raised (nothing of it is stored then), or TryAgain where the ledger is full,
        closed or cannot write. Whoever sets a `timeout` gets TryAgain after so many seconds, and does not
        learn what became of the action.
        """
        entry = _Entry(action)
        with self._gate:
            if self.closed or len(self._waiting) >= self._most_waiting:
                raise TryAgain
            self._waiting.append(entry)
        self._wake.set()
        return entry.wait(timeout)

    @property
    def waiting(self) -> int:
        """How many actions wait for the next commit."""
        return len(self._waiting)

    def close(self) -> None:
        """Take nothing more, finish what was accepted, and return when that is done."""
        with self._gate:
            self.closed = True
        self._wake.set()
        self._writer.join()

    def _write_batches(self) -> None:
        while batch := self._next_batch():
            try:
                changed = self._off_loop(self._commit, batch)
            except Exception as error:
                self._refuse_all(batch, error)
                continue
            self._cannot_write.over()
            for entry in batch:
                entry.answer()
            if changed:
                self._announce(changed)

    def _next_batch(self) -> "list[_Entry[Any]]":
        """What waits, or nothing when the ledger is closed and empty."""
        while True:
            self._wake.wait()
            with self._gate:
                batch = [
                    self._waiting.popleft() for _ in range(min(len(self._waiting), self._most_in_a_commit))
                ]
                if not self._waiting and not self.closed:
                    self._wake.clear()
                if batch or self.closed:
                    return batch

    def _commit(self, batch: "list[_Entry[Any]]") -> list[EventChange]:
        """Runs in a real thread. Either the whole batch is on the disk, in the file at the database's path, or this raises."""
        self._check_files()
        with self._engine.begin() as connection:
            transaction = Transaction(connection)
            for entry in batch:
                entry.run(transaction)
            changed = transaction.finish()
        self._check_files()
        return changed

    def _refuse_all(self, batch: "list[_Entry[Any]]", error: Exception) -> None:
        """Nothing of the batch was stored: a full disk, a locked database."""
        if isinstance(error, TryAgain):
            pass  # somebody has said why
        elif isinstance(error, (DBAPIError, TransactionLost)):
            cause = error.orig if isinstance(error, DBAPIError) else error
            # never the statement: it holds what people wrote
            self._cannot_write.happened("the database cannot write: %s", cause)
        else:
            log.error("a commit failed", exc_info=error)
        for entry in batch:
            entry.fail(TryAgain())

    def _announce(self, changed: list[EventChange]) -> None:
        try:
            self.on_commit(changed)
        except Exception:
            log.exception("announcing a commit failed; screens will ask by themselves")


class _Entry(Generic[T]):
    """One action on its way, and the caller who waits for it."""

    def __init__(self, action: Action[T]) -> None:
        self._action = action
        self._outcome: T | None = None
        self._error: BaseException | None = None
        self._answered = False
        self._open = Lock()  # a bare lock is the lightest thing that one side can wait on
        self._open.acquire()

    def run(self, transaction: Transaction) -> None:
        try:
            with transaction.one_action():
                self._outcome = self._action(transaction)
        except IntegrityError as error:
            self._error = error
        except (DBAPIError, TransactionLost):
            raise  # the database itself is in trouble: nothing of this batch is stored
        except Exception as error:
            self._error = error

    def answer(self) -> None:
        self._answered = True
        self._open.release()

    def fail(self, error: Exception) -> None:
        self._error = error
        self.answer()

    def wait(self, timeout: float | None) -> T:
        self._open.acquire(timeout=-1 if timeout is None else timeout)
        if not self._answered:
            raise TryAgain  # woken by a stopping process, not by the ledger
        if self._error is not None:
            raise self._error
        return self._outcome  # type: ignore[return-value]
