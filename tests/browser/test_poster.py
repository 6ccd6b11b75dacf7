"""What is printed before the day: one A4 page, whose codes a phone can read, in any length of question and language."""

from io import BytesIO

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible, assert_nothing_sticks_out, check_beyond_axe
from tests.browser.conftest import DESK, PHONE, OpenPage, open_desk
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


TITLE = "Improvement Academy spring conference: what will we carry home with us today?"
CONTACT = "Maria Jones, Improvement Academy, quality.improvement@example.nhs.wales, 029 2000 0000, or at the desk by the door"


@pytest.fixture
def desk(server: Server, open_page: OpenPage) -> Page:
    return open_desk(server, open_page)


WIFI = "Royal Infirmary – Visitors", "Quality;2026:in-spring"


@pytest.mark.parametrize("language", QUESTIONS)
def test_it_is_one_page_and_every_code_on_it_is_read(server: Server, desk: Page, language: str) -> None:
    server.change_event(question=QUESTIONS[language], language=language, title=TITLE, contact=CONTACT)
    event = f"{server.url}/e/{server.code}"
    assert printed_codes(server, desk, "") == [event]
    assert printed_codes(server, desk, "?cards") == [event] * 8


@pytest.mark.parametrize("language", QUESTIONS)
def test_with_a_wi_fi_it_is_one_page_too_and_the_wi_fi_comes_first(
    server: Server, desk: Page, language: str
) -> None:
    server.change_event(
        wifi_name=WIFI[0], wifi_password=WIFI[1], question=QUESTIONS[language], language=language,
        title=TITLE, contact=CONTACT,
    )  # fmt: skip
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


@pytest.mark.parametrize("wifi", ["", WIFI[0]])
def test_on_a_phone_all_of_it_is_there_and_can_be_read(
    server: Server, open_page: OpenPage, wifi: str
) -> None:
    server.change_event(question=QUESTIONS["pl"], title=TITLE, contact=CONTACT, wifi_name=wifi)
    phone = open_desk(server, open_page, PHONE)
    for kind in ("", "?cards"):
        phone.goto(f"{server.url}/desk/e/{server.code}/poster{kind}")
        for width in (320, 390):
            phone.set_viewport_size({"width": width, "height": 640})
            assert_nothing_sticks_out(phone)
            assert phone.evaluate(CLIPPED) == [], (kind, width)
            assert phone.evaluate(BESIDE_THE_SHEET) == [], (kind, width)
            assert phone.evaluate(SMALLEST_LETTERS) >= 8, (kind, width)
    assert_accessible(phone)


BESIDE_THE_SHEET = """[...document.querySelectorAll('.a4 :is(h2, p, img)')].filter((part) => {
  const { left, right } = part.getBoundingClientRect();
  return left < 0 || right > innerWidth || part.scrollWidth > part.clientWidth + 1;
}).map((part) => part.outerHTML)"""
SMALLEST_LETTERS = "Math.min(...[...document.querySelectorAll('.a4 p')].map((part) => parseFloat(getComputedStyle(part).fontSize)))"


def test_it_says_who_runs_the_event_and_what_is_asked(server: Server, desk: Page) -> None:
    poster = desk.locator(".poster")
    for settings, said in (
        ({"asks": ("name", "organisation")}, "Only the pledge is needed. The rest is optional."),
        ({"asks": ("organisation",)}, "Only the pledge is needed. The rest is optional."),
        ({"asks": (), "contact": "Ann, ann@example.org"}, "No name needed."),
    ):
        server.change_event(**settings)
        desk.goto(f"{server.url}/desk/e/{server.code}/poster")
        expect(poster).to_contain_text(f"Write a pledge and see it on the wall. No app, no account. {said}")
    expect(poster).to_contain_text("Our first event")
    expect(poster).to_contain_text("Questions about your data: Ann, ann@example.org")
    desk.goto(f"{server.url}/desk/e/{server.code}/poster?cards")
    expect(desk.locator(".card").first).to_contain_text("Our first event")


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
