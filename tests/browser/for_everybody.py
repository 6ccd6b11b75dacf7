"""What everybody needs of a page, in whichever state it is: looked at in every width, in light and in dark."""

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONES = (320, 390, 768)
DESKS = (320, 390, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def check_everywhere(page: Page, widths: Iterable[int] = DESKS) -> None:
    """axe finds nothing in the narrowest and the widest, nor in the colours of the dark; and nothing sticks out."""
    before = page.viewport_size
    narrowest, *_, widest = sorted(widths)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        assert_nothing_sticks_out(page)
        assert_buttons_are_apart(page)
        if width in (narrowest, widest):
            page.emulate_media(color_scheme="light")
            assert_accessible(page)
            page.emulate_media(color_scheme="dark")
            assert_contrast(page)
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)


def check(page: Page) -> None:
    """The page as it is."""
    assert_accessible(page)
    assert_nothing_sticks_out(page)


def assert_accessible(page: Page) -> None:
    assert _found(page, RULES) == []


def assert_contrast(page: Page) -> None:
    """The one rule of axe's that colours decide."""
    assert _found(page, {"type": "rule", "values": ["color-contrast"]}) == []


def assert_nothing_sticks_out(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


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
