"""Scribe Wall: a live pledge wall. `create_app` joins the floors."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings
    from wall.core.server.runtime import Runtime


def create_app(settings: "Settings", runtime: "Runtime") -> "Flask":
    """The whole program as one WSGI application, on an opened and migrated database."""
    from flask import Flask

    from wall import live, web
    from wall.core.server.background import Background
    from wall.services.events.creating import make_first_event
    from wall.services.events.retention import remove_names_at_start
    from wall.services.server.choosing_address import addresses_of
    from wall.services.server.feeds import Feeds
    from wall.services.server.load_check import clean_up
    from wall.store import open_store
    from wall.web.kit import middleware
    from wall.web.kit.context import current_parts

    app = Flask(__name__, root_path=str(web.PROJECT_FOLDER), static_folder=None)
    store = open_store(settings.database_url, runtime.off_loop)
    remove_names_at_start(store)  # first: it looks at the clock before anything is written by it
    make_first_event(store)
    clean_up(store)
    addresses = addresses_of(settings, store)
    feeds = Feeds(store, addresses, runtime.off_loop)
    background = Background()
    web.init_app(app, settings, runtime, store, addresses, feeds, background)
    live.init_app(app, settings, runtime, store, feeds, web.who_asks(app), background)
    with app.app_context():
        middleware.wrap(app, settings, addresses, current_parts().gate)
    return app
