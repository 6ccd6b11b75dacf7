"""The wall's scenes, from the keys at the projector and from the organiser's desk."""

import io
import re
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import assert_edges, assert_focus_is_seen
from tests.browser.conftest import DESK, MOVING, PHONE, WALL, OpenPage, open_desk
from tests.browser.people import choose_view, go_to, notes, open_views, put_in_spotlight, save_settings
from tests.browser.test_wall import WATCH_EVERY_TEXT
from tests.conftest import a_draft
from tests.support.running import OwnServer, Server, wait_until

BLINK_SECONDS = 0.25


@pytest.fixture
def wall(server: Server, open_page: OpenPage) -> Page:
    """A projector on which everything moves."""
    return open_page(f"{server.url}/e/{server.code}/wall", WALL, **MOVING)


@pytest.fixture
def three(server: Server) -> list[str]:
    """Three pledges on the wall."""
    texts = ["Listen more.", "Share what failed.", "Say thank you."]
    for text in texts:
        server.send(a_draft(text))
    return texts


@pytest.fixture
def remote(server: Server, open_page: OpenPage, three: list[str]) -> Page:
    """The organiser's desk, on a phone."""
    return open_desk(server, open_page, PHONE)


def spotlight(wall: Page) -> Locator:
    return wall.locator(".one .note")


def test_keys_switch_the_scenes(wall: Page, three: list[str]) -> None:
    expect(notes(wall)).to_have_count(3)
    wall.keyboard.press("j")
    expect(wall.get_by_text("Scan. Write. See it here.")).to_be_visible()
    wall.keyboard.press("o")
    expect(spotlight(wall)).to_contain_text("Say thank you.")
    wall.keyboard.press("ArrowLeft")
    expect(spotlight(wall)).to_contain_text("Share what failed.")
    wall.keyboard.press("e")
    expect(spotlight(wall)).to_have_count(0)
    expect(notes(wall).first).to_be_visible()
    wall.keyboard.press("?")
    expect(wall.get_by_role("dialog")).to_contain_text("Freeze or unfreeze")
    wall.keyboard.press("t")
    expect(wall.get_by_role("dialog")).to_be_hidden()
    expect(notes(wall)).to_have_count(3)


def test_keys_can_be_switched_off_on_one_screen_for_good(wall: Page, three: list[str]) -> None:
    """Whoever speaks to the computer, or leans on its keys, changes nothing by accident (WCAG 2.1.4)."""
    expect(notes(wall)).to_have_count(3)
    dialog, screen = wall.get_by_role("dialog"), wall.locator("main")
    in_use = wall.get_by_role("checkbox", name="Use keyboard shortcuts on this screen")
    wall.keyboard.press("?")
    assert_focus_is_seen(wall)
    assert_edges(wall)
    in_use.press("Space")
    expect(in_use).not_to_be_checked()
    wall.get_by_role("button", name="Close").press("Space")
    expect(dialog).to_be_hidden()
    for reloaded in (False, True):
        if reloaded:
            wall.reload()
            expect(notes(wall)).to_have_count(3)
        for key in ("j", "?", "b", "Space", "o"):
            wall.keyboard.press(key)
        expect(dialog).to_be_hidden()
        expect(screen).to_have_attribute("data-scene", "tour")
        expect(wall.locator("main:is([data-blank], [data-frozen])")).to_have_count(0)

    wall.keyboard.press("Tab")
    expect(wall.get_by_role("button", name="Keyboard shortcuts")).to_be_focused()
    assert_focus_is_seen(wall)
    wall.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    in_use.check()
    wall.keyboard.press("Escape")
    wall.keyboard.press("j")
    expect(screen).to_have_attribute("data-scene", "join")


def test_space_freezes_while_the_help_is_open(wall: Page, three: list[str]) -> None:
    expect(notes(wall)).to_have_count(3)
    wall.keyboard.press("?")
    wall.keyboard.press("Space")
    expect(wall.locator("main[data-frozen]")).to_be_visible()
    expect(wall.get_by_role("dialog")).to_be_hidden()


def test_the_organiser_directs_every_projector(
    server: Server, remote: Page, open_page: OpenPage, three: list[str]
) -> None:
    walls = [open_page(f"{server.url}/e/{server.code}/wall", WALL, **MOVING) for _ in range(2)]
    for wall in walls:
        expect(notes(wall)).to_have_count(3)
    choose_view(remote, "QR code")
    for wall in walls:
        expect(wall.locator("main")).to_have_attribute("data-scene", "join")
    put_in_spotlight(remote, "Listen more.")
    for wall in walls:
        expect(spotlight(wall)).to_contain_text("Listen more.")
    walls[0].reload()
    expect(spotlight(walls[0])).to_contain_text("Listen more.")
    choose_view(remote, "Whole wall")
    for wall in walls:
        expect(wall.locator("main")).to_have_attribute("data-scene", "everything")


def test_what_is_chosen_on_the_page_of_the_wall_can_be_undone(server: Server, remote: Page) -> None:
    remote.goto(f"{server.url}/desk/e/{server.code}/wall")
    choose_view(remote, "Whole wall")
    expect(remote.get_by_text("Wall updated.")).to_be_visible()
    remote.get_by_role("button", name="Undo").click()
    expect(remote.get_by_text("Wall view restored.")).to_be_visible()
    expect(remote.locator(".remote")).to_have_attribute("data-scene", "tour")


def test_where_nothing_can_be_joined_any_more_the_wall_goes_round(
    server: Server, remote: Page, open_page: OpenPage
) -> None:
    wall, kept = (
        open_page(f"{server.url}/e/{server.code}/{path}", WALL, **MOVING) for path in ("wall", "wall/kept")
    )
    choose_view(remote, "QR code")
    expect(wall.locator("main")).to_have_attribute("data-scene", "join")
    expect(kept.get_by_text("No one has told us how their pledge went yet.")).to_be_visible()
    kept.keyboard.press("j")
    expect(kept.locator("main")).to_have_attribute("data-scene", "tour")

    remote.goto(f"{server.url}/desk/e/{server.code}/settings")
    remote.get_by_role("button", name="Close").click()
    expect(wall.get_by_text("This wall is complete.")).to_be_visible()
    expect(wall.locator("main")).to_have_attribute("data-scene", "tour")
    expect(notes(wall)).to_have_count(3)
    expect(notes(wall).first).to_be_visible()
    wall.keyboard.press("j")
    wall.keyboard.press("?")
    expect(wall.get_by_role("dialog")).to_be_visible()
    expect(wall.locator("main")).to_have_attribute("data-scene", "tour")
    raw = server.ask("GET", f"/e/{server.code}/wall", headers={"Accept": "text/html"})[1]
    assert 'data-scene="tour"' in raw


@pytest.mark.alone
def test_projectors_follow_within_a_blink(server: Server, remote: Page, open_page: OpenPage) -> None:
    """From the tap on the desk to the later of two walls, on one clock; the middle one of five, since the machine is shared."""
    walls = [open_page(f"{server.url}/e/{server.code}/wall", WALL, **MOVING) for _ in range(2)]
    for wall in walls:
        expect(notes(wall)).to_have_count(3)
    taken = [seconds_until(walls, remote, scene, name) for scene, name in SCENES]
    assert median(taken) < BLINK_SECONDS


SCENES = [
    ("join", "QR code"), ("everything", "Whole wall"), ("tour", "Tour"), ("join", "QR code"), ("tour", "Tour"),
]  # fmt: skip


def seconds_until(walls: list[Page], remote: Page, scene: str, name: str) -> float:
    for wall in walls:
        wall.evaluate(
            """(scene) => { window.followed = new Promise((done) => new MutationObserver(() => {
                 if (document.querySelector('main').dataset.scene === scene) done(Date.now());
               }).observe(document.querySelector('main'), { attributes: true })); }""",
            scene,
        )
    open_views(remote)
    remote.evaluate(
        "document.addEventListener('click', () => { window.tapped = Date.now(); }, { capture: true, once: true })"
    )
    remote.get_by_role("button", name=name, exact=True).click()
    followed = max(wall.evaluate("window.followed") for wall in walls)
    return float(followed - remote.evaluate("window.tapped")) / 1000


def test_a_frozen_wall_stays_and_catches_up_when_released(
    server: Server, remote: Page, wall: Page, three: list[str]
) -> None:
    expect(notes(wall)).to_have_count(3)
    remote.get_by_role("button", name="Freeze").click()
    expect(wall.locator("main[data-frozen]")).to_be_visible()
    server.send(a_draft("While it was frozen."))
    expect(remote.locator(".pledge")).to_have_count(4)
    remote.get_by_role("button", name="Blank screen").click()
    expect(wall.locator("main[data-blank]")).to_be_visible()  # so it has heard of the pledge before
    expect(wall.locator(".note")).to_have_count(3)
    expect(wall.locator(".number")).to_have_text("3")
    remote.get_by_role("button", name="Show the wall").click()

    wall.reload()
    expect(notes(wall)).to_have_count(3)
    remote.get_by_role("button", name="Unfreeze").click()
    expect(notes(wall)).to_have_count(4)


def test_pull_this_now_works_on_a_frozen_wall_and_in_mid_writing(
    server: Server, remote: Page, wall: Page
) -> None:
    expect(notes(wall)).to_have_count(3)
    server.send(a_draft("Written slowly, " * 12))
    hide = remote.locator(".pledge").filter(has_text="Written slowly").get_by_role("button", name="Hide")
    expect(hide).to_be_visible()
    slow = wall.locator(".note").filter(has_text="Written")
    expect(slow).to_have_count(1)
    wait_until(lambda: slow.evaluate(IS_BEING_WRITTEN), "the ink runs")
    hide.click()
    expect(slow).to_have_count(0)

    remote.get_by_role("button", name="Freeze").click()
    put_in_spotlight(remote, "Listen more.")
    expect(spotlight(wall)).to_contain_text("Listen more.")
    remote.locator(".pledge").filter(has_text="Listen more.").get_by_role("button", name="Hide").click()
    expect(wall.get_by_text("Listen more.")).to_have_count(0)


IS_BEING_WRITTEN = (
    "(note) => note.getAnimations({ subtree: true }).some((one) => one.playState === 'running')"
)


def test_a_blank_wall_shows_nothing_also_after_a_reload(server: Server, remote: Page, wall: Page) -> None:
    expect(notes(wall)).to_have_count(3)
    remote.get_by_role("button", name="Blank screen").click()
    expect(wall.locator("main[data-blank]")).to_be_visible()
    wall.reload()
    assert wall.evaluate("getComputedStyle(document.querySelector('.cover')).visibility") == "visible"
    remote.get_by_role("button", name="Show the wall").click()
    expect(wall.locator(".cover")).to_be_hidden()
    expect(notes(wall)).to_have_count(3)


def test_the_organisers_word_counts_after_the_keys(remote: Page, wall: Page) -> None:
    expect(notes(wall)).to_have_count(3)
    wall.keyboard.press("j")
    expect(wall.locator("main")).to_have_attribute("data-scene", "join")
    choose_view(remote, "Whole wall")
    expect(wall.locator("main")).to_have_attribute("data-scene", "everything")


def open_with_a_clock(server: Server, open_page: OpenPage) -> Page:
    """A projector whose time the test can stop, and let run."""
    wall = open_page(f"{server.url}/health", WALL, **MOVING)
    wall.clock.install()
    wall.goto(f"{server.url}/e/{server.code}/wall")
    return wall


def hold_the_camera(wall: Page) -> dict[str, list[float]]:
    """The wall hears and shows, but the camera does not go on; where everybody is."""
    wall.clock.pause_at(wall.evaluate("Date.now()") / 1000 + 1)
    return places(wall)


def places(wall: Page) -> dict[str, list[float]]:
    found: dict[str, list[float]] = wall.evaluate("""() => Object.fromEntries(
      [...document.querySelectorAll('.panel:not(.leaving) .note')].map((note) => {
        const { left, top, width, height } = note.getBoundingClientRect();
        return [note.querySelector('.text').textContent, [left, top, width, height]];
      }))""")
    return found


def test_hiding_moves_nobody_who_can_be_seen(server: Server, remote: Page, open_page: OpenPage) -> None:
    wall = open_with_a_clock(server, open_page)
    expect(notes(wall)).to_have_count(3)
    before = hold_the_camera(wall)
    del before["Listen more."]
    remote.locator(".pledge").filter(has_text="Listen more.").get_by_role("button", name="Hide").click()
    expect(wall.locator(".number")).to_have_text("2")
    assert places(wall) == before

    wall.clock.run_for(40_000)
    wait_until(lambda: places(wall) != before, "the camera went on, so it is tidied up")


def test_a_pledge_that_got_longer_moves_nobody_who_can_be_seen(
    server: Server, three: list[str], open_page: OpenPage
) -> None:
    path = server.send(a_draft("Ask."))[1]["receipt"].removeprefix(server.url)
    server.send(a_draft("Smile."))
    wall = open_with_a_clock(server, open_page)
    expect(notes(wall)).to_have_count(5)
    before = hold_the_camera(wall)
    del before["Ask."]
    longer = "Ask every patient what matters to them, and write it where all of us can read it. " * 2
    assert server.post(f"{path}/edit", {"text": longer.strip()})[0] == 200
    expect(wall.locator(".note").filter(has_text="Ask every patient")).to_have_count(1)
    assert {text: place for text, place in places(wall).items() if text in before} == before


@pytest.mark.alone
def test_a_burst_is_written_within_seconds(server: Server, wall: Page) -> None:
    """A hall of phones at once; the wall is read as soon as the last of them has its answer."""
    texts = [f"Pledge {number}: a burst of many hands at once." for number in range(120)]
    with ThreadPoolExecutor(len(texts)) as phones:
        assert {answer[0] for answer in phones.map(lambda text: server.send(a_draft(text)), texts)} == {201}
    answered = time.monotonic()
    expect(wall.locator(".number")).to_have_text("120")
    wait_until(lambda: wall.locator(".note.unwritten").count() == 0, "everybody is written", patience=10)
    wall.keyboard.press("e")
    expect(notes(wall)).to_have_count(120)
    assert time.monotonic() - answered < BURST_SECONDS


BURST_SECONDS = 12


def test_ink_runs_along_the_lines_and_then_the_frame_is_drawn(server: Server, wall: Page) -> None:
    expect(wall.get_by_text("Be the first to write a pledge")).to_be_visible()
    server.send(
        a_draft(
            "I will sit with one patient every week and hear the whole story to its end.", name="Małgorzata"
        )
    )
    lines, frame = writing_of(wall, "I will sit")
    assert len(lines) >= 4
    assert_written_line_by_line(lines, frame)
    assert {hidden_side(line) for line in lines} == {"right"}


def test_ink_runs_from_the_right_where_the_script_does(server: Server, wall: Page) -> None:
    expect(wall.get_by_text("Be the first to write a pledge")).to_be_visible()
    server.send(
        a_draft("سأستمع إلى المريض حتى النهاية قبل أن أتكلم، وسأسأله كل يوم عما يهمه حقا.", name="مريم العلي")
    )
    lines, frame = writing_of(wall, "سأستمع")
    assert len(lines) >= 3
    assert_written_line_by_line(lines, frame)
    assert {hidden_side(line) for line in lines} == {"left"}


Motion = dict[str, Any]

WRITING = """(begin) => {
  const note = [...document.querySelectorAll('.track .note')].find(({ textContent }) => textContent.startsWith(begin));
  const motions = (note?.getAnimations({ subtree: true }) ?? []).map(({ effect }) => ({
    framing: Boolean(effect.target.closest('.frame')),
    top: effect.target.getBoundingClientRect().top,
    hidden: effect.getKeyframes()[0].clipPath,
    start: effect.getTiming().delay,
    end: effect.getTiming().delay + effect.getTiming().duration,
  }));
  return motions.some(({ framing }) => framing) && motions;
}"""


def writing_of(wall: Page, begin: str) -> tuple[list[Motion], list[Motion]]:
    """How a note is about to be written: its lines in the order of time, and its frame."""
    motions: list[Motion] = wall.wait_for_function(WRITING, arg=begin).json_value()
    lines = sorted((one for one in motions if not one["framing"]), key=lambda one: float(one["start"]))
    return lines, [one for one in motions if one["framing"]]


def assert_written_line_by_line(lines: list[Motion], frame: list[Motion]) -> None:
    for one, following in pairwise(lines):
        assert following["top"] > one["top"], (one, following)
        assert following["start"] >= one["end"] - 1, (one, following)
    assert frame
    for stroke in frame:
        assert stroke["start"] >= lines[-1]["end"] - 1, (stroke, lines[-1])


def hidden_side(line: Motion) -> str:
    """From which side a line is covered before its ink runs: `inset(top right bottom left)`."""
    _, right, _, left = line["hidden"].removeprefix("inset(").removesuffix(")").split()
    assert (right == "100%") != (left == "100%")
    return "right" if right == "100%" else "left"


def test_keys_freeze_cover_and_fill_the_screen(server: Server, wall: Page, three: list[str]) -> None:
    expect(notes(wall)).to_have_count(3)
    wall.keyboard.press(" ")
    expect(wall.locator("main[data-frozen]")).to_be_visible()
    server.send(a_draft("While it was frozen."))
    wall.keyboard.press("b")
    expect(wall.locator(".cover")).to_be_visible()
    wall.keyboard.press("b")
    expect(wall.locator(".cover")).to_be_hidden()
    expect(notes(wall)).to_have_count(3)
    wall.keyboard.press(" ")
    expect(notes(wall)).to_have_count(4)

    wall.keyboard.press("f")
    wait_until(lambda: wall.evaluate("document.fullscreenElement !== null"), "the wall fills the screen")
    wall.keyboard.press("f")
    wait_until(lambda: wall.evaluate("document.fullscreenElement === null"), "it is a window again")


def test_the_pointer_goes_away_and_comes_back_with_the_hand(wall: Page) -> None:
    page = wall.locator("html")
    expect(page).to_have_css("cursor", "none")
    wall.mouse.move(500, 500)
    expect(page).to_have_css("cursor", "auto")
    expect(page).to_have_css("cursor", "none")


def test_the_camera_goes_on_while_the_server_is_away(own_server: OwnServer, open_page: OpenPage) -> None:
    for number in range(24):
        own_server.send(
            a_draft(f"Pledge {number}: I will ask every patient what matters to them, and write it down.")
        )
    wall = open_with_a_clock(own_server, open_page)
    expect(notes(wall).first).to_be_visible()
    own_server.kill()
    expect(wall.get_by_text("✎ No connection. New pledges will appear when it is back.")).to_be_visible(
        timeout=10_000
    )
    for _ in range(2):
        before = camera_of(wall)
        wall.clock.run_for(31_000)
        wait_until(lambda before=before: camera_of(wall) != before, "the camera has gone on")
        expect(notes(wall).first).to_be_visible()


def camera_of(wall: Page) -> str:
    return str(wall.evaluate("document.querySelector('.track').style.transform"))


def test_a_reload_without_the_server_shows_what_was_there(
    own_server: OwnServer, wall: Page, three: list[str]
) -> None:
    expect(notes(wall)).to_have_count(3)
    wall.evaluate("navigator.serviceWorker.ready")
    wall.reload()
    expect(notes(wall)).to_have_count(3)
    own_server.kill()
    wall.reload()
    expect(notes(wall)).to_have_count(3)
    expect(wall.get_by_text("✎ No connection. New pledges will appear when it is back.")).to_be_visible(
        timeout=10_000
    )
    own_server.start_again()
    own_server.send(a_draft("Back again."))
    expect(notes(wall)).to_have_count(4)


def test_what_was_hidden_meanwhile_is_not_shown_by_a_reload(server: Server, remote: Page, wall: Page) -> None:
    expect(notes(wall)).to_have_count(3)
    url = wall.url
    wall.goto(f"{server.url}/health")
    remote.locator(".pledge").filter(has_text="Listen more.").get_by_role("button", name="Hide").click()
    expect(remote.locator(".pledge[data-status=hidden]")).to_have_count(1)
    wall.add_init_script(WATCH_EVERY_TEXT)
    wall.goto(url)
    expect(notes(wall)).to_have_count(2)
    assert "Listen more." not in str(wall.evaluate("window.seen"))


def test_the_events_look_ink_logo_and_depth(server: Server, remote: Page, wall: Page, tmp_path: Path) -> None:
    server.send(a_draft("Sit with one patient every week and hear the whole story to its end. " * 4))
    expect(wall.locator(".number")).to_have_text("4")
    assert wall.locator(".logo").is_hidden()
    go_to(remote, "Settings")
    remote.get_by_label("Night, for dark rooms").check()
    remote.get_by_label("Accent colour, such as #b5440b").fill("#300030")
    remote.get_by_label("Metres").fill("24")
    remote.get_by_label("Logo").set_input_files(a_logo(tmp_path))
    save_settings(remote)

    expect(wall.locator("html")).to_have_attribute("data-look", "night")
    assert contrast_of_accent(wall) >= 4.5
    far_enough = WALL["height"] * 24 / 435
    wait_until(lambda: min(letters_of(wall)) >= far_enough, "letters grow with the room, also of the longest")
    assert wall.locator(".panel").first.locator(".note").count() >= 2
    wall.keyboard.press("e")
    expect(notes(wall)).to_have_count(4)
    assert min(letters_of(wall)) >= far_enough
    assert_logo_is_seen(wall)


def letters_of(wall: Page) -> list[float]:
    """How tall the letters of every note in the page really are."""
    found: list[float] = wall.locator(".track .note .text").evaluate_all(
        "(texts) => texts.map((text) => parseFloat(getComputedStyle(text).fontSize))"
    )
    return found or [0]


def a_logo(folder: Path) -> Path:
    path = folder / "logo.png"
    Image.new("RGB", (400, 200), "#c01030").save(path)
    return path


def assert_logo_is_seen(wall: Page) -> None:
    """Its own colour is on the picture of the wall, over nothing else."""
    logo = wall.locator(".logo")
    expect(logo).to_be_visible()
    wait_until(lambda: logo.evaluate("(img) => img.complete && img.naturalWidth") == 400, "it has come")
    picture = Image.open(io.BytesIO(wall.screenshot()))
    box = logo.bounding_box()
    assert box is not None
    middle = (int(box["x"] + box["width"] / 2), int(box["y"] + box["height"] / 2))
    assert picture.convert("RGB").getpixel(middle) == (0xC0, 0x10, 0x30)
    for other in ("h1", ".count", ".view"):
        there = wall.locator(other).bounding_box()
        assert there is not None
        assert (
            there["x"] + there["width"] <= box["x"]
            or box["x"] + box["width"] <= there["x"]
            or box["y"] + box["height"] <= there["y"] + 1
        ), other


def contrast_of_accent(wall: Page) -> float:
    build = wall.locator('script[type="module"]').get_attribute("src") or ""
    found: Any = wall.evaluate(
        """async (url) => {
          const { contrast } = await import(url);
          const style = getComputedStyle(document.documentElement);
          const rgb = (name) => [1, 3, 5].map((at) => parseInt(style.getPropertyValue(name).trim().slice(at, at + 2), 16));
          return contrast(rgb('--accent'), rgb('--wall'));
        }""",
        build.replace("main.js", "look.js"),
    )
    return float(found)


def test_the_companion_wall_reads_itself(server: Server, open_page: OpenPage, remote: Page) -> None:
    companion = open_page(f"{server.url}/e/{server.code}/wall/text", DESK)
    rows = companion.locator(".pledges li .text")
    expect(rows).to_have_text(["Say thank you.", "Share what failed.", "Listen more."])
    server.send(a_draft("And one more."))
    expect(rows.first).to_have_text("And one more.")
    expect(companion.get_by_role("status")).to_have_text("New pledge: And one more.")
    remote.locator(".pledge").filter(has_text="Listen more.").get_by_role("button", name="Hide").click()
    expect(rows).to_have_count(3)


def test_the_companion_wall_without_javascript(server: Server, open_page: OpenPage, three: list[str]) -> None:
    companion = open_page(f"{server.url}/e/{server.code}/wall/text", PHONE, java_script_enabled=False)
    expect(companion.locator(".pledges li .text")).to_have_text(three[::-1])


def test_a_new_question_is_on_the_wall_at_once(server: Server, remote: Page, wall: Page) -> None:
    go_to(remote, "Settings")
    remote.get_by_label("Question", exact=True).fill(
        "What will you grow, with whom, and how shall we see in spring that it grew?"
    )
    remote.get_by_label("After an organiser approves them").check()
    save_settings(remote)
    expect(wall.get_by_role("heading", level=1)).to_have_text(re.compile("^What will you grow"))
    expect(wall.locator("main[data-long]")).to_be_visible()
    go_to(remote, "Pledges")
    server.send(a_draft("May I?"))
    expect(remote.locator(".pledge[data-status=waiting]")).to_contain_text("May I?")
