"""Templates are compiled soon after the start, so that nobody's page waits for it."""

from flask import Flask

from wall.core.server.background import Background

REST_SECONDS = 0.02
"""After each template, which takes up to 25 ms of the loop: everybody else goes first."""


def compile_templates(app: Flask, background: Background) -> None:
    """Begin to compile all of them, one by one. On the loop: Jinja's locks are not for threads beside it."""

    def work() -> None:
        for name in app.jinja_env.list_templates(extensions=["html"]):
            if background.over:
                return
            app.jinja_env.get_template(name)
            background.rest(REST_SECONDS)

    background.start(work, "templates")
