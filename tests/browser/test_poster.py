"""What is printed before the day: one A4 page, whose codes a phone can read, in any length of question and language."""

from io import BytesIO

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible, check_beyond_axe
from tests.browser.conftest import DESK, OpenPage, open_desk
from tests.browser.people import go_to
from tests.support.pictures import codes_in
from tests.support.running import Server
from wall.core.wifi import wifi_code

A4_POINTS = (595, 842)
QUESTIONS = {
    "en": "What will you do differently?",
    "pl": "Co zrobisz od jutra inaczej, z kim, do kiedy, i po czym poznasz, że to się udało Twojemu oddziałowi?",
    "ar": "ماذا ستفعل بشكل مختلف ابتداءً من الغد؟",
}


@pytest.fixture
def desk(server: Server, open_page: OpenPage) -> Page:
    return open_desk(server, open_page)


WIFI = "Royal Infirmary – Visitors", "Quality;2026:in-spring"


@pytest.mark.parametrize("language", QUESTIONS)
def test_it_is_one_page_and_every_code_on_it_is_read(server: Server, desk: Page, language: str) -> None:
    server.change_event(question=QUESTIONS[language], language=language)
    event = f"{server.url}/e/{server.code}"
    assert printed_codes(server, desk, "") == [event]
    assert printed_codes(server, desk, "?cards") == [event] * 8


@pytest.mark.parametrize("language", QUESTIONS)
def test_with_a_wi_fi_it_is_one_page_too_and_the_wi_fi_comes_first(
    server: Server, desk: Page, language: str
) -> None:
    server.change_event(
        wifi_name=WIFI[0], wifi_password=WIFI[1], question=QUESTIONS[language], language=language
    )
    event = f"{server.url}/e/{server.code}"
    assert sorted(printed_codes(server, desk, "")) == sorted([event, wifi_code(*WIFI)])
    expect(desk.locator(".a4")).to_contain_text(WIFI[1])
    assert printed_codes(server, desk, "?cards") == [event] * 8
    expect(desk.locator(".a4")).to_contain_text(WIFI[1])


def printed_codes(server: Server, desk: Page, kind: str) -> list[str]:
    """What a phone reads from the one page that is printed."""
    desk.goto(f"{server.url}/desk/e/{server.code}/poster{kind}")
    for image in desk.locator(".qr").all():
        expect(image).to_have_js_property("complete", True)
    assert desk.evaluate(CLIPPED) == []
    assert_accessible(desk)
    printed = pypdfium2.PdfDocument(BytesIO(desk.pdf(prefer_css_page_size=True, print_background=True)))
    assert [[round(length) for length in page.get_size()] for page in printed] == [list(A4_POINTS)]
    return codes_in(printed[0].render(scale=2).to_pil())


CLIPPED = """[...document.querySelectorAll('.card, .poster')].flatMap((sheet) => {
  const outer = sheet.getBoundingClientRect();
  return [...sheet.querySelectorAll('h2, p')].filter((part) => {
    const inner = part.getBoundingClientRect();
    return inner.top < outer.top || inner.bottom > outer.bottom;
  }).map((part) => part.textContent);
})"""


def test_the_way_there_from_the_desk(desk: Page) -> None:
    go_to(desk, "Get ready")
    desk.get_by_role("link", name="Poster and table cards").click()
    expect(desk.get_by_role("button", name="Print, or save as PDF")).to_be_visible()
    check_beyond_axe(desk)
    desk.get_by_role("link", name="Table cards").click()
    expect(desk.locator(".card")).to_have_count(8)
    check_beyond_axe(desk)


def test_a_guest_prints_nothing(server: Server, open_page: OpenPage) -> None:
    guest = open_page(f"{server.url}/desk/e/{server.code}/poster", DESK)
    expect(guest.get_by_role("heading", name="Sign in to Scribe Wall")).to_be_visible()
