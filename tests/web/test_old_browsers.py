"""An attendee's phone may be years old: its pages ask for nothing that has only come to browsers lately."""

import re
from pathlib import Path

import pytest

from tests.support.running import PROJECT

SURFACES = ("phone", "receipt", "shared")
OLDEST = "a phone last brought up to date in November 2023: Safari 17.1, Chrome 119, Firefox 119"
TOO_NEW_JS = {
    r"\bPromise\.withResolvers\b": "Safari 17.4, in March 2024: make the promise by hand",
    r"\bPromise\.try\b": "Safari 18.2, in December 2024: an async function does the same",
    r"\bArray\.fromAsync\b": "Chrome 121, in January 2024: a loop that awaits",
    r"\b(Object|Map)\.groupBy\b": "Safari 17.4, in March 2024: a loop and a Map",
    r"\.(union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(": (
        "methods of Set; Firefox 127, in June 2024: filter one with has() of the other"
    ),
    r"\bIterator\b|(?<!Object)\.(keys|values|entries|matchAll)\([^()]*\)\.(map|filter|take|drop|flatMap|toArray|some|every)\(": (
        "helpers of iterators; Safari 18.4, in March 2025: spread it into an array first"
    ),
    r"""["']\s+with\s*\{""": "attributes of imports; Firefox 138, in April 2025: a module can hold the data",
    r"\bTemporal\.": "Firefox 139, in May 2025, was the first: Date and Intl",
    r"\bscheduler\.(yield|postTask)\b": "Firefox 142, in August 2025: setTimeout",
    r"\bRegExp\.escape\b": "Safari 18.2, in December 2024: a text, not a pattern",
    r"\b(to|from)(Base64|Hex)\(": "of bytes; Chrome 140, in 2025: padStart as in outbox.js",
    r"\bFloat16Array\b|\bf16round\b": "Chrome 135, in 2025: nothing on a phone needs it",
    r"\bURL\.parse\(": "Safari 18, in September 2024: new URL, in a try",
    r"\bAbortSignal\.any\(": "Safari 17.4, in March 2024: one signal",
    r"\b(await\s+using|using)\s+\w+\s*=": "Chrome 134, in March 2025, was the first: try and finally",
    r"\bstartViewTransition\b": "Safari 18, in September 2024: an animation in CSS",
    r"\b(show|hide|toggle)Popover\b": "Firefox 125, in April 2024: hidden",
    r"\bmoveBefore\(": "Chrome 133, in February 2025, was the first: replaceChildren",
}
TOO_NEW_CSS = {
    r"\blight-dark\(": "Safari 17.5, in May 2024: a media query sets the tokens",
    r"\banchor-name\b|\bposition-anchor\b|\banchor\(|\bposition-area\b|\bposition-try": (
        "placing by an anchor; Safari 26, in 2025: a grid"
    ),
    r"@starting-style\b|\ballow-discrete\b": "Firefox 129, in August 2024: an animation with keyframes",
    r"@scope\b": "Firefox 146, in 2025: a class",
    r"@property\b": "Firefox 128, in July 2024: a value without a type",
    r"@function\b|\bif\(": "Chrome 137, in May 2025, was the first: two rules",
    r"\bcontent-visibility\b": "Safari 18, in September 2024: a shorter list",
    r"\banimation-timeline\b|\bscroll-timeline\b|\bview-timeline\b": "not in Firefox three years ago: nothing moves by scrolling",
    r"\bview-transition": "Safari 18, in September 2024: an animation with keyframes",
    r"\binterpolate-size\b|\bcalc-size\(": "Chrome 129, in September 2024, was the first: no animation of sizes",
    r"(rgb|hsl|hwb|lch|oklch|lab|oklab|color)\(\s*from\b": "colours from colours; Firefox 128, in July 2024: a token",
    r"\bround\(|\bmod\(|\brem\(|\bsign\(|\babs\(": "Chrome 125, in May 2024, or later: calc and clamp",
    r":popover-open\b|::details-content\b|::picker\b": "later than three years ago: hidden, and details as it is",
}
"""What a page cannot do without where it is missing, and what to write instead. `text-wrap` and `field-sizing` may be
used: where they are unknown, lines break differently and a field scrolls, and all can still be read and written."""


def files_of(kind: str) -> list[Path]:
    return [file for surface in SURFACES for file in sorted((PROJECT / "static" / surface).glob(f"*.{kind}"))]


def too_new(text: str, features: dict[str, str]) -> list[str]:
    """What is found in a text, and why it may not be."""
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.DOTALL)
    return [f"{found[0]!r}: {why}" for what, why in features.items() for found in re.finditer(what, code)]


@pytest.mark.parametrize("file", files_of("js"), ids=lambda file: str(file.relative_to(PROJECT)))
def test_no_script_of_a_phone_asks_for_a_newer_browser(file: Path) -> None:
    assert too_new(file.read_text(), TOO_NEW_JS) == [], OLDEST


@pytest.mark.parametrize("file", files_of("css"), ids=lambda file: str(file.relative_to(PROJECT)))
def test_no_style_of_a_phone_asks_for_a_newer_browser(file: Path) -> None:
    assert too_new(file.read_text(), TOO_NEW_CSS) == [], OLDEST


@pytest.mark.parametrize(
    ("written", "features"),
    [
        ("const { promise, resolve } = Promise.withResolvers();", TOO_NEW_JS),
        ("const all = await Array.fromAsync(lines);", TOO_NEW_JS),
        ("const by = Object.groupBy(pledges, ({ theme }) => theme);", TOO_NEW_JS),
        ("const both = mine.union(theirs);", TOO_NEW_JS),
        ("const texts = entries.values().map(({ text }) => text);", TOO_NEW_JS),
        ('import words from "./words.json" with { type: "json" };', TOO_NEW_JS),
        ("const now = Temporal.Now.instant();", TOO_NEW_JS),
        ("await scheduler.yield();", TOO_NEW_JS),
        ("p { color: light-dark(black, white); }", TOO_NEW_CSS),
        ("p { position-anchor: --card; }", TOO_NEW_CSS),
        ("@starting-style { p { opacity: 0; } }", TOO_NEW_CSS),
        ("p { color: oklch(from var(--ink) l c h); }", TOO_NEW_CSS),
    ],
)
def test_what_is_too_new_is_found(written: str, features: dict[str, str]) -> None:
    assert too_new(written, features) != []
