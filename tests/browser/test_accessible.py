"""Everybody can use every page: axe finds nothing on any page or state, in light and in dark."""

import re
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import DESK, WALL, OpenPage, open_desk
from tests.browser.people import (
    expect_status,
    row_of,
    send,
    use_up_the_limit,
    wait_for_changes,
    wait_for_guard,
    write,
    write_another,
    written_here,
)
from tests.browser.test_phone import REFUSED, STORED, ZALGO, stopped
from tests.running import OwnServer, Server, wait_until

WIDTHS = [320, 390, 768]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


def assert_nothing_sticks_out(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_phone_in_each_state(server: Server, open_page: OpenPage, width: int, scheme: str) -> None:
    phone = open_page(
        f"{server.url}/e/{server.code}",
        {"width": width, "height": 844},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    check(phone)
    send(phone)
    check(phone)
    wait_for_guard(phone)
    write(phone, "Visit Mrs B in bed 4.")
    expect(phone.get_by_role("alert").filter(has_text="a patient")).to_be_visible()
    check(phone)
    phone.context.set_offline(True)
    write(phone, "Listen more. " * 12, name="Maria")
    expect(phone.get_by_role("status")).to_contain_text("There is no connection yet")
    check(phone)
    phone.context.set_offline(False)
    expect(phone.get_by_role("status")).to_have_text(STORED)
    server.send({"key": "00000000-0000-4000-8000-000000000009", "text": "Say thank you.", "name": "Joan"})
    phone.get_by_role("button", name="Me too").click()
    expect(phone.get_by_role("button", name="Me too")).to_have_attribute("aria-pressed", "true")
    check(phone)
    phone.get_by_role("link", name="Your private page").click()
    for more in ("Take this page to another phone", "Write it differently", "Take it back"):
        phone.get_by_text(more, exact=True).click()
    check(phone)
    phone.get_by_role("button", name="Take it back for good").click()
    expect(phone.get_by_text("You took this pledge back")).to_be_visible()
    check(phone)
    phone.goto(f"{server.url}/nothing-here")
    check(phone)
    server.change_event(open=False)
    phone.goto(f"{server.url}/e/{server.code}")
    expect(phone.get_by_role("region", name="Written on this phone")).to_be_visible()
    check(phone)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_phone_where_it_must_wait_and_where_it_is_refused(
    own_server: OwnServer, open_page: OpenPage, scheme: str
) -> None:
    phone = open_page(
        f"{own_server.url}/e/{own_server.code}",
        {"width": 320, "height": 844},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    write(phone, "Listen more.")
    expect(phone.get_by_text(STORED)).to_be_visible()
    hide(own_server, open_page, "Listen more.")
    phone.reload()
    expect(phone.get_by_text("It is not on the wall just now.")).to_be_visible()
    check(phone)

    phone.route("**/pledges", answer_busy)
    write_another(phone, "Say thank you.")
    expect(phone.get_by_text("The server is busy")).to_be_visible()
    check(phone)
    phone.unroute("**/pledges")
    expect(phone.get_by_text(STORED)).to_be_visible()

    phone.get_by_role("button", name="Write another").click()
    phone.get_by_role("textbox", name="Your pledge").fill("Come early.")
    use_up_the_limit(phone, own_server)
    send(phone)
    expect(phone.get_by_text("this one goes by itself in")).to_be_visible()
    check(phone)
    expect(phone.get_by_text(STORED)).to_be_visible()

    with stopped(own_server):
        own_server.change_event(open=False)
    write_another(phone, "Too late?")
    expect(written_here(phone)).to_contain_text("This one was not sent. You can copy it.")
    check(phone)


def answer_busy(route: Route) -> None:
    """As the server does while its disk is full."""
    route.fulfill(status=503, json={"error": {"code": "try_again", "message": "Please try again."}})


def hide(server: Server, open_page: OpenPage, text: str) -> None:
    """An organiser takes a pledge off the wall."""
    desk = open_desk(server, open_page)
    row = row_of(desk, text)
    row.get_by_role("button", name="Hide").click()
    expect_status(row, "Hidden")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_to_type_a_code(own_server: OwnServer, open_page: OpenPage, width: int, scheme: str) -> None:
    with stopped(own_server):
        own_server.change_event(open=False)
    phone = open_page(own_server.url, {"width": width, "height": 844}, color_scheme=scheme)
    check(phone)
    phone.get_by_role("textbox", name="The code on the wall").fill("ZZZZ")
    phone.get_by_role("button", name="Go").click()
    expect(phone.get_by_role("textbox", name="The code on the wall")).to_have_attribute(
        "aria-invalid", "true"
    )
    check(phone)


def check(page: Page) -> None:
    assert_accessible(page)
    assert_nothing_sticks_out(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_door_of_the_desk(server: Server, open_page: OpenPage, width: int, scheme: str) -> None:
    size = {"width": width, "height": 844}
    sign_in = open_page(f"{server.url}/desk", size, color_scheme=scheme)
    check(sign_in)
    sign_in.get_by_role("textbox", name="Name").fill("nobody")
    sign_in.get_by_role("textbox", name="Password").fill("a wrong password")
    sign_in.get_by_role("button", name="Sign in").click()
    expect(sign_in.get_by_role("alert")).to_be_visible()
    check(sign_in)

    door = open_page(server.url + server.desk_link, size, color_scheme=scheme)
    check(door)


@pytest.mark.parametrize("look", ["paper", "night"])
def test_the_wall(server: Server, open_page: OpenPage, look: str) -> None:
    wall = open_page(f"{server.url}/e/{server.code}/wall?look={look}", WALL)
    expect(wall.get_by_text("This wall is waiting")).to_be_visible()
    assert_accessible(wall)
    for number in range(8):
        key = f"00000000-0000-4000-8000-00000000000{number}"
        server.send({"key": key, "text": f"Pledge {number}", "name": "Maria"})
    expect(wall.locator(".track .note:not(.unwritten)")).to_have_count(8)
    wait_until(lambda: wall.evaluate("document.getAnimations().length") == 0, "all is written")
    assert_accessible(wall)


@pytest.mark.parametrize("look", ["paper", "night"])
def test_the_walls_scenes(server: Server, open_page: OpenPage, look: str) -> None:
    server.send({"key": "00000000-0000-4000-8000-000000000001", "text": "Listen more.", "name": "Maria"})
    wall = open_page(f"{server.url}/e/{server.code}/wall?look={look}", WALL, reduced_motion="reduce")
    expect(wall.locator(".track .note:not(.unwritten)")).to_have_count(1)
    for key in ("j", "o", "e", "?"):
        wall.keyboard.press(key)
        wait_until(lambda: wall.evaluate("document.getAnimations().length") == 0, "the scene is on")
        assert_accessible(wall)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_companion_wall(server: Server, open_page: OpenPage, width: int, scheme: str) -> None:
    server.send(
        {"key": "00000000-0000-4000-8000-000000000001", "text": "Listen more. " * 20, "name": "Maria"}
    )
    url = f"{server.url}/e/{server.code}/wall/text"
    check(open_page(url, {"width": width, "height": 844}, color_scheme=scheme))


def tab_to(page: Page, target: Locator) -> None:
    """As somebody without a mouse gets there, in a reasonable number of steps."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if target.evaluate("target => target === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {target}")


def test_the_whole_path_by_keyboard_alone(phone: Page) -> None:
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("textbox", name="Your pledge")).to_be_focused()
    wait_for_guard(phone)
    phone.keyboard.type("Listen more. In bed 4.")
    tab_to(phone, phone.get_by_role("button", name="Put it on the wall"))
    phone.keyboard.press("Enter")
    expect(phone.locator(".guard")).to_be_focused()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("status").first).to_contain_text("An organiser looks at it")
    tab_to(phone, phone.get_by_role("button", name="Write another"))
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("textbox", name="Your pledge")).to_be_focused()


@pytest.mark.parametrize("width", [200, 390])
@pytest.mark.parametrize("language", ["cy", "pl", "ar"])
def test_the_phone_in_every_language_also_at_200_percent(
    server: Server, open_page: OpenPage, language: str, width: int
) -> None:
    """A phone of 390 px at 200 % is a page of 195 px; words in other languages are longer."""
    size = {"width": width, "height": 844}
    phone = open_page(f"{server.url}/e/{server.code}", size, locale=language, reduced_motion="reduce")
    expect(phone.locator("html")).to_have_attribute("lang", language)
    check(phone)
    wait_for_guard(phone)
    phone.locator("#text").fill("Visit Mrs B in bed 4.")
    phone.locator(".send").click()
    check(phone)
    phone.locator("[name=anyway]").click()
    expect(phone.locator("[data-step=stored][data-done]")).to_have_count(1)
    check(phone)
    phone.locator("[data-receipt]").click()
    phone.wait_for_url("**/receipt/*")
    for more in phone.locator("summary").all():
        more.click()
    check(phone)


def test_each_state_is_said_to_a_screen_reader(phone: Page) -> None:
    said = phone.get_by_role("status").first
    wait_for_guard(phone)
    phone.context.set_offline(True)
    write(phone, "Visit bed 4.")
    expect(phone.get_by_role("alert").filter(has_text="a patient")).to_be_focused()
    phone.get_by_role("button", name="Send it as it is").click()
    expect(phone.get_by_role("region", name="Your pledge")).to_be_focused()
    expect(said).to_have_text(re.compile("^Kept on this phone. There is no connection yet"))
    phone.context.set_offline(False)
    expect(said).to_have_text("Stored. An organiser looks at it before it goes on the wall.")


def test_waiting_for_the_server_is_said_to_a_screen_reader(phone: Page, server: Server) -> None:
    said = phone.get_by_role("status").first
    phone.route("**/pledges", answer_busy)
    write(phone, "Listen more.")
    expect(said).to_have_text("Kept on this phone. The server is busy; it goes by itself in a moment.")
    phone.unroute("**/pledges")
    expect(said).to_have_text(STORED)

    phone.get_by_role("button", name="Write another").click()
    phone.get_by_role("textbox", name="Your pledge").fill("Say thank you.")
    use_up_the_limit(phone, server)
    send(phone)
    expect(said).to_have_text(re.compile(r"^Kept on this phone\. .* this one goes by itself in \d s\.$"))
    expect(said).to_have_text(STORED)


def test_what_becomes_of_a_pledge_is_said_to_a_screen_reader(
    phone: Page, server: Server, open_page: OpenPage
) -> None:
    """The phone hears of it by itself, within the time that a hall of phones can afford."""
    said = phone.get_by_role("status").first
    write(phone, "Listen more.")
    expect(said).to_have_text(STORED)
    hide(server, open_page, "Listen more.")
    expect(said).to_have_text("Stored. It is not on the wall just now.")

    receipt = phone.context.new_page()
    receipt.goto(urljoin(phone.url, phone.locator("[data-receipt]").get_attribute("href")))
    receipt.get_by_text("Take it back", exact=True).click()
    receipt.get_by_role("button", name="Take it back for good").click()
    expect(said).to_have_text("You took this pledge back. It is not on the wall.")


def test_a_refusal_is_said_to_a_screen_reader(phone: Page) -> None:
    on_its_way: list[Route] = []
    phone.route("**/pledges", lambda route: on_its_way.append(route), times=1)
    with phone.expect_request("**/pledges"):
        write(phone, ZALGO)
    phone.get_by_role("button", name="Write another").click()
    field = phone.get_by_role("textbox", name="Your pledge")
    field.press_sequentially("Half a tho")
    on_its_way.pop().continue_()
    expect(phone.get_by_role("alert")).to_have_text(REFUSED)
    expect(field).to_be_focused()


def test_the_desk_by_keyboard_alone(server: Server, open_page: OpenPage) -> None:
    server.send({"key": "00000000-0000-4000-8000-000000000001", "text": "Listen more."})
    desk = open_desk(server, open_page, DESK)
    wait_for_changes(desk)
    row = desk.locator(".pledges .pledge")
    expect_status(row, "On the wall")
    row.get_by_role("button", name="Hide").focus()
    desk.keyboard.press("Enter")
    expect_status(row, "Hidden")
    desk.get_by_role("button", name="Undo").focus()
    desk.keyboard.press("Enter")
    expect_status(row, "On the wall")
