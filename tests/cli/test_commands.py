"""What a person types in the terminal, and what it prints."""

import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from tests.browser.conftest import NAMES, ON_A_MAC
from tests.conftest import Cast
from tests.support.pictures import codes_in
from tests.support.running import PROJECT, RUN_PY, OwnServer, Server, run_py, running_server, wait_until
from wall.cli.welcome import draw_qr
from wall.services.events.creating import make_first_event
from wall.services.events.deleting import delete_all_of
from wall.services.events.finding import open_events
from wall.services.people.links import make_desk_link, use_desk_link
from wall.services.server.addresses import Addresses
from wall.store import Store, heartbeats


def test_serving_prints_where_everything_is(own_server: OwnServer) -> None:
    code = own_server.code
    printed = "\n".join(own_server.printed)
    assert f"Phones   {own_server.url}/e/{code}" in printed
    assert f"Wall     {own_server.url}/e/{code}/wall" in printed
    assert re.search(rf"Desk     {own_server.url}/desk/link/\S{{20,}}", printed)


def test_the_code_in_the_terminal_can_be_scanned() -> None:
    rows = draw_qr("http://192.168.4.20:8000/e/Q7K4").rstrip("\n").split("\n")
    width = max(map(len, rows))
    picture = Image.new("L", (width + 8, 2 * len(rows) + 8), 255)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row.ljust(width)):
            light = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1)}.get(cell, (0, 0))
            for half in (0, 1):
                picture.putpixel((x + 4, 2 * y + half + 4), 255 * light[half])
    scanned = codes_in(picture.resize((picture.width * 8, picture.height * 8), Image.Resampling.NEAREST))
    assert scanned == ["http://192.168.4.20:8000/e/Q7K4"]


def test_a_new_desk_link_works_while_the_server_runs(own_server: OwnServer, tmp_path: Path) -> None:
    printed = run_py(tmp_path, "desk-link", PUBLIC_URL=own_server.url).stdout
    path = printed.strip().removeprefix(own_server.url)
    status, page = own_server.ask("GET", path, headers={"Accept": "text/html"})

    assert status == 200
    assert "Sign in" in page


def test_a_demo_fills_a_wall_of_its_own(tmp_path: Path) -> None:
    demo = [*RUN_PY, "demo", "--pause", "0"]
    with running_server(tmp_path, program=demo) as server:
        wait_until(lambda: len(shown(server)) == 124, "all pledges have arrived")
        pledges = shown(server)
        assert server.stop() == 0
    assert not (tmp_path / "wall.db").exists()
    assert max(Counter(pledge["text"] for pledge in pledges).values()) == 1
    assert sum(len(pledge["text"]) == 280 for pledge in pledges) == 2
    assert [pledge["number"] for pledge in pledges] == list(range(1, 125))
    for script in ("Ŵ", "ł", "س", "病", "😊", "\n"):
        assert any(script in pledge["text"] + pledge["name"] for pledge in pledges), script
    assert any(not pledge["name"] for pledge in pledges)


def shown(server: Server) -> list[dict[str, Any]]:
    pledges: list[dict[str, Any]] = server.get(f"/e/{server.code}/pledges")[1]["pledges"]
    return pledges


def test_the_public_url_wins() -> None:
    found = Addresses("https://wall.example.org", 8000)
    assert found.of("Q7K4") == {
        "address": "https://wall.example.org/e/Q7K4", "short_address": "wall.example.org/Q7K4",
    }  # fmt: skip


def test_the_qr_code_is_fetched_once_until_the_address_changes(
    guest: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/e/{cast.event.code}/qr.svg"
    first = guest.get(path)
    known = {"If-None-Match": first.headers["ETag"]}
    again = guest.get(path, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    monkeypatch.setattr(Addresses, "base", "http://10.0.0.7:8000")
    moved = guest.get(path, headers=known)
    assert moved.status_code == 200
    assert moved.headers["ETag"] != first.headers["ETag"]
    assert moved.data != first.data


def test_health_is_well_when_a_write_and_a_read_work(guest: FlaskClient) -> None:
    answer = guest.get("/health")
    assert (answer.status_code, answer.get_json()) == (200, {"write": "ok", "read": "ok"})


def test_health_names_what_does_not_work(
    guest: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeats, "beat", lambda transaction: 1 / 0)
    answer = guest.get("/health")
    assert (answer.status_code, answer.get_json()) == (503, {"write": "failed", "read": "ok"})


def test_a_server_whose_last_event_was_deleted_starts_again(store: Store, cast: Cast) -> None:
    for event in open_events(store):
        store.write(lambda transaction, event=event: delete_all_of(transaction, event))  # type: ignore[misc]
    make_first_event(store)
    assert open_events(store) == []
    assert use_desk_link(store, make_desk_link(store)).organiser.id == 1


BESIDES_A_BROWSER = ("bin/redis-server", "bin/soffice")
CHROME_ON_A_MAC = ON_A_MAC.relative_to("/")


@pytest.mark.parametrize("browser", [*(f"bin/{name}" for name in NAMES), str(CHROME_ON_A_MAC)])
def test_each_browser_that_the_tests_can_use_is_enough_for_make(tmp_path: Path, browser: str) -> None:
    done = make_servers(tmp_path, browser, *BESIDES_A_BROWSER)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_where_nothing_installs_by_itself_make_says_what_to_install_in_one_line_each(tmp_path: Path) -> None:
    done = make_servers(tmp_path)
    assert done.returncode == 2
    assert [line for line in done.stderr.splitlines() if not line.startswith("make")] == [
        "The tests need Chrome or Chromium (on a Mac: brew install google-chrome); please install it.",
        "The tests need Redis (on a Mac: brew install redis); please install it.",
        "The tests need LibreOffice (on a Mac: brew install libreoffice); please install it.",
    ]


def make_servers(machine: Path, *installed: str) -> subprocess.CompletedProcess[str]:
    """`make servers` on a machine without apt-get, where only that is installed."""
    make, who = shutil.which("make"), shutil.which("id")
    assert make
    assert who
    (machine / "bin").mkdir()
    (machine / "bin" / "id").symlink_to(who)
    for name in installed:
        program = machine / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.touch(mode=0o755)
    environment = os.environ | {"PATH": str(machine / "bin"), "LC_ALL": "C", "MAKEFLAGS": ""}
    return subprocess.run(
        [make, "--no-print-directory", "servers", f"APPLICATIONS={machine / 'Applications'}"],
        cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
