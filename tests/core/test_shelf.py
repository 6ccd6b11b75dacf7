"""What is made once and kept: bounded, and shared by all who ask at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.support.running import wait_until
from wall.core.once import Once
from wall.core.shelf import Shelf


def a_shelf(entries: int = 10, size: int = 100) -> Shelf[str, bytes]:
    return Shelf(most_entries=entries, most_bytes=size, size=len)


def test_what_was_used_least_recently_goes_first() -> None:
    shelf = a_shelf(entries=2)
    shelf.put("one", b"1")
    shelf.put("two", b"2")
    shelf.get("one")
    shelf.put("three", b"3")
    assert [shelf.get(key) for key in ("one", "two", "three")] == [b"1", None, b"3"]


def test_a_shelf_is_bounded_in_bytes_whatever_is_put_on_it() -> None:
    shelf = a_shelf()
    for number in range(200):
        shelf.put(str(number % 7), bytes(number))
        assert shelf.bytes_kept == sum(len(shelf.get(str(key)) or b"") for key in range(7)) <= 100
    shelf.put("6", b"small again")
    assert shelf.get("6") == b"small again"


def test_what_is_larger_than_the_shelf_is_not_kept_and_nothing_older_instead() -> None:
    shelf = a_shelf()
    shelf.put("one", b"before")
    shelf.put("one", bytes(101))
    assert (shelf.get("one"), shelf.bytes_kept, len(shelf)) == (None, 0, 0)


def test_fifty_who_ask_at_once_make_one_computation() -> None:
    once: Once[str, str] = Once()
    asked, made, go = [], [], Event()

    def make() -> str:
        made.append("made")
        go.wait()
        return "the answer"

    def ask(_: int) -> str:
        asked.append("asked")
        return once("key", make)

    with ThreadPoolExecutor(50) as readers:
        answers = readers.map(ask, range(50))
        wait_until(lambda: len(asked) == 50, "all have asked")
        go.set()
        assert set(answers) == {"the answer"}
    assert len(made) < 50  # whoever asked after the first had it made it anew
    assert once("key", lambda: "another") == "another"


def test_an_error_reaches_all_who_wait_and_is_not_kept() -> None:
    once: Once[str, int] = Once()

    def fail() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        once("key", fail)
    assert once("key", lambda: 7) == 7


def test_who_waits_makes_it_when_the_first_was_stopped_half_way() -> None:
    once: Once[str, int] = Once()
    go, waiting = Event(), Event()

    def stopped() -> int:
        waiting.set()
        go.wait()
        raise KeyboardInterrupt

    with ThreadPoolExecutor(2) as readers:
        first = readers.submit(once, "key", stopped)
        waiting.wait()
        second = readers.submit(once, "key", lambda: 7)
        go.set()
        assert second.result() == 7
        assert isinstance(first.exception(), KeyboardInterrupt)
