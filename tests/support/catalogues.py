"""Bring the catalogues of words up to date with the code: `make words`, after words on a page or in an error changed."""

import re
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from tests.support.running import PROJECT
from wall.core.languages import LANGUAGES
from wall.web.kit.language import CATALOGUES

NOISE = tuple(
    f'"{name}' for name in ("Project-Id", "Report-", "POT-", "PO-", "Last-", "Language-Team", "Generated-By")
)
PLACEHOLDER = re.compile(r"\{\w+\}|%\(\w+\)s")


def words_of_the_code() -> Catalog:
    """Every sentence that templates and modules say to people."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "words.pot"
        command = [
            "pybabel",
            "extract",
            "-F",
            "pyproject.toml",
            "-k",
            "N_",
            "-k",
            "plurals:1,2",
            "--no-location",
        ]
        command[0] = str(Path(sys.executable).with_name("pybabel"))
        subprocess.run([*command, "-o", str(found), "."], cwd=PROJECT, check=True, capture_output=True)
        return read_catalogue(found)


def read_catalogue(file: Path, language: str | None = None) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=language)


def write_catalogue(file: Path, catalogue: Catalog) -> None:
    """Sorted, and with the headers alone that say something, so that a change shows what changed."""
    catalogue.fuzzy = False
    catalogue.header_comment = f"# Scribe Wall in {Locale(str(catalogue.locale)).english_name}."
    written = BytesIO()
    write_po(written, catalogue, sort_output=True, width=110)
    lines = written.getvalue().decode().splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith(NOISE)))


def update() -> None:
    """Add new sentences to each catalogue, untranslated, and drop those that nobody says any more."""
    template = words_of_the_code()
    for language in LANGUAGES:
        file = CATALOGUES / f"{language}.po"
        if language == "en":
            continue
        catalogue = read_catalogue(file, language) if file.exists() else Catalog(locale=language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        write_catalogue(file, catalogue)


if __name__ == "__main__":
    update()
