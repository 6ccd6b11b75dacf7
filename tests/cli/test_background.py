"""What runs beside the answering ends with the program."""

import threading
from dataclasses import replace
from pathlib import Path

from flask import Flask

from tests.support.running import PROJECT, wait_until
from wall import create_app
from wall.cli.threads import threading_runtime
from wall.core.server.background import Background
from wall.web.kit.context import Parts, current_parts
from wall.web.kit.templates import compile_templates

TEMPLATES = [str(file.relative_to(PROJECT / "templates")) for file in (PROJECT / "templates").rglob("*.html")]


def own_threads() -> set[threading.Thread]:
    return {one for one in threading.enumerate() if one.daemon}


def test_a_program_that_was_closed_leaves_no_thread_behind(parts: Parts, tmp_path: Path) -> None:
    """Each would keep the whole program in memory."""
    before = own_threads()
    settings = replace(parts.settings, database_url=f"sqlite:///{tmp_path / 'other.db'}")
    app = create_app(settings, threading_runtime())
    begun = own_threads() - before
    assert {"announcer", "announcer-phones", "open-desks", "socket-limits"} <= {one.name for one in begun}
    with app.app_context():
        current_parts().close()
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


def test_templates_are_compiled_beside_the_answering_until_the_program_is_closed(app: Flask) -> None:
    background = Background()
    compile_templates(app, background)
    wait_until(lambda: set(TEMPLATES) <= compiled(app), "all of them are there")

    assert app.jinja_env.cache is not None
    app.jinja_env.cache.clear()
    background.end()
    compile_templates(app, background)
    wait_until(lambda: not any(one.name == "templates" for one in own_threads()), "it has ended")
    assert compiled(app) == set()


def compiled(app: Flask) -> set[str]:
    return {name for _, name in app.jinja_env.cache or ()}
