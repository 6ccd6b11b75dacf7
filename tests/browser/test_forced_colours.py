"""Windows' high contrast: every button has an edge, and what is chosen has a mark besides its colour."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, open_desk
from tests.browser.people import save_settings, wait_for_guard, write
from tests.browser.test_phone import STORED
from tests.conftest import a_draft
from tests.support.running import Server
from wall.web.desk.navigation import ROOMS

FORCED = {"forced_colors": "active"}
SIDES = ["Top", "Right", "Bottom", "Left"]

WITHOUT_AN_EDGE = """(sides) => [...document.querySelectorAll(
    'button, [type=submit], .button, .again, .send, .me-too, .chip > span, .filter span, .more > summary')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1 && !one.closest('[hidden], .visually-hidden')
    && !one.matches('.visually-hidden'))
  .filter((one) => {
    const style = getComputedStyle(one);
    return sides.some((side) => parseFloat(style[`border${side}Width`]) < 1 || style[`border${side}Style`] === 'none'
      || style[`border${side}Color`] === style.backgroundColor);
  })
  .map((one) => one.outerHTML.slice(0, 120))"""


def assert_edges(page: Page) -> None:
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(WITHOUT_AN_EDGE, SIDES) == []


@pytest.fixture
def desk(server: Server, open_page: OpenPage) -> Page:
    server.send(a_draft("Listen more.", name="Maria"))
    desk = open_page(server.url + server.desk_link, DESK, **FORCED)
    assert_edges(desk)
    desk.get_by_role("button", name="Sign in").click()
    desk.wait_for_url("**/desk/**")
    desk.goto(f"{server.url}/desk/e/{server.code}")
    return desk


@pytest.mark.parametrize("shared", ["", "?shared=1"])
def test_every_button_of_the_phone_has_an_edge(server: Server, open_page: OpenPage, shared: str) -> None:
    choose_themes(server, open_page)
    server.send(a_draft("Say thank you."))
    phone = open_page(f"{server.url}/e/{server.code}{shared}", PHONE, **FORCED)
    assert_edges(phone)
    chosen = "getComputedStyle(document.querySelector('.chip input:checked + span'), '::before').content"
    assert "✓" in phone.evaluate(chosen)
    wait_for_guard(phone)
    write(phone, "Visit Mrs B in bed 4.")
    assert_edges(phone)
    phone.get_by_role("button", name="Send without changes").click()
    expect(
        phone.get_by_text("Thank you. An organiser will check your pledge before it goes on the wall.")
    ).to_be_visible()
    assert_edges(phone)


def choose_themes(server: Server, open_page: OpenPage) -> None:
    desk = open_desk(server, open_page)
    desk.goto(f"{server.url}/desk/e/{server.code}/settings")
    desk.get_by_label("Themes (one per line)").fill("Safety\nKindness")
    save_settings(desk)


def test_the_receipt_marks_the_answer_that_was_given(server: Server, open_page: OpenPage) -> None:
    phone = open_page(f"{server.url}/e/{server.code}", PHONE, **FORCED)
    server.send(a_draft("Say thank you."))
    write(phone, "Listen more.")
    expect(phone.get_by_text(STORED)).to_be_visible()
    phone.get_by_role("button", name="Me too").click()
    expect(phone.get_by_role("button", name="Me too")).to_have_attribute("aria-pressed", "true")
    assert "✓" in phone.evaluate("getComputedStyle(document.querySelector('.me-too'), '::before').content")
    server.grow_older(days=7)
    phone.get_by_role("link", name="Get a reminder, or change your pledge").click()
    for more in phone.locator("summary").all():
        more.click()
    assert_edges(phone)
    phone.get_by_role("button", name="Kept", exact=False).first.click()
    lines = phone.locator(".outcomes button").evaluate_all(
        "(buttons) => buttons.map((one) => [one.ariaPressed, getComputedStyle(one).textDecorationLine])"
    )
    assert {tuple(line) for line in lines} == {("true", "underline"), ("false", "none")}
    phone.get_by_role("link", name="See or erase your data").click()
    assert_edges(phone)


DESK_PAGES = ("", *(room.path for room in ROOMS if room.path), "/poster", "/poster?cards")


def test_every_button_of_the_desk_has_an_edge(server: Server, desk: Page) -> None:
    for path in DESK_PAGES:
        desk.goto(f"{server.url}/desk/e/{server.code}{path}")
        for more in desk.locator("summary").all():
            if more.is_visible():
                more.click()
        assert_edges(desk)


def test_what_is_chosen_at_the_desk_has_a_mark_besides_colour(server: Server, desk: Page) -> None:
    desk.get_by_role("button", name="QR code").click()
    expect(desk.get_by_role("button", name="QR code")).to_have_attribute("aria-pressed", "true")
    marks = desk.evaluate(
        """() => [...document.querySelectorAll('.scenes button, .filter input')].map((one) => {
          const chosen = one.checked ?? one.ariaPressed === 'true';
          const shown = one.matches('input') ? one.nextElementSibling : one;
          return [chosen, getComputedStyle(shown, '::before').content.includes('✓')];
        })"""
    )
    assert [True, True] in marks
    assert all(chosen == marked for chosen, marked in marks)
    edges = desk.locator(".rooms a").evaluate_all(
        """(links) => links.map((one) => [Boolean(one.ariaCurrent),
             getComputedStyle(one).borderBottomColor !== getComputedStyle(document.documentElement).backgroundColor])"""
    )
    assert all(chosen == edged for chosen, edged in edges)
    assert {tuple(one) for one in edges} == {(True, True), (False, False)}
