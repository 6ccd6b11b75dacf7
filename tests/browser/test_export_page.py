"""The export in a real browser, and the web page of the wall: opened from disk, with the network off."""

import json
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import check_everywhere
from tests.browser.conftest import DESK, OpenPage, open_desk
from tests.browser.people import go_to
from tests.conftest import a_draft
from tests.support.running import PROJECT, Server
from wall.services.events.creating import FIRST_QUESTION

SCRIPT = json.loads((PROJECT / "wall" / "cli" / "demo_pledges.json").read_text(encoding="utf-8"))


@pytest.fixture
def full(server: Server) -> Server:
    """A server with the demo's pledges."""
    for pledge in SCRIPT["pledges"][:40]:
        assert server.send(a_draft(**pledge | {"theme": ""}))[0] == 201
    return server


def open_export(server: Server, open_page: OpenPage, **more: int) -> Page:
    desk = open_desk(server, open_page, {**DESK, **more})  # type: ignore[typeddict-item]
    go_to(desk, "Export")
    expect(desk.get_by_role("heading", name="Export")).to_be_visible()
    return desk


def download(page: Page) -> Path:
    """Press the button, and have the file."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    return Path(waiting.value.path())


def test_an_organiser_takes_the_pledges_home(full: Server, open_page: OpenPage) -> None:
    page = open_export(full, open_page)
    expect(page.locator(".totals .sum")).to_contain_text("40")
    assert load_workbook(BytesIO(download(page).read_bytes()))["Pledges"].max_row == 41
    expect(page.get_by_role("status").last).to_have_text("File downloaded.")

    page.get_by_role("radio", name="JSON").check()
    page.get_by_text("Choose pledges and columns, leave out names, or change the separator").click()
    page.get_by_label("Leave out names and organisations").check()
    exported = json.loads(download(page).read_bytes())
    assert (len(exported["pledges"]), "name" in exported["pledges"][0]) == (40, False)


def test_without_script_too(full: Server, open_page: OpenPage) -> None:
    desk = open_export(full, open_page)
    page = desk.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, storage_state=desk.context.storage_state()
    ).new_page()
    page.goto(desk.url)
    page.get_by_role("radio", name="CSV").check()
    assert download(page).read_bytes().count(b"\r\n") == 41
    page.context.close()


def test_a_server_that_is_away_is_told(full: Server, open_page: OpenPage) -> None:
    page = open_export(full, open_page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Download").click()
    expect(page.get_by_role("alert")).to_have_text("No connection. Try again.")
    page.context.set_offline(False)
    assert download(page).stat().st_size > 0
    expect(page.get_by_role("alert")).to_be_hidden()


def test_the_page_is_for_everybody(full: Server, open_page: OpenPage) -> None:
    page = open_export(full, open_page)
    page.get_by_text("Choose pledges and columns, leave out names, or change the separator").click()
    check_everywhere(page)
    page.route(
        "**/jobs/*", lambda route: route.fulfill(json={"done": 17, "of": 40, "ready": False, "failed": False})
    )
    page.get_by_role("button", name="Download").click()
    expect(page.get_by_role("progressbar")).to_have_js_property("value", 17)
    check_everywhere(page)


@pytest.fixture
def keepsake(full: Server, open_page: OpenPage, tmp_path: Path) -> str:
    """The address of the page on this disk."""
    page = open_export(full, open_page)
    page.get_by_role("radio", name="Web page of the wall").check()
    kept = tmp_path / "keepsake.html"
    kept.write_bytes(download(page).read_bytes())
    return kept.as_uri()


def test_the_keepsake_needs_no_server(browser: Browser, keepsake: str) -> None:
    context = browser.new_context(viewport=DESK, offline=True)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(keepsake)
    page.evaluate("document.fonts.ready")

    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST_QUESTION)
    assert page.locator(".note .text").all_inner_texts() == [
        pledge["text"] for pledge in SCRIPT["pledges"][:40]
    ]
    assert [url for url in asked if not url.startswith("data:")] == [keepsake]
    assert complaints == []
    hands = page.evaluate(
        "[...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family)"
    )
    assert {"Shantell Sans", "Caveat", "Caveat Brush", "Playpen Sans Arabic"} <= {
        hand.strip('"') for hand in hands
    }
    assert page.evaluate(OVERLAPPING) == []
    check_everywhere(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(OVERLAPPING) == []
    context.close()


OVERLAPPING = """() => {
  const boxes = [...document.querySelectorAll('.note')].map((note) => note.getBoundingClientRect());
  return boxes.flatMap((one, at) => boxes.slice(at + 1).filter((other) =>
    one.left < other.right - 8 && other.left < one.right - 8 && one.top < other.bottom - 8 && other.top < one.bottom - 8
  ).map(() => at));
}"""


def test_the_keepsake_prints_every_note(browser: Browser, keepsake: str) -> None:
    page = browser.new_page()
    page.goto(keepsake)
    page.evaluate("document.fonts.ready")
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = "".join(printed[at].get_textpage().get_text_bounded() for at in range(len(printed)))
    assert [round(length) for length in printed[0].get_size()] == [595, 842]
    assert all(pledge["text"][:10] in text for pledge in SCRIPT["pledges"][:15])
    page.close()
