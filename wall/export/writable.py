"""Texts as every kind of file can carry them, whatever got into the database."""

import re
from dataclasses import replace

from wall.core.content import Content
from wall.core.events import Event
from wall.core.exports import Export
from wall.core.pledges import Pledge

UNWRITABLE = "\ufffd"
"""Stands for a character that no file can carry, as readers show it anyway."""

_LINE_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_NOT_IN_FILES = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""Control characters, halves of surrogate pairs and noncharacters: XML, HTML and PDF refuse one or the other."""


def writable(text: str) -> str:
    """The same text, but for what no file can carry. Line breaks become one kind."""
    return _NOT_IN_FILES.sub(UNWRITABLE, _LINE_BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """A name or a title, which must not climb down a page."""
    return " ".join(writable(text).split())


def plain(text: str) -> str:
    """With nothing but plain letters, and boxes for all others: it can be drawn whatever happens."""
    return "".join(letter if " " <= letter <= "~" else UNWRITABLE for letter in text)


def writable_export(export: Export) -> Export:
    """An export of which everything can be written to any file."""
    return replace(export, event=_event(export.event), pledges=map(_pledge, export.pledges))


def _pledge(pledge: Pledge) -> Pledge:
    said, answer = pledge.content, pledge.answer
    lines = {field: one_line(value) for field, value in said.by_field().items()}
    content = Content(**lines | {"text": writable(said.text)})
    if answer:
        answer = replace(answer, sentence=writable(answer.sentence))
    return replace(pledge, content=content, answer=answer)


def _event(event: Event) -> Event:
    return replace(
        event,
        title=one_line(event.title),
        question=one_line(event.question),
        contact=writable(event.contact),
        themes=tuple(map(one_line, event.themes)),
        starters=tuple(map(writable, event.starters)),
    )
