"""Through a queue with the thumb at one place: what waits comes to it, one after the other, and nothing is approved unseen."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from tests.browser.conftest import PHONE, OpenPage, open_desk
from tests.browser.people import row_of, wait_for_changes, wait_until_it_may_be_decided
from tests.browser.test_list_on_every_screen import ENLARGED, NARROW
from tests.conftest import a_draft
from tests.support.running import Server, wait_until

TEXTS = (
    "Listen more.",
    "I will ask every patient what matters to them before I ask what is the matter with them.",
    "Visit Mrs B in bed 4.",
    "Say thank you.",
    "Come five minutes early to each handover, and leave when the last question has been asked.",
    "Share what failed.",
    "Wash my hands.",
)
TOP_IS_SEEN = """(row) => {
  const { left, top } = row.getBoundingClientRect();
  return row.contains(document.elementFromPoint(left + 20, top + 10));
}"""
CAN_BE_TAPPED = """(button) => {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  return button.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}"""


@pytest.fixture
def queue(server: Server) -> Server:
    """An event whose pledges wait."""
    server.change_event(moderation="before")
    for text in TEXTS:
        server.send(a_draft(text, name="Maria"))
    return server


def open_queue(server: Server, open_page: OpenPage, size: ViewportSize = PHONE) -> Page:
    desk = open_desk(server, open_page, size)
    wait_for_changes(desk)
    expect(waiting(desk)).to_have_count(len(TEXTS))
    return desk


@pytest.fixture
def ann(queue: Server, open_page: OpenPage) -> Page:
    """A moderator with a phone in one hand."""
    return open_queue(queue, open_page)


def waiting(desk: Page) -> Locator:
    return desk.locator(".pledge[data-status=waiting]")


def approve(row: Locator) -> Locator:
    return row.locator("[data-action=show]")


def place_of(button: Locator) -> tuple[float, float]:
    box = button.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("size", [PHONE, NARROW])
def test_a_queue_is_as_many_taps_at_one_place(queue: Server, open_page: OpenPage, size: ViewportSize) -> None:
    """Also when the list is put in order in between, and when more pledges come."""
    ann = open_queue(queue, open_page, size)
    approve(row_of(ann, TEXTS[0])).evaluate("button => button.scrollIntoView({ block: 'center' })")
    place = place_of(approve(row_of(ann, TEXTS[0])))
    for number, text in enumerate(TEXTS, start=1):
        ann.mouse.click(*place)
        expect(row_of(ann, text)).to_have_attribute("data-status", "shown")
        expect(waiting(ann)).to_have_count(len(TEXTS) - number + (number > 4))
        wait_until_it_may_be_decided(ann)
        if number == 4:
            queue.send(a_draft("One more."))
            expect(ann.locator(".pledge").first).to_contain_text(
                TEXTS[4]
            )  # what is decided went to its place
    ann.mouse.click(*place)
    expect(row_of(ann, "One more.")).to_have_attribute("data-status", "shown")


def test_the_second_half_of_a_double_tap_approves_nothing_unseen(ann: Page) -> None:
    first, second = row_of(ann, TEXTS[0]), row_of(ann, TEXTS[1])
    place = place_of(approve(first))
    asked: list[str] = []
    held: list[Route] = []
    ann.on("request", lambda request: asked.append(request.url))
    ann.route("**/show", lambda route: held.append(route), times=1)
    ann.mouse.dblclick(*place)
    wait_until(lambda: ann.title() and held, "the tap is on its way")  # asking anything brings it in
    assert sum(url.endswith("/show") for url in asked) == 1
    held[0].continue_()
    expect(ann.locator(".pledges[data-come]")).to_have_count(1)
    ann.mouse.click(*place)
    wait_until_it_may_be_decided(ann)
    expect(first).to_have_attribute("data-status", "shown")
    expect(second).to_have_attribute("data-status", "waiting")
    ann.mouse.click(*place)
    expect(second).to_have_attribute("data-status", "shown")


def test_a_key_that_is_held_down_decides_once(ann: Page) -> None:
    for key, place in (("a", row_of(ann, TEXTS[0])), ("Enter", approve(row_of(ann, TEXTS[1])))):
        left = waiting(ann).count() - 1
        place.focus()
        ann.keyboard.down(key)
        expect(waiting(ann)).to_have_count(left)
        wait_until_it_may_be_decided(ann)
        for _ in range(3):
            ann.keyboard.down(key)
        ann.keyboard.up(key)
        place.evaluate("() => new Promise(requestAnimationFrame)")
        expect(waiting(ann)).to_have_count(left)


def test_the_next_one_has_the_focus_and_is_said_to_a_screen_reader(ann: Page) -> None:
    said = ann.locator(".undo [role=status]")
    approve(row_of(ann, TEXTS[1])).focus()
    ann.keyboard.press("Enter")
    expect(said).to_have_text(
        "On the wall. Next: pledge 3. This may identify a patient. Visit Mrs B in bed 4. Maria"
    )
    expect(approve(row_of(ann, TEXTS[2]))).to_be_focused()
    wait_until_it_may_be_decided(ann)
    row_of(ann, TEXTS[2]).locator("[data-action=hide]").focus()
    ann.keyboard.press("Enter")
    expect(said).to_have_text("Hidden from the wall. Next: pledge 4. Say thank you. Maria")
    expect(row_of(ann, TEXTS[3]).locator("[data-action=hide]")).to_be_focused()
    row_of(ann, TEXTS[3]).focus()
    for text in TEXTS[4:] + TEXTS[:1]:
        ann.keyboard.press("a")
        expect(row_of(ann, text)).to_be_focused()
    ann.keyboard.press("a")
    expect(said).to_have_text("On the wall. No more pledges are waiting.")
    expect(row_of(ann, TEXTS[0])).to_be_focused()


def test_what_is_taken_back_has_the_focus_again(ann: Page) -> None:
    approve(row_of(ann, TEXTS[0])).click()
    expect(approve(row_of(ann, TEXTS[1]))).to_be_focused()
    ann.get_by_role("button", name="Undo").click()
    expect(row_of(ann, TEXTS[0])).to_have_attribute("data-status", "waiting")
    expect(row_of(ann, TEXTS[0])).to_be_focused()


@pytest.mark.parametrize("at", ["start", "end"])
def test_the_next_one_is_never_under_what_stays_on_the_screen(ann: Page, at: str) -> None:
    """Neither its text nor its buttons, wherever the button was that was tapped."""
    row = row_of(ann, TEXTS[3])
    row.evaluate("(row, block) => row.querySelector('.yes').scrollIntoView({ block })", at)
    approve(row).click()
    following = row_of(ann, TEXTS[4])
    expect(approve(following)).to_be_focused()
    expect(ann.get_by_role("button", name="Undo")).to_be_visible()
    assert following.evaluate(TOP_IS_SEEN)
    assert approve(following).evaluate(CAN_BE_TAPPED)


def test_where_the_screen_is_too_low_for_a_pledge_it_is_read_first(
    queue: Server, open_page: OpenPage
) -> None:
    desk = open_queue(queue, open_page, ENLARGED)
    approve(row_of(desk, TEXTS[0])).click()
    following = row_of(desk, TEXTS[1])
    expect(following).to_be_focused()
    assert following.evaluate(TOP_IS_SEEN)


def test_who_goes_elsewhere_meanwhile_is_left_there(ann: Page) -> None:
    """The answer to a tap comes late; until then somebody has begun to search."""
    held: list[Route] = []
    ann.route("**/show", lambda route: held.append(route))
    approve(row_of(ann, TEXTS[0])).click()
    ann.get_by_role("searchbox").fill("hands")
    wait_until(lambda: ann.title() and held, "the tap is on its way")
    held[0].continue_()
    expect(ann.locator(".undo .said")).to_have_text("On the wall.")
    expect(ann.get_by_role("searchbox")).to_be_focused()


def test_what_came_meanwhile_is_next_however_long_the_list_is(server: Server, open_page: OpenPage) -> None:
    for number in range(62):
        server.send(a_draft(f"Pledge {number}."))
    server.change_event(moderation="before")
    server.send(a_draft("The only one that waits."))
    ann = open_desk(server, open_page, PHONE)
    wait_for_changes(ann)
    button = approve(row_of(ann, "The only one"))
    button.dispatch_event("pointerdown")
    server.send(a_draft("It came meanwhile."))
    expect(ann.locator("[data-count=waiting]")).to_have_text("2")
    button.click()
    expect(ann.locator(".undo [role=status]")).to_have_text(
        re.compile("Next: pledge 64. It came meanwhile.$")
    )
    expect(approve(row_of(ann, "It came meanwhile."))).to_be_focused()
