"""The projected wall: everything readable, nothing over anything else, nothing that the room must not see."""

import sqlite3
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import WALL, OpenPage, open_desk
from tests.browser.people import notes
from tests.conftest import a_draft
from tests.running import Server

SIZES: list[ViewportSize] = [
    {"width": 1280, "height": 720}, {"width": 1920, "height": 1080}, {"width": 3840, "height": 2160},
    {"width": 3840, "height": 1080}, {"width": 1080, "height": 1920},
]  # fmt: skip
HARD = [
    "W" * 280, "Donaudampfschifffahrtsgesellschaftskapitän" * 3, "i", "line\nby\nline\nby\nline\nby\nline\nand\nso\non",
    "سأستمع إلى المريض حتى النهاية قبل أن أتكلم.", "每次查房，先听病人说完。", "👩🏽‍⚕️❤️🎉", "Gwrando’n fwy.",
]  # fmt: skip

MEASURE = """() => {
  const box = (element) => { const { left, top, right, bottom } = element.getBoundingClientRect(); return [left, top, right, bottom]; };
  const panel = document.querySelector('.panel');
  return [...panel.querySelectorAll('.note')].map((note) => ({
    text: note.querySelector('.text').textContent,
    flat: [note.offsetLeft, note.offsetTop, note.offsetLeft + note.offsetWidth, note.offsetTop + note.offsetHeight],
    box: box(note),
    inner: [...note.querySelectorAll('.text, .by')].map(box),
    letter: parseFloat(getComputedStyle(note.querySelector('.text')).fontSize),
    clipped: note.scrollHeight > note.clientHeight + 2 || note.scrollWidth > note.clientWidth + 2,
  }));
}"""


def fill(server: Server, texts: list[str]) -> None:
    for number, text in enumerate(texts):
        assert server.send(a_draft(text, name=["Maria", "", "Małgorzata"][number % 3]))[0] == 201


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}x{size['height']}")
def test_notes_are_readable_and_nothing_is_over_anything_else(
    server: Server, open_page: OpenPage, size: ViewportSize
) -> None:
    fill(server, HARD)
    wall = open_page(f"{server.url}/e/{server.code}/wall", size)
    expect(notes(wall).first).to_be_visible()
    view = wall.locator(".view").bounding_box()
    assert view is not None
    measured = wall.evaluate(MEASURE)

    assert measured
    for note in measured:
        assert note["letter"] >= size["height"] / 36, note
        assert not note["clipped"], note
        for line in note["inner"]:
            assert view["x"] <= line[0] <= line[2] <= view["x"] + view["width"] + 1, note
            assert view["y"] <= line[1] <= line[3] <= view["y"] + view["height"] + 1, note
    for index, one in enumerate(measured):
        for other in measured[index + 1 :]:
            assert not overlap(one["flat"], other["flat"]), (one, other)


def overlap(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("look", ["paper", "night"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}x{size['height']}")
def test_the_code_can_be_scanned_from_the_wall(
    server: Server, open_page: OpenPage, tmp_path: Path, size: ViewportSize, look: str
) -> None:
    wall = open_page(f"{server.url}/e/{server.code}/wall?look={look}", size)
    expect(wall.locator("aside .qr")).to_be_visible()
    wall.wait_for_load_state("networkidle")
    picture = tmp_path / "wall.png"
    wall.screenshot(path=picture)

    assert [code.text for code in zxingcpp.read_barcodes(Image.open(picture))] == [
        f"{server.url}/e/{server.code}"
    ]
    box = wall.locator("aside .qr").bounding_box()
    assert box is not None
    assert box["height"] >= size["height"] / 5


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
    fresh.add_init_script("""
        window.seen = "";
        new MutationObserver(() => { window.seen += document.documentElement.textContent; })
          .observe(document, { childList: true, subtree: true, characterData: true });
    """)
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
    with sqlite3.connect(server.folder / "wall.db") as database:
        database.execute("UPDATE events SET moderation = 'before'")
    server.stop()
    server.start_again()
    assert server.send(a_draft("Let me through."))[1]["pledge"]["status"] == "waiting"
    row = desk.locator(".pledges .pledge").filter(has_text="Let me through.")
    expect(row).to_be_visible(timeout=20_000)
    expect(wall.locator(".number")).to_have_text("0")
    assert "Let me through." not in wall.content()
    row.get_by_role("button", name="Show").click()
    expect(notes(wall)).to_have_text(["Let me through."], timeout=20_000)


def test_a_reload_and_a_second_projector_show_the_same_wall(server: Server, open_page: OpenPage) -> None:
    fill(server, HARD)
    walls = [open_page(f"{server.url}/e/{server.code}/wall", WALL) for _ in range(2)]
    for wall in walls:
        expect(notes(wall).first).to_be_visible()
    first, second = (wall.evaluate(MEASURE) for wall in walls)
    assert first == second
    walls[0].reload()
    expect(notes(walls[0]).first).to_be_visible()
    assert walls[0].evaluate(MEASURE) == first


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
