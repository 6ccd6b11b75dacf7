"""The projected wall: everything readable, nothing over anything else, nothing that the room must not see."""

import cmath
import math
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import WALL, OpenPage, open_desk
from tests.browser.people import notes, wait_until_it_may_be_decided
from tests.conftest import a_draft
from tests.support.pictures import codes_in
from tests.support.running import Server, wait_until
from wall.core.wall_state import WallState

SIZES: list[ViewportSize] = [
    {"width": 1280, "height": 720}, {"width": 1920, "height": 1080}, {"width": 3840, "height": 2160},
    {"width": 3840, "height": 1080}, {"width": 1080, "height": 1920},
]  # fmt: skip
HARD = [
    "W" * 280, "Donaudampfschifffahrtsgesellschaftskapitän" * 3, "i", "line\nby\nline\nby\nline\nby\nline\nand\nso\non",
    "سأستمع إلى المريض حتى النهاية قبل أن أتكلم.", "每次查房，先听病人说完。", "👩🏽‍⚕️❤️🎉", "Gwrando’n fwy.",
]  # fmt: skip

MEASURE = """() => [...document.querySelectorAll('.panel')].flatMap((panel, index) => {
  const { left, top, width } = panel.getBoundingClientRect();
  const scale = width / panel.offsetWidth;
  const onPanel = (element) => {
    const box = element.getBoundingClientRect();
    return [(box.left - left) / scale, (box.top - top) / scale, (box.right - left) / scale, (box.bottom - top) / scale];
  };
  return [...panel.querySelectorAll('.note')].map((note) => ({
    text: note.querySelector('.text').textContent,
    panel: index,
    room: [panel.offsetWidth, panel.offsetHeight],
    flat: [note.offsetLeft, note.offsetTop, note.offsetWidth, note.offsetHeight],
    tilt: parseFloat(getComputedStyle(note).rotate) || 0,
    inner: [...note.querySelectorAll('.text, .by, .outcome, .sentence')].map(onPanel),
    letter: parseFloat(getComputedStyle(note.querySelector('.text')).fontSize),
    clipped: note.scrollHeight > note.clientHeight + 2 || note.scrollWidth > note.clientWidth + 2,
  }));
})"""

Measured = list[dict[str, Any]]


def measure(wall: Page, count: int) -> Measured:
    """Every note of every panel, in its panel's pixels: in the scene *everything* all of them are in the page."""
    expect(notes(wall).first).to_be_visible()
    wall.keyboard.press("e")
    expect(notes(wall)).to_have_count(count)
    wait_until(lambda: wall.evaluate("document.getAnimations().length") == 0, "the camera stands still")
    measured: Measured = wall.evaluate(MEASURE)
    assert len(measured) == count
    return measured


def assert_readable(measured: Measured, smallest: float) -> None:
    """Letters are large enough, nothing is cut off, nothing is over anything else, tilted as it is."""
    for index, note in enumerate(measured):
        assert note["letter"] >= smallest, note
        assert not note["clipped"], note
        for left, top, right, bottom in note["inner"]:
            assert -1 <= left <= right <= note["room"][0] + 1, note
            assert -1 <= top <= bottom <= note["room"][1] + 1, note
        for other in measured[index + 1 :]:
            assert note["panel"] != other["panel"] or not overlap(corners(note), corners(other)), (
                note,
                other,
            )


Corners = list[tuple[float, float]]


def corners(note: dict[str, Any]) -> Corners:
    """Where a note's corners are once it is tilted about its middle."""
    left, top, width, height = note["flat"]
    turn = cmath.rect(1, math.radians(note["tilt"]))
    middle = complex(left + width / 2, top + height / 2)
    turned = (middle + turn * complex(x * width / 2, y * height / 2) for x, y in AROUND)
    return [(corner.real, corner.imag) for corner in turned]


AROUND = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def overlap(one: Corners, other: Corners) -> bool:
    """Two rectangles are apart where a line along one of their sides has them on different sides."""
    for shape in (one, other):
        for (x, y), (next_x, next_y) in pairwise([*shape, shape[0]]):
            across = (next_y - y, x - next_x)
            first, second = (
                [across[0] * a + across[1] * b for a, b in rectangle] for rectangle in (one, other)
            )
            if max(first) <= min(second) or max(second) <= min(first):
                return False
    return True


def fill(server: Server, texts: list[str]) -> None:
    for number, text in enumerate(texts):
        assert server.send(a_draft(text, name=["Maria", "", "Małgorzata"][number % 3]))[0] == 201


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}x{size['height']}")
def test_notes_are_readable_and_nothing_is_over_anything_else(
    server: Server, open_page: OpenPage, size: ViewportSize
) -> None:
    fill(server, HARD)
    wall = open_page(f"{server.url}/e/{server.code}/wall", size)
    measured = measure(wall, len(HARD))
    assert {note["text"] for note in measured} == set(HARD)
    assert_readable(measured, size["height"] / 36)


def test_many_short_lines_take_height_not_the_whole_width(server: Server, open_page: OpenPage) -> None:
    wide: ViewportSize = {"width": 3840, "height": 1080}
    fill(
        server,
        [NINE_LINES, "Ask:\n" * 8 + "and what would you, who are here every night, want to be asked? " * 3],
    )
    wall = open_page(f"{server.url}/e/{server.code}/wall", wide)
    short, mixed = measure(wall, 2)
    assert short["flat"][2] < wide["width"] / 8
    assert mixed["flat"][2] < wide["width"] / 2
    expect(wall.locator(".note.run-on")).to_have_count(0)


NINE_LINES = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine"


def deepen(server: Server, metres: int) -> None:
    """The last row is far away."""
    server.change_event(wall=WallState(room_depth=metres))


LANDSCAPE = [size for size in SIZES if size["width"] > size["height"]]


@pytest.mark.parametrize("size", LANDSCAPE, ids=lambda size: f"{size['width']}x{size['height']}")
def test_in_a_deep_room_letters_grow_and_notes_keep_most_of_the_height(
    server: Server, open_page: OpenPage, size: ViewportSize
) -> None:
    texts = [
        "Ask one patient a day: what matters to you?",
        "Listen more.",
        LONGEST,
        "Learn every porter’s name.",
    ]
    fill(server, texts)
    deepen(server, 24)
    wall = open_page(f"{server.url}/e/{server.code}/wall", size)
    measured = measure(wall, len(texts))
    assert_readable(measured, size["height"] * 24 / 435)
    assert measured[0]["panel"] == measured[1]["panel"]
    assert measured[0]["room"][1] > size["height"] * 0.75
    question = wall.get_by_role("heading", level=1)
    assert (
        float(question.evaluate("(h1) => parseFloat(getComputedStyle(h1).fontSize)")) > measured[0]["letter"]
    )


LONGEST = ("I will sit with one patient every week and hear the whole story, then change one thing. " * 4)[
    :280
]


def test_how_to_join_fits_on_the_screen_of_a_deep_room(server: Server, open_page: OpenPage) -> None:
    deepen(server, 40)
    for size in SIZES:
        wall = open_page(f"{server.url}/e/{server.code}/wall", size)
        expect(wall.locator(".number")).to_have_text("0")
        wall.keyboard.press("j")
        header = wall.locator("header").bounding_box()
        assert header is not None
        for part in (".call", ".address", ".qr"):
            expect(wall.locator(f".join-scene {part}")).to_be_visible()
            box = wall.locator(f".join-scene {part}").bounding_box()
            assert box is not None
            assert box["y"] >= header["y"] + header["height"], (part, size)
            assert box["y"] + box["height"] <= size["height"], (part, size)
            assert 0 <= box["x"] <= box["x"] + box["width"] <= size["width"], (part, size)
        wall.close()


NOTE_WHAT_MOVES = """() => {
  const { animate } = Element.prototype;
  self.moved = [];
  Element.prototype.animate = function (frames, options) {
    if (this.matches('.track')) moved.push([...new Set(frames.flatMap(Object.keys))].join());
    return animate.call(this, frames, options);
  };
}"""


def test_the_camera_does_not_fly_where_less_motion_was_asked_for(server: Server, open_page: OpenPage) -> None:
    """Some people fall ill of it (WCAG 2.3.3): what the camera goes to fades in."""
    fill(server, HARD * 2)
    wall = open_page(f"{server.url}/health", WALL)
    wall.add_init_script(f"({NOTE_WHAT_MOVES})()")
    wall.goto(f"{server.url}/e/{server.code}/wall")
    measure(wall, len(HARD) * 2)
    wall.keyboard.press("t")
    wait_until(lambda: len(wall.evaluate("moved")) == 2, "the camera has stepped back, and come near again")
    server.send(a_draft("The newest."))
    wait_until(lambda: len(wall.evaluate("moved")) >= 3, "it has gone to the newest panel")
    assert set(wall.evaluate("moved")) == {"opacity"}


LETTER = "document.documentElement.style.getPropertyValue('--letter')"


def test_a_screen_that_changes_its_size_still_shows_everything(server: Server, open_page: OpenPage) -> None:
    fill(server, HARD)
    wall = open_page(f"{server.url}/e/{server.code}/wall", {"width": 1920, "height": 1080})
    measure(wall, len(HARD))
    wall.set_viewport_size({"width": 1280, "height": 720})
    wait_until(lambda: wall.evaluate(LETTER) == "24px", "it is laid out anew")
    assert_readable(measure(wall, len(HARD)), 720 / 36)


@pytest.mark.parametrize("look", ["paper", "night"])
def test_the_code_can_be_scanned_from_the_wall(server: Server, open_page: OpenPage, look: str) -> None:
    wall = open_page(f"{server.url}/e/{server.code}/wall?look={look}", WALL)
    code = wall.locator("aside .qr")
    expect(code).to_have_js_property("complete", True)
    for size in SIZES:
        wall.set_viewport_size(size)
        wait_until(lambda size=size: height_of(code) >= size["height"] / 5, f"it is large at {size}")
        assert codes_in(wall.screenshot()) == [f"{server.url}/e/{server.code}"], size


def height_of(part: Locator) -> float:
    box = part.bounding_box()
    return box["height"] if box else 0


WATCH_EVERY_TEXT = """
    window.seen = "";
    new MutationObserver(() => { window.seen += document.documentElement.textContent; })
      .observe(document, { childList: true, subtree: true, characterData: true });
"""


def test_a_hidden_pledge_is_never_in_the_page(server: Server, open_page: OpenPage) -> None:
    """Not for one frame: a watcher in the page notes every text that ever gets into it."""
    wall = open_page(f"{server.url}/e/{server.code}/wall", WALL)
    desk = open_desk(server, open_page)
    server.send(a_draft("This one goes."))
    server.send(a_draft("This one stays."))
    expect(notes(wall)).to_have_count(2)
    row = desk.locator(".pledges .pledge").filter(has_text="This one goes.")
    row.get_by_role("button", name="Hide").click()
    expect(notes(wall)).to_have_count(1)

    fresh = open_page(f"{server.url}/health", WALL)
    fresh.add_init_script(WATCH_EVERY_TEXT)
    fresh.goto(f"{server.url}/e/{server.code}/wall")
    expect(notes(fresh)).to_have_count(1)
    server.send(a_draft("And one more."))
    expect(notes(fresh)).to_have_count(2)
    seen = str(fresh.evaluate("window.seen"))
    assert "This one stays." in seen
    assert "This one goes." not in seen


def test_a_waiting_pledge_is_not_in_the_page_until_it_is_shown(server: Server, open_page: OpenPage) -> None:
    wall = open_page(f"{server.url}/e/{server.code}/wall", WALL)
    desk = open_desk(server, open_page)
    server.change_event(moderation="before")
    wall.evaluate(WATCH_EVERY_TEXT)
    for text in ("Let me through.", "Me first."):
        assert server.send(a_draft(text))[1]["pledge"]["status"] == "waiting"
    rows = desk.locator(".pledges .pledge")
    expect(rows).to_have_count(2)
    rows.filter(has_text="Me first.").get_by_role("button", name="Approve").click()
    expect(notes(wall)).to_have_text(["Me first."])  # so it has heard of the other one's coming
    seen = str(wall.evaluate("window.seen"))
    assert "Me first." in seen
    assert "Let me through." not in seen
    wait_until_it_may_be_decided(desk)
    rows.filter(has_text="Let me through.").get_by_role("button", name="Approve").click()
    expect(notes(wall)).to_have_text(["Me first.", "Let me through."])


def test_a_reload_and_a_second_projector_show_the_same_wall(server: Server, open_page: OpenPage) -> None:
    fill(server, HARD)
    walls = [open_page(f"{server.url}/e/{server.code}/wall", WALL) for _ in range(2)]
    first, second = (measure(wall, len(HARD)) for wall in walls)
    assert first == second
    walls[0].reload()
    assert measure(walls[0], len(HARD)) == first


def test_every_script_is_lettered_by_hand(server: Server, open_page: OpenPage) -> None:
    """The letters that notes are measured with are there, and none is vendored in vain."""
    fill(server, ["سأستمع", "میں ہر مریض", "אקשיב", "Θα ακούω", "Будем"])
    wall = open_page(f"{server.url}/e/{server.code}/wall", WALL)
    expect(notes(wall).first).to_be_visible()
    family = wall.locator(".note .by").first.evaluate("(by) => getComputedStyle(by).fontFamily")
    faces = wall.evaluate(
        "[...document.fonts].map(({ family, status }) => [family.replaceAll('\"', ''), status])"
    )
    assert {status for _, status in faces} == {"loaded"}
    for name in {name for name, _ in faces} - {"Caveat Brush"}:
        assert name in family
