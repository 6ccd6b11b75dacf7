"""Everybody can use every page: axe finds nothing on any page or state, in light and in dark."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.accessibility import PHONES, assert_accessible, check_everywhere
from tests.browser.conftest import DESK, PHONE, WALL, OpenPage, open_desk
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
from tests.support.running import OwnServer, Server, wait_until
from wall.core.languages import LANGUAGES

ENLARGED = (200, 390)


def test_the_phone_in_each_state(server: Server, open_page: OpenPage) -> None:
    server.change_event(themes=["Safety", "Kindness"], starters=["Say thank you."])
    phone = open_page(f"{server.url}/e/{server.code}", PHONE)
    phone.get_by_role("radio", name="Safety").check()
    check_everywhere(phone, PHONES)
    send(phone)
    check_everywhere(phone, PHONES)
    wait_for_guard(phone)
    write(phone, "Visit Mrs B in bed 4.")
    expect(phone.get_by_role("alert").filter(has_text="a patient")).to_be_visible()
    check_everywhere(phone, PHONES)
    phone.context.set_offline(True)
    write(phone, "Listen more. " * 12, name="Maria")
    expect(phone.get_by_role("status")).to_contain_text("Not sent yet: no connection")
    check_everywhere(phone, PHONES)
    phone.context.set_offline(False)
    expect(phone.get_by_role("status")).to_have_text(STORED)
    server.send({"key": "00000000-0000-4000-8000-000000000009", "text": "Say thank you.", "name": "Joan"})
    phone.get_by_role("button", name="Me too").click()
    expect(phone.get_by_role("button", name="Me too")).to_have_attribute("aria-pressed", "true")
    check_everywhere(phone, PHONES)
    phone.get_by_role("link", name="Change or save your pledge").click()
    for more in ("Open this page on another device", "Edit your pledge", "Withdraw your pledge"):
        phone.get_by_text(more, exact=True).click()
    check_everywhere(phone, PHONES)
    phone.get_by_role("button", name="Withdraw pledge").click()
    expect(phone.get_by_text("You withdrew this pledge")).to_be_visible()
    check_everywhere(phone, PHONES)
    phone.goto(f"{server.url}/nothing-here")
    check_everywhere(phone, PHONES)
    server.change_event(open=False)
    phone.goto(f"{server.url}/e/{server.code}")
    expect(phone.get_by_role("region", name="Your pledges on this phone")).to_be_visible()
    check_everywhere(phone, PHONES)


def test_the_phone_where_it_must_wait_and_where_it_is_refused(
    own_server: OwnServer, phone: Page, open_page: OpenPage
) -> None:
    write(phone, "Listen more.")
    expect(phone.get_by_text(STORED)).to_be_visible()
    hide(own_server, open_page, "Listen more.")
    phone.reload()
    expect(phone.get_by_text("We have your pledge. It is not on the wall at the moment.")).to_be_visible()
    check_everywhere(phone, PHONES)

    phone.route("**/pledges", answer_busy)
    write_another(phone, "Say thank you.")
    expect(phone.get_by_text("The wall is busy")).to_be_visible()
    check_everywhere(phone, PHONES)
    phone.unroute("**/pledges")
    expect(phone.get_by_text(STORED)).to_be_visible()

    phone.get_by_role("link", name="Write another").click()
    phone.get_by_role("textbox", name="Your pledge").fill("Come early.")
    use_up_the_limit(phone, own_server)
    send(phone)
    expect(
        phone.get_by_text("You have sent several pledges in a short time. This one will be sent in")
    ).to_be_visible()
    check_everywhere(phone, PHONES)
    expect(phone.get_by_text(STORED)).to_be_visible()

    with stopped(own_server):
        own_server.change_event(open=False)
    write_another(phone, "Too late?")
    expect(written_here(phone)).to_contain_text("Not sent. You can copy the text.")
    check_everywhere(phone, PHONES)


def answer_busy(route: Route) -> None:
    """As the server does while its disk is full."""
    route.fulfill(status=503, json={"error": {"code": "try_again", "message": "Try again."}})


def hide(server: Server, open_page: OpenPage, text: str) -> None:
    """An organiser takes a pledge off the wall."""
    desk = open_desk(server, open_page)
    row = row_of(desk, text)
    row.get_by_role("button", name="Hide").click()
    expect_status(row, "Hidden")


def test_the_page_to_type_a_code(own_server: OwnServer, open_page: OpenPage) -> None:
    with stopped(own_server):
        own_server.change_event(open=False)
    phone = open_page(own_server.url, PHONE)
    check_everywhere(phone, PHONES)
    phone.get_by_role("textbox", name="Event code").fill("ZZZZ")
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_role("textbox", name="Event code")).to_have_attribute("aria-invalid", "true")
    check_everywhere(phone, PHONES)


def test_the_door_of_the_desk(server: Server, open_page: OpenPage) -> None:
    sign_in = open_page(f"{server.url}/desk", DESK)
    check_everywhere(sign_in)
    sign_in.get_by_role("textbox", name="Name").fill("nobody")
    sign_in.get_by_role("textbox", name="Password").fill("a wrong password")
    sign_in.get_by_role("button", name="Sign in").click()
    expect(sign_in.get_by_role("alert")).to_be_visible()
    check_everywhere(sign_in)
    check_everywhere(open_page(server.url + server.desk_link, DESK))


@pytest.mark.parametrize("look", ["paper", "night"])
def test_the_wall(server: Server, open_page: OpenPage, look: str) -> None:
    wall = open_page(f"{server.url}/e/{server.code}/wall?look={look}", WALL)
    expect(wall.get_by_text("Be the first to write a pledge")).to_be_visible()
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
    wall = open_page(f"{server.url}/e/{server.code}/wall?look={look}", WALL)
    expect(wall.locator(".track .note:not(.unwritten)")).to_have_count(1)
    for key in ("j", "o", "e", "?"):
        wall.keyboard.press(key)
        wait_until(lambda: wall.evaluate("document.getAnimations().length") == 0, "the scene is on")
        assert_accessible(wall)


def test_the_companion_wall(server: Server, open_page: OpenPage) -> None:
    server.send(
        {"key": "00000000-0000-4000-8000-000000000001", "text": "Listen more. " * 20, "name": "Maria"}
    )
    check_everywhere(open_page(f"{server.url}/e/{server.code}/wall/text", DESK))


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
    expect(phone.get_by_role("status").first).to_contain_text("An organiser will check your pledge")
    tab_to(phone, phone.get_by_role("link", name="Write another"))
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("textbox", name="Your pledge")).to_be_focused()


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_the_phone_in_every_language_also_at_200_percent(
    server: Server, open_page: OpenPage, language: str
) -> None:
    """A phone of 390 px at 200 % is a page of 195 px; words in other languages are longer."""
    phone = open_page(f"{server.url}/e/{server.code}", PHONE, locale=language)
    expect(phone.locator("html")).to_have_attribute("lang", language)
    check_everywhere(phone, ENLARGED)
    wait_for_guard(phone)
    phone.locator("#text").fill("Visit Mrs B in bed 4.")
    phone.locator(".send").click()
    check_everywhere(phone, ENLARGED)
    phone.locator("[name=anyway]").click()
    expect(phone.locator("[data-step=stored][data-done]")).to_have_count(1)
    check_everywhere(phone, ENLARGED)
    phone.locator("[data-receipt]").click()
    phone.wait_for_url("**/receipt/*")
    for more in phone.locator("summary").all():
        more.click()
    check_everywhere(phone, ENLARGED)


def test_each_state_is_said_to_a_screen_reader(phone: Page) -> None:
    said = phone.get_by_role("status").first
    wait_for_guard(phone)
    phone.context.set_offline(True)
    write(phone, "Visit bed 4.")
    expect(phone.get_by_role("alert").filter(has_text="a patient")).to_be_focused()
    phone.get_by_role("button", name="Send without changes").click()
    expect(phone.get_by_role("region", name="Your pledge")).to_be_focused()
    expect(said).to_have_text(re.compile("^Saved on this phone. Not sent yet: no connection"))
    phone.context.set_offline(False)
    expect(said).to_have_text("Thank you. An organiser will check your pledge before it goes on the wall.")


def test_waiting_for_the_server_is_said_to_a_screen_reader(phone: Page, server: Server) -> None:
    said = phone.get_by_role("status").first
    phone.route("**/pledges", answer_busy)
    write(phone, "Listen more.")
    expect(said).to_have_text(
        "Saved on this phone. The wall is busy. Your pledge will be sent automatically."
    )
    phone.unroute("**/pledges")
    expect(said).to_have_text(STORED)

    phone.get_by_role("link", name="Write another").click()
    phone.get_by_role("textbox", name="Your pledge").fill("Say thank you.")
    use_up_the_limit(phone, server)
    send(phone)
    expect(said).to_have_text(re.compile(r"^Saved on this phone\. .* This one will be sent in \d seconds\.$"))
    expect(said).to_have_text(STORED)


def test_what_becomes_of_a_pledge_is_said_to_a_screen_reader(
    phone: Page, server: Server, open_page: OpenPage
) -> None:
    """The phone hears of it by itself, within the time that a hall of phones can afford."""
    said = phone.get_by_role("status").first
    write(phone, "Listen more.")
    expect(said).to_have_text(STORED)
    hide(server, open_page, "Listen more.")
    expect(said).to_have_text("We have your pledge. It is not on the wall at the moment.")

    receipt = phone.context.new_page()
    receipt.goto(urljoin(phone.url, phone.locator("[data-receipt]").get_attribute("href")))
    receipt.get_by_text("Withdraw your pledge", exact=True).click()
    receipt.get_by_role("button", name="Withdraw pledge").click()
    expect(said).to_have_text("You withdrew this pledge. It is not on the wall.")


def test_a_refusal_is_said_to_a_screen_reader(phone: Page) -> None:
    on_its_way: list[Route] = []
    phone.route("**/pledges", lambda route: on_its_way.append(route), times=1)
    with phone.expect_request("**/pledges"):
        write(phone, ZALGO)
    phone.get_by_role("link", name="Write another").click()
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
