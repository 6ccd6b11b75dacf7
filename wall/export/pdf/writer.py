"""A PDF written as it comes: each page leaves for the disk when it is done, so that a thousand take no more memory than one."""

import zlib
from array import array
from collections.abc import Mapping
from typing import IO

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

Value = bytes | int | str
"""As it stands in the file; text in a PDF's own syntax."""


class PdfWriter:
    """Numbered objects, and at the end the table of where each is."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at = 0
        self._offsets = array("Q")
        self._pages = array("L")
        self._tree = self.reserve()
        self._write(_HEAD)

    def reserve(self) -> int:
        """The number of an object that comes later."""
        self._offsets.append(0)
        return len(self._offsets)

    def put(self, number: int, body: bytes) -> None:
        """Write the object that was reserved."""
        self._offsets[number - 1] = self._at
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def add(self, entries: Mapping[str, Value]) -> int:
        """Add a dictionary; returns its number."""
        number = self.reserve()
        self.put(number, dictionary(entries))
        return number

    def add_stream(self, content: bytes, entries: Mapping[str, Value] | None = None) -> int:
        """Add content, compressed; returns its number."""
        compressed = zlib.compress(content)
        head = dictionary({**(entries or {}), "Filter": "/FlateDecode", "Length": len(compressed)})
        number = self.reserve()
        self.put(number, b"%s\nstream\n%s\nendstream" % (head, compressed))
        return number

    def add_page(self, content: bytes, size: tuple[float, float], resources: int) -> None:
        """A page; its fonts and colours may come later."""
        width, height = size
        entries: dict[str, Value] = {
            "Type": "/Page",
            "Parent": reference(self._tree),
            "MediaBox": f"[0 0 {width:.2f} {height:.2f}]",
            "Resources": reference(resources),
            "Contents": reference(self.add_stream(content)),
        }
        self._pages.append(self.add(entries))

    def finish(self, about: Mapping[str, Value], catalog: Mapping[str, Value]) -> None:
        """The tree of pages, what the document says of itself, and the table."""
        kids = " ".join(map(reference, self._pages))
        self.put(self._tree, dictionary({"Type": "/Pages", "Count": len(self._pages), "Kids": f"[{kids}]"}))
        info = self.add(about)
        root = self.add({"Type": "/Catalog", "Pages": reference(self._tree), **catalog})
        start, count = self._at, len(self._offsets) + 1
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for offset in self._offsets:
            self._write(b"%010d 00000 n \n" % offset)
        trailer = dictionary({"Size": count, "Root": reference(root), "Info": reference(info)})
        self._write(b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, start))

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._at += len(content)


def reference(number: int) -> str:
    """How other objects name it."""
    return f"{number} 0 R"


def dictionary(entries: Mapping[str, Value]) -> bytes:
    """A dictionary as it is written in the file."""
    pairs = (b"/%s %s" % (name.encode(), _as_bytes(value)) for name, value in entries.items())
    return b"<< %s >>" % b" ".join(pairs)


def text(words: str) -> str:
    """Any text, as a PDF has it in its dictionaries."""
    return f"<feff{words.encode('utf-16-be').hex()}>"


def _as_bytes(value: Value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
