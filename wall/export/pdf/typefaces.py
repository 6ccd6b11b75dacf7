"""Which font draws which letter: the hands of the wall, and what helps out where a hand lacks one."""

import re
from pathlib import Path

from wall.export.pdf.faces import BroughtFace, Face, ReadersFace, has_cjk
from wall.export.pdf.installed_fonts import InstalledFonts
from wall.export.pdf.writer import PdfWriter, reference

_JAPANESE = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_KOREAN = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_CLUSTER = re.compile(
    r".(?:[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d.)*",
    re.DOTALL,
)
_MOST_REMEMBERED = 20_000

FOLDER = Path(__file__).with_name("fonts")


class Typefaces:
    """All fonts of one file. A hand is the fonts that are tried for a letter, one after the other."""

    def __init__(self) -> None:
        shantell, caveat, brush = map(_brought, ("shantell-sans", "caveat", "caveat-brush"))
        others = list(map(_brought, ("playpen-sans-arabic", "playpen-sans-hebrew", "mynerve")))
        emoji = _brought("noto-emoji")
        self._emoji: Face = emoji
        self._chinese = ReadersFace("STSong-Light", "GB1", "UniGB-UTF16-H")
        self._japanese = ReadersFace("HeiseiKakuGo-W5", "Japan1", "UniJIS-UTF16-H")
        self._korean = ReadersFace("HYGothic-Medium", "Korea1", "UniKS-UTF16-H")
        self._hands: dict[str, list[Face]] = {
            "letters": [shantell, *others, emoji],
            "names": [caveat, shantell, *others, emoji],
            "brush": [brush, shantell, *others, emoji],
        }
        self._installed = InstalledFonts()
        self._elsewhere: dict[str, Face | None] = {}
        """What the machine's own fonts were asked for: to look through all of them takes long."""
        self._used: dict[Face, str] = {}

    def chief(self, hand: str) -> Face:
        """The one that draws most."""
        return self._hands[hand][0]

    def face_for(self, hand: str, cluster: str, text: str) -> Face:
        """What a letter is drawn with; `text` around it tells Chinese from Japanese. An empty box if nobody has it."""
        if "\ufe0f" in cluster and self._emoji.has(cluster):
            return self._emoji
        if has_cjk(cluster):
            return self._from_elsewhere(cluster) or self._eastern(text)
        for face in self._hands[hand]:
            if face.has(cluster):
                return face
        return self._from_elsewhere(cluster) or self.chief(hand)

    def name_of(self, face: Face) -> str:
        """How pages call a font."""
        return self._used.setdefault(face, f"F{len(self._used)}")

    def embed(self, writer: PdfWriter) -> str:
        """Put all that were used into the file; as pages are told of them."""
        return " ".join(f"/{name} {reference(face.embed(writer))}" for face, name in self._used.items())

    def _from_elsewhere(self, cluster: str) -> Face | None:
        if cluster not in self._elsewhere:
            if len(self._elsewhere) >= _MOST_REMEMBERED:
                self._elsewhere.clear()
            self._elsewhere[cluster] = self._installed.face_for(cluster)
        return self._elsewhere[cluster]

    def _eastern(self, text: str) -> Face:
        if _JAPANESE.search(text):
            return self._japanese
        return self._korean if _KOREAN.search(text) else self._chinese


def clusters(text: str) -> list[str]:
    """Letters, each with all that belongs to it."""
    return _CLUSTER.findall(text)


def _brought(name: str) -> BroughtFace:
    return BroughtFace(FOLDER / f"{name}.ttf")
