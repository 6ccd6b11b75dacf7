"""The desk's other pages and their states: axe finds nothing, nothing sticks out, from phone to laptop, light and dark."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_nothing_sticks_out, check_everywhere
from tests.browser.conftest import DESK, WALL, OpenPage, open_desk
from tests.browser.people import go_to, invite, join, notes, row_of, wait_for_changes
from tests.conftest import a_draft
from tests.support.running import Server

LONG = "Anghenion_y_claf_" * 6


@pytest.fixture
def desk(server: Server, open_page: OpenPage) -> Page:
    return open_desk(server, open_page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_what_a_new_event_needs_is_ticked_hidden_and_gone_with_the_first_pledge(
    server: Server, desk: Page, open_page: OpenPage
) -> None:
    steps = desk.get_by_role("region", name="First steps")
    expect(steps.get_by_role("checkbox")).to_have_count(7)
    expect(steps.get_by_role("checkbox", checked=True)).to_have_count(0)
    check_everywhere(desk)
    steps.get_by_role("checkbox", name="Print the poster and table cards").check()
    open_page(f"{server.url}/e/{server.code}/wall", WALL)
    wall = steps.get_by_role("checkbox", name="Show the wall on a screen")
    expect(wall).to_be_checked()
    expect(wall).to_be_disabled()
    steps.get_by_role("link", name="Invite people to help you").click()
    desk.get_by_role("button", name="Create invitation").click()
    desk.goto(f"{server.url}/desk/e/{server.code}")
    expect(steps.get_by_role("checkbox", name="Print the poster and table cards")).to_be_checked()
    expect(steps.get_by_role("checkbox", name="Invite people to help you")).to_be_disabled()
    server.send(a_draft("Listen more."))
    expect(steps).to_have_count(0)


def test_whoever_hides_what_a_new_event_needs_sees_it_no_more_in_this_browser(
    server: Server, desk: Page, open_page: OpenPage
) -> None:
    steps = desk.get_by_role("region", name="First steps")
    steps.get_by_role("button", name="Hide this list").click()
    expect(steps).to_have_count(0)
    desk.reload()
    wait_for_changes(desk)
    expect(steps).to_have_count(0)
    plain = open_page(invite(desk, "Organiser"), DESK, java_script_enabled=False)
    join(plain, "Ffion")
    expect(plain.get_by_role("region", name="First steps")).to_be_visible()
    expect(plain.get_by_role("button", name="Hide this list")).to_be_hidden()


def test_where_pledges_are_entered(server: Server, desk: Page) -> None:
    desk.goto(f"{server.url}/desk/e/{server.code}/enter")
    text = desk.get_by_role("textbox", name="Pledge", exact=True)
    text.fill(LONG)
    press(desk, "Save")
    expect(desk.get_by_role("status")).to_contain_text("Pledge 1 saved.")
    desk.context.set_offline(True)
    text.fill("Listen more.")
    press(desk, "Save")
    unsent = desk.get_by_text("Not saved yet").filter(visible=True)
    expect(unsent).to_have_count(1)
    check_everywhere(desk)
    desk.context.set_offline(False)
    press(desk, "Save")
    expect(unsent).to_have_count(0)

    desk.get_by_text("Paste from a spreadsheet").click()
    press(desk, "Check rows")
    expect(desk.get_by_text("Paste at least one row.")).to_be_visible()
    desk.get_by_role("textbox", name="Paste rows from a spreadsheet").fill(
        f"{LONG}\t{LONG[:50]}\n\tBela\nSay thank you.\tAnn\nVisit Mrs B in bed 4.\n"
    )
    press(desk, "Check rows")
    expect(desk.get_by_role("row")).to_have_count(5)
    expect(desk.get_by_text("1 row will wait for approval")).to_be_visible()
    check_everywhere(desk)

    desk.get_by_role("link", name="Cancel").click()
    entered = desk.get_by_role("region", name="Recently added").get_by_role("listitem")
    entered.first.get_by_role("button", name="Withdraw").click()
    expect(entered.first).to_contain_text("Hidden", use_inner_text=True)
    check_everywhere(desk)
    entered.last.get_by_role("link", name="Edit").click()
    expect(
        desk.get_by_text("The earlier text stays in the history. An edited pledge may need approval again.")
    ).to_be_visible()
    check_everywhere(desk)


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("language", ["en-GB", "cy", "pl", "ar"])
def test_the_tabs_are_all_there_on_a_phone_and_large_enough_for_a_thumb(
    server: Server, open_page: OpenPage, width: int, language: str
) -> None:
    desk = open_page(server.url + server.desk_link, {"width": width, "height": 640}, locale=language)
    desk.locator("main button").click()
    for path in ("", "/wall", "/team", "/audit"):
        desk.goto(f"{server.url}/desk/e/{server.code}{path}")
        assert_nothing_sticks_out(desk)
        links = [link.bounding_box() for link in desk.locator(".tabs a").all()]
        assert len(links) in (4, 6, 7)
        for box in links:
            assert box, path
            assert box["x"] >= 0, path
            assert box["x"] + box["width"] <= width, path
            assert min(box["width"], box["height"]) >= 44, path


def test_the_tabs_come_first_and_in_their_order_with_the_keyboard(server: Server, desk: Page) -> None:
    desk.goto(f"{server.url}/desk/e/{server.code}/team")
    desk.get_by_role("button", name="Sign out").focus()
    found = []
    for _ in range(7):
        desk.keyboard.press("Tab")
        found.append(desk.evaluate("document.activeElement.textContent"))
    assert found == ["Pledges", "Wall", "Set up", "After", "Settings", "Get ready", "Team"]


def test_the_page_of_the_wall_directs_it_and_says_which_screens_show_it(
    server: Server, desk: Page, open_page: OpenPage
) -> None:
    wall = open_page(f"{server.url}/e/{server.code}/wall", WALL)
    go_to(desk, "Wall")
    expect(desk.locator(".room-state")).to_contain_text("1 screen connected")
    desk.get_by_role("button", name="Freeze").click()
    expect(wall.locator("main[data-frozen]")).to_be_visible()
    check_everywhere(desk)
    desk.get_by_role("button", name="Undo").click()
    expect(wall.locator("main[data-frozen]")).to_have_count(0)
    expect(desk.get_by_role("button", name="Freeze")).to_be_visible()
    server.change_event(open=False)
    expect(desk.get_by_text("This event is closed. No one can send pledges.")).to_be_visible()
    desk.context.set_offline(True)
    desk.get_by_role("button", name="Blank screen").click()
    expect(desk.get_by_text("No connection. Nothing was changed. Try again.")).to_be_visible()


def test_before_the_day(server: Server, desk: Page) -> None:
    desk.goto(f"{server.url}/desk/e/{server.code}/before")
    press(desk, "Run the load check")
    expect(desk.get_by_role("progressbar")).to_be_visible()
    check_everywhere(desk)
    desk.goto(f"{server.url}/e/{server.code}/reach")
    check_everywhere(desk)


def test_the_team_and_an_invitation(desk: Page, open_page: OpenPage) -> None:
    invitation = invite(desk, "Moderator")
    guest = open_page(invitation, DESK)
    check_everywhere(guest)
    join(guest, f"Ffion {LONG[:40]}")
    go_to(desk, "Team")
    for more in desk.locator(".people summary").all():
        more.click()
    check_everywhere(desk)
    desk.goto(invite(desk, "Scribe"))
    expect(desk.get_by_text("You are already in this team.")).to_be_visible()
    check_everywhere(desk)


NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
COPIES_NOTHING = "document.execCommand = () => false"


def test_an_invitation_is_copied_with_one_tap_also_where_the_browser_has_only_the_old_way(desk: Page) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    told = desk.get_by_role("status").filter(has_text=re.compile("Copied|selected"))
    for script, said in (
        ("", "Copied."),
        (NO_CLIPBOARD, "Copied."),
        (COPIES_NOTHING, "The link is selected. Copy it from there."),
    ):
        desk.add_init_script(script)
        invitation = invite(desk, "Scribe")
        assert "/desk/invitation/" in invitation
        press(desk, "Copy link")
        expect(told).to_contain_text(said)
        if said == "Copied.":
            assert clipboard_of(desk) == invitation
        else:
            assert desk.evaluate("getSelection().toString()") == invitation


def clipboard_of(page: Page) -> str:
    """What is pasted into a field."""
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    field = page.locator("main > textarea")
    field.focus()
    page.keyboard.press("ControlOrMeta+V")
    return field.input_value()


def test_somebody_is_removed_at_the_second_tap(desk: Page, open_page: OpenPage) -> None:
    join(open_page(invite(desk, "Moderator"), DESK), "Ffion")
    go_to(desk, "Team")
    ffion = desk.get_by_role("listitem").filter(has_text="Ffion")
    ffion.get_by_text("Remove …").click()
    expect(ffion).to_be_visible()
    ffion.get_by_role("button", name="Remove Ffion").click()
    expect(ffion).to_have_count(0)


def test_the_settings_also_when_the_name_was_not_typed_right(server: Server, desk: Page) -> None:
    server.send(a_draft("Just trying."))
    desk.goto(f"{server.url}/desk/e/{server.code}/settings")
    desk.locator("summary").filter(has_text="Delete all pledges").click()
    desk.get_by_role("textbox", name="Type the event’s name to confirm:").first.fill("Something else")
    press(desk, "Delete all pledges")
    expect(desk.get_by_text("That is not the name of this event. Nothing was deleted.")).to_be_visible()
    check_everywhere(desk)
    desk.locator("summary").filter(has_text="Delete event").click()
    desk.get_by_role("textbox", name="Type the event’s name to confirm:").last.fill("Something else")
    press(desk, "Delete event")
    expect(desk.get_by_text("That is not the name of this event.")).to_be_visible()
    check_everywhere(desk)


def test_who_did_what_and_a_pledge_that_was_corrected(server: Server, desk: Page) -> None:
    desk.goto(f"{server.url}/desk/e/{server.code}/enter")
    desk.get_by_role("textbox", name="Pledge", exact=True).fill(f"Share what faild. {LONG}")
    press(desk, "Save")
    expect(desk.get_by_role("status")).to_contain_text("Pledge 1 saved.")
    go_to(desk, "Activity")
    check_everywhere(desk)
    desk.get_by_role("link", name="1", exact=True).click()
    desk.get_by_role("textbox", name="Pledge", exact=True).fill("Share what failed.")
    press(desk, "Save")
    desk.go_back()
    desk.reload()
    expect(desk.get_by_role("region", name="Earlier versions")).to_contain_text("Share what faild.")
    check_everywhere(desk)


def test_the_events_with_the_archive_and_the_password(server: Server, desk: Page) -> None:
    desk.goto(f"{server.url}/desk/e/{server.code}/settings")
    press(desk, "Copy event")
    press(desk, "Archive event")
    desk.get_by_text("Archive (1)").click()
    desk.get_by_text("New event").click()
    check_everywhere(desk)
    desk.goto(f"{server.url}/desk/password")
    desk.get_by_role("textbox", name="New password").fill("short")
    press(desk, "Save")
    expect(desk.get_by_text("Use 10 to 1,000 characters.")).to_be_visible()
    check_everywhere(desk)
    desk.get_by_role("textbox", name="New password").fill("correct horse")
    press(desk, "Save")
    desk.goto(f"{server.url}/desk/password")
    desk.get_by_role("textbox", name="Current password").fill("wrong horse")
    desk.get_by_role("textbox", name="New password").fill("battery staple")
    press(desk, "Save")
    expect(desk.get_by_text("That is not your current password.")).to_be_visible()
    check_everywhere(desk)
    desk.get_by_role("link", name="See where you are signed in").click()
    expect(desk.get_by_text("(this browser)")).to_be_visible()
    check_everywhere(desk)


def test_a_corrected_pledge_is_written_anew_on_a_wall_that_is_frozen(
    server: Server, desk: Page, open_page: OpenPage
) -> None:
    server.send(a_draft("Share what faild."))
    wall = open_page(f"{server.url}/e/{server.code}/wall", WALL)
    expect(notes(wall)).to_have_count(1)
    desk.get_by_role("button", name="Freeze").click()
    expect(wall.locator("main[data-frozen]")).to_be_visible()
    row = row_of(desk, "Share what faild.")
    row.locator("summary").click()
    row.get_by_role("link", name="Edit").click()
    expect(
        desk.get_by_text("Its place on the wall does not change. The earlier text stays in the history.")
    ).to_be_visible()
    desk.get_by_role("textbox", name="Pledge", exact=True).fill("Share what failed.")
    press(desk, "Save")

    expect(notes(wall).filter(has_text="Share what failed.")).to_have_count(1)
    expect(wall.locator(".number")).to_have_text("1")
