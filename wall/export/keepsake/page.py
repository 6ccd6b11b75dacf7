"""The wall as one page that needs no server, no script and nothing else: to keep, to pass on, to print."""

import shutil
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from itertools import islice
from pathlib import Path
from random import Random
from typing import IO

from wall.core.exports import Export
from wall.core.languages import direction
from wall.core.pledges import Pledge
from wall.core.words import spoken
from wall.export import labels
from wall.export.ink import inks, rough
from wall.export.keepsake.fonts import embed_fonts

NOTES_ON_A_PANEL = 60
"""A browser lays out one panel after the other, and only those that are looked at."""

_STYLE = Path(__file__).with_name("page.css")
_NOTHING_FROM_OUTSIDE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
_TILTS = 5
_DRAWN = 4
"""How often each frame is drawn; notes share them."""


def write_html(export: Export, file: IO[bytes]) -> None:
    """Note by note: they wait in a file of their own until it is known which letters they need."""
    head = _heading(export)
    letters = set(head)
    with tempfile.TemporaryFile() as notes:
        for panel in _panels(export):
            letters.update(panel)
            notes.write(panel.encode())
        file.write(_head(export, letters).encode() + head.encode())
        notes.seek(0)
        shutil.copyfileobj(notes, file)
    file.write(b"</main>\n</body>\n</html>\n")


def _head(export: Export, letters: set[str]) -> str:
    title = escape(f"{export.event.question} – {export.event.title}")
    return f"""<!doctype html>
<html lang="{spoken()}" dir="{direction(spoken())}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_NOTHING_FROM_OUTSIDE}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{_colours(export)}
{_STYLE.read_text()}
{embed_fonts(letters)}
</style>
</head>
"""


def _heading(export: Export) -> str:
    event = export.event
    logo = ""
    if export.logo:
        kind, picture = export.logo
        logo = f'<img class="logo" alt="" src="data:{kind};base64,{b64encode(picture).decode()}">'
    return f"""<body>
{_symbols()}
<header>
<div>
<p class="event" dir="auto">{escape(event.title)}</p>
<h1 dir="auto">{escape(event.question)}</h1>
</div>
{logo}
<p class="count"><b>{labels.number(export.count)}</b> {escape(labels.counted(export))}<br>{escape(labels.day(export))}</p>
</header>
<main>
"""


def _colours(export: Export) -> str:
    return f""":root {{ color-scheme: light dark; {_variables(inks.PAPER, export)} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ {_variables(inks.NIGHT, export)} }} }}"""


def _variables(look: inks.Look, export: Export) -> str:
    named = {
        "wall": look.wall,
        "wall-light": look.wall_light,
        "letters-ink": look.letters,
        "quiet-ink": look.quiet,
        "accent": inks.accent_on(look, export.event.wall.accent),
        "pale-share": f"{look.pale:.0%}",
    }
    named |= {f"ink-{at}": ink for at, ink in enumerate(look.inks)}
    return " ".join(f"--{name}: {value};" for name, value in named.items())


def _symbols() -> str:
    """Each frame that is drawn with a pen, some times over, to be stretched around a note."""
    dice = Random(7)  # noqa: S311  it decides how a line wobbles
    drawn = []
    for at in range(_DRAWN):
        corners = [(0.0, 0.0), (300.0, 0.0), (300.0, 150.0), (0.0, 150.0)]
        shapes = {0: rough.outline(dice, corners, 1), 1: rough.rounded(dice, 300, 150, 12, 0.8)}
        shapes[4] = rough.line(dice, (0, 0), (0, 150), 1.2)
        for kind, strokes in shapes.items():
            drawn.append(
                f'<symbol id="f{kind}{at}" viewBox="0 0 300 150" preserveAspectRatio="none" overflow="visible">'
                f'<path d="{rough.as_svg(strokes)}"/></symbol>'
            )
    return f'<svg width="0" height="0" aria-hidden="true">{"".join(drawn)}</svg>'


def _panels(export: Export) -> Iterator[str]:
    notes = (_note(pledge) for pledge in export.pledges)
    while panel := "".join(islice(notes, NOTES_ON_A_PANEL)):
        yield f'<ol class="panel">\n{panel}</ol>\n'


def _note(pledge: Pledge) -> str:
    content, kind, seed = pledge.content, inks.frame_of(pledge), inks.seed_of(pledge)
    size = " short" if len(content.text) <= inks.SHORT else ""
    parts = [f'<p class="text" dir="auto">{escape(content.text)}</p>']
    if by := inks.signature(pledge):
        parts.append(f'<p class="by" dir="auto">– {escape(by)}</p>')
    if word := labels.status(pledge.status):
        parts.append(f'<p class="status">{escape(word)}</p>')
    if pledge.me_too:
        parts.append(f'<p class="me-too">+{labels.number(pledge.me_too)}</p>')
    return f'<li class="note{size} frame-{kind} tilt-{seed % _TILTS}" data-ink="{inks.ink_of(pledge)}">{_frame(kind, seed)}{"".join(parts)}</li>\n'


def _frame(kind: int, seed: int) -> str:
    """What is drawn with a pen; strips and hatching are the style sheet's."""
    if kind not in (0, 1, 4):
        return '<i class="ground"></i>'
    tail = '<svg class="tail" viewBox="0 0 24 18"><path d="M2 0 4 16 22 0"/></svg>' if kind == 1 else ""
    pen = f'<svg class="frame"><use href="#f{kind}{seed // 11 % _DRAWN}"/></svg>'
    return f'<span class="drawn" aria-hidden="true">{pen}{tail}</span>'
