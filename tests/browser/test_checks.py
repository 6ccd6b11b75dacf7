"""The checks of `accessibility` see what they are for: a small page for each fault, and one without any."""

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import AT_400_PERCENT, run_check
from tests.browser.conftest import OpenPage, open_desk
from tests.support.cases import case
from tests.support.running import Server

RING = "<style>:focus-visible { outline: 3px solid } * { margin: 0 }</style>"
BAR = "<div style='position: {how}; inset: auto 0 0; block-size: {high}px; background: #eee'>Bar</div>"
TALL = "<p style='block-size: 2000px'>Much to read</p>"
SOUND = f"""{RING}<p><a href='#'>One</a> <a href='#'>Two</a></p><p><button>Three</button></p>{TALL}
  <label>Name <input></label><svg aria-hidden='true'></svg><img alt='' src='data:,'><figure><figcaption>Said</figcaption></figure>"""

FAULTS = [
    ("keyboard", f"{RING}<div style='display: flex'><a href='#' style='order: 1'>One</a><a href='#'>Two</a></div>", "One comes before <a> Two"),
    ("keyboard", f"{RING}<div style='display: grid'><p style='order: 1'><a href='#'>One</a></p><p><a href='#'>Two</a></p></div>", "One comes before <a> Two"),
    ("keyboard", f"{RING}<a href='#' tabindex='1'>One</a>", "One jumps the queue"),
    ("keyboard", "<style>:focus { outline: none }</style><a href='#'>One</a>", "One has no outline"),
    ("keyboard", f"{RING}{BAR.format(how='fixed', high=80)}<p style='block-size: 240px'></p><a href='#'>One</a>", "One is under <div> Bar"),
    ("keyboard", f"{RING}<a href='#' style='position: absolute; inset-inline-start: -999px'>One</a>", "One is outside of the window"),
    ("narrow", "<p style='inline-size: 400px'>Wide</p>", "the page is"),
    ("narrow", "<nav style='overflow-x: auto; white-space: nowrap'><b>One </b><b style='padding: 200px'>Two</b></nav>", "<nav .> is pushed sideways"),
    ("narrow", f"{TALL}{BAR.format(how='sticky', high=160)}", "% of the window is covered"),
    ("spaced", "<button style='inline-size: 70px; white-space: nowrap; overflow: hidden'>Approve</button>", "cuts off Approve"),
    ("spaced", "<p style='block-size: 1.2em; overflow: hidden; font-size: 1rem'>One</p>", "cuts off One"),
    ("forced", "<button style='border: 0'>Send</button>", "no edge: <button"),
    ("forced", "<input style='border: 0'>", "no edge: <input"),
    ("forced", "<div role='group'><button aria-pressed='true' style='background: red'>Tour</button><button aria-pressed='false'>Whole wall</button></div>", "chosen by colour alone"),
    ("forced", "<nav><a href='#' aria-current='page' style='color: red'>Here</a> <a href='#'>There</a></nav>", "chosen by colour alone"),
    ("pictures", "<svg width='9' height='9'></svg>", "no name: <svg"),
    ("pictures", "<figure>A chart</figure>", "no name: <figure"),
    ("pictures", "<canvas></canvas>", "no name: <canvas"),
    ("pictures", "<img src='data:,' width='9' height='9'>", "no name: <img"),
]  # fmt: skip


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page("about:blank", AT_400_PERCENT, forced_colors="active")


def check_page(page: Page, name: str, html: str) -> list[str]:
    page.set_content(html)
    page.keyboard.press("Tab")
    return run_check(page, name, {"walk": True})


def test_each_check_finds_its_fault(page: Page) -> None:
    for name, html, complaint in FAULTS:
        with case((name, html)):
            found = check_page(page, name, html)
            assert any(complaint in one for one in found), found


def test_none_of_them_complains_of_a_sound_page(page: Page) -> None:
    for name in ("keyboard", "narrow", "spaced", "forced", "pictures"):
        with case(name):
            assert check_page(page, name, SOUND) == []


NOTE_FOCUS = "() => { window.went = []; addEventListener('focusin', ({ target }) => went.push(target)); }"
WENT = "() => went.splice(0).map((one) => one.outerHTML.slice(0, 200))"


def test_the_stops_that_are_looked_at_are_those_of_tab(server: Server, open_page: OpenPage) -> None:
    """Tab itself is slow, so a check puts the focus where Tab would."""
    server.change_event(themes=["Safety", "Kindness"], starters=["Say thank you."])
    desk = open_desk(server, open_page)
    for path in (f"/desk/e/{server.code}/settings", f"/e/{server.code}"):
        with case(path):
            desk.goto(server.url + path)
            desk.evaluate(NOTE_FOCUS)
            run_check(desk, "keyboard", {"walk": True})
            looked_at = desk.evaluate(WENT)
            desk.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
            desk.mouse.click(1, 1)
            for _ in range(2 * len(looked_at)):  # a date takes four, one for each of its parts
                desk.keyboard.press("Tab")
                if desk.evaluate("went.length") == len(looked_at):
                    break
            assert desk.evaluate(WENT) == looked_at
