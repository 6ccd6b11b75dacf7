"""The desk's other pages and their states: axe finds nothing, nothing sticks out, from phone to laptop, light and dark."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, OpenPage, open_desk
from tests.browser.people import invite
from tests.browser.test_accessible import check
from tests.running import Server

WIDTHS = (320, 390, 1280)
LONG = "Anghenion_y_claf_" * 6


@pytest.fixture
def desk(server: Server, open_page: OpenPage) -> Page:
    return open_desk(server, open_page)


def check_everywhere(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            check(page)
    page.set_viewport_size(DESK)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_where_pledges_are_entered(server: Server, desk: Page) -> None:
    desk.goto(f"{server.url}/desk/e/{server.code}/enter")
    text = desk.get_by_role("textbox", name="Pledge", exact=True)
    text.fill(LONG)
    press(desk, "Store it")
    expect(desk.get_by_role("status")).to_contain_text("Number 1 is stored")
    desk.context.set_offline(True)
    text.fill("Listen more.")
    press(desk, "Store it")
    unsent = desk.get_by_text("Not stored yet").filter(visible=True)
    expect(unsent).to_have_count(1)
    check_everywhere(desk)
    desk.context.set_offline(False)
    press(desk, "Store it")
    expect(unsent).to_have_count(0)

    desk.get_by_text("Paste many from a spreadsheet").click()
    press(desk, "Look at it first")
    expect(desk.get_by_text("Please paste at least one row.")).to_be_visible()
    desk.get_by_role("textbox", name="Copy the cells").fill(
        f"{LONG}\t{LONG[:50]}\n\tBela\nSay thank you.\tAnn\n"
    )
    press(desk, "Look at it first")
    expect(desk.get_by_role("row")).to_have_count(4)
    check_everywhere(desk)


def test_before_the_day(server: Server, desk: Page) -> None:
    desk.goto(f"{server.url}/desk/e/{server.code}/before")
    press(desk, "Rehearse now")
    expect(desk.get_by_role("progressbar")).to_be_visible()
    check_everywhere(desk)
    desk.goto(f"{server.url}/e/{server.code}/reach")
    check_everywhere(desk)


def test_the_team_and_an_invitation(desk: Page, open_page: OpenPage) -> None:
    invitation = invite(desk, "Moderator")
    check_everywhere(desk)
    guest = open_page(invitation, DESK)
    check_everywhere(guest)


def test_the_settings_also_when_the_name_was_not_typed_right(server: Server, desk: Page) -> None:
    desk.goto(f"{server.url}/desk/e/{server.code}/settings")
    desk.get_by_text("Clear the rehearsal").click()
    desk.locator("summary").filter(has_text="Delete for good").click()
    desk.get_by_role("textbox", name="To delete it, type its name").fill("Something else")
    press(desk, "Delete for good")
    expect(desk.get_by_text("This is not the name of the event.")).to_be_visible()
    check_everywhere(desk)


def test_who_did_what_and_a_pledge_that_was_corrected(server: Server, desk: Page) -> None:
    desk.goto(f"{server.url}/desk/e/{server.code}/enter")
    desk.get_by_role("textbox", name="Pledge", exact=True).fill(f"Share what faild. {LONG}")
    press(desk, "Store it")
    expect(desk.get_by_role("status")).to_contain_text("Number 1 is stored")
    desk.get_by_role("link", name="Who did what").click()
    check_everywhere(desk)
    desk.get_by_role("link", name="1", exact=True).click()
    desk.get_by_role("textbox", name="Pledge", exact=True).fill("Share what failed.")
    press(desk, "Save")
    desk.go_back()
    desk.reload()
    expect(desk.get_by_role("region", name="What it said before")).to_contain_text("Share what faild.")
    check_everywhere(desk)


def test_the_events_with_the_archive_and_the_password(server: Server, desk: Page) -> None:
    desk.goto(f"{server.url}/desk/e/{server.code}/settings")
    press(desk, "Make a copy")
    press(desk, "Put it into the archive")
    desk.get_by_text("Archive (1)").click()
    desk.get_by_text("New event").click()
    check_everywhere(desk)
    desk.goto(f"{server.url}/desk/password")
    desk.get_by_role("textbox", name="New password").fill("short")
    press(desk, "Save")
    expect(desk.get_by_text("Please use 10 to 200 characters.")).to_be_visible()
    check_everywhere(desk)
