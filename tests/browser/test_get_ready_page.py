"""Getting ready: phones that reach the server are counted, and a load check ends with a verdict and leaves no trace."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import check_everywhere
from tests.browser.conftest import DESK, PHONE, OpenPage, open_desk
from tests.browser.people import go_to
from tests.support.running import OwnServer, Server, running_server
from wall.core.server.load_check import LoadCheck


@pytest.fixture
def reachable(tmp_path: Path) -> Iterator[Server]:
    """A server that thinks its address is one that phones can reach, and hears from a proxy who asks."""
    with running_server(tmp_path, PUBLIC_URL="http://wall.test", TRUSTED_PROXIES="1") as server:
        yield server


def open_before(server: Server, open_page: OpenPage) -> Page:
    desk = open_desk(server, open_page)
    desk.goto(f"{server.url}/desk/e/{server.code}/before")
    return desk


def test_the_check_turns_green_by_itself_when_a_phone_was_there(
    reachable: Server, open_page: OpenPage
) -> None:
    desk = open_before(reachable, open_page)
    expect(desk.get_by_text("No phone has tested this yet.")).to_be_visible()
    check = desk.get_by_role("link", name=re.compile("reach$")).get_attribute("href") or ""
    address = reachable.url + urlsplit(check).path
    expect(open_page(address, DESK).get_by_role("heading", name="This device does not count")).to_be_visible()
    phone = open_page(address, PHONE, extra_http_headers={"X-Forwarded-For": "192.168.1.21"})
    expect(phone.get_by_role("heading", name="Yes, it works")).to_be_visible()
    expect(desk.get_by_text("Yes. Phones that reached this page: 1")).to_be_visible()
    expect(desk.get_by_text("No phone has tested this yet.")).to_be_hidden()


def test_an_address_that_only_this_computer_knows_is_called_that(server: Server, open_page: OpenPage) -> None:
    desk = open_before(server, open_page)
    expect(
        desk.get_by_text(
            "No. This address only works on this computer. Connect it to the same Wi-Fi as the phones, or set PUBLIC_URL, then reload this page."
        )
    ).to_be_visible()


def test_a_load_check_shows_its_progress_and_a_verdict_and_leaves_nothing_behind(
    own_server: OwnServer, open_page: OpenPage
) -> None:
    desk = open_before(own_server, open_page)
    desk.get_by_role("button", name="Run the load check").click()
    expect(desk.get_by_text("Running …")).to_be_visible()
    progress = desk.get_by_role("progressbar", name="Pledges saved")
    expect(progress).to_have_js_property("max", 120)
    expect(progress).not_to_have_js_property("value", 0)

    verdict = desk.locator("#load-check [data-if]:visible")
    expect(verdict).to_contain_text("very pledge was saved once")
    expect(progress).to_have_js_property("value", 120)
    expect(desk.get_by_text("95 in 100 waited less than (ms)")).to_be_visible()
    with closing(sqlite3.connect(own_server.folder / "wall.db")) as database:
        left = database.execute("SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM pledges)")
        assert left.fetchone() == (1, 0)


def test_a_load_check_that_does_not_reach_the_server_says_so_and_can_be_tried_again(
    own_server: OwnServer, open_page: OpenPage
) -> None:
    desk = open_before(own_server, open_page)
    desk.context.set_offline(True)
    desk.get_by_role("button", name="Run the load check").click()
    expect(desk.get_by_role("alert")).to_contain_text("No connection")
    desk.context.set_offline(False)
    desk.get_by_role("button", name="Run the load check").click()
    expect(desk.get_by_text("Running …")).to_be_visible()
    expect(desk.get_by_role("alert")).to_be_hidden()


def test_while_one_event_checks_the_load_another_is_told_to_wait_and_shows_nothing_of_it(
    own_server: OwnServer, open_page: OpenPage
) -> None:
    desk = open_before(own_server, open_page)
    other = desk.context.new_page()
    other.goto(f"{own_server.url}/desk/e/{own_server.code}/settings")
    other.get_by_role("button", name="Copy event").click()
    go_to(other, "Get ready")
    desk.get_by_role("button", name="Run the load check").click()
    expect(desk.get_by_text("Running …")).to_be_visible()
    other.get_by_role("button", name="Run the load check").click()
    expect(other.get_by_role("alert")).to_contain_text(
        "Another load check is running. Try again in a few seconds."
    )
    expect(other.get_by_role("progressbar")).to_be_hidden()


def test_the_check_before_a_phone_was_there_is_for_everybody(reachable: Server, open_page: OpenPage) -> None:
    desk = open_before(reachable, open_page)
    expect(desk.get_by_text("No phone has tested this yet.")).to_be_visible()
    expect(desk.get_by_role("img", name="QR code for the phone test")).to_be_visible()
    desk.get_by_text("If the phone cannot open the page").click()
    check_everywhere(desk)


ALL_WELL = LoadCheck(120, opened=120, stored=120, found=120, done=True, times=[0.02] * 120)
SLOW = LoadCheck(120, opened=120, stored=120, found=120, done=True, times=[2.5] * 120)
SOME_FAILED = LoadCheck(120, opened=118, stored=117, failed=3, found=117, done=True, times=[0.02] * 117)


def answer_with(state: dict[str, Any], asked: Route) -> None:
    asked.fulfill(json=state)


def test_each_verdict_is_for_everybody(reachable: Server, open_page: OpenPage) -> None:
    """Nobody can make a real load check slow, or fail for three, at will; so the page reads that one was."""
    desk = open_before(reachable, open_page)
    for check, words in (
        (ALL_WELL, "Green: every pledge was saved once, with no delays."),
        (
            SLOW,
            "Amber: every pledge was saved once, but some took longer than a second. Close other programs on this computer, or use a faster one.",
        ),
        (
            SOME_FAILED,
            "Red: some phones had no reply, or some pledges are missing. Check the address above and this computer’s disk, then run it again.",
        ),
    ):
        state = {"reached": 1, "latest": "2026-11-23T20:13:41.123Z", "rehearsal": check.report()}
        desk.route("**/before", partial(answer_with, state))
        expect(desk.locator("#load-check [data-if]:visible")).to_contain_text(words)
        expect(desk.get_by_text("Yes. Phones that reached this page: 1")).to_be_visible()
        check_everywhere(desk)
