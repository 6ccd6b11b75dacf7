"""What is made once and kept: bounded, and shared by all who ask at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.support.running import wait_until
from wall.core.server.cache import Cache
from wall.core.server.single_flight import SingleFlight


def a_cache(entries: int = 10, size: int = 100) -> Cache[str, bytes]:
    return Cache(most_entries=entries, most_bytes=size, size=len)


def test_what_was_used_least_recently_goes_first() -> None:
    cache = a_cache(entries=2)
    cache.put("one", b"1")
    cache.put("two", b"2")
    cache.get("one")
    cache.put("three", b"3")
    assert [cache.get(key) for key in ("one", "two", "three")] == [b"1", None, b"3"]


def test_a_cache_is_bounded_in_bytes_whatever_is_put_on_it() -> None:
    cache = a_cache()
    for number in range(200):
        cache.put(str(number % 7), bytes(number))
        assert cache.size == sum(len(cache.get(str(key)) or b"") for key in range(7)) <= 100
    cache.put("6", b"small again")
    assert cache.get("6") == b"small again"


def test_what_is_larger_than_the_shelf_is_not_kept_and_nothing_older_instead() -> None:
    cache = a_cache()
    cache.put("one", b"before")
    cache.put("one", bytes(101))
    assert (cache.get("one"), cache.size, len(cache)) == (None, 0, 0)


def test_fifty_who_ask_at_once_make_one_computation() -> None:
    flight: SingleFlight[str, str] = SingleFlight()
    asked, made, go = [], [], Event()

    def make() -> str:
        made.append("made")
        go.wait()
        return "the answer"

    def ask(_: int) -> str:
        asked.append("asked")
        return flight("key", make)

    with ThreadPoolExecutor(50) as readers:
        answers = readers.map(ask, range(50))
        wait_until(lambda: len(asked) == 50, "all have asked")
        go.set()
        assert set(answers) == {"the answer"}
    assert len(made) < 50  # whoever asked after the first had it made it anew
    assert flight("key", lambda: "another") == "another"


def test_an_error_reaches_all_who_wait_and_is_not_kept() -> None:
    flight: SingleFlight[str, int] = SingleFlight()

    def fail() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        flight("key", fail)
    assert flight("key", lambda: 7) == 7


def test_who_waits_makes_it_when_the_first_was_stopped_half_way() -> None:
    flight: SingleFlight[str, int] = SingleFlight()
    go, waiting = Event(), Event()

    def stopped() -> int:
        waiting.set()
        go.wait()
        raise KeyboardInterrupt

    with ThreadPoolExecutor(2) as readers:
        first = readers.submit(flight, "key", stopped)
        waiting.wait()
        second = readers.submit(flight, "key", lambda: 7)
        go.set()
        assert second.result() == 7
        assert isinstance(first.exception(), KeyboardInterrupt)
