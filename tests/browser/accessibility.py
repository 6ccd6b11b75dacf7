"""What everybody needs of a page, in whichever state it is: looked at in every width, in light and in dark, by keyboard."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

PHONES = (320, 390, 768)
DESKS = (320, 390, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AT_400_PERCENT: ViewportSize = {"width": 320, "height": 256}
"""What a laptop's window of 1280 × 1024 has room for once everything is four times as large."""
IN_THE_HAND: ViewportSize = {"width": 390, "height": 844}
CHECKS = Path(__file__).parent / "checks"


def check_everywhere(page: Page, widths: Iterable[int] = DESKS) -> None:
    """axe finds nothing in the narrowest and the widest, nor in the colours of the dark; nothing sticks out in any."""
    before = page.viewport_size
    narrowest, *_, widest = sorted(widths)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        assert_nothing_sticks_out(page)
        assert_in_order(page)
        assert_buttons_are_apart(page)
        if width in (narrowest, widest):
            page.emulate_media(color_scheme="light")
            assert_accessible(page)
            page.emulate_media(color_scheme="dark")
            assert_contrast(page)
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)
    check_beyond_axe(page)


def check_beyond_axe(page: Page) -> None:
    """The way of the keyboard, a window at 400 %, text further apart, colours that are the reader's own, names of pictures."""
    before = page.viewport_size
    assert_pictures_named(page)
    assert_in_order(page)
    page.set_viewport_size(IN_THE_HAND)
    assert_focus_is_seen(page)
    page.set_viewport_size(AT_400_PERCENT)
    assert_focus_is_seen(page)
    assert_narrow_enough(page)
    assert_room_for_wider_text(page)
    assert_edges(page)
    if before:
        page.set_viewport_size(before)


def check(page: Page) -> None:
    """The page as it is."""
    assert_accessible(page)
    assert_nothing_sticks_out(page)


def assert_accessible(page: Page) -> None:
    assert _found(page, RULES) == []


def assert_contrast(page: Page) -> None:
    """The one rule of axe's that colours decide, and what stands in empty fields, which axe does not look at."""
    assert _found(page, {"type": "rule", "values": ["color-contrast"]}) == []
    assert page.evaluate(FAINT_PLACEHOLDERS) == []


FAINT_PLACEHOLDERS = r"""() => {
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((one) => one / 255)
      .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  return [...document.querySelectorAll('[placeholder]')].filter((one) => one.checkVisibility()).flatMap((one) => {
    const [dark, bright] = [getComputedStyle(one, '::placeholder').color, getComputedStyle(one).backgroundColor].map(light).sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05) < 4.5 ? [one.placeholder] : [];
  });
}"""


def assert_nothing_sticks_out(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def assert_no_word_is_broken(page: Page) -> None:
    """No word of a button, a link, a label or a heading goes on in another line."""
    assert page.evaluate(BROKEN) == []


BROKEN = r"""() => [...document.querySelectorAll("button, a, label, legend, summary, h1, h2, dt, .steps li, .chip span")]
  .filter((part) => part.checkVisibility())
  .flatMap((part) => {
    const words = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const broken = [];
    while (words.nextNode()) {
      for (const word of words.currentNode.data.matchAll(/[\p{L}\p{M}\p{N}’]+/gu)) {
        const range = document.createRange();
        range.setStart(words.currentNode, word.index);
        range.setEnd(words.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word[0]);
      }
    }
    return broken;
  })"""


def assert_in_order(page: Page) -> None:
    """Tab goes the way that eyes go (WCAG 2.4.3)."""
    _assert_none(run_check(page, "keyboard", {"walk": False}))


def assert_focus_is_seen(page: Page) -> None:
    """Wherever Tab goes, it is seen there (2.4.7, 2.4.11). One real Tab first: then browsers draw the focus."""
    was, scrolled = page.evaluate_handle("document.activeElement"), page.evaluate("scrollY")
    page.keyboard.press("Tab")
    _assert_none(run_check(page, "keyboard", {"walk": True}))
    was.evaluate(
        "(one) => one === document.body ? document.activeElement.blur() : one.focus({ preventScroll: true })"
    )
    page.evaluate("(to) => scrollTo(0, to)", scrolled)


def assert_narrow_enough(page: Page) -> None:
    """At 400 % a page is read in one direction (1.4.10)."""
    _assert_none(run_check(page, "narrow"))


def assert_room_for_wider_text(page: Page) -> None:
    """Whoever sets text further apart can read all of it (1.4.12)."""
    _assert_none(run_check(page, "spaced"))


def assert_edges(page: Page) -> None:
    """In forced colours, what can be pressed or chosen is seen as such (1.4.11)."""
    page.emulate_media(forced_colors="active")
    found = run_check(page, "forced")
    page.emulate_media(forced_colors="none")
    _assert_none(found)


def assert_pictures_named(page: Page) -> None:
    """Whoever does not see a picture hears what it is (1.1.1)."""
    _assert_none(run_check(page, "pictures"))


def run_check(page: Page, name: str, asked: object = None) -> list[str]:
    """What one of the scripts in `checks/` has to complain about."""
    found: list[str] = page.evaluate(_script(name), asked)
    return found


def _assert_none(found: list[str]) -> None:
    assert not found, "\n".join(found)


@cache
def _script(name: str) -> str:
    return (CHECKS / f"{name}.js").read_text()


TOO_CLOSE = """(least) => {
  const layer = (one) => { while (one && getComputedStyle(one).position === 'static') one = one.parentElement; return one; };
  const buttons = [...document.querySelectorAll('button, .button, .again, .send, .me-too, summary')]
    .filter((one) => one.checkVisibility() && getComputedStyle(one).borderTopColor !== 'rgba(0, 0, 0, 0)'
      && parseFloat(getComputedStyle(one).borderTopWidth))
    .map((one) => ({ name: one.textContent.trim().slice(0, 40), layer: layer(one.parentElement), ...one.getBoundingClientRect().toJSON() }))
    .filter(({ width }) => width > 1);
  const close = (one, other) => one.layer === other.layer && one.left < other.right + least && other.left < one.right + least
    && one.top < other.bottom + least && other.top < one.bottom + least;
  return buttons.flatMap((one, at) => buttons.slice(at + 1).filter((other) => close(one, other)).map(({ name }) => [one.name, name]));
}"""
LEAST_APART = 4


def assert_buttons_are_apart(page: Page) -> None:
    """So that a thumb meets one of them alone."""
    assert page.evaluate(TOO_CLOSE, LEAST_APART) == []


def _found(page: Page, rules: object) -> list[tuple[str, list[str]]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    violations = page.evaluate("(options) => axe.run(document, options)", options)["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in violations]
