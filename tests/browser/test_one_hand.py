"""A standing person with one hand free: what they need is in reach of the thumb, and nothing is in the way of it."""

import json

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.accessibility import PHONES, assert_nothing_sticks_out, check_everywhere
from tests.browser.conftest import OpenPage
from tests.browser.people import send, write
from tests.browser.test_phone import STORED
from tests.support.running import Server
from wall.cli.demo import SCRIPT

SMALL: ViewportSize = {"width": 360, "height": 640}
SIZES: list[ViewportSize] = [SMALL, {"width": 390, "height": 844}]
LOW: ViewportSize = {"width": 360, "height": 300}
"""What a keyboard on the screen leaves, on a phone that makes the page smaller for it."""
EXAMPLES = (
    "Ask every patient what matters to them.",
    "Thank a colleague by name every Friday.",
    "Share what failed, with what I learnt from it.",
    "Visit the team next door once a month.",
)
UNDER_SEND = """() => {
    const { top, bottom } = document.querySelector(".sending").getBoundingClientRect();
    const focused = document.activeElement.matches("[type=radio]") ? document.activeElement.parentElement : document.activeElement;
    const box = focused.getBoundingClientRect();
    return [focused.id || focused.textContent.trim(), focused !== document.body && !focused.closest(".sending") && box.bottom > top + 1 && box.top < bottom - 1];
}"""
"""What has the focus, and whether the button to send is over any of it."""


@pytest.fixture
def demo(server: Server) -> Server:
    """The event of the demo, asking for everything that an event can ask for, with examples."""
    script = json.loads(SCRIPT.read_text())
    asked = {"title": script["title"], "question": script["question"], "themes": tuple(script["themes"])}
    server.change_event(**asked, starters=EXAMPLES)
    return server


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}x{size['height']}")
@pytest.mark.parametrize("language", ["en", "cy", "pl", "ar"])
@pytest.mark.parametrize("scripts", [True, False], ids=["", "without JavaScript"])
def test_a_pledge_is_sent_without_scrolling(
    demo: Server, open_page: OpenPage, size: ViewportSize, language: str, scripts: bool
) -> None:
    phone = open_page(f"{demo.url}/e/{demo.code}", size, java_script_enabled=scripts, locale=language)
    for field in ("#text", "#name", "#organisation", "[name=theme]"):
        expect(phone.locator(field).first).to_be_attached()
    assert meets_send(phone)
    phone.locator("#text").fill("Listen more.")
    assert meets_send(phone)
    phone.mouse.click(size["width"] / 2, size["height"] - 44)
    expect(phone.locator("blockquote")).to_contain_text("Listen more.")
    expect(phone.locator("[data-step=stored][data-done], [data-status=shown]")).to_have_count(1)


def meets_send(phone: Page) -> bool:
    """Whether all of the button is on the screen, with nothing over it, on a page that nobody has scrolled."""
    return bool(
        phone.locator(".send").evaluate(
            """send => {
              const { left, right, top, bottom } = send.getBoundingClientRect();
              const inside = [[left, top], [right, top], [left, bottom], [right, bottom]].every(([x, y]) =>
                x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight);
              return scrollY === 0 && inside && document.elementFromPoint((left + right) / 2, (top + bottom) / 2) === send;
            }"""
        )
    )


def test_send_is_never_over_what_has_the_focus(demo: Server, open_page: OpenPage) -> None:
    phone = open_page(f"{demo.url}/e/{demo.code}", SMALL)
    met: dict[str, bool] = {}
    for key in ["Tab"] * 12 + ["Shift+Tab"] * 12:
        phone.keyboard.press(key)
        name, is_under = phone.evaluate(UNDER_SEND)
        met[name] = is_under or met.get(name, False)
    assert {"text", "name", "organisation", EXAMPLES[2], "More examples"} <= met.keys()
    assert [name for name, is_under in met.items() if is_under] == []


def test_a_long_address_in_the_guard_sticks_out_of_no_phone(demo: Server, open_page: OpenPage) -> None:
    phone = open_page(f"{demo.url}/e/{demo.code}", {"width": 320, "height": 640})
    expect(phone.locator(".guard[data-ready]")).to_have_count(1)
    write(phone, f"Write to {'w' * 80}@example.org")
    expect(phone.locator(".guard")).to_be_visible()
    assert_nothing_sticks_out(phone)


def test_send_leaves_a_low_page_to_what_is_written(demo: Server, open_page: OpenPage) -> None:
    phone = open_page(f"{demo.url}/e/{demo.code}", LOW)
    phone.locator("#text").focus()
    expect(phone.locator(".send")).not_to_be_in_viewport()
    write(phone, "Listen more.")
    expect(phone.get_by_text(STORED)).to_be_visible()


def test_three_examples_are_open_to_see_and_the_rest_is_a_tap_away(demo: Server, open_page: OpenPage) -> None:
    for scripts in (True, False):
        phone = open_page(f"{demo.url}/e/{demo.code}", SMALL, java_script_enabled=scripts)
        examples = phone.get_by_role("group", name="Or start with an example").get_by_role("link")
        expect(examples).to_have_text(list(EXAMPLES[:3]))
        phone.get_by_text("More examples").click()
        expect(examples).to_have_text(list(EXAMPLES))
        if scripts:
            check_everywhere(phone, PHONES)
        examples.nth(3).click()
        expect(phone.get_by_role("textbox", name="Your pledge")).to_have_value(EXAMPLES[3])


@pytest.mark.parametrize("scripts", [True, False], ids=["", "without JavaScript"])
def test_the_guard_stands_above_the_text_and_quotes_what_it_found(
    demo: Server, open_page: OpenPage, scripts: bool
) -> None:
    phone = open_page(f"{demo.url}/e/{demo.code}", SMALL, java_script_enabled=scripts)
    if scripts:
        expect(phone.locator(".guard[data-ready]")).to_have_count(1)
    write(phone, "Visit Mrs B in bed 4.")
    guard, field = phone.get_by_role("alert").filter(has_text="a patient"), phone.locator("#text")
    expect(guard).to_be_in_viewport(ratio=1)
    found = guard.locator("mark").filter(visible=True)
    expect(found).to_have_text(["bed 4", "Mrs B"])
    assert set(found.evaluate_all(LINES)) == {"underline"}
    above, below = guard.bounding_box(), field.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]

    phone.get_by_role("textbox", name="Name").press("Enter")
    expect(guard).to_be_visible()
    field.fill("Visit everybody.")
    send(phone)
    expect(phone.get_by_text(STORED)).to_be_visible()


LINES = "(marks) => marks.map((mark) => getComputedStyle(mark).textDecorationLine)"
