"""What runs beside the answering ends with the program."""

import threading
from dataclasses import replace
from pathlib import Path

from tests.support.running import wait_until
from wall import create_app
from wall.cli.threads import threading_runtime
from wall.core.background import Background
from wall.web.kit.context import House, house


def own_threads() -> set[threading.Thread]:
    return {one for one in threading.enumerate() if one.daemon}


def test_a_program_that_was_closed_leaves_no_thread_behind(parts: House, tmp_path: Path) -> None:
    """Each would keep the whole program in memory."""
    before = own_threads()
    settings = replace(parts.settings, database_url=f"sqlite:///{tmp_path / 'other.db'}")
    app = create_app(settings, threading_runtime())
    begun = own_threads() - before
    assert {"announcer", "announcer-phones", "open-desks", "turnstile"} <= {one.name for one in begun}
    with app.app_context():
        house().close()
    wait_until(lambda: not any(one.is_alive() for one in begun), "all of them have ended")


def test_a_rest_is_over_when_the_program_is_closed() -> None:
    background, rounds = Background(), []

    def work() -> None:
        while not background.over:
            rounds.append("round")
            background.rest(3_600)
        rounds.append("over")

    background.start(work, "test")
    wait_until(lambda: rounds == ["round"], "it rests")
    background.end()
    wait_until(lambda: rounds == ["round", "over"], "it has ended")
