"""The wall with 2,000 pledges in headless Chromium: how soon it is ready, and how long its frames take."""

import json
import tempfile
from itertools import cycle, islice
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import QUIET, WALL, find_browser
from tests.support.running import PROJECT, RUN_PY, Server, running_server

PLEDGES = 2_000
BURST = 120
SLOW_MS = 50
DEMO = PROJECT / "wall" / "cli" / "demo_pledges.json"

WATCH_FRAMES = """() => {
  window.frames_taken = [];
  let last = performance.now();
  const frame = (now) => { window.frames_taken.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(frame); });
}"""


def measure() -> str:
    """The table for RESULTS.md."""
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder), RUN_PY) as server:
        send(server, PLEDGES)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=QUIET)
            page = browser.new_page(viewport=WALL)
            ready = open_wall(page, server)
            page.wait_for_timeout(2_000)
            page.evaluate(WATCH_FRAMES)
            rows = [
                row(name, page, server)
                for name in ("tour", "writing", "burst", "everything", "back to the tour")
            ]
            browser.close()
    head = (
        f"| {PLEDGES:,} pledges, 1920×1080 | frames | median ms | p99 ms | longest ms | over {SLOW_MS} ms |"
    )
    return "\n".join([f"Ready after {ready:.0f} ms.", "", head, "|---|---|---|---|---|---|", *rows])


def send(server: Server, count: int) -> None:
    pledges = json.loads(DEMO.read_text())["pledges"]
    for pledge in islice(cycle(pledges), count):
        sent = {name: value for name, value in pledge.items() if name != "theme"}
        server.send(sent | {"key": str(uuid4())})


def open_wall(page: Page, server: Server) -> float:
    """Milliseconds from asking for the page until the first notes can be read."""
    page.goto(f"{server.url}/e/{server.code}/wall", wait_until="commit")
    page.locator(".track .note:not(.unwritten)").first.wait_for()
    return float(page.evaluate("performance.now()"))


def row(what: str, page: Page, server: Server) -> str:
    page.evaluate("window.frames_taken.length = 0")
    if what == "writing":
        send(server, 1)
    elif what == "burst":
        send(server, BURST)
    elif what == "everything":
        page.keyboard.press("e")
    elif what == "back to the tour":
        page.keyboard.press("t")
    page.wait_for_timeout(12_000 if what == "tour" else 7_000)
    taken: list[float] = sorted(page.evaluate("window.frames_taken"))
    over = sum(one > SLOW_MS for one in taken)
    return (
        f"| {what} | {len(taken):,} | {taken[len(taken) // 2]:.0f} | {taken[len(taken) * 99 // 100]:.0f} "
        f"| {taken[-1]:.0f} | {over} |"
    )


if __name__ == "__main__":
    print(measure())
