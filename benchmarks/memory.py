"""Eight hours of a wall in a few minutes: its memory at the first hour and at the last, with 2,000 pledges."""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.frames import PLEDGES, open_wall, send
from tests.browser.conftest import QUIET, WALL, find_browser
from tests.support.running import RUN_PY, Server, running_server

HOURS = 8
PLEDGES_AN_HOUR = 50
STEP_MS = 5_000
ANIMATIONS_FASTER = 100


def measure() -> str:
    """The table for RESULTS.md."""
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder), RUN_PY) as server:
        send(server, PLEDGES - HOURS * PLEDGES_AN_HOUR)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=QUIET)
            page = browser.new_page(viewport=WALL)
            page.clock.install()
            open_wall(page, server)
            wire = page.context.new_cdp_session(page)
            wire.send("Animation.enable")
            wire.send("Animation.setPlaybackRate", {"playbackRate": ANIMATIONS_FASTER})
            hours = [pass_an_hour(page, wire, server) for _ in range(HOURS)]
            browser.close()
    lines = ["| after hour | JavaScript heap MB | DOM nodes | panels visited |", "|---|---|---|---|"]
    visited = 0
    for hour, (heap, nodes, visits) in enumerate(hours, 1):
        visited += visits
        lines.append(f"| {hour} | {heap / 1e6:.1f} | {nodes:,} | {visited:,} |")
    return "\n".join(lines)


def pass_an_hour(page: Page, wire: CDPSession, server: Server) -> tuple[float, int, int]:
    """An hour of touring while pledges come in; then bytes of heap, nodes, and how often the camera moved."""
    page.evaluate(
        """() => {
          window.visits = 0;
          window.watched?.disconnect();
          window.watched = new MutationObserver(() => { window.visits += 1; });
          window.watched.observe(document.querySelector('.track'), { attributeFilter: ['style'] });
        }"""
    )
    steps = 3_600_000 // STEP_MS
    for step in range(steps):
        page.clock.run_for(STEP_MS)
        if step % (steps // PLEDGES_AN_HOUR) == 0:
            send(server, 1)
    wire.send("HeapProfiler.collectGarbage")
    counted: dict[str, Any] = wire.send("Memory.getDOMCounters")
    heap: dict[str, Any] = wire.send("Runtime.getHeapUsage")
    return float(heap["usedSize"]), int(counted["nodes"]), int(page.evaluate("window.visits"))


if __name__ == "__main__":
    print(measure())
