"""A tablet that is passed around: each person finds it as if nobody had been there, and nothing is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import PHONES, check_everywhere
from tests.browser.conftest import PHONE, OpenPage, open_desk
from tests.browser.people import go_to, nothing_gets_out, send, write
from tests.browser.test_phone import STORED, ZALGO, Stored
from tests.support.pictures import codes_in
from tests.support.running import Server

CLEARED = {"text": "", "name": "", "organisation": ""}


@pytest.fixture
def stored(server: Server) -> Stored:
    return Stored(server)


@pytest.fixture
def tablet(server: Server, open_page: OpenPage) -> Page:
    return open_page(f"{server.url}/e/{server.code}?shared=1", PHONE)


def next_person(tablet: Page) -> None:
    tablet.get_by_role("button", name="Next person").click()


def assert_blank(tablet: Page, *written: str) -> None:
    """Nobody who comes now can see, or find on the page, what was written before."""
    expect(tablet.get_by_role("button", name="Put it on the wall")).to_be_visible()
    for field, value in CLEARED.items():
        expect(tablet.locator(f"#{field}")).to_have_value(value)
    page = tablet.content()
    assert [text for text in (*written, "/receipt/") if text in page] == []


def test_it_forgets_the_person_and_the_private_page(tablet: Page, stored: Stored, tmp_path: Path) -> None:
    write(tablet, "Listen more.", name="Maria")
    expect(tablet.get_by_text(STORED)).to_be_visible()
    check_everywhere(tablet, PHONES)
    code = tablet.get_by_role("img", name="QR code for your private page")
    expect(code).to_have_js_property("complete", True)
    code.screenshot(path=tmp_path / "code.png")
    [scanned] = codes_in(tmp_path / "code.png")
    assert stored.rows("receipt_token") == [(scanned.split("/receipt/")[1],)]

    next_person(tablet)
    assert_blank(tablet, "Listen more.", "Maria")
    kept = tablet.evaluate("JSON.stringify(localStorage)")
    assert "Maria" not in kept
    assert "receipt" not in kept
    tablet.reload()
    assert_blank(tablet, "Listen more.", "Maria")
    write(tablet, "Say thank you.")
    expect(tablet.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more.", "Say thank you."]


def test_it_clears_itself_when_nobody_touches_it(server: Server, open_page: OpenPage, stored: Stored) -> None:
    tablet = open_page(f"{server.url}/health", PHONE)
    tablet.clock.install()
    tablet.goto(f"{server.url}/e/{server.code}?shared=1")
    write(tablet, "Listen more.", name="Maria")
    expect(tablet.get_by_text(STORED)).to_be_visible()
    tablet.clock.run_for(40_000)
    tablet.mouse.click(5, 5)  # somebody is still scanning
    tablet.clock.run_for(40_000)
    expect(tablet.get_by_text(STORED)).to_be_visible()
    tablet.clock.run_for(46_000)
    assert_blank(tablet, "Listen more.", "Maria")


def test_what_waits_for_the_network_is_sent_later_and_read_by_nobody(tablet: Page, stored: Stored) -> None:
    with nothing_gets_out(tablet):
        write(tablet, "Listen more.", name="Maria")
        expect(tablet.get_by_role("status").first).to_contain_text("Not sent yet: no connection")
        next_person(tablet)
        assert_blank(tablet, "Listen more.", "Maria")
        tablet.reload()
        assert_blank(tablet, "Listen more.", "Maria")
        write(tablet, "Say thank you.")
        expect(tablet.get_by_role("status").first).to_contain_text("Not sent yet: no connection")
    expect(tablet.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more.", "Say thank you."]
    next_person(tablet)
    assert_blank(tablet, "Listen more.", "Say thank you.")


def test_going_back_leads_to_nobody(tablet: Page, server: Server, stored: Stored) -> None:
    tablet.get_by_role("textbox", name="Your pledge").fill("Half a tho")
    tablet.get_by_role("textbox", name="Name").fill("Maria")
    tablet.get_by_role("link", name="Privacy").click()
    tablet.go_back()
    assert_blank(tablet, "Half a tho", "Maria")
    tablet.get_by_role("link", name="Privacy").click()
    tablet.get_by_role("link", name="Go to the pledge page").click()
    expect(tablet.get_by_role("textbox", name="Your pledge")).to_have_value("")
    assert tablet.url.endswith("?shared=1")
    for name in ("name", "organisation"):
        expect(tablet.locator(f"#{name}")).to_have_attribute("autocomplete", "off")


def test_what_this_device_wrote_as_a_phone_is_not_shown(phone: Page, server: Server) -> None:
    write(phone, "My own.")
    expect(phone.get_by_text(STORED)).to_be_visible()
    phone.goto(f"{server.url}/e/{server.code}?shared=1")
    assert_blank(phone, "My own.")


def test_its_author_puts_right_what_is_refused(tablet: Page, stored: Stored) -> None:
    write(tablet, ZALGO, name="Maria")
    expect(tablet.locator("#text-problem")).to_contain_text("too many accents")
    expect(tablet.get_by_role("textbox", name="Name")).to_have_value("Maria")
    write(tablet, "Plainly.")
    expect(tablet.get_by_text(STORED)).to_be_visible()
    assert stored.rows("text", "name") == [("Plainly.", "Maria")]


def test_everybody_can_use_the_page_that_is_handed_over_without_javascript(tablet: Page) -> None:
    tablet.get_by_role("textbox", name="Your pledge").fill("Listen more.")
    tablet.locator("form.write").evaluate("(form) => form.submit()")
    expect(tablet.get_by_role("heading", name="Thank you. We have your pledge.")).to_be_visible()
    check_everywhere(tablet, PHONES)


def test_without_javascript_the_private_page_is_offered_once(
    server: Server, open_page: OpenPage, stored: Stored, tmp_path: Path
) -> None:
    tablet = open_page(f"{server.url}/e/{server.code}?shared=1", PHONE, java_script_enabled=False)
    write(tablet, "Listen more.", name="Maria")
    expect(tablet.get_by_role("heading", name="Thank you. We have your pledge.")).to_be_visible()
    tablet.get_by_role("img", name="QR code for your private page").screenshot(path=tmp_path / "code.png")
    [scanned] = codes_in(tmp_path / "code.png")
    assert stored.rows("receipt_token") == [(scanned.split("/receipt/")[1],)]
    assert scanned not in tablet.content()

    tablet.get_by_role("link", name="Next person").click()
    assert_blank(tablet, "Listen more.", "Maria")
    tablet.go_back()
    expect(tablet.get_by_role("heading", name="Thank you. We have your pledge.")).to_be_visible()
    expect(tablet.get_by_role("img")).to_have_count(0)
    tablet.go_back()
    assert_blank(tablet, "Listen more.", "Maria")
    assert stored.texts == ["Listen more."]


def test_without_javascript_what_is_refused_stays_on_the_shared_page(
    server: Server, open_page: OpenPage, stored: Stored
) -> None:
    tablet = open_page(f"{server.url}/e/{server.code}?shared=1", PHONE, java_script_enabled=False)
    write(tablet, "x" * 281)
    expect(tablet.locator("#text-problem")).to_be_visible()
    tablet.get_by_role("textbox", name="Your pledge").fill("Short.")
    send(tablet)
    expect(tablet.get_by_role("link", name="Next person")).to_be_visible()
    assert stored.texts == ["Short."]


def test_the_desk_has_a_link_of_its_own_for_it(server: Server, open_page: OpenPage) -> None:
    desk = open_desk(server, open_page)
    go_to(desk, "Get ready")
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel = desk.get_by_role("region", name="For a shared tablet")
    panel.get_by_role("button", name="Copy link").click()
    expect(panel.get_by_role("status")).to_have_text("Copied.")
    assert desk.evaluate("navigator.clipboard.readText()") == f"{server.url}/e/{server.code}?shared=1"
    check_everywhere(desk)
