"""A fault that comes with every try is one line in the log, then a count, and a line when it is over."""

import logging
from typing import Any

import pytest

from tests.conftest import Cast
from tests.live.test_watching import say
from wall.core.errors import TryAgain
from wall.services.server.health import check_health
from wall.store import Store, recurring_faults
from wall.store.recurring_faults import RecurringFault


def fill_the_disk(store: Store, pages: int | None = None) -> None:
    """Let the database be as large as it may become; without a number, as large as it likes."""
    with store.ledger._engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        (now,) = driver.execute("PRAGMA page_count").fetchone()
        driver.execute(f"PRAGMA max_page_count = {now if pages is None else pages}")


def test_a_full_disk_is_one_line_however_often_it_is_tried_and_one_when_it_is_over(
    store: Store, cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.WARNING)
    fill_the_disk(store)
    refused = 0
    while refused < 30:
        try:
            say(store, cast.event.code, "Listen more. " * 20)
        except TryAgain:
            refused += 1
            check_health(store)
    (line,) = caplog.messages
    assert "full" in line
    assert "Listen" not in line

    fill_the_disk(store, 1_000_000)
    monkeypatch.setattr(recurring_faults, "OVER_AFTER_SECONDS", 0)
    say(store, cast.event.code, "And the next.")
    say(store, cast.event.code, "And one more.")
    assert len(caplog.messages) == 2
    assert "it works again" in caplog.messages[1]


def test_one_that_goes_on_is_counted_from_time_to_time(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = RecurringFault(logging.getLogger("a test"))
    for _ in range(1_234):
        fault.happened("no room on %s", "the disk")
    assert caplog.messages == ["no room on the disk"]
    monkeypatch.setattr(recurring_faults, "LOG_AGAIN_SECONDS", 0)
    fault.happened("no room on %s", "the disk")
    assert caplog.messages[1] == "no room on the disk (still; 1,235 times so far)"
    fault.over()
    assert len(caplog.messages) == 2  # it may have been a small thing that went well
    monkeypatch.setattr(recurring_faults, "OVER_AFTER_SECONDS", 0)
    fault.over()
    fault.over()
    fault.happened("no room on %s", "the disk")
    assert caplog.messages[2:] == ["it works again; it had failed 1,235 times", "no room on the disk"]
