"""An attendee with a phone in a bad room: the screen never claims more than is true, and one pledge is one pledge."""

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import MOVING, PHONE, QUIET, OpenPage, find_browser
from tests.browser.people import notes, nothing_gets_out, send, write, write_another, written_here
from tests.conftest import a_draft
from tests.support.running import OwnServer, Server, wait_until

STORED = "Thank you. Your pledge is on the wall."
NOT_SENT = "Not sent. You can copy the text."
REFUSED = "One pledge was not sent. It is under “Your pledges on this phone”."
ZALGO = "Q" + "\u0302" * 20
"""Only the server refuses it: it would run over other notes."""


@pytest.fixture
def stored(server: Server) -> "Stored":
    return Stored(server)


class Stored:
    """What the database has of an event."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._database = server.folder / "wall.db"

    @property
    def texts(self) -> list[str]:
        return [text for (text,) in self.rows("text")]

    def rows(self, *columns: str) -> list[tuple[str, ...]]:
        names = ", ".join(f"pledges.{column}" for column in columns)
        with closing(sqlite3.connect(self._database)) as connection:
            found = connection.execute(
                f"SELECT {names} FROM pledges JOIN events ON events.id = event_id WHERE code = ? ORDER BY number",  # noqa: S608
                (self._server.code,),
            )
            return [tuple(row) for row in found]

    def open_event(self, is_open: bool) -> None:
        self._server.change_event(open=is_open)


@contextmanager
def stopped(server: OwnServer) -> Iterator[None]:
    """Away for as long as something is changed behind its back."""
    server.stop()
    yield
    server.start_again()


def test_without_a_network_it_is_kept_and_goes_by_itself(phone: Page, stored: Stored) -> None:
    phone.context.set_offline(True)
    write(phone, "Listen more.")
    expect(phone.get_by_role("status")).to_contain_text("Not sent yet: no connection")
    expect(phone.locator("[data-step=stored][data-done]")).to_have_count(0)

    phone.context.set_offline(False)
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


def test_a_lost_answer_does_not_write_twice(phone: Page, stored: Stored) -> None:
    """The server stores, but the phone never hears of it, twice; its key makes it one."""
    losses = iter([True, True])

    def lose(route: Route) -> None:
        if next(losses, False):
            route.fetch()
            route.abort()
        else:
            route.continue_()

    phone.route("**/pledges", lose)
    write(phone, "Listen more.")
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


def test_pressing_twice_sends_one(phone: Page, stored: Stored) -> None:
    phone.get_by_role("textbox", name="Your pledge").fill("Listen more.")
    phone.evaluate("for (let i = 0; i < 5; i += 1) document.querySelector('button.send').click()")
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


def test_what_is_written_while_another_is_on_its_way_goes_too(phone: Page, stored: Stored) -> None:
    on_its_way: list[Route] = []
    phone.route("**/pledges", lambda route: on_its_way.append(route), times=1)
    with phone.expect_request("**/pledges"):
        write(phone, "Listen more.")
    write_another(phone, "Say thank you.")
    expect(phone.get_by_role("status").first).to_contain_text("Sending …")
    on_its_way.pop().continue_()
    expect(phone.get_by_text(STORED)).to_be_visible()
    expect(written_here(phone).get_by_role("link")).to_have_text(["Listen more."])
    assert stored.texts == ["Listen more.", "Say thank you."]


def test_the_link_to_write_another_takes_every_tap_while_the_note_flies_past(
    server: Server, open_page: OpenPage
) -> None:
    phone = open_page(f"{server.url}/e/{server.code}", PHONE, **MOVING)
    with nothing_gets_out(phone):
        write(phone, "Listen more.")
        met = phone.evaluate(FLIGHT)
    assert len(met) > 10
    assert {tapped for tapped, _ in met} == {"Write another"}
    assert any(is_under for _, is_under in met)


FLIGHT = """() => {
    const note = document.querySelector(".card .note");
    const link = document.querySelector(".card .another").getBoundingClientRect();
    const [flight] = note.getAnimations();
    flight.pause();
    return Array.from({ length: 30 }, (_, frame) => {
      flight.currentTime = frame * 20;
      const { top, bottom } = note.getBoundingClientRect();
      const middle = [link.x + link.width / 2, link.y + link.height / 2];
      return [document.elementFromPoint(...middle).textContent, top < middle[1] && bottom > middle[1]];
    });
}"""
"""At each moment of the flight: what a tap on the middle of the link meets, and whether the note passes there."""


def test_the_link_to_write_another_stays_where_it_is_when_the_pledge_is_stored(phone: Page) -> None:
    another = phone.get_by_role("link", name="Write another")
    on_its_way: list[Route] = []
    phone.route("**/pledges", lambda route: on_its_way.append(route), times=1)
    with phone.expect_request("**/pledges"):
        write(phone, "Listen more.")
    before = another.bounding_box()
    on_its_way.pop().continue_()
    expect(phone.get_by_text(STORED)).to_be_visible()
    expect(phone.get_by_role("link", name="Change or save your pledge")).to_be_visible()
    assert another.bounding_box() == before


def test_right_after_sending_one_button_is_a_reminder_and_the_rest_are_links(phone: Page) -> None:
    write(phone, "Listen more.")
    expect(phone.get_by_text(STORED)).to_be_visible()
    remind = phone.get_by_role("link", name="Remind me in a week")
    steps = [remind, *(phone.get_by_role("link", name=name) for name in ("Change or save", "Write another"))]
    tops = [box["y"] for step in steps if (box := step.bounding_box())]
    assert len(tops) == 3
    assert tops == sorted(tops)
    assert [step.evaluate("step => step.matches('.remind')") for step in steps] == [True, False, False]
    with phone.expect_download() as coming:
        remind.click()
    today = date.fromisoformat(phone.evaluate("new Date().toLocaleDateString('sv')"))
    assert f"DTSTART;VALUE=DATE:{today + timedelta(days=7):%Y%m%d}" in coming.value.path().read_text()


def test_a_pledge_of_another_day_offers_no_reminder_in_a_week(server: Server, open_page: OpenPage) -> None:
    phone = open_page(f"{server.url}/health", PHONE)
    phone.clock.install()
    phone.goto(f"{server.url}/e/{server.code}")
    write(phone, "Listen more.")
    expect(phone.get_by_role("link", name="Remind me in a week")).to_be_visible()
    phone.clock.set_system_time(datetime.now(UTC) + timedelta(hours=25))
    phone.reload()
    expect(phone.get_by_role("link", name="Change or save your pledge")).to_be_visible()
    expect(phone.get_by_role("link", name="Remind me in a week")).to_be_hidden()


def test_a_closed_event_leads_to_one_s_own_private_page_and_then_to_all_pledges(
    phone: Page, server: Server, open_page: OpenPage
) -> None:
    write(phone, "Listen more.")
    expect(phone.get_by_text(STORED)).to_be_visible()
    server.change_event(open=False)
    phone.reload()
    expect(phone.get_by_text("This event is closed")).to_be_visible()
    own, everyone = (
        written_here(phone).get_by_role("link"),
        phone.get_by_role("link", name="Read all the pledges"),
    )
    expect(own).to_have_text(["Listen more."])
    tops = [box["y"] for link in (own, everyone) if (box := link.bounding_box())]
    assert len(tops) == 2
    assert tops == sorted(tops)
    own.click()
    phone.wait_for_url("**/receipt/*")

    other = open_page(f"{server.url}/e/{server.code}", PHONE, java_script_enabled=False)
    other.get_by_role("link", name="Read all the pledges").click()
    expect(other.get_by_text("Listen more.")).to_be_visible()


def test_what_waits_behind_another_is_not_said_to_be_on_its_way(phone: Page, stored: Stored) -> None:
    phone.context.set_offline(True)
    write(phone, "Listen more.")
    expect(phone.get_by_role("status")).to_contain_text("Not sent yet: no connection")
    write_another(phone, "Say thank you.")
    expect(phone.get_by_role("status")).to_contain_text("Not sent yet: no connection")

    phone.context.set_offline(False)
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more.", "Say thank you."]


def test_a_reload_before_it_was_sent_sends_it_once(phone: Page, server: Server, stored: Stored) -> None:
    with nothing_gets_out(phone):
        write(phone, "Listen more.")
        expect(phone.get_by_role("status")).to_contain_text("Not sent yet: no connection")

        phone.reload()
        expect(phone.get_by_role("status")).to_contain_text("Not sent yet: no connection")
        assert stored.texts == []

    phone.reload()
    expect(phone.get_by_text(STORED)).to_be_visible()
    phone.reload()
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


@pytest.mark.parametrize("body", ["<h1>Welcome to Guest Wi-Fi</h1>", '{"error": "Please log in."}'])
@pytest.mark.parametrize("status", [200, 403, 404, 407])
def test_a_wifi_login_page_is_not_taken_for_stored(
    phone: Page, stored: Stored, status: int, body: str
) -> None:
    """Nor for a refusal: whoever stands between the phone and the server has no say in what becomes of a pledge."""
    phone.route("**/pledges", lambda route: route.fulfill(status=status, body=body))
    write(phone, "Listen more.")
    expect(phone.get_by_role("status")).to_contain_text("Not sent yet: no connection")
    phone.unroute("**/pledges")
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


def test_what_is_typed_survives_a_reload(phone: Page) -> None:
    phone.get_by_role("textbox", name="Your pledge").fill("Half a tho")
    phone.get_by_role("textbox", name="Name").fill("Maria")
    phone.reload()
    expect(phone.get_by_role("textbox", name="Your pledge")).to_have_value("Half a tho")
    expect(phone.get_by_role("textbox", name="Name")).to_have_value("Maria")


def test_an_empty_pledge_is_said_beside_the_field(phone: Page) -> None:
    send(phone)
    field = phone.get_by_role("textbox", name="Your pledge")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(phone.locator("#text-problem")).to_have_text("Write your pledge first.")


def test_a_long_pledge_is_said_beside_the_field_and_stays(phone: Page, stored: Stored) -> None:
    write(phone, "x" * 285)
    expect(phone.locator("#text-problem")).to_have_text("5 characters too long. Shorten your pledge.")
    expect(phone.get_by_role("textbox", name="Your pledge")).to_have_value("x" * 285)
    assert stored.texts == []


def test_what_only_the_server_refuses_comes_back_beside_its_field(phone: Page) -> None:
    write(phone, ZALGO, name="Maria")
    expect(phone.locator("#text-problem")).to_contain_text("too many accents")
    expect(phone.get_by_role("textbox", name="Name")).to_have_value("Maria")


def test_a_closed_event_leaves_the_text_on_the_phone(
    phone: Page, own_server: OwnServer, stored: Stored
) -> None:
    with stopped(own_server):
        stored.open_event(False)
    write(phone, "Too late?")
    expect(phone.get_by_role("alert")).to_contain_text("This event is closed")
    rows = written_here(phone).get_by_role("listitem")
    expect(rows).to_have_text([f"Too late?{NOT_SENT}"])
    phone.reload()
    expect(phone.get_by_role("button", name="Put it on the wall")).to_have_count(0)
    expect(rows).to_have_text([f"Too late?{NOT_SENT}"])
    assert stored.texts == []


def test_all_that_came_too_late_is_on_the_phone_and_goes_when_the_event_is_opened_again(
    phone: Page, own_server: OwnServer, stored: Stored
) -> None:
    phone.context.set_offline(True)
    write(phone, "Listen more.")
    write_another(phone, "Say thank you.")
    phone.get_by_role("link", name="Write another").click()
    phone.get_by_role("textbox", name="Your pledge").fill("Half a tho")
    with stopped(own_server):
        stored.open_event(False)
    phone.context.set_offline(False)

    expect(phone.get_by_role("alert")).to_contain_text("This event is closed")
    expect(phone.get_by_role("textbox", name="Your pledge")).to_have_value("Half a tho")
    rows = written_here(phone).get_by_role("listitem")
    expect(rows).to_have_text([f"Say thank you.{NOT_SENT}", f"Listen more.{NOT_SENT}"])
    phone.reload()
    expect(rows).to_have_text(
        [f"Half a tho{NOT_SENT}", f"Say thank you.{NOT_SENT}", f"Listen more.{NOT_SENT}"]
    )
    assert stored.texts == []

    with stopped(own_server):
        stored.open_event(True)
    phone.reload()
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more.", "Say thank you."]


def test_a_late_refusal_leaves_what_is_being_typed_alone(phone: Page, stored: Stored) -> None:
    on_its_way: list[Route] = []
    phone.route("**/pledges", lambda route: on_its_way.append(route), times=1)
    with phone.expect_request("**/pledges"):
        write(phone, ZALGO)
    phone.get_by_role("link", name="Write another").click()
    field = phone.get_by_role("textbox", name="Your pledge")
    field.fill("Half a tho")
    on_its_way.pop().continue_()

    expect(phone.get_by_role("alert")).to_have_text(REFUSED)
    rows = written_here(phone).get_by_role("listitem")
    expect(rows).to_contain_text([ZALGO])
    expect(rows).to_contain_text(["too many accents"])
    expect(rows).to_contain_text([NOT_SENT])
    expect(field).to_have_value("Half a tho")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    phone.reload()
    expect(field).to_have_value("Half a tho")
    expect(rows).to_contain_text([NOT_SENT])
    field.fill("Half a thought.")
    send(phone)
    expect(phone.get_by_text(STORED)).to_be_visible()
    expect(rows).to_contain_text([NOT_SENT])
    assert stored.texts == ["Half a thought."]


def test_a_refused_text_is_found_also_when_the_rest_of_the_page_does_not_come(phone: Page) -> None:
    phone.route("**/phone/refusal.js", lambda route: route.abort())
    write(phone, ZALGO)
    expect(written_here(phone).get_by_role("listitem")).to_contain_text([ZALGO])
    expect(phone.get_by_role("button", name="Put it on the wall")).to_be_visible()


def test_a_refusal_after_a_reload_leaves_the_draft_alone(phone: Page, stored: Stored) -> None:
    with nothing_gets_out(phone):
        write(phone, ZALGO)
        phone.get_by_role("link", name="Write another").click()
        phone.get_by_role("textbox", name="Your pledge").fill("Half a tho")
        phone.reload()
        expect(phone.get_by_role("status")).to_contain_text("Not sent yet: no connection")
    phone.reload()
    expect(phone.get_by_role("alert")).to_have_text(REFUSED)
    expect(phone.get_by_role("textbox", name="Your pledge")).to_have_value("Half a tho")
    expect(written_here(phone).get_by_role("listitem")).to_contain_text([ZALGO])
    assert stored.texts == []


def test_it_works_without_javascript(server: Server, open_page: OpenPage, wall: Page, stored: Stored) -> None:
    phone = open_page(f"{server.url}/e/{server.code}", PHONE, java_script_enabled=False)
    phone.get_by_role("textbox", name="Your pledge").fill("x" * 281)
    send(phone)
    expect(phone.locator("#text-problem")).to_have_text("Use 280 characters or fewer.")
    expect(phone.get_by_role("textbox", name="Your pledge")).to_have_value("x" * 281)

    phone.goto(phone.url.removesuffix("/pledges"))
    phone.get_by_role("textbox", name="Your pledge").fill("Plain and simple.")
    send(phone)
    expect(phone.get_by_text(STORED)).to_be_visible()
    expect(notes(wall)).to_contain_text("Plain and simple.")

    phone.go_back()
    expect(phone.get_by_role("textbox", name="Your pledge")).to_have_value("Plain and simple.")
    send(phone)
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Plain and simple."]


def test_it_works_where_storage_is_refused(server: Server, browser: Browser, stored: Stored) -> None:
    context = browser.new_context(viewport=PHONE)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
    )
    with closing(context.new_page()) as phone:
        phone.goto(f"{server.url}/e/{server.code}")
        write(phone, "In private.")
        expect(phone.get_by_text(STORED)).to_be_visible()
    context.close()
    assert stored.texts == ["In private."]


def test_it_works_where_cookies_are_refused(
    server: Server, browser: Browser, stored: Stored, tmp_path: Path
) -> None:
    """As in the settings of a browser that blocks all cookies, and with them its storage."""
    profile = tmp_path / "profile"
    (profile / "Default").mkdir(parents=True)
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Default" / "Preferences").write_text(json.dumps(settings))
    started = browser.browser_type.launch_persistent_context(
        profile, executable_path=find_browser(), args=QUIET, viewport=PHONE
    )
    with closing(started) as context:
        phone = context.new_page()
        phone.goto(f"{server.url}/e/{server.code}")
        assert phone.evaluate("document.cookie = 'kept=yes'; document.cookie") == ""
        write(phone, "Without a trace.")
        expect(phone.get_by_text(STORED)).to_be_visible()
        assert context.cookies() == []
    assert stored.texts == ["Without a trace."]


def test_a_phone_that_is_looked_at_again_sends_at_once(phone: Page, stored: Stored) -> None:
    """Its screen was locked: what it would try later by itself does not count here, since its clock stands still."""
    phone.clock.install()
    phone.reload()
    with nothing_gets_out(phone):
        write(phone, "Listen more.")
        expect(phone.get_by_role("status")).to_contain_text("Not sent yet: no connection")
        phone.clock.pause_at(phone.evaluate("Date.now()") / 1000 + 3600)
        show_page(phone, False)
    assert stored.texts == []
    show_page(phone, True)
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["Listen more."]


def show_page(phone: Page, is_shown: bool) -> None:
    """Somebody locks the screen, or looks at it again."""
    phone.evaluate(
        """is_shown => {
            Object.defineProperty(document, "hidden", { value: !is_shown, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        is_shown,
    )


def test_the_receipt_shows_the_pledge_and_takes_it_back(phone: Page, wall: Page) -> None:
    write(phone, "Listen more.")
    phone.get_by_role("link", name="Change or save your pledge").click()
    expect(phone.locator("blockquote")).to_contain_text("Listen more.")
    expect(notes(wall)).to_have_count(1)

    phone.get_by_text("Withdraw your pledge", exact=True).click()
    phone.get_by_role("button", name="Withdraw pledge").click()
    expect(phone.get_by_text("You withdrew this pledge. It is not on the wall.")).to_be_visible()
    expect(notes(wall)).to_have_count(0)


def test_a_whole_room_on_one_address_is_all_stored(server: Server, wall: Page) -> None:
    def send_one(number: int) -> int:
        return server.send(a_draft(f"Pledge {number}"))[0]

    with ThreadPoolExecutor(60) as room:  # a connection that is refused or cut off fails it
        assert list(room.map(send_one, range(120))) == [201] * 120
    expect(wall.locator(".number")).to_have_text("120")
    shown = server.get(f"/e/{server.code}/pledges")[1]["pledges"]
    assert sorted(pledge["number"] for pledge in shown) == list(range(1, 121))
    wait_until(lambda: wall.locator(".track .note").count() > 0, "they are on the wall")
