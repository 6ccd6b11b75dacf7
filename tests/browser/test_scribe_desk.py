"""A scribe with a pile of paper cards: quick, by keyboard alone, and no card is lost or stored twice."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import DESK, WALL, OpenPage, open_desk
from tests.browser.people import invite, join, notes
from tests.support.running import Server, wait_until

ENTER = "**/enter"
SHEET = "\n".join(
    (
        "Name\tPledge\tTheme",
        "Ann\tListen to the night shift first.\t",
        "Bela\tWash my hands.\tNo such theme",
        'Cerys\t"Say thank you,\nby name."\t',
    )
)


@pytest.fixture
def scribe(server: Server, open_page: OpenPage) -> Page:
    """The scribe's laptop, let in by an invitation."""
    invitation = invite(open_desk(server, open_page), "Scribe")
    page = open_page(invitation, DESK)
    join(page, "Siân")
    expect(page.get_by_role("textbox", name="Pledge", exact=True)).to_be_focused()
    return page


def stored(server: Server) -> list[tuple[str, str, str, str]]:
    """Text, name, organisation and scribe of each pledge, in the order of their numbers."""
    with closing(sqlite3.connect(server.folder / "wall.db")) as database:
        return database.execute(
            "SELECT text, pledges.name, organisation, organisers.name FROM pledges "
            "JOIN events ON events.id = pledges.event_id "
            "LEFT JOIN organisers ON organisers.id = entered_by WHERE code = ? ORDER BY number",
            (server.code,),
        ).fetchall()


def type_card(scribe: Page, text: str) -> None:
    scribe.keyboard.type(text)
    scribe.keyboard.press("Enter")


def hold_next(scribe: Page) -> list[Route]:
    """The next card stays on its way until it is let go."""
    held: list[Route] = []
    scribe.route(ENTER, lambda route: held.append(route), times=1)
    return held


def let_go(scribe: Page, held: list[Route]) -> None:
    wait_until(lambda: scribe.title() and held, "the card is on its way")  # asking anything brings it in
    held[0].continue_()


def unsent(scribe: Page) -> Locator:
    return scribe.get_by_text("Not saved yet").filter(visible=True)


def just_entered(scribe: Page) -> list[str]:
    return scribe.get_by_role("region", name="Recently added").locator(".text").all_inner_texts()


def test_three_cards_by_keyboard_alone_are_on_the_wall(
    server: Server, open_page: OpenPage, scribe: Page
) -> None:
    wall = open_page(f"{server.url}/e/{server.code}/wall", WALL)
    said = scribe.get_by_role("status")

    scribe.keyboard.type("Ask what matters.")
    scribe.keyboard.press("Shift+Enter")
    scribe.keyboard.type("Then listen.")
    scribe.keyboard.press("Tab")
    scribe.keyboard.type("Maria")
    scribe.keyboard.press("Tab")
    type_card(scribe, "Ward 3")
    expect(said).to_have_text("Pledge 1 saved. It is on the wall.")
    expect(scribe.get_by_role("textbox", name="Pledge", exact=True)).to_be_focused()
    type_card(scribe, "Share what failed.")
    type_card(scribe, "Say thank you.")
    expect(said).to_have_text("Pledge 3 saved. It is on the wall.")

    expect(notes(wall)).to_have_count(3)
    assert just_entered(scribe) == ["Say thank you.", "Share what failed.", "Ask what matters.\nThen listen."]
    assert stored(server) == [
        ("Ask what matters.\nThen listen.", "Maria", "Ward 3", "Siân"),
        ("Share what failed.", "", "Ward 3", "Siân"),
        ("Say thank you.", "", "Ward 3", "Siân"),
    ]


def test_a_card_whose_answer_was_cut_off_is_stored_once_when_enter_is_pressed_again(
    server: Server, scribe: Page
) -> None:
    def arrive_and_break(route: Route) -> None:
        route.fetch()
        route.abort()

    scribe.route(ENTER, arrive_and_break, times=1)
    type_card(scribe, "Listen more.")
    expect(scribe.get_by_role("status")).to_contain_text("No connection. Your text is still here. Try again.")
    expect(unsent(scribe)).to_have_count(1)
    scribe.keyboard.press("Enter")
    expect(scribe.get_by_role("status")).to_have_text("Pledge 1 saved. It is on the wall.")
    assert [row[0] for row in stored(server)] == ["Listen more."]


def test_enter_while_a_card_is_on_its_way_sends_nothing_twice_and_loses_nothing(
    server: Server, scribe: Page
) -> None:
    held = hold_next(scribe)
    type_card(scribe, "Listen more.")
    scribe.keyboard.press("Enter")
    type_card(scribe, "Share what failed.")
    scribe.keyboard.type("Half a thou")
    let_go(scribe, held)
    expect(scribe.get_by_role("status")).to_have_text("Pledge 2 saved. It is on the wall.")
    expect(scribe.get_by_role("textbox", name="Pledge", exact=True)).to_have_value("Half a thou")
    assert [row[0] for row in stored(server)] == ["Listen more.", "Share what failed."]


def test_a_card_that_is_refused_comes_back_with_the_reason_and_what_was_typed_since_comes_after_it(
    server: Server, scribe: Page
) -> None:
    held = hold_next(scribe)
    text = scribe.get_by_role("textbox", name="Pledge", exact=True)
    text.fill("Far too long. " * 30)
    scribe.keyboard.press("Enter")
    scribe.keyboard.type("The next card.")
    let_go(scribe, held)

    expect(scribe.get_by_text("Use 280 characters or fewer.")).to_be_visible()
    expect(text).to_be_focused()
    expect(text).to_have_attribute("aria-invalid", "true")
    expect(text).to_have_value(re.compile("^Far too long."))
    text.fill("Shorter.")
    scribe.keyboard.press("Enter")
    expect(scribe.get_by_role("status")).to_have_text("Pledge 1 saved. It is on the wall.")
    expect(text).to_have_value("The next card.")
    expect(scribe.get_by_text("characters or fewer.")).to_be_hidden()
    assert [row[0] for row in stored(server)] == ["Shorter."]


def test_a_card_that_could_not_be_sent_is_sent_when_the_page_is_opened_again(
    server: Server, scribe: Page
) -> None:
    scribe.context.set_offline(True)
    type_card(scribe, "Listen more.")
    expect(unsent(scribe)).to_have_count(1)
    scribe.context.set_offline(False)
    scribe.reload()
    expect(scribe.get_by_role("status")).to_have_text("Pledge 1 saved. It is on the wall.")
    scribe.reload()
    assert [row[0] for row in stored(server)] == ["Listen more."]


def card(scribe: Page, text: str) -> Locator:
    return scribe.get_by_role("region", name="Recently added").get_by_role("listitem").filter(has_text=text)


def test_a_scribe_corrects_a_card_while_the_next_one_is_half_typed(
    server: Server, open_page: OpenPage, scribe: Page
) -> None:
    wall = open_page(f"{server.url}/e/{server.code}/wall", WALL)
    type_card(scribe, "Listn more.")
    type_card(scribe, "Say thank you.")
    expect(card(scribe, "Say thank you.")).to_contain_text("On the wall", use_inner_text=True)
    scribe.keyboard.type("Half a thou")
    card(scribe, "Listn more.").get_by_role("link", name="Edit").click()

    scribe.get_by_role("textbox", name="Pledge", exact=True).fill("Listen more.")
    scribe.get_by_role("button", name="Save").click()
    expect(notes(wall).filter(has_text="Listen more.")).to_have_count(1)
    expect(notes(wall)).to_have_count(2)
    expect(scribe.get_by_role("textbox", name="Pledge", exact=True)).to_have_value("Half a thou")
    assert just_entered(scribe) == ["Say thank you.", "Listen more."]


def test_a_scribe_takes_back_a_card_that_was_entered_twice(
    server: Server, open_page: OpenPage, scribe: Page
) -> None:
    wall = open_page(f"{server.url}/e/{server.code}/wall", WALL)
    for _ in range(2):
        type_card(scribe, "Listen more.")
    expect(notes(wall)).to_have_count(2)
    card(scribe, "Listen more.").first.get_by_role("button", name="Withdraw").click()

    expect(card(scribe, "Listen more.").first).to_contain_text("Hidden", use_inner_text=True)
    expect(card(scribe, "Listen more.").first.get_by_role("button")).to_have_count(0)
    expect(notes(wall)).to_have_count(1)
    assert len(stored(server)) == 2


def test_a_card_that_was_stored_is_listed_once_when_the_page_sends_it_again(
    server: Server, scribe: Page
) -> None:
    def arrive_and_break(route: Route) -> None:
        route.fetch()
        route.abort()

    scribe.route(ENTER, arrive_and_break, times=1)
    type_card(scribe, "Listen more.")
    expect(unsent(scribe)).to_have_count(1)
    scribe.reload()
    expect(scribe.get_by_role("status")).to_have_text("Pledge 1 saved. It is on the wall.")
    assert just_entered(scribe) == ["Listen more."]


def test_enter_that_ends_the_composing_of_a_word_sends_nothing(server: Server, scribe: Page) -> None:
    text = scribe.get_by_role("textbox", name="Pledge", exact=True)
    text.fill("聆聽")
    text.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(text).to_have_value("聆聽")
    scribe.keyboard.press("Enter")
    expect(scribe.get_by_role("status")).to_have_text("Pledge 1 saved. It is on the wall.")
    assert [row[0] for row in stored(server)] == ["聆聽"]


def test_enter_without_a_text_says_what_is_missing(server: Server, scribe: Page) -> None:
    scribe.keyboard.press("Enter")
    expect(scribe.get_by_text("Write your pledge first.")).to_be_visible()
    scribe.keyboard.type("L")
    expect(scribe.get_by_text("Write your pledge first.")).to_be_hidden()
    assert stored(server) == []


def test_rows_of_a_spreadsheet_are_looked_at_first_and_the_wrong_one_is_left_out(
    server: Server, open_page: OpenPage, scribe: Page
) -> None:
    wall = open_page(f"{server.url}/e/{server.code}/wall", WALL)
    scribe.get_by_text("Paste from a spreadsheet").click()
    scribe.get_by_role("textbox", name="Paste rows from a spreadsheet").fill(SHEET)
    scribe.get_by_role("button", name="Check rows").click()

    wrong = scribe.get_by_role("row").filter(has_text="Wash my hands.")
    expect(wrong).to_contain_text("Choose a theme from the list.")
    expect(scribe.get_by_text("2 rows ready to save")).to_be_visible()
    assert stored(server) == []

    scribe.get_by_role("button", name="Save these rows").click()
    expect(scribe.get_by_role("status").first).to_have_text("2 rows saved.")
    expect(notes(wall)).to_have_count(2)
    assert [row[:2] for row in stored(server)] == [
        ("Listen to the night shift first.", "Ann"),
        ("Say thank you,\nby name.", "Cerys"),
    ]
