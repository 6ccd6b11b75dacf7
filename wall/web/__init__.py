"""The pages and the JSON answers: one file for each surface."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask

from wall.core.background import Background
from wall.core.crowd import Visitor
from wall.core.limits import Allowances, KeptAllowances
from wall.core.runtime import Runtime
from wall.services.addresses import Addresses
from wall.services.export_jobs import ExportJobs
from wall.services.feeds import Feeds
from wall.services.reaching import Reached
from wall.services.rehearsing import Rehearsals
from wall.services.tries import Tries
from wall.store import Store
from wall.web import (
    account,
    before,
    clock,
    companion,
    context,
    deciding,
    desk,
    directing,
    erasing,
    errors,
    events,
    exports,
    health,
    language,
    looking_back,
    once,
    phone,
    poster,
    privacy,
    projector,
    qr,
    receipt,
    rooms,
    scribe,
    security,
    sending,
    signing_in,
    static_files,
    team,
)
from wall.web import settings as event_settings
from wall.web.answers import Answer
from wall.web.context import house
from wall.web.cookies import Cookies
from wall.web.devices import Devices
from wall.web.event_code import EventCode
from wall.web.fair_use import FairUse
from wall.web.gate import Gate
from wall.web.handing_out import Packing
from wall.web.known_devices import KnownDevices
from wall.web.numbers import Number

if TYPE_CHECKING:
    from config import Settings

PROJECT_FOLDER = Path(__file__).resolve().parent.parent.parent
STATIC_FOLDER = PROJECT_FOLDER / "static"


def init_app(
    app: Flask,
    settings: "Settings",
    runtime: Runtime,
    store: Store,
    addresses: Addresses,
    feeds: Feeds,
    background: Background,
) -> None:
    """Register every page, and wrap the application in what answers before it."""
    cookies = Cookies(store.identity, secure=(settings.public_url or "").startswith("https:"))
    devices = Devices(settings.secret_key, cookies)
    fair_use = FairUse(
        _shared_allowances(settings), KeptAllowances(time.monotonic) if settings.limits else None
    )
    rehearsals = Rehearsals(store, addresses)
    exports_made = ExportJobs(store, runtime.off_loop)
    context.keep(
        app,
        context.House(
            settings,
            runtime,
            store,
            addresses,
            cookies,
            devices,
            KnownDevices(settings.secret_key, cookies),
            Tries(time.monotonic),
            fair_use,
            Reached(),
            rehearsals,
            exports_made,
            feeds,
            Packing(runtime.off_loop),
            Gate(),
            background,
        ),
    )
    language.init_app(app)
    security.init_app(app, settings, cookies)
    errors.init_app(app)
    rooms.init_app(app)
    once.init_app(app)
    app.url_map.converters |= {"int": Number, "event": EventCode}
    app.response_class = Answer
    for page in (
        phone,
        projector,
        companion,
        qr,
        receipt,
        privacy,
        health,
        signing_in,
        account,
        clock,
        desk,
        deciding,
        directing,
        events,
        event_settings,
        team,
        scribe,
        before,
        exports,
        erasing,
        looking_back,
        poster,
    ):
        app.register_blueprint(page.blueprint)
    app.register_blueprint(erasing.own)
    security.guard_forms(app, without=(phone.blueprint, receipt.blueprint, erasing.own))
    build = static_files.init_app(app, STATIC_FOLDER)
    files = static_files.wrap(app.wsgi_app, STATIC_FOLDER, build)
    hot = sending.ShortWay(files, store, devices, fair_use)
    app.wsgi_app = language.with_language(hot, cookies)  # type: ignore[method-assign, assignment]


def who_asks(app: Flask) -> Callable[[dict[str, Any]], Visitor]:
    """Who a request comes from, for whoever answers before the framework does."""
    with app.app_context():
        parts = house()

    def who(environ: dict[str, Any]) -> Visitor:
        return Visitor(parts.devices.of(environ), environ.get("REMOTE_ADDR", ""))

    return who


def _shared_allowances(settings: "Settings") -> Allowances | None:
    if not settings.limits:
        return None
    if settings.redis_url is None:
        return KeptAllowances(time.monotonic)
    from wall.store.shared_allowances import SharedAllowances

    return SharedAllowances(settings.redis_url)
