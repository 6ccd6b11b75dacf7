"""What people do on their screens, and what they see there."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.conftest import a_draft
from tests.support.running import Server
from wall.web.desk.navigation import TABS


def write(phone: Page, text: str, name: str = "") -> None:
    """An attendee writes a pledge and presses the button."""
    phone.get_by_role("textbox", name="Your pledge").fill(text)
    if name:
        phone.get_by_role("textbox", name="Name").fill(name)
    send(phone)


def write_another(phone: Page, text: str) -> None:
    """The same attendee writes one more."""
    phone.get_by_role("link", name="Write another").click()
    write(phone, text)


def written_here(phone: Page) -> Locator:
    """The list of what was written on this phone."""
    return phone.get_by_role("region", name="Your pledges on this phone")


def send(phone: Page) -> None:
    phone.get_by_role("button", name="Put it on the wall").click()


def use_up_the_limit(phone: Page, server: Server) -> None:
    """This phone sends one pledge after the other, until it is asked to wait for all of four seconds."""
    for number in range(2_000):
        answer = phone.request.post(f"{server.url}/e/{server.code}/pledges", data=a_draft(f"Pledge {number}"))
        if answer.headers.get("retry-after") == "4":
            return
        assert answer.status in (201, 429)
    raise AssertionError("nobody was asked to wait")


def wait_for_guard(phone: Page) -> None:
    """The gentle guard comes after the page can be used, and says when it has."""
    expect(phone.locator(".guard[data-ready]")).to_have_count(1)


NOTHING_GETS_OUT = """() => {
    const ask = window.fetch;
    window.fetch = (url, how) =>
      localStorage.cut && how?.method === "POST" ? Promise.reject(new TypeError("no network")) : ask(url, how);
}"""


@contextmanager
def nothing_gets_out(phone: Page) -> Iterator[None]:
    """Nothing sent by this phone arrives, however often its page is loaded again.

    The page refuses by itself: what a browser's tools hold back may slip out in the moment that a page is left.
    """
    phone.add_init_script(f"({NOTHING_GETS_OUT})()")
    phone.evaluate(NOTHING_GETS_OUT)
    phone.evaluate("localStorage.cut = 'yes'")
    yield
    phone.evaluate("delete localStorage.cut")


def wait_until_it_may_be_decided(desk: Page) -> None:
    """What came under the thumb can be decided once there was time to see it."""
    expect(desk.locator(".pledges[data-come]")).to_have_count(0)


def go_to(desk: Page, name: str) -> None:
    """Open a page of the event by the links in the head: first its tab, where it is under another one."""
    head = desk.locator(".event-head")
    link = head.get_by_role("link", name=name, exact=True)
    if not link.count():
        (tab,) = (tab for tab in TABS if name in [str(room.name) for room in tab.pages])
        head.get_by_role("link", name=str(tab.name), exact=True).click()
    link.click()


def save_settings(desk: Page) -> None:
    """Press the one button of the settings, and wait until they are saved."""
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved.", exact=True)).to_be_visible()


def row_of(desk: Page, text: str) -> Locator:
    """The row of a pledge in the queue."""
    return desk.locator(".pledge").filter(has_text=text)


def wait_for_changes(desk: Page) -> None:
    """A desk that follows its event: from now on decisions are made without leaving the page."""
    expect(desk.locator(".room-state")).to_contain_text("Server OK ·")


def expect_status(row: Locator, status: str) -> None:
    """What somebody reads of where a pledge is, in the queue or among a scribe's own."""
    expect(row.locator(".status")).to_contain_text(status, use_inner_text=True)


def put_in_spotlight(desk: Page, text: str) -> None:
    row = row_of(desk, text)
    row.locator("summary").click()
    row.get_by_role("button", name="Show large").click()


def open_views(desk: Page) -> None:
    """On a phone the views of the wall are behind a button."""
    views = desk.locator(".views")
    if views.is_visible() and views.get_attribute("aria-expanded") == "false":
        views.click()


def choose_view(desk: Page, name: str) -> None:
    """What the wall shows."""
    open_views(desk)
    desk.get_by_role("group", name="View on the wall").get_by_role("button", name=name).click()


def notes(wall: Page) -> Locator:
    """The notes that the room can read."""
    return wall.locator(".track .note:not(.unwritten)")


def invite(desk: Page, role: str) -> str:
    """An organiser makes an invitation on the team page: its link."""
    go_to(desk, "Team")
    desk.get_by_role("radio", name=role).check()
    desk.get_by_role("button", name="Create invitation").click()
    return desk.get_by_role("textbox", name="Invitation link").input_value()


def join(page: Page, name: str) -> None:
    """Somebody new, on the page of an invitation, joins the team."""
    page.get_by_role("textbox", name="Your name").fill(name)
    page.get_by_role("button", name="Join team").click()
    page.wait_for_url("**/desk/e/**")
