"""What the phone page weighs: little enough before it can be used, and little enough in all."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import write
from tests.conftest import a_draft
from tests.support.running import PROJECT, Server, wait_until
from wall.core.languages import LANGUAGES

BEFORE_USE = 14_000
IN_ALL = 60_000
TABLE = PROJECT / "docs" / "bytes.md"
LATER = (
    "card.css",
    "fonts.css",
    "live.js",
    "refresh.js",
    "news.js",
    "follow.js",
    "me-too.js",
    "guard.js",
    "hint.js",
    "mine.js",
    "room.js",
    "room-count.js",
    "socket.io.esm.min.js",
    ".woff2",
    "icon.svg",
)
"""Asked for after the page can be used: letters, the look of the card, the tab's icon, the gentle guard, and what follows the room."""


@dataclass
class Weights:
    """Compressed bytes of each resource, and of everything with the answers' headers."""

    of: dict[str, int] = field(default_factory=dict)
    with_headers: int = 0

    @property
    def before_use(self) -> int:
        return sum(size for name, size in self.of.items() if not name.endswith(LATER))

    @property
    def table(self) -> str:
        first = [row(name, size) for name, size in self.of.items() if not name.endswith(LATER)]
        later = [row(name, size) for name, size in self.of.items() if name.endswith(LATER)]
        totals = (row("before it can be used", self.before_use), row("in all", sum(self.of.values())))
        with_headers = row("in all, with the answers’ headers", self.with_headers)
        return "\n".join([*sorted(first), totals[0], *sorted(later), totals[1], with_headers])


def row(name: str, size: int) -> str:
    return f"| {f'`{name}`' if '.' in name else name} | {size:,} |"


@pytest.fixture
def weights(server: Server, open_page: OpenPage) -> Weights:
    """Everything a phone fetches until its pledge is on the wall and it follows the room."""
    server.send(a_draft("Somebody was quicker."))
    phone = open_page(f"{server.url}/health", PHONE)
    weights = weigh(phone)
    phone.goto(f"{server.url}/e/{server.code}")
    write(phone, "Listen more.")
    expect(phone.get_by_text("pledges on the wall")).to_be_visible()
    phone.evaluate("fetch(document.querySelector('link[rel~=icon]').href)")  # as a browser with windows does
    wait_until(lambda: phone.evaluate("true") and "shared/icon.svg" in weights.of, "the icon is there")
    return weights


def weigh(phone: Page) -> Weights:
    weights = Weights()
    bodies: dict[str, tuple[str, int]] = {}
    wire = phone.context.new_cdp_session(phone)
    wire.send("Network.enable")
    # Away from this machine, plain http gets gzip and no brotli.
    wire.send("Network.setExtraHTTPHeaders", {"headers": {"Accept-Encoding": "gzip"}})

    def answered(event: dict[str, Any]) -> None:
        path = event["response"]["url"].split("/", 3)[3]
        name = re.sub(r"^static/\w+/", "", path) if path.startswith("static/") else "the page itself"
        length = event["response"]["headers"].get("Content-Length")
        if length and not path.endswith("/pledges") and not path.startswith("socket.io/"):
            bodies[event["requestId"]] = (name, int(length))

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] in bodies:
            name, length = bodies[event["requestId"]]
            weights.of[name] = length
            weights.with_headers += int(event["encodedDataLength"])

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", finished)
    return weights


def test_the_phone_page_is_light(weights: Weights) -> None:
    assert "the page itself" in weights.of
    assert sum(name.endswith(".woff2") for name in weights.of) == 2
    assert weights.before_use <= BEFORE_USE, weights
    assert sum(weights.of.values()) <= IN_ALL, weights


def test_it_is_light_in_every_language(server: Server, weights: Weights) -> None:
    others = weights.before_use - weights.of["the page itself"]
    for language in LANGUAGES:
        headers = {"Accept": "text/html", "Accept-Language": language, "Accept-Encoding": "gzip"}
        request = Request(f"{server.url}/e/{server.code}", headers=headers)  # noqa: S310  our own server
        with urlopen(request) as page:  # noqa: S310
            assert others + len(page.read()) <= BEFORE_USE, language


def test_the_table_of_bytes_is_true(weights: Weights) -> None:
    listed = numbers(TABLE.read_text())
    now = numbers(weights.table)
    assert listed.keys() == now.keys(), f"docs/bytes.md should say:\n{weights.table}"
    stale = {name for name in now if abs(listed[name] - now[name]) > max(20, now[name] // 50)}
    assert stale == set(), f"docs/bytes.md should say:\n{weights.table}"


def numbers(table: str) -> dict[str, int]:
    found = re.findall(r"^\| (.+?) \| ([\d,]+) \|$", table, re.MULTILINE)
    return {name: int(size.replace(",", "")) for name, size in found}
