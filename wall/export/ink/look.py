"""How the wall looks, read from the very style sheet that its pages have: colours, letters, and the measures of notes and frames."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"
SHEET = STATIC / "projector" / "looks.css"

_RULE = re.compile(r"\[data-look(?:=\"night\")?\] \{([^}]*)\}")
_PROPERTY = re.compile(r"--([\w-]+): ([^;]+);")


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as `#rrggbb`; `pale` is how much of an ink a filled note has."""

    wall: str
    wall_light: str
    letters: str
    quiet: str
    accent: str
    inks: tuple[str, ...]
    pale: float
    properties: Mapping[str, str]
    """All that the sheet says, under the names that it has there."""


def read_looks(css: str) -> tuple[Look, Look]:
    """The looks of a style sheet: paper, and night."""
    paper, night = (dict(_PROPERTY.findall(rule)) for rule in _RULE.findall(css))
    return _look(paper), _look(paper | night)


def _look(properties: Mapping[str, str]) -> Look:
    return Look(
        wall=properties["wall"],
        wall_light=properties["wall-light"],
        letters=properties["letters-ink"],
        quiet=properties["quiet-ink"],
        accent=properties["accent"],
        inks=tuple(colour for name, colour in properties.items() if re.fullmatch(r"ink-\d", name)),
        pale=int(properties["pale-share"].removesuffix("%")) / 100,
        properties=properties,
    )


PAPER, NIGHT = read_looks(SHEET.read_text(encoding="utf-8"))


def measure_of(name: str) -> float:
    """A number of the sheet. It is the same on paper and at night."""
    return float(PAPER.properties[name])
