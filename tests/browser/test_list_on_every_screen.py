"""The list of pledges on small screens and enlarged ones: it is what is seen, and nothing covers what has the focus."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, open_desk
from tests.browser.people import choose_view, row_of, wait_for_changes
from tests.conftest import a_draft
from tests.support.running import Server

NARROW: ViewportSize = {"width": 320, "height": 640}
ENLARGED: ViewportSize = {"width": 320, "height": 256}
"""A window of 1280×1024 at 400 %."""
ON_ITS_SIDE: ViewportSize = {"width": 844, "height": 390}
WITH_BARS: ViewportSize = {"width": 390, "height": 664}
"""A phone whose browser shows its address and its buttons."""
MOST_STOPS = 80
"""Of the tab key on one page; a focus that never ends must not hang."""

SHARE_OF_THE_LIST = """() => {
  const lines = [...Array(innerHeight).keys()];
  const seen = lines.filter((y) => document.elementFromPoint(innerWidth / 2, y)?.closest('.pledges'));
  return seen.length / lines.length;
}"""

STOP = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const { left, right, top, bottom } = one.getBoundingClientRect();
  const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const seen = one === there || one.contains(there) || one.labels?.[0]?.contains(there);
  return { name: one.outerHTML.slice(0, 100), seen: Boolean(seen), left, right, top, bottom };
}"""


@pytest.fixture
def event(server: Server) -> Server:
    """Its pledges wait, one of them because of what it says."""
    server.change_event(moderation="before")
    for text in (
        "Listen more. " * 12,
        "Visit Mrs B in bed 4.",
        "Say thank you.",
        *(f"Pledge {n}." for n in range(5)),
    ):
        server.send(a_draft(text, name="Maria", organisation="Ward 7"))
    return server


def open_list(event: Server, open_page: OpenPage, size: ViewportSize) -> Page:
    page = open_desk(event, open_page, size)
    wait_for_changes(page)
    expect(page.locator(".pledge")).to_have_count(8)
    return page


def stops(page: Page) -> list[dict[str, Any]]:
    """Where the tab key leads, one after the other."""
    found: list[dict[str, Any]] = []
    page.locator(".room-state summary").focus()
    while (stop := page.evaluate(STOP)) and len(found) < MOST_STOPS:
        found.append(stop)
        page.keyboard.press("Tab")
    assert len(found) < MOST_STOPS
    return [one for one in found if "skip" not in one["name"]]  # which comes over the page


@pytest.mark.parametrize(
    ("size", "share"), [(ENLARGED, 1.0), (PHONE, 0.8), (WITH_BARS, 0.75), (NARROW, 0.75), (ON_ITS_SIDE, 0.75)]
)
def test_the_list_is_what_is_seen(
    event: Server, open_page: OpenPage, size: ViewportSize, share: float
) -> None:
    page = open_list(event, open_page, size)
    row_of(page, "Pledge 1.").evaluate("row => row.scrollIntoView({ block: 'center' })")
    assert page.evaluate(SHARE_OF_THE_LIST) >= share


@pytest.mark.parametrize("size", [PHONE, NARROW, ENLARGED, ON_ITS_SIDE, DESK])
def test_what_has_the_focus_is_never_covered(event: Server, open_page: OpenPage, size: ViewportSize) -> None:
    page = open_list(event, open_page, size)
    assert [one["name"] for one in stops(page) if not one["seen"]] == []
    row_of(page, "Pledge 4.").get_by_role("button", name="Hide").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert [one["name"] for one in stops(page) if not one["seen"]] == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_tab_key_goes_in_the_order_in_which_things_are_seen(
    event: Server, open_page: OpenPage, width: int
) -> None:
    """Down, or to the right; on a screen so high that nothing has to stay at its edges."""
    page = open_list(event, open_page, {"width": width, "height": 4_000})
    found = stops(page)
    assert len(found) > 30
    for before, after in pairwise(found):
        if "<li" not in before["name"]:  # a row, and what is in it
            assert after["top"] >= before["bottom"] or after["left"] >= before["right"], (before, after)


def test_the_keyboard_can_skip_the_list(event: Server, open_page: OpenPage) -> None:
    page = open_list(event, open_page, DESK)
    page.locator(".room-state summary").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the remote control")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Tour")).to_be_focused()


def test_the_views_of_the_wall_open_above_its_buttons(event: Server, open_page: OpenPage) -> None:
    page = open_list(event, open_page, PHONE)
    views = page.get_by_role("button", name="View")
    expect(views).to_have_accessible_name("View Tour")
    expect(page.get_by_role("button", name="QR code")).to_be_hidden()
    views.click()
    expect(views).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("button", name="Tour", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="QR code")).to_be_hidden()
    expect(views).to_be_focused()

    choose_view(page, "QR code")
    expect(views).to_have_accessible_name("View QR code")
    expect(page.get_by_role("button", name="Whole wall")).to_be_hidden()
    expect(views).to_be_focused()
    page.set_viewport_size(DESK)
    expect(views).to_be_hidden()
    expect(page.get_by_role("button", name="Whole wall")).to_be_visible()


def test_without_a_script_every_view_is_there(event: Server, open_page: OpenPage) -> None:
    signed_in = open_desk(event, open_page, PHONE)
    page = open_page(
        signed_in.url, PHONE, java_script_enabled=False, storage_state=signed_in.context.storage_state()
    )
    page.get_by_role("button", name="Whole wall").click()
    expect(page.get_by_role("button", name="Whole wall")).to_have_attribute("aria-pressed", "true")
