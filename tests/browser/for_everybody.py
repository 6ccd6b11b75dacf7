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


def _found(page: Page, rules: object) -> list[tuple[str, list[str]]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    violations = page.evaluate("(options) => axe.run(document, options)", options)["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in violations]
