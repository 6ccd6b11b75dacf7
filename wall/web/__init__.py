"""The pages and the JSON answers: one file for each surface."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask

from wall.core.server.background import Background
from wall.core.server.runtime import Runtime
from wall.limits.allowances import Allowances, AllowancesInMemory
from wall.limits.sockets import Visitor
from wall.services.exports.jobs import ExportJobs
from wall.services.people.sign_in_tries import SignInTries
from wall.services.server.addresses import Addresses
from wall.services.server.feeds import Feeds
from wall.services.server.load_check import LoadChecks
from wall.services.server.reachability import Reached
from wall.store import Store
from wall.web import health
from wall.web.attendee import phone, privacy, receipt, sending
from wall.web.desk import (
    account,
    activity,
    adding,
    clock,
    erasing,
    events,
    exports,
    get_ready,
    moderation,
    navigation,
    poster,
    queue,
    remote,
    results,
    signing_in,
    team,
)
from wall.web.desk import settings as event_settings
from wall.web.kit import author, context, errors, form_key, language, security, static_files
from wall.web.kit.compression import Compression
from wall.web.kit.context import current_parts
from wall.web.kit.cookies import Cookies
from wall.web.kit.devices import Devices
from wall.web.kit.event_code import EventCode
from wall.web.kit.fair_use import FairUse
from wall.web.kit.gate import Gate
from wall.web.kit.known_devices import KnownDevices
from wall.web.kit.numbers import Number
from wall.web.kit.response import SafeResponse
from wall.web.room import companion, projector, qr

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
        _shared_allowances(settings), AllowancesInMemory(time.monotonic) if settings.limits else None
    )
    load_checks = LoadChecks(store, addresses)
    exports_made = ExportJobs(store, runtime.off_loop)
    context.attach(
        app,
        context.Parts(
            settings,
            runtime,
            store,
            addresses,
            cookies,
            devices,
            KnownDevices(settings.secret_key, cookies),
            SignInTries(time.monotonic),
            fair_use,
            Reached(),
            load_checks,
            exports_made,
            feeds,
            Compression(runtime.off_loop),
            Gate(),
            background,
        ),
    )
    language.init_app(app)
    security.init_app(app, settings, cookies)
    errors.init_app(app)
    navigation.init_app(app)
    author.init_app(app)
    form_key.init_app(app)
    app.url_map.converters |= {"int": Number, "event": EventCode}
    app.response_class = SafeResponse
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
        queue,
        activity,
        moderation,
        remote,
        events,
        event_settings,
        team,
        adding,
        get_ready,
        exports,
        erasing,
        results,
        poster,
    ):
        app.register_blueprint(page.blueprint)
    app.register_blueprint(erasing.own)
    security.guard_forms(app, without=(phone.blueprint, receipt.blueprint, erasing.own))
    build = static_files.init_app(app, STATIC_FOLDER)
    files = static_files.wrap(app.wsgi_app, STATIC_FOLDER, build)
    hot = sending.FastPath(files, store, devices, fair_use)
    app.wsgi_app = language.with_language(hot, cookies)  # type: ignore[method-assign, assignment]


def who_asks(app: Flask) -> Callable[[dict[str, Any]], Visitor]:
    """Who a request comes from, for whoever answers before the framework does."""
    with app.app_context():
        parts = current_parts()

    def who(environ: dict[str, Any]) -> Visitor:
        return Visitor(parts.devices.of(environ), environ.get("REMOTE_ADDR", ""))

    return who


def _shared_allowances(settings: "Settings") -> Allowances | None:
    if not settings.limits:
        return None
    if settings.redis_url is None:
        return AllowancesInMemory(time.monotonic)
    from wall.limits.in_redis import AllowancesInRedis

    return AllowancesInRedis(settings.redis_url)
