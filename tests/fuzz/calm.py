"""What may never follow from rubbish: a stall, a traceback, or an answer that blames the server."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.fuzz.tries import A_LOT

LONGEST_SECONDS = 0.2 if A_LOT else 0.6
"""Of this process's own processor time, so that waiting for others is no stall; beside many other tests even that grows."""


@contextmanager
def calm() -> Iterator[None]:
    """Fail where what happens inside takes too long, or logs an error."""
    noted = _Errors()
    logging.getLogger().addHandler(noted)
    began = time.process_time()
    try:
        yield
    finally:
        logging.getLogger().removeHandler(noted)
    took = time.process_time() - began
    assert took < LONGEST_SECONDS, f"it took {took:.2f} s of processor time"
    assert not noted.messages, noted.messages


class _Errors(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(self.format(record))
