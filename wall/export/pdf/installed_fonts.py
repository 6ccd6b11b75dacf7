"""This machine's own fonts, for letters that no hand of the wall has: Chinese, Devanagari, Thai, an arrow."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import uharfbuzz as harfbuzz

from wall.export.pdf.faces import BroughtFace

FOLDERS: Sequence[Path] = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/Library/Fonts"),
    Path("/System/Library/Fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
    Path.home() / "Library/Fonts",
)
_KINDS = (".ttf", ".ttc", ".otf")


class InstalledFonts:
    """Looked through once, when the first letter is missing."""

    def __init__(self, folders: Sequence[Path] = FOLDERS) -> None:
        self._folders = folders
        self._opened: dict[tuple[Path, int], BroughtFace] = {}

    def face_for(self, letters: str) -> BroughtFace | None:
        """One that has all of these letters, a plain one before a bold one; None where no font has them."""
        for file, index, known in self._letters:
            if all(ord(letter) in known for letter in letters):
                if (file, index) not in self._opened:
                    self._opened[file, index] = BroughtFace(file, index)
                return self._opened[file, index]
        return None

    @cached_property
    def _letters(self) -> list[tuple[Path, int, harfbuzz.Set]]:
        files = (
            file for folder in self._folders for file in folder.rglob("*") if file.suffix.lower() in _KINDS
        )
        return [found for file in sorted(files, key=_plainest) for found in _letters_in(file)]


def _plainest(file: Path) -> tuple[int, str]:
    """What is bold or slanted says so in its name."""
    return len(file.name), file.name


def _letters_in(file: Path) -> Iterator[tuple[Path, int, harfbuzz.Set]]:
    """A file may hold several fonts, or be none. Only TrueType's outlines can go into a keepsake."""
    try:
        blob = harfbuzz.Blob.from_file_path(str(file))
    except (OSError, harfbuzz.HarfBuzzError):
        return
    for index in range(harfbuzz.Face(blob).count):
        face = harfbuzz.Face(blob, index)
        if "glyf" in face.table_tags:
            yield file, index, face.unicodes
