"""The fonts of the printed keepsake: what letters each has, how a run of them is shaped, what goes into the file."""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import uharfbuzz as harfbuzz

from wall.export.pdf.writer import PdfWriter, Value, reference

_JOINING = frozenset("\u200c\u200d\ufe0f")
"""Say how their neighbours are drawn, and are never drawn themselves."""
_CJK = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_EM = 1000
_SUBSET_FLAGS = (
    harfbuzz.SubsetFlags.RETAIN_GIDS
    | harfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    | harfbuzz.SubsetFlags.NOTDEF_OUTLINE  # the empty box for what nobody can draw
)
_FIRST_LETTER = 32
"""In Unicode; codes below are no letters."""
_MOST_CODES = 0xFFFF
"""In one font of a file."""
_LONGEST_MEANING = 60
"""In characters; a map of meanings may hold no more."""
_NOT_DRAWN = [
    int.from_bytes(table, "big") for table in (b"GSUB", b"GPOS", b"GDEF", b"STAT", b"vhea", b"vmtx")
]
"""What shaping needed of a font, and drawing does not."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn form. All but its code in thousandths of the letters' size."""

    code: str
    """In hexadecimal digits."""
    width: float
    """How far it goes by itself."""
    advance: float
    """How far it goes here."""
    x: float = 0
    y: float = 0


class Face(Protocol):
    """What letters can be drawn with."""

    def has(self, cluster: str) -> bool:
        """Whether it can draw a letter with all that belongs to it."""

    def shape(self, run: str, *, right_to_left: bool) -> list[Glyph]:
        """The forms of a run, from left to right."""

    def embed(self, writer: PdfWriter) -> int:
        """Put what was drawn into the file: the number of the font."""


class BroughtFace:
    """A font that goes into the file, as far as it was drawn with."""

    def __init__(self, file: Path, index: int = 0) -> None:
        self._name = re.sub(r"[^\w-]", "", file.stem)
        self._face = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(file)), index)
        self._font = harfbuzz.Font(self._face)
        self._scale = _EM / self._face.upem
        self._letters = _JOINING.union(map(chr, self._face.unicodes))
        self._drawn: dict[tuple[int, str], int] = {}
        """The code of a form where it stands for this: Arabic is drawn stroke and dots, shared by many letters."""
        self._forms = [0] * _FIRST_LETTER
        """The form of each code."""
        self._meaningless = list(range(1, _FIRST_LETTER))

    def has(self, cluster: str) -> bool:
        return self._letters.issuperset(cluster)

    def shape(self, run: str, *, right_to_left: bool) -> list[Glyph]:
        buffer = harfbuzz.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        buffer.cluster_level = harfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        harfbuzz.shape(self._font, buffer)
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        meanings = _meanings_of(
            [(info.cluster, place.x_advance) for info, place in zip(infos, places, strict=True)], run
        )
        return [
            Glyph(
                f"{self._code_of(info.codepoint, meaning[::-1] if right_to_left else meaning):04x}",
                self._width(info.codepoint),
                place.x_advance * self._scale,
                place.x_offset * self._scale,
                place.y_offset * self._scale,
            )
            for info, meaning, place in zip(infos, meanings, places, strict=True)
        ]

    def embed(self, writer: PdfWriter) -> int:
        name = f"/SCRIBE+{self._name}"
        extents = self._font.get_font_extents("ltr")
        descriptor: dict[str, Value] = {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": 4,
            "FontBBox": "[-500 -500 1500 1200]",
            "ItalicAngle": 0,
            "Ascent": round(extents.ascender * self._scale),
            "Descent": round(extents.descender * self._scale),
            "CapHeight": 700,
            "StemV": 80,
            "FontFile2": reference(writer.add_stream(self._subset())),
        }
        widths = " ".join(f"{self._width(form):.0f}" for form in self._forms)
        map_of_forms = struct.pack(f">{len(self._forms)}H", *self._forms)
        descendant: dict[str, Value] = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
            "CIDToGIDMap": reference(writer.add_stream(map_of_forms)),
            "W": f"[0 [{widths}]]",
            "FontDescriptor": reference(writer.add(descriptor)),
        }
        return writer.add(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": name,
                "Encoding": "/Identity-H",
                "DescendantFonts": f"[{reference(writer.add(descendant))}]",
                "ToUnicode": reference(writer.add_stream(self._meanings())),
            }
        )

    def _code_of(self, form: int, meaning: str) -> int:
        """A reader that finds no meaning takes the code for a letter: what has none gets a code that is none."""
        meaning = meaning[:_LONGEST_MEANING]
        known = self._drawn.get((form, meaning))
        if known is None and len(self._forms) > _MOST_CODES:
            return self._forms.index(form) if form in self._forms else 0
        if known is None:
            known = len(self._forms) if meaning or not self._meaningless else self._meaningless.pop()
            if known == len(self._forms):
                self._forms.append(form)
            self._forms[known] = form
            self._drawn[form, meaning] = known
        return known

    def _width(self, form: int) -> float:
        return float(self._font.get_glyph_h_advance(form) * self._scale)

    def _subset(self) -> bytes:
        wanted = harfbuzz.SubsetInput()
        wanted.sets(harfbuzz.SubsetInputSets.GLYPH_INDEX).update(self._forms)
        wanted.flags = _SUBSET_FLAGS
        wanted.drop_table_tag_set.update(_NOT_DRAWN)
        return bytes(harfbuzz.subset(self._face, wanted).blob.data)

    def _meanings(self) -> bytes:
        """What a reader copies and searches for."""
        lines = [
            f"<{code:04x}> <{meaning.encode('utf-16-be').hex()}>"
            for (_, meaning), code in self._drawn.items()
        ]
        blocks = (lines[at : at + 100] for at in range(0, len(lines), 100))
        body = "\n".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CMapName /Meanings def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{body}\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        ).encode()


def _meanings_of(forms: Sequence[tuple[int, int]], run: str) -> list[str]:
    """What each form stands for, from where it begins in the run and how far it goes.

    Of those that begin at one place the farthest has the meaning; the others are its dots.
    """
    chiefs: dict[int, int] = {}
    for at, (start, goes) in enumerate(forms):
        if start not in chiefs or goes > forms[chiefs[start]][1]:
            chiefs[start] = at
    starts = sorted(chiefs)
    meanings = [""] * len(forms)
    for start, end in zip(starts, [*starts[1:], len(run)], strict=True):
        meanings[chiefs[start]] = run[start:end]
    return meanings


class ReadersFace:
    """One of the Chinese, Japanese and Korean fonts that most PDF readers have of their own, where this machine has none
    to put into the file: one that we brought would weigh ten megabytes.
    """

    def __init__(self, name: str, ordering: str, encoding: str) -> None:
        self._name, self._ordering, self._encoding = name, ordering, encoding

    def has(self, cluster: str) -> bool:
        return has_cjk(cluster)

    def shape(self, run: str, *, right_to_left: bool) -> list[Glyph]:
        return [Glyph(letter.encode("utf-16-be").hex(), _EM, _EM) for letter in run]

    def embed(self, writer: PdfWriter) -> int:
        descriptor: dict[str, Value] = {
            "Type": "/FontDescriptor",
            "FontName": f"/{self._name}",
            "Flags": 4,
            "FontBBox": "[0 -200 1000 900]",
            "ItalicAngle": 0,
            "Ascent": 880,
            "Descent": -120,
            "CapHeight": 880,
            "StemV": 70,
        }
        descendant: dict[str, Value] = {
            "Type": "/Font",
            "Subtype": "/CIDFontType0",
            "BaseFont": f"/{self._name}",
            "CIDSystemInfo": f"<< /Registry (Adobe) /Ordering ({self._ordering}) /Supplement 2 >>",
            "DW": _EM,
            "FontDescriptor": reference(writer.add(descriptor)),
        }
        return writer.add(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": f"/{self._name}-{self._encoding}",
                "Encoding": f"/{self._encoding}",
                "DescendantFonts": f"[{reference(writer.add(descendant))}]",
            }
        )


def has_cjk(letters: str) -> bool:
    """Whether any of them is written with Chinese, Japanese or Korean letters."""
    return bool(_CJK.search(letters))
