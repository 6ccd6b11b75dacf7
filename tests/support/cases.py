"""Many cases of one rule in one test."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def case(name: object) -> Iterator[None]:
    """Whatever fails in here says with which case."""
    try:
        yield
    except BaseException as failure:
        failure.add_note(f"The case: {str(name)[:200]}")
        raise
