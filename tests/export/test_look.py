"""How the wall looks stands once, in a style sheet: pages, scripts and files have it from there."""

import io
import re

import pytest

from tests.export.test_hostile_cells import an_export
from tests.support.running import PROJECT
from wall.export.ink.look import NIGHT, PAPER, SHEET, STATIC, Look, read_looks
from wall.export.keepsake.page import write_html

CSS = SHEET.read_text()
COLOUR = re.compile(r"#[0-9a-f]{6}")
DRAWN = [
    file
    for folder in (STATIC / "projector", STATIC / "receipt", PROJECT / "wall" / "export")
    for file in sorted(folder.rglob("*"))
    if file.suffix in (".js", ".css", ".py") and file != SHEET
]


def test_no_colour_of_the_wall_stands_anywhere_else() -> None:
    colours = set(COLOUR.findall(CSS))
    assert len(colours) == 22
    assert [file for file in DRAWN if colours & set(COLOUR.findall(file.read_text().lower()))] == []


def test_no_letters_of_the_wall_are_named_anywhere_else() -> None:
    assert [file for file in DRAWN if file.suffix != ".py" and "Shantell" in file.read_text()] == []


def test_another_colour_in_the_sheet_is_another_colour_in_every_file() -> None:
    paper, night = read_looks(CSS.replace("#1d4ed8", "#123456").replace("20%", "30%"))
    assert paper.inks == ("#123456", *PAPER.inks[1:])
    assert (paper.pale, night.pale) == (PAPER.pale, 0.3)
    assert night.inks == NIGHT.inks


@pytest.mark.parametrize("look", [PAPER, NIGHT], ids=["paper", "night"])
def test_a_page_to_keep_has_the_whole_sheet(look: Look) -> None:
    page = kept_page()
    assert [name for name, value in look.properties.items() if f"--{name}: {value};" not in page] == []


def test_a_page_to_keep_has_the_very_notes_of_the_wall() -> None:
    assert (STATIC / "projector" / "note.css").read_text() in kept_page()


def kept_page() -> str:
    file = io.BytesIO()
    write_html(an_export(["Listen more."]), file)
    return file.getvalue().decode()
