"""The receipt: an author looks after a pledge from any phone that has its address."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_no_word_is_broken
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.people import notes, write
from tests.browser.test_phone import STORED
from tests.support.pictures import codes_in
from tests.support.running import Server
from wall.export.ink.look import SHEET


@pytest.fixture
def receipt(phone: Page) -> Page:
    """The author's private page, reached as an author reaches it."""
    write(phone, "Listen more.", name="Maria")
    phone.get_by_role("link", name="Change or save your pledge").click()
    expect(phone.get_by_role("heading", name="Set a reminder")).to_be_visible()
    return phone


def test_the_wall_rewrites_what_its_author_writes_differently(receipt: Page, wall: Page) -> None:
    expect(notes(wall)).to_have_text(["Listen more.– Maria"])
    receipt.get_by_text("Edit your pledge").click()
    receipt.get_by_role("textbox", name="Your pledge").fill("Listen twice.")
    receipt.get_by_role("button", name="Save changes").click()
    expect(receipt.locator("blockquote")).to_contain_text("Listen twice.")
    expect(notes(wall)).to_have_text(["Listen twice.– Maria"])

    receipt.get_by_role("button", name="Remove my name").click()
    expect(receipt.locator("blockquote")).not_to_contain_text("Maria")
    expect(notes(wall)).to_have_text(["Listen twice."])


def test_a_change_is_checked_before_it_is_sent(receipt: Page) -> None:
    receipt.get_by_text("Edit your pledge").click()
    receipt.get_by_role("textbox", name="Your pledge").fill("")
    receipt.get_by_role("button", name="Save changes").click()
    expect(receipt.locator("#text-problem")).to_have_text("Write your pledge first.")
    receipt.get_by_role("textbox", name="Your pledge").fill("Visit bed 4.")
    receipt.get_by_role("button", name="Save changes").click()
    receipt.get_by_role("button", name="Send without changes").click()
    expect(
        receipt.get_by_text("Thank you. An organiser will check your pledge before it goes on the wall.")
    ).to_be_visible()


def test_all_of_it_works_without_javascript(receipt: Page, open_page: OpenPage) -> None:
    plain = open_page(receipt.url, PHONE, java_script_enabled=False)
    plain.get_by_text("Edit your pledge").click()
    plain.get_by_role("textbox", name="Your pledge").fill("Listen twice.")
    plain.get_by_role("button", name="Save changes").click()
    expect(plain.locator("blockquote")).to_contain_text("Listen twice.")
    expect(plain.get_by_text(STORED)).to_be_visible()
    expect(plain.get_by_role("button", name="Copy link")).to_be_hidden()


def test_the_address_can_be_copied_and_taken_to_another_phone(
    receipt: Page, server: Server, tmp_path: Path
) -> None:
    receipt.context.grant_permissions(["clipboard-read", "clipboard-write"])
    receipt.get_by_role("button", name="Copy link").click()
    expect(receipt.get_by_text("Copied.")).to_be_visible()
    assert receipt.evaluate("navigator.clipboard.readText()") == receipt.url

    receipt.get_by_text("Open this page on another device").click()
    picture = tmp_path / "qr.png"
    code = receipt.get_by_role("img", name="QR code for this page")
    expect(code).to_be_visible()
    expect(code).to_have_js_property("complete", True)
    code.screenshot(path=picture)
    assert codes_in(picture) == [receipt.url]


def test_the_calendar_takes_a_reminder(receipt: Page) -> None:
    with receipt.expect_download() as coming:
        receipt.get_by_role("link", name="30 days").click()
    saved = coming.value.path().read_text()
    assert coming.value.suggested_filename == "pledge-30.ics"
    assert "BEGIN:VEVENT" in saved


def test_the_keepsake_is_a_picture_of_the_note(receipt: Page, tmp_path: Path) -> None:
    """A dot instead of the name, or of the text, leaves the frame as it is: what is missing then was lettered."""
    picture = keepsake(receipt, tmp_path)
    assert picture.size == (1080, 1080)
    expect(receipt.get_by_text("The picture is saved on this phone.")).to_be_visible()
    assert dark_pixels(picture) < 1080 * 1080 / 2, "it is lettered on a light ground"
    assert keepsake(receipt, tmp_path).tobytes() == picture.tobytes(), "it is the same each time"

    put_a_dot(receipt, "footer")
    without_name = keepsake(receipt, tmp_path)
    put_a_dot(receipt, "p")
    without_text = keepsake(receipt, tmp_path)
    assert dark_pixels(picture) > dark_pixels(without_name) + 500, "the name is on it"
    assert dark_pixels(without_name) > dark_pixels(without_text) + 2_000, "the text is on it"


def test_the_keepsake_is_drawn_with_what_the_wall_s_sheet_says(receipt: Page, tmp_path: Path) -> None:
    green = re.sub(r"(--ink-\d): #\w{6}", r"\1: #00ff00", SHEET.read_text())
    receipt.route("**/projector/looks.css", lambda route: route.fulfill(body=green, content_type="text/css"))
    colours = keepsake(receipt, tmp_path, "RGB").getcolors(1080 * 1080) or []
    assert (0, 255, 0) in [colour for _, colour in colours]


def keepsake(receipt: Page, folder: Path, mode: str = "L") -> Image.Image:
    """The picture that the phone draws and saves."""
    with receipt.expect_download() as coming:
        receipt.get_by_role("button", name="Save as a picture").click()
    coming.value.save_as(folder / "keepsake.png")
    return Image.open(folder / "keepsake.png").convert(mode)


def dark_pixels(picture: Image.Image) -> int:
    return sum(picture.histogram()[:128])


def put_a_dot(receipt: Page, part: str) -> None:
    """In the place of this part of the note, from which the keepsake is drawn."""
    receipt.locator(f".card .note > {part}").evaluate("part => { part.textContent = '.'; }")


@pytest.mark.parametrize("language", ["en", "cy", "pl", "ar"])
def test_no_word_is_broken_on_a_narrow_phone(server: Server, open_page: OpenPage, language: str) -> None:
    phone = open_page(f"{server.url}/e/{server.code}", {"width": 320, "height": 640}, locale=language)
    assert_no_word_is_broken(phone)
    phone.locator("#text").fill("Listen more.")
    phone.locator(".send").click()
    expect(phone.locator("[data-step=stored][data-done]")).to_have_count(1)
    assert_no_word_is_broken(phone)
    server.grow_older(days=7)
    phone.locator("[data-receipt]").click()
    for outcome in ("changed", "dropped"):
        phone.locator(f"button[value={outcome}]").click()
        expect(phone.locator(f"button[value={outcome}][aria-pressed=true]")).to_be_visible()
        for more in phone.locator("summary").all():
            more.click()
        assert_no_word_is_broken(phone)


def test_me_too_is_told_to_the_author(receipt: Page, server: Server, open_page: OpenPage) -> None:
    other = open_page(f"{server.url}/e/{server.code}", PHONE)
    write(other, "Say thank you.")
    other.locator(".latest li").get_by_role("button", name="Me too").click()
    expect(other.get_by_role("button", name="Me too")).to_have_attribute("aria-pressed", "true")
    receipt.reload()
    expect(receipt.get_by_text("person said “me too”")).to_contain_text("1")
