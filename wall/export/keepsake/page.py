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
from wall.core.words import current_language
from wall.export import labels
from wall.export.ink import rough
from wall.export.ink.colours import accent_on
from wall.export.ink.frames import Frame
from wall.export.ink.look import NIGHT, PAPER, STATIC, Look
from wall.export.ink.traits import frame_of, ink_of, is_short, seed_of
from wall.export.keepsake.fonts import embed_fonts

NOTES_ON_A_PANEL = 60
"""A browser lays out one panel after the other, and only those that are looked at."""

_STYLES = (Path(__file__).with_name("page.css"), STATIC / "projector" / "note.css")
"""What the page has of its own, and the notes as they are on the wall."""
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
<html lang="{current_language()}" dir="{direction(current_language())}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_NOTHING_FROM_OUTSIDE}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{_colours(export)}
{"".join(sheet.read_text() for sheet in _STYLES)}{embed_fonts(letters)}
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
    return f""":root {{ color-scheme: light dark; {_properties(PAPER, export)} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ {_properties(NIGHT, export)} }} }}"""


def _properties(look: Look, export: Export) -> str:
    accent = accent_on(look, export.event.wall.accent)
    properties = {**look.properties, "accent": accent}
    return " ".join(f"--{name}: {value};" for name, value in properties.items())


def _symbols() -> str:
    """Each frame that is drawn with a pen, some times over, to be stretched around a note."""
    dice = Random(7)  # noqa: S311  it decides how a line wobbles
    drawn = []
    for at in range(_DRAWN):
        corners = [(0.0, 0.0), (300.0, 0.0), (300.0, 150.0), (0.0, 150.0)]
        shapes = {
            Frame.BOX: rough.outline(dice, corners, 1),
            Frame.BUBBLE: rough.rounded(dice, 300, 150, 12, 0.8),
            Frame.BAR: rough.line(dice, (0, 0), (0, 150), 1.2),
        }
        for frame, strokes in shapes.items():
            drawn.append(
                f'<symbol id="f{frame}{at}" viewBox="0 0 300 150" preserveAspectRatio="none" overflow="visible">'
                f'<path d="{rough.as_svg(strokes)}"/></symbol>'
            )
    return f'<svg width="0" height="0" aria-hidden="true">{"".join(drawn)}</svg>'


def _panels(export: Export) -> Iterator[str]:
    notes = (_note(pledge) for pledge in export.pledges)
    while panel := "".join(islice(notes, NOTES_ON_A_PANEL)):
        yield f'<ol class="panel">\n{panel}</ol>\n'


def _note(pledge: Pledge) -> str:
    content, frame, seed = pledge.content, frame_of(pledge), seed_of(pledge)
    size = " short" if is_short(content.text) else ""
    parts = [f'<p class="text" dir="auto">{escape(content.text)}</p>']
    if by := pledge.content.byline():
        parts.append(f'<p class="by" dir="auto">– {escape(by)}</p>')
    if word := labels.status(pledge.status):
        parts.append(f'<p class="status">{escape(word)}</p>')
    if pledge.me_too:
        parts.append(f'<p class="me-too">+{labels.number(pledge.me_too)}</p>')
    return f'<li class="note{size} frame-{frame} tilt-{seed % _TILTS}" data-ink="{ink_of(pledge)}">{_frame(frame, seed)}{"".join(parts)}</li>\n'


def _frame(frame: Frame, seed: int) -> str:
    """What is drawn with a pen; strips and hatching are the style sheet's."""
    if frame in (Frame.HATCHING, Frame.STRIP):
        return '<i class="ground"></i>'
    tail = (
        '<svg class="tail" viewBox="0 0 24 18"><path d="M2 0 4 16 22 0"/></svg>'
        if frame is Frame.BUBBLE
        else ""
    )
    pen = f'<svg class="frame"><use href="#f{frame}{seed // 11 % _DRAWN}"/></svg>'
    return f'<span class="drawn" aria-hidden="true">{pen}{tail}</span>'
