"""Follow-up: authors say how it is going, a wall shows how pledges went, and what is erased is gone."""

import sqlite3
from contextlib import closing
from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.accessibility import assert_accessible, check_everywhere
from tests.browser.conftest import DESK, PHONE, WALL, OpenPage, open_desk
from tests.browser.people import go_to, notes, row_of, wait_for_changes, write
from tests.browser.test_wall import SIZES, assert_readable, measure
from tests.conftest import a_draft
from tests.support.running import OwnServer, Server, wait_until

OUTCOMES = ("kept", "still_going", "changed", "dropped")


@pytest.fixture
def receipt(server: Server, phone: Page) -> Page:
    """The author's private page, a week later."""
    write(phone, "Listen more.", name="Maria")
    expect(phone.locator("[data-step=stored][data-done]")).to_have_count(1)
    server.grow_older(days=7)
    phone.get_by_role("link", name="Change or save your pledge").click()
    expect(phone.get_by_role("heading", name="How is it going?")).to_be_visible()
    return phone


@pytest.fixture
def kept_wall(server: Server, open_page: OpenPage) -> Page:
    return open_page(f"{server.url}/e/{server.code}/wall/kept", WALL)


def answer(server: Server, text: str, outcome: str, sentence: str = "", name: str = "Maria") -> None:
    """An author who has answered already."""
    stored = server.send(a_draft(text, name=name))[1]
    path = stored["receipt"].removeprefix(server.url)
    assert server.post(f"{path}/answer", {"outcome": outcome, "sentence": sentence})[0] == 200


def test_one_tap_on_the_phone_is_on_the_kept_wall_at_once(receipt: Page, kept_wall: Page, wall: Page) -> None:
    expect(kept_wall.get_by_text("No one has told us how their pledge went yet.")).to_be_visible()
    receipt.get_by_role("button", name="Kept").click()
    expect(receipt.get_by_text("Thank you. You replied on")).to_be_visible()
    expect(notes(kept_wall)).to_have_text(["Listen more.– MariaKept"])
    comment = receipt.get_by_role("textbox", name="Add a comment")
    comment.fill("We meet on Fridays.")
    comment.press("Enter")
    expect(receipt.get_by_role("button", name="Kept")).to_have_attribute("aria-pressed", "true")
    expect(notes(kept_wall)).to_have_text(["Listen more.– MariaKept“We meet on Fridays.”"])
    expect(kept_wall.locator(".outcome-counts [data-outcome=kept] b")).to_have_text("1")
    expect(notes(wall)).to_have_text(["Listen more.– Maria"])

    receipt.get_by_role("button", name="Still going").click()
    expect(receipt.get_by_role("button", name="Still going")).to_have_attribute("aria-pressed", "true")
    expect(notes(kept_wall)).to_have_text(["Listen more.– MariaStill going“We meet on Fridays.”"])
    receipt.get_by_role("button", name="Dropped").click()
    expect(notes(kept_wall)).to_have_count(0)
    expect(notes(wall)).to_have_count(1)


def test_answering_works_without_javascript(receipt: Page, open_page: OpenPage) -> None:
    plain = open_page(receipt.url, PHONE, java_script_enabled=False)
    plain.get_by_role("button", name="Changed").click()
    expect(plain.get_by_role("button", name="Changed")).to_have_attribute("aria-pressed", "true")
    expect(plain.get_by_text("Thank you. You replied on")).to_be_visible()


def test_writing_it_differently_still_works_beside_the_answers(receipt: Page, wall: Page) -> None:
    receipt.get_by_text("Edit your pledge").click()
    receipt.get_by_role("textbox", name="Your pledge").fill("")
    receipt.get_by_role("button", name="Save changes").click()
    expect(receipt.locator("#text-problem")).to_have_text("Write your pledge first.")


def test_a_moderator_looks_at_a_sentence_before_the_room_does(
    server: Server, open_page: OpenPage, kept_wall: Page
) -> None:
    answer(server, "Listen more.", "kept", "Visit bed 4 went well.")
    expect(notes(kept_wall)).to_have_text(["Listen more.– MariaKept"])
    desk = open_desk(server, open_page, PHONE)
    go_to(desk, "Results")
    desk.get_by_role("button", name="Approve").click()
    expect(notes(kept_wall)).to_have_text(["Listen more.– MariaKept“Visit bed 4 went well.”"])
    desk.get_by_role("button", name="Hide").click()
    expect(notes(kept_wall)).to_have_text(["Listen more.– MariaKept"])


def test_the_kept_wall_goes_on_from_what_it_has_while_the_server_is_away(
    own_server: OwnServer, kept_wall: Page
) -> None:
    answer(own_server, "Listen more.", "kept")
    expect(notes(kept_wall)).to_have_count(1)
    own_server.stop()
    expect(kept_wall.get_by_text("✎ No connection. New pledges will appear when it is back.")).to_be_visible(
        timeout=10_000
    )
    expect(notes(kept_wall)).to_have_count(1)
    own_server.start_again()
    answer(own_server, "Share what failed.", "changed")
    expect(notes(kept_wall)).to_have_count(2)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}x{size['height']}")
def test_the_kept_wall_is_readable_and_nothing_is_over_anything_else(
    server: Server, open_page: OpenPage, size: ViewportSize
) -> None:
    texts = (
        "i",
        "W" * 280,
        "سأستمع إلى المريض.",
        "Say thank you to the night team, in person.",
        "Gwrando’n fwy.",
    )
    for number, text in enumerate(texts):
        answer(server, text, OUTCOMES[number % 3], ["", "w" * 140, "We meet on Fridays now."][number % 3])
    wall = open_page(f"{server.url}/e/{server.code}/wall/kept", size)
    measured = measure(wall, len(texts))
    assert {note["text"] for note in measured} == set(texts)
    assert_readable(measured, size["height"] / 36)


@pytest.mark.parametrize("look", ["paper", "night"])
def test_axe_finds_nothing_on_the_kept_wall(server: Server, open_page: OpenPage, look: str) -> None:
    for number, outcome in enumerate(OUTCOMES * 2):
        answer(server, f"Pledge {number}", outcome, "We meet on Fridays.")
    wall = open_page(f"{server.url}/e/{server.code}/wall/kept?look={look}", WALL)
    expect(notes(wall)).to_have_count(6)
    wait_until(lambda: wall.evaluate("document.getAnimations().length") == 0, "all is written")
    assert_accessible(wall)


def test_the_kept_wall_as_text_follows_by_itself(server: Server, open_page: OpenPage) -> None:
    answer(server, "Listen more.", "kept", "We meet on Fridays.")
    text = open_page(f"{server.url}/e/{server.code}/wall/kept/text", PHONE)
    row = text.locator(".pledges li").filter(has_text="Listen more.")
    expect(row.locator(".outcome")).to_have_text("Kept We meet on Fridays.", use_inner_text=True)
    answer(server, "Share what failed.", "changed")
    other = text.locator(".pledges li").filter(has_text="Share what failed.")
    expect(other.locator(".outcome")).to_have_text("Changed", use_inner_text=True)
    check_everywhere(text)


def test_what_its_author_erases_is_gone_from_the_wall_and_the_phone(
    server: Server, receipt: Page, wall: Page, open_page: OpenPage
) -> None:
    desk = open_desk(server, open_page)
    wait_for_changes(desk)
    expect(notes(wall)).to_have_count(1)
    receipt.get_by_role("link", name="See or erase your data").click()
    receipt.get_by_text("Erase everything", exact=True).click()
    receipt.get_by_role("button", name="Erase everything now").click()
    expect(receipt.get_by_role("heading", name="Erased")).to_be_visible()
    expect(notes(wall)).to_have_count(0)
    expect(desk.locator(".pledge")).to_have_attribute("data-erased", "yes")
    expect(row_of(desk, "Listen more.")).to_have_count(0)

    wait_until(
        lambda: not receipt.evaluate("JSON.stringify(localStorage)").count("Listen more."),
        "the phone has forgotten it too",
    )
    receipt.get_by_role("link", name="Go to the pledge page").click()
    expect(receipt.get_by_role("button", name="Put it on the wall")).to_be_visible()
    expect(receipt.get_by_role("region", name="Your pledge")).to_be_hidden()


def test_a_phone_does_not_say_stored_of_what_was_erased_elsewhere(server: Server, phone: Page) -> None:
    write(phone, "Listen more.")
    expect(phone.locator("[data-step=stored][data-done]")).to_have_count(1)
    path = str(phone.locator("[data-receipt]").get_attribute("href"))
    assert server.post(f"{path}/erase", {})[0] == 200
    phone.reload()
    expect(
        phone.get_by_text(
            "This pledge is no longer on the server. It was erased, or the date for keeping it has passed. Your text is still on this phone."
        )
    ).to_be_visible()
    expect(phone.locator("[data-step=stored][data-done]")).to_have_count(0)
    expect(phone.locator("[data-receipt]")).to_be_hidden()
    expect(phone.locator(".note")).to_contain_text("Listen more.")


def test_what_an_organiser_erases_leaves_an_open_desk(
    own_server: OwnServer, open_page: OpenPage, wall: Page
) -> None:
    own_server.send(a_draft("Listen more.", name="Maria"))
    desk, other = (open_desk_again(own_server, open_page, size) for size in (PHONE, DESK))
    wait_for_changes(other)
    row_of(desk, "Listen more.").locator("summary").click()
    row_of(desk, "Listen more.").get_by_role("link", name="Edit").click()
    desk.get_by_role("link", name="See or erase all its data").click()
    expect(desk.get_by_text("Maria")).to_be_visible()
    desk.get_by_text("Erase everything", exact=True).click()
    desk.get_by_role("button", name="Erase everything now").click()
    expect(desk.get_by_text("Only its number remains.")).to_be_visible()
    expect(notes(wall)).to_have_count(0)
    expect(other.locator(".pledge .text")).to_have_text("")


def open_desk_again(server: OwnServer, open_page: OpenPage, size: ViewportSize) -> Page:
    """Each with a link of its own, since each works once."""
    server.stop()
    server.printed.clear()  # the link that worked once
    server.start_again()
    return open_desk(server, open_page, size)


def test_everybody_can_use_what_the_author_sees(server: Server, receipt: Page) -> None:
    receipt.get_by_role("button", name="Kept").click()
    receipt.get_by_role("textbox", name="Add a comment").fill("Visit bed 4 went well.")
    receipt.get_by_role("button", name="Save comment").click()
    expect(receipt.get_by_text("An organiser will check your comment before others see it.")).to_be_visible()
    address = receipt.url.split("#")[0]
    check_everywhere(receipt)
    for path in (f"{address}/everything", f"/e/{server.code}/privacy", f"/e/{server.code}/erased"):
        receipt.goto(path if path.startswith("http") else server.url + path)
        for more in receipt.locator("summary").all():
            more.click()
        check_everywhere(receipt)


def test_everybody_can_use_what_the_desk_looks_back_at(server: Server, open_page: OpenPage) -> None:
    for number, outcome in enumerate(OUTCOMES * 2):
        answer(server, f"Listen to patients, number {number}", outcome, "Visit bed 4." if number % 2 else "")
    desk = open_desk(server, open_page)
    go_to(desk, "Results")
    expect(desk.get_by_role("heading", name="How it went")).to_be_visible()
    for more in desk.locator("summary").all():
        more.click()
    check_everywhere(desk)
    desk.goto(f"{server.url}/desk/e/{server.code}/settings")
    desk.get_by_label("Keep names until (optional)").fill("2020-01-01")
    desk.locator(".all-settings").evaluate("(form) => form.submit()")
    expect(desk.get_by_text("Enter a date in the next 10 years.")).to_be_visible()
    check_everywhere(desk)
    desk.goto(f"{server.url}/desk/e/{server.code}")
    desk.locator(".pledge").first.locator("summary").click()
    desk.locator(".pledge").first.get_by_role("link", name="Edit").click()
    desk.get_by_role("link", name="See or erase all its data").click()
    desk.get_by_text("Erase everything", exact=True).click()
    check_everywhere(desk)


def test_the_pictures_have_tables_that_say_the_same(server: Server, open_page: OpenPage) -> None:
    for outcome in ("kept", "kept", "dropped"):
        answer(server, "Listen to every patient.", outcome)
    desk = open_desk(server, open_page)
    go_to(desk, "Results")
    today = desk.get_by_role("row").filter(has=desk.get_by_role("rowheader", name="Today"))
    expect(today.get_by_role("cell")).to_have_text(["3", "3", "2", "0", "0", "1"])
    words = desk.get_by_role("region", name="Most used words")
    expect(words.locator(".words")).to_contain_text("patient 3")
    expect(desk.locator("svg.columns g")).to_have_count(1)


OF_THE_AXIS = """(figure) => {
  const drawn = figure.querySelector('svg').getBoundingClientRect();
  const values = [...figure.querySelectorAll('.values span')].map((one) => one.getBoundingClientRect());
  return [values.at(0), values.at(-1)].map(({ top, bottom }) => ((top + bottom) / 2 - drawn.top) / drawn.height);
}"""
"""Where its highest and its lowest value are: from 0, the top of the picture, to 1, its foot."""


def test_the_pictures_have_names_and_values_along_their_axes(server: Server, open_page: OpenPage) -> None:
    for outcome in ("kept", "kept", "dropped", "kept", "changed"):
        answer(server, "Listen to every patient.", outcome)
    answered_earlier(server, days=9)
    desk = open_desk(server, open_page)
    go_to(desk, "Results")
    for name in ("Pledges over time", "Replies over time, and how many were kept"):
        picture = desk.get_by_role("figure", name=name).and_(desk.locator("[aria-labelledby]"))
        values = picture.locator(".values span")
        expect(values).to_have_text(["6", "4", "2", "0"])
        expect(picture.locator(".axis time")).to_have_count(2)
        assert picture.evaluate(OF_THE_AXIS) == pytest.approx([0, 1], abs=0.02)
        picture.get_by_text("Show as a table").click()
        expect(picture.get_by_role("table")).to_be_visible()


def answered_earlier(server: Server, days: int) -> None:
    """The first of the event's authors to reply did so that many days earlier."""
    with closing(sqlite3.connect(server.folder / "wall.db", timeout=30)) as database, database:
        database.execute(
            "UPDATE answers SET at = strftime('%Y-%m-%dT%H:%M:%fZ', at, ?) WHERE id = (SELECT min(answers.id) FROM answers"
            " JOIN pledges ON pledges.id = pledge_id JOIN events ON events.id = event_id WHERE code = ?)",
            (f"-{days} days", server.code),
        )


TEXTURES = """(pictures) => pictures.map((picture) => {
  const rect = getComputedStyle(picture.querySelector('rect'));
  const hatching = getComputedStyle(picture.querySelector('.hatching'));
  return [rect.display === 'none' ? 0 : Number(rect.fillOpacity), hatching.display !== 'none'];
})"""


@pytest.mark.parametrize("colours", ["none", "active"])
def test_how_it_went_is_told_apart_without_colours(
    server: Server, open_page: OpenPage, colours: Literal["active", "none"]
) -> None:
    for outcome in ("kept", "still_going", "changed", "dropped"):
        answer(server, "Listen to every patient.", outcome)
    desk = open_desk(server, open_page)
    desk.emulate_media(forced_colors=colours)
    go_to(desk, "Results")
    parts = desk.locator("svg.shares g:is(.kept, .still_going, .changed, .dropped)")
    expect(parts).to_have_count(4)
    if colours == "active":
        text = desk.evaluate("getComputedStyle(document.body).color")
        colour_of = "(parts) => parts.map((part) => getComputedStyle(part).color)"
        assert {text} == {*parts.evaluate_all(colour_of), *desk.locator(".key").evaluate_all(colour_of)}
    assert parts.evaluate_all(TEXTURES) == [[0.85, False], [0.14, True], [0.14, False], [0, False]]
    keys = desk.locator("th .key").evaluate_all(
        "(keys) => keys.map((key) => [getComputedStyle(key).backgroundColor, getComputedStyle(key).backgroundImage])"
    )
    assert len({tuple(key) for key in keys}) == 4
