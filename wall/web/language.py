"""The reader's language: every word on a page goes through here."""

from flask import Flask

from wall.core.words import english


def init_app(app: Flask) -> None:
    """Give templates `_`, `lang` and `dir`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_translations(english, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(lang="en", dir="ltr")
