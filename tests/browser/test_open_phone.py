"""A phone that was left open: it follows what its event asks, and what was written is stored with what still holds."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage, open_desk
from tests.browser.people import nothing_gets_out, save_settings, send, write, written_here
from tests.browser.test_phone import STORED, Stored
from tests.support.running import Server

CLOSED = "This event is closed"


@pytest.fixture
def stored(server: Server) -> Stored:
    return Stored(server)


@pytest.fixture
def settings(server: Server, open_page: OpenPage) -> Page:
    """The organiser's page of settings; the event has two themes."""
    desk = open_desk(server, open_page)
    desk.goto(f"{server.url}/desk/e/{server.code}/settings")
    choose_themes(desk, "Safety\nKindness")
    return desk


def choose_themes(settings: Page, lines: str) -> None:
    settings.get_by_label("Themes (one per line)").fill(lines)
    save_settings(settings)


def settle(settings: Page, **fields: str) -> None:
    """Change what people see and are asked, by the names of the form's fields."""
    panel = settings.get_by_role("region", name="Event details")
    for name, value in fields.items():
        panel.locator(f"[name={name}]:not([type=hidden])").fill(value)
    save_settings(settings)


def open_phone(server: Server, open_page: OpenPage, **more: object) -> Page:
    return open_page(f"{server.url}/e/{server.code}", PHONE, **more)


def test_an_open_phone_asks_the_new_question_and_keeps_what_was_typed(
    server: Server, settings: Page, open_page: OpenPage
) -> None:
    phone = open_phone(server, open_page)
    field = phone.get_by_role("textbox", name="Your pledge")
    field.fill("Half a tho")
    phone.get_by_role("textbox", name="Name").fill("Maria")
    settle(settings, question="What will you stop doing?", text_limit="100")
    expect(phone.get_by_role("heading", level=1)).to_have_text("What will you stop doing?")
    expect(phone.get_by_role("status").filter(has_text="has just changed this page")).to_be_visible()
    expect(field).to_have_value("Half a tho")
    expect(field).to_be_editable()
    expect(phone.get_by_role("textbox", name="Name")).to_have_value("Maria")
    expect(phone.locator("#room-left [data-shown]")).to_have_text("90")


def test_an_open_phone_offers_the_themes_of_now(
    server: Server, settings: Page, open_page: OpenPage, stored: Stored
) -> None:
    phone = open_phone(server, open_page)
    phone.get_by_role("radio", name="Safety").check()
    phone.get_by_role("textbox", name="Your pledge").fill("Listen more.")
    choose_themes(settings, "Patient safety\nKindness")
    chips = phone.get_by_role("group", name="Theme").get_by_role("radio")
    expect(phone.get_by_role("radio", name="Patient safety")).to_be_attached()
    expect(phone.get_by_role("radio", name="No theme")).to_be_checked()
    expect(chips).to_have_count(3)
    phone.get_by_role("radio", name="Kindness").check()
    choose_themes(settings, "Patient safety\nKindness\nTime")
    expect(chips).to_have_count(4)
    expect(phone.get_by_role("radio", name="Kindness")).to_be_checked()
    send(phone)
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.rows("text", "theme") == [("Listen more.", "Kindness")]


def test_what_was_written_for_a_theme_that_is_gone_is_stored_and_said_to_be_without(
    server: Server, settings: Page, open_page: OpenPage, stored: Stored
) -> None:
    phone = open_phone(server, open_page)
    with nothing_gets_out(phone):
        phone.get_by_role("radio", name="Safety").check()
        write(phone, "Listen more.", name="Maria")
        expect(phone.get_by_role("status").first).to_contain_text("Not sent yet: no connection")
        choose_themes(settings, "Patient safety")
    expect(phone.get_by_text(f"{STORED} The theme you chose is no longer available")).to_be_visible()
    assert stored.rows("text", "name", "theme") == [("Listen more.", "Maria", "")]


def test_a_theme_can_be_unchosen_also_by_keyboard_and_without_javascript(
    server: Server, settings: Page, open_page: OpenPage, stored: Stored
) -> None:
    phone = open_phone(server, open_page)
    phone.get_by_role("radio", name="Safety").check()
    phone.get_by_role("radio", name="Safety").press("ArrowRight")
    phone.get_by_role("radio", name="Kindness").press("ArrowRight")
    expect(phone.get_by_role("radio", name="No theme")).to_be_checked()
    write(phone, "By keyboard.")
    expect(phone.get_by_text(STORED)).to_be_visible()

    plain = open_phone(server, open_page, java_script_enabled=False)
    plain.get_by_role("radio", name="Safety").check()
    plain.get_by_role("radio", name="No theme").check()
    write(plain, "Plain.")
    expect(plain.get_by_text(STORED)).to_be_visible()
    assert stored.rows("text", "theme") == [("By keyboard.", ""), ("Plain.", "")]


def test_a_phone_notices_that_its_event_was_closed_and_opened_again(
    server: Server, settings: Page, open_page: OpenPage, stored: Stored
) -> None:
    writing, reading = open_phone(server, open_page), open_phone(server, open_page)
    field = writing.get_by_role("textbox", name="Your pledge")
    field.fill("Half a tho")
    settings.get_by_role("button", name="Close").click()
    for phone in (writing, reading):
        expect(phone.get_by_role("status").filter(has_text=CLOSED)).to_be_visible()
        expect(phone.get_by_role("button", name="Put it on the wall")).to_be_hidden()
    expect(field).to_have_value("Half a tho")
    late = open_phone(server, open_page)
    expect(late.get_by_text(CLOSED)).to_be_visible()

    settings.get_by_role("button", name="Reopen event").click()
    for phone in (writing, reading, late):
        expect(phone.get_by_role("button", name="Put it on the wall")).to_be_visible()
        expect(phone.get_by_text(CLOSED)).to_have_count(0)
    field.fill("Half a thought.")
    send(writing)
    expect(writing.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Half a thought."]


def test_what_came_too_late_goes_by_itself_when_the_event_is_opened_again(
    server: Server, settings: Page, open_page: OpenPage, stored: Stored
) -> None:
    phone = open_phone(server, open_page)
    with nothing_gets_out(phone):
        write(phone, "Too late?")
        expect(phone.get_by_role("status").first).to_contain_text("Not sent yet: no connection")
        settings.get_by_role("button", name="Close").click()
        expect(phone.get_by_text(CLOSED)).to_be_attached()
    expect(written_here(phone)).to_contain_text("Not sent. You can copy the text.")
    assert stored.texts == []
    settings.get_by_role("button", name="Reopen event").click()
    expect(written_here(phone).get_by_role("link", name="Too late?")).to_be_visible()
    assert stored.texts == ["Too late?"]


def test_a_lower_limit_does_not_stop_an_author_who_does_not_write_more(
    server: Server, settings: Page, open_page: OpenPage, stored: Stored
) -> None:
    phone = open_phone(server, open_page)
    write(phone, "Listn more, and longer. " * 5)
    phone.get_by_role("link", name="Change or save your pledge").click()
    settle(settings, text_limit="60")
    phone.reload()
    phone.get_by_text("Edit your pledge").click()
    expect(phone.locator("#room-left [data-shown]")).to_have_text("0")
    phone.get_by_role("textbox", name="Your pledge").fill("Hear more, and longer. " * 5)
    phone.get_by_role("button", name="Save changes").click()
    expect(phone.locator("blockquote")).to_contain_text("Hear more")
    assert stored.texts == [("Hear more, and longer. " * 5).strip()]
