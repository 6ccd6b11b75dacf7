"""What pages ask of authors, and how they say who wrote a pledge."""

from flask import Flask

from wall.core.content import AUTHOR_FIELDS, byline_of


def init_app(app: Flask) -> None:
    """Give templates `author_fields`, and `byline` for a pledge as screens get it."""
    app.jinja_env.globals["author_fields"] = AUTHOR_FIELDS
    app.jinja_env.filters["byline"] = byline_of
