"""The wall's fonts as style sheets that bring their files with them, so that a page needs no server."""

import re
from base64 import b64encode
from collections.abc import Set
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "static" / "vendor" / "fonts"

_FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
_FILE = re.compile(r'url\("\./([^"]+)"\)')
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")


def embed_fonts(letters: Set[str]) -> str:
    """The fonts that some of these letters need."""
    codes = {ord(letter) for letter in letters}
    return "\n".join(
        _with_file(face) for face in _faces() if any(code in one for one in _ranges(face) for code in codes)
    )


@lru_cache
def _faces() -> list[str]:
    return _FACE.findall((FOLDER / "fonts.css").read_text())


def _ranges(face: str) -> list[range]:
    found = _RANGE.findall(face.split("unicode-range:")[1])
    return [range(int(first, 16), int(last or first, 16) + 1) for first, last in found]


def _with_file(face: str) -> str:
    def as_data(found: re.Match[str]) -> str:
        encoded = b64encode((FOLDER / found[1]).read_bytes()).decode()
        return f'url("data:font/woff2;base64,{encoded}")'

    return _FILE.sub(as_data, face)
