"""The desk's queue with 2,000 waiting pledges: how soon it is painted, how soon a decision shows, and its memory."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, expect, sync_playwright

from benchmarks.frames import PLEDGES, send
from tests.browser.conftest import PHONE, QUIET, find_browser
from tests.support.running import RUN_PY, Server, running_server

DECISIONS = 400
STEPS = 4

PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  const [first] = list.getEntriesByName('first-contentful-paint');
  if (first) done(first.startTime);
}).observe({ type: 'paint', buffered: true }))"""

DECIDE = """() => new Promise((done) => {
  const row = document.querySelector('.pledge[data-status=waiting]');
  const began = performance.now();
  new MutationObserver((_, observer) => {
    observer.disconnect();
    requestAnimationFrame(() => done(performance.now() - began));
  }).observe(row, { attributeFilter: ['data-status'] });
  row.scrollIntoView();
  row.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  row.querySelector('[data-action=show]').click();
})"""


def measure() -> str:
    """The table for RESULTS.md."""
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder), RUN_PY) as server:
        with closing(sqlite3.connect(Path(folder) / "wall.db")) as connection, connection:
            connection.execute("UPDATE events SET moderation = 'before'")
        send(server, PLEDGES)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=QUIET)
            page = browser.new_page(viewport=PHONE)
            painted = open_queue(page, server)
            wire = page.context.new_cdp_session(page)
            rows = [row_after(page, wire, step) for step in range(STEPS + 1)]
            browser.close()
    head = "| decisions | median ms | p95 ms | JavaScript heap MB | DOM nodes |"
    return "\n".join([f"First painted after {painted:.0f} ms.", "", head, "|---|---|---|---|---|", *rows])


def open_queue(page: Page, server: Server) -> float:
    """Milliseconds from asking for the page until something is painted."""
    page.goto(server.url + server.desk_link)
    page.get_by_role("button", name="Open the desk").click()
    page.locator(".tools:not([hidden])").wait_for()
    page.reload()
    page.locator(".tools:not([hidden])").wait_for()
    return float(page.evaluate(PAINTED))


def row_after(page: Page, wire: CDPSession, step: int) -> str:
    """Decide on some, one after the other, as fast as the answers come; the first row is before any."""
    taken = sorted(page.evaluate(DECIDE) for _ in range(DECISIONS // STEPS if step else 0)) or [0.0]
    expect(page.locator(".pledge")).to_have_count(60)  # the hand rests, and the list is put in order
    wire.send("HeapProfiler.collectGarbage")
    counted: dict[str, Any] = wire.send("Memory.getDOMCounters")
    heap: dict[str, Any] = wire.send("Runtime.getHeapUsage")
    return (
        f"| {step * DECISIONS // STEPS} | {taken[len(taken) // 2]:.0f} | {taken[len(taken) * 95 // 100]:.0f} "
        f"| {heap['usedSize'] / 1e6:.1f} | {counted['nodes']:,} |"
    )
