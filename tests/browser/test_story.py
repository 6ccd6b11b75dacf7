"""The whole evening on the real program: phone, wall and desk side by side."""

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WALL, OpenPage, open_desk
from tests.browser.people import expect_status, notes, write
from tests.support.running import OwnServer

PLEDGE = "Listen more.\nGwrando’n fwy — and fix less 😊"


def test_a_pledge_goes_from_phone_to_wall_to_desk_to_spreadsheet(
    any_server: OwnServer, tmp_path: Path, open_page: OpenPage
) -> None:
    wall = open_page(f"{any_server.url}/e/{any_server.code}/wall", WALL)
    expect(wall.get_by_text("Be the first to write a pledge")).to_be_visible()

    phone = open_page(any_server.url, PHONE)
    write(phone, PLEDGE, name="Siân Ŵyn")
    expect(phone.get_by_text("Thank you. Your pledge is on the wall.")).to_be_visible()
    expect(notes(wall)).to_have_count(1)
    expect(notes(wall).first).to_contain_text("Gwrando’n fwy — and fix less 😊")
    expect(wall.locator(".count")).to_have_text("1 pledge on the wall", use_inner_text=True)
    assert rows(tmp_path) == [(1, PLEDGE, "Siân Ŵyn", "shown")]

    desk = open_desk(any_server, open_page)
    row = desk.locator(".pledges .pledge").filter(has_text="Listen more.")
    row.get_by_role("button", name="Hide").click()
    expect(notes(wall)).to_have_count(0)
    expect_status(row, "Hidden")
    assert rows(tmp_path)[0][3] == "hidden"

    row.get_by_role("button", name="Show again").click()
    expect(notes(wall)).to_have_count(1)
    expect_status(row, "On the wall")

    with desk.expect_download() as download:
        desk.get_by_role("link", name="Download CSV").click()
    file = Path(download.value.path()).read_bytes()
    assert file.startswith(b"\xef\xbb\xbf")  # so that Excel reads it as UTF-8
    (exported,) = csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""))
    assert (exported["Pledge"], exported["Name"], exported["Status"]) == (PLEDGE, "Siân Ŵyn", "shown")

    any_server.stop()
    any_server.start_again()
    phone.get_by_role("link", name="Write another").click()
    write(phone, "Share what failed.")
    expect(notes(wall)).to_have_count(2)
    expect(desk.locator(".pledges .pledge")).to_have_count(2)
    assert [row[1] for row in rows(tmp_path)] == [PLEDGE, "Share what failed."]


def test_phone_and_wall_stay_open_while_the_power_fails(
    any_server: OwnServer, tmp_path: Path, open_page: OpenPage
) -> None:
    wall = open_page(f"{any_server.url}/e/{any_server.code}/wall", WALL)
    phone = open_page(f"{any_server.url}/e/{any_server.code}", PHONE)
    write(phone, "Before the power failed.")
    expect(notes(wall)).to_have_count(1)

    any_server.kill()
    phone.get_by_role("link", name="Write another").click()
    write(phone, "While the power was gone.")
    expect(phone.get_by_text("Saved on this phone. Not sent yet: no connection")).to_be_visible()
    expect(wall.get_by_text("✎ No connection. New pledges will appear when it is back.")).to_be_visible(
        timeout=10_000
    )
    expect(notes(wall)).to_have_count(1)

    any_server.start_again()
    expect(phone.get_by_text("Thank you. Your pledge is on the wall.")).to_be_visible()
    expect(notes(wall)).to_have_count(2)
    expect(wall.get_by_text("✎ No connection. New pledges will appear when it is back.")).to_be_hidden()
    assert [row[1] for row in rows(tmp_path)] == ["Before the power failed.", "While the power was gone."]


def rows(folder: Path) -> list[tuple[int, str, str, str]]:
    with closing(sqlite3.connect(folder / "wall.db")) as connection:
        return connection.execute("SELECT number, text, name, status FROM pledges ORDER BY number").fetchall()
