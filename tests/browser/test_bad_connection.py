"""The worst of connections: slow, flapping, restarted, two tabs, a browser that refuses things. One pledge stays one pledge."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, OpenPage, open_desk
from tests.browser.people import (
    go_to,
    notes,
    nothing_gets_out,
    row_of,
    save_settings,
    send,
    use_up_the_limit,
    wait_for_changes,
    wait_for_guard,
    write,
)
from tests.browser.test_phone import STORED, Stored, stopped
from tests.conftest import a_draft
from tests.support.running import OwnServer, Server

AWAY = "Not sent yet: no connection"
TWO_G = {"offline": False, "latency": 800, "downloadThroughput": 6_000, "uploadThroughput": 3_000}
"""Bytes a second, and milliseconds for each way: a 2G connection at the back of a hall."""


@pytest.fixture
def stored(server: Server) -> Stored:
    return Stored(server)


def test_on_2g_the_page_opens_and_the_pledge_arrives(
    server: Server, open_page: OpenPage, stored: Stored
) -> None:
    phone = open_page(f"{server.url}/health", PHONE)
    wire = phone.context.new_cdp_session(phone)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", TWO_G)
    phone.goto(f"{server.url}/e/{server.code}", wait_until="commit")
    phone.get_by_role("textbox", name="Your pledge").fill("From the back.")
    send(phone)
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["From the back."]


def test_a_connection_that_flaps_in_mid_send_writes_once(phone: Page, stored: Stored) -> None:
    tries = iter(["lost before", "lost after", "lost before", "lost after"])

    def flap(route: Route) -> None:
        match next(tries, "through"):
            case "lost before":
                route.abort()
            case "lost after":
                route.fetch()
                route.abort()
            case _:
                route.continue_()

    phone.route("**/pledges", flap)
    write(phone, "Listen more.")
    expect(phone.get_by_role("status").first).to_contain_text(AWAY)
    expect(phone.locator("[data-step=stored][data-done]")).to_have_count(0)
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


def test_a_server_killed_between_storing_and_answering_writes_once(
    phone: Page, own_server: OwnServer, stored: Stored
) -> None:
    def store_then_die(route: Route) -> None:
        route.fetch()
        own_server.kill()
        route.abort()

    phone.route("**/pledges", store_then_die, times=1)
    write(phone, "Listen more.")
    expect(phone.get_by_role("status").first).to_contain_text(AWAY)
    expect(phone.locator("[data-step=stored][data-done]")).to_have_count(0)
    own_server.start_again()
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


def test_two_tabs_of_one_phone_send_one(phone: Page, stored: Stored) -> None:
    """Both have it on its way at once; the server writes one and tells both."""
    on_their_way: list[Route] = []

    def meet(route: Route) -> None:
        on_their_way.append(route)
        if len(on_their_way) == 2:
            for one in on_their_way:
                one.continue_()

    phone.context.route("**/pledges", meet, times=2)
    with phone.expect_request("**/pledges"):
        write(phone, "Listen more.")
    other = phone.context.new_page()
    other.goto(phone.url)
    for tab in (phone, other):
        expect(tab.get_by_text(STORED)).to_be_visible()
    assert [route.request.frame.page for route in on_their_way] == [phone, other]
    assert stored.texts == ["Listen more."]


def test_a_tab_hears_that_another_one_has_sent_it(phone: Page, stored: Stored) -> None:
    phone.route("**/pledges", lambda route: route.abort())
    write(phone, "Listen more.")
    expect(phone.get_by_role("status").first).to_contain_text(AWAY)
    other = phone.context.new_page()
    other.goto(phone.url)
    for tab in (other, phone):
        expect(tab.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


def test_reloaded_at_every_step_it_is_one(phone: Page, stored: Stored) -> None:
    phone.get_by_role("textbox", name="Your pledge").fill("Listen more.")
    phone.reload()
    expect(phone.get_by_role("textbox", name="Your pledge")).to_have_value("Listen more.")
    send(phone)
    phone.reload()
    expect(phone.get_by_text(STORED)).to_be_visible()
    phone.get_by_role("link", name="Change or save your pledge").click()
    phone.reload()
    expect(phone.get_by_text(STORED)).to_be_visible()
    phone.go_back()
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


def test_the_tab_was_closed_and_is_opened_the_next_day(phone: Page, stored: Stored) -> None:
    phone.context.set_offline(True)
    write(phone, "Listen more.")
    expect(phone.get_by_role("status").first).to_contain_text(AWAY)
    context, url = phone.context, phone.url
    phone.close()
    context.set_offline(False)
    tomorrow = context.new_page()
    tomorrow.goto(url)
    expect(tomorrow.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


@pytest.mark.parametrize(
    "module", ["card.js", "outbox.js", "main.js", "hint.js", "guard.js", "mine.js", "news.js", "me-too.js"]
)
def test_javascript_that_fails_half_way_leaves_a_page_that_works(
    server: Server, open_page: OpenPage, stored: Stored, module: str
) -> None:
    phone = open_page(f"{server.url}/health", PHONE)
    phone.route(f"**/phone/{module}", lambda route: route.abort())
    phone.goto(f"{server.url}/e/{server.code}")
    write(phone, "Listen more.")
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


def test_whoever_sends_too_much_is_told_and_need_not_press_again(
    phone: Page, server: Server, stored: Stored
) -> None:
    phone.get_by_role("textbox", name="Your pledge").fill("One more.")
    use_up_the_limit(phone, server)
    send(phone)
    expect(phone.get_by_role("status").first).to_contain_text(
        "You have sent several pledges in a short time. This one will be sent in"
    )
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts[-1] == "One more."


def test_the_gentle_guard_explains_and_the_author_decides(
    server: Server, phone: Page, wall: Page, open_page: OpenPage, stored: Stored
) -> None:
    wait_for_guard(phone)
    write(phone, "Visit Mrs B in bed 4.")
    hint = phone.get_by_role("alert").filter(has_text="This may identify a patient")
    expect(hint).to_be_focused()
    expect(hint.get_by_role("listitem")).to_have_text(
        ["a bed, bay or room: bed 4", "a patient’s initial: Mrs B"]
    )
    assert stored.texts == []

    phone.get_by_role("textbox", name="Your pledge").press_sequentially("!")
    expect(hint).to_be_hidden()
    send(phone)
    hint.get_by_role("button", name="Send without changes").click()
    expect(
        phone.get_by_text("An organiser will check your pledge before it goes on the wall.")
    ).to_be_visible()
    expect(phone.locator("[data-step=shown][data-done]")).to_have_count(0)

    desk = open_desk(server, open_page, PHONE)
    row = desk.locator(".pledges .pledge")
    expect(row.get_by_text("This may identify a patient.")).to_be_visible()
    lettered = row.locator(".text").bounding_box()
    assert lettered
    assert lettered["width"] > PHONE["width"] / 2
    expect(notes(wall)).to_have_count(0)
    row.get_by_role("button", name="Approve").click()
    expect(notes(wall)).to_have_count(1)
    expect(phone.get_by_text(STORED)).to_be_visible()


def test_the_room_s_latest_come_to_the_phone_and_me_too_to_the_wall(
    server: Server, phone: Page, wall: Page
) -> None:
    server.send(a_draft("Say thank you.", name="Joan"))
    write(phone, "Listen more.")
    row = phone.locator(".latest li")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Say thank you.")
    button = row.get_by_role("button", name="Me too")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(wall.locator(".note .me-too")).to_have_text("+1")

    phone.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(wall.locator(".note .me-too")).to_have_count(0)

    server.send(a_draft("Come early."))
    expect(row.first).to_contain_text("Come early.")


def test_me_too_does_not_write_the_note_anew_and_waits_while_the_wall_is_frozen(
    server: Server, phone: Page, wall: Page, open_page: OpenPage
) -> None:
    server.send(a_draft("Say thank you."))
    expect(notes(wall)).to_have_count(1)
    wall.evaluate("document.querySelector('.track .note').dataset.same = 'yes'")
    server.send(a_draft("Come early."))
    expect(notes(wall)).to_have_count(2)
    desk = open_desk(server, open_page)
    wait_for_changes(desk)
    desk.get_by_role("button", name="Freeze").click()
    expect(wall.locator("main[data-frozen]")).to_be_visible()

    write(phone, "Listen more.")
    row = phone.locator(".latest li").filter(has_text="Say thank you.")
    button = row.get_by_role("button", name="Me too")
    button.click()
    expect(button).to_have_text("Me too 1")
    row_of(desk, "Come early.").get_by_role("button", name="Hide").click()
    expect(notes(wall)).to_have_text(["Say thank you."])  # so it has heard of what came before, too
    expect(wall.locator(".note .me-too")).to_have_count(0)
    desk.get_by_role("button", name="Unfreeze").click()
    expect(wall.locator(".note[data-same] .me-too")).to_have_text("+1")


def test_a_starter_is_put_into_the_field_to_be_adapted(
    server: Server, open_page: OpenPage, stored: Stored
) -> None:
    desk = open_desk(server, open_page)
    go_to(desk, "Settings")
    desk.get_by_label("Example pledges (one per line)").fill(
        "Every Friday I will …\n\nI will ask one patient …"
    )
    desk.get_by_label("Themes (one per line)").fill("Safety")
    desk.get_by_label(
        "Words to check before they appear (one per line). Use * for any ending, for example “privat*”"
    ).fill("synerg*")
    save_settings(desk)
    phone = open_page(f"{server.url}/e/{server.code}", PHONE)
    phone.get_by_role("link", name="Every Friday I will …").click()
    field = phone.get_by_role("textbox", name="Your pledge")
    expect(field).to_have_value("Every Friday I will …")
    expect(field).to_be_focused()
    field.press_sequentially(" seek synergies")
    phone.get_by_role("radio", name="Safety").check()
    send(phone)
    expect(
        phone.get_by_text("Thank you. An organiser will check your pledge before it goes on the wall.")
    ).to_be_visible()

    plain = open_page(f"{server.url}/e/{server.code}", PHONE, java_script_enabled=False)
    plain.get_by_role("link", name="I will ask one patient …").click()
    expect(plain.get_by_role("textbox", name="Your pledge")).to_have_value("I will ask one patient …")


def test_the_wall_changes_its_language_by_itself(server: Server, wall: Page, open_page: OpenPage) -> None:
    desk = open_desk(server, open_page)
    go_to(desk, "Settings")
    desk.get_by_label("Language").select_option("cy")
    save_settings(desk)
    expect(wall.locator("html")).to_have_attribute("lang", "cy")
    expect(wall.get_by_text("Ychwanegwch eich un chi")).to_be_visible()


def test_the_switch_changes_the_language_and_keeps_what_was_typed(phone: Page) -> None:
    phone.get_by_role("textbox", name="Your pledge").fill("Half a tho")
    phone.get_by_role("link", name="العربية").click()
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    expect(phone.get_by_role("textbox", name="تعهّدك")).to_have_value("Half a tho")
    phone.get_by_role("button", name="ضعه على الجدار").click()
    expect(phone.get_by_text("تعهّدك على الجدار.")).to_be_visible()
    phone.get_by_role("link", name="تغيير تعهّدك أو حفظه").click()
    expect(phone.get_by_role("heading", name="ضبط تذكير")).to_be_visible()


def test_a_closed_event_still_leads_to_what_was_written_here(
    phone: Page, own_server: OwnServer, stored: Stored, open_page: OpenPage
) -> None:
    write(phone, "Listen more.")
    expect(phone.get_by_text(STORED)).to_be_visible()
    phone.get_by_role("link", name="Write another").click()
    expect(phone.get_by_role("link", name="Listen more.")).to_be_visible()

    with nothing_gets_out(phone):
        write(phone, "Too late?")
        expect(phone.get_by_role("status").first).to_contain_text(AWAY)
        with stopped(own_server):
            stored.open_event(False)
        phone.reload()
        expect(phone.get_by_text("This event is closed")).to_be_visible()
        rows = phone.get_by_role("region", name="Your pledges on this phone").get_by_role("listitem")
        expect(rows.first).to_have_text("Too late?Not sent. You can copy the text.")
    phone.reload()
    expect(rows.first).to_have_text("Too late?Not sent. You can copy the text.")
    rows.last.get_by_role("link", name="Listen more.").click()
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


def test_the_switch_works_on_a_page_that_came_from_a_form(server: Server, open_page: OpenPage) -> None:
    phone = open_page(f"{server.url}/e/{server.code}", PHONE, java_script_enabled=False)
    send(phone)
    expect(phone.locator("#text-problem")).to_have_text("Write your pledge first.")
    phone.get_by_role("link", name="Polski").click()
    expect(phone.get_by_role("button", name="Umieść na ścianie")).to_be_visible()
