"""A real browser, and the screens that people open in it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.support.running import PATIENCE_SECONDS, Server

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WITHOUT_WINDOWS = "chromium-headless-shell"
"""Draws a page with a quarter less work, so it is taken where there is one. It has no settings, and fetches no icon of a page."""
ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE: ViewportSize = {"width": 390, "height": 844}
WALL: ViewportSize = {"width": 1280, "height": 720}
DESK: ViewportSize = {"width": 1280, "height": 800}
MOVING = {"reduced_motion": "no-preference"}
"""For the tests of what moves; everywhere else nothing does, so that nobody waits for it."""

expect.set_options(timeout=1_000 * PATIENCE_SECONDS)


def find_browser() -> str:
    """The path of Chromium or Chrome on this machine."""
    path = next(filter(None, map(shutil.which, NAMES)), None) or (
        str(ON_A_MAC) if ON_A_MAC.exists() else None
    )
    assert path, "The browser tests need Chromium or Chrome; please install one."
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=shutil.which(WITHOUT_WINDOWS) or find_browser(), args=QUIET
        )
        yield started
        started.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open an address in a browser of its own: nobody shares cookies or storage.

    At the end, no page may have raised an error, nor asked any other host for anything.
    """
    complaints: list[str] = []

    with ExitStack() as stack:

        def open_one(url: str, size: ViewportSize, **more: Any) -> Page:
            context = browser.new_context(viewport=size, **{"reduced_motion": "reduce"} | more)
            stack.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("request", lambda request: _note_stranger(request.url, url, complaints))
            page.goto(url)
            return page

        yield open_one
    assert complaints == []


def _note_stranger(asked: str, url: str, complaints: list[str]) -> None:
    own = url.split("/")[2]
    if not asked.startswith((f"http://{own}/", f"ws://{own}/", "data:", "blob:")):
        complaints.append(f"asked a stranger: {asked}")


@pytest.fixture
def phone(server: Server, open_page: OpenPage) -> Page:
    """An attendee's phone, on the page that the QR code leads to."""
    return open_page(f"{server.url}/e/{server.code}", PHONE)


@pytest.fixture
def wall(server: Server, open_page: OpenPage) -> Page:
    """The projector."""
    return open_page(f"{server.url}/e/{server.code}/wall", WALL)


@pytest.fixture
def desk(server: Server, open_page: OpenPage) -> Page:
    """The organiser's laptop, signed in by the link that the terminal shows."""
    return open_desk(server, open_page)


def open_desk(server: Server, open_page: OpenPage, size: ViewportSize = DESK) -> Page:
    page = open_page(server.url + server.desk_link, size)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/**")
    if page.url.endswith("/desk/password"):
        page.goto(f"{server.url}/desk")
    return page
