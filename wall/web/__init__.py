"""The pages and the JSON answers: one file for each surface."""

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from wall.core.runtime import Runtime
from wall.services.addresses import Addresses
from wall.store import Store
from wall.web import (
    companion,
    context,
    desk,
    directing,
    errors,
    exports,
    health,
    language,
    phone,
    projector,
    qr,
    receipt,
    security,
    sending,
    signing_in,
    static_files,
)

if TYPE_CHECKING:
    from config import Settings

PROJECT_FOLDER = Path(__file__).resolve().parent.parent.parent
STATIC_FOLDER = PROJECT_FOLDER / "static"


def init_app(app: Flask, settings: "Settings", runtime: Runtime, store: Store, addresses: Addresses) -> None:
    """Register every page, and wrap the application in what answers before it."""
    context.keep(app, context.House(settings, runtime, store, addresses))
    language.init_app(app)
    security.init_app(app, settings)
    errors.init_app(app)
    for page in (phone, projector, companion, qr, receipt, health, signing_in, desk, directing, exports):
        app.register_blueprint(page.blueprint)
    security.guard_forms(app, without=(phone.blueprint, receipt.blueprint))
    build = static_files.init_app(app, STATIC_FOLDER)
    pages = security.with_headers(app.wsgi_app)
    files = static_files.wrap(pages, STATIC_FOLDER, build)
    hot = sending.ShortWay(files, store)
    app.wsgi_app = security.believe_proxies(hot, settings)  # type: ignore[method-assign, assignment]
