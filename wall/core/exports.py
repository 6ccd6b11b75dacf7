"""What an organiser takes home: which pledges, in which kind of file, and the sums that go with them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from enum import StrEnum

from wall.core.errors import BadInput
from wall.core.events import Event
from wall.core.fields import read_one_of
from wall.core.pledges import Pledge, Status
from wall.core.summary import OutcomesAfter
from wall.core.words import N_, Words


class FileKind(StrEnum):
    """A kind of file; the value is how its name ends."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    PDF = "pdf"
    HTML = "html"


class Separator(StrEnum):
    """What separates the cells of a CSV. Spreadsheets take the one of their country unasked."""

    COMMA = "comma"
    SEMICOLON = "semicolon"
    TAB = "tab"

    @property
    def character(self) -> str:
        return {"comma": ",", "semicolon": ";", "tab": "\t"}[self]


KEEPSAKES = (FileKind.PDF, FileKind.HTML)
"""Made to be shown: they hold what is on the wall, unless something else is chosen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pledges go along, and whether the names and organisations do."""

    statuses: tuple[Status, ...] = tuple(Status)
    themes: tuple[str, ...] = ()
    """Only these; "" stands for pledges without one. Empty for all."""
    names: bool = True
    fields: tuple[str, ...] = ()
    """Only these columns of a list, by their keys; empty for all. Keepsakes have what the wall has."""
    erased: bool = True
    """Whether what is left of erased pledges goes along: a number, so that a list has no gaps."""
    separator: Separator = Separator.COMMA
    """Of a CSV."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Every pledge of an event, counted under one status."""

    shown: int
    hidden: int
    waiting: int
    withdrawn: int

    @property
    def received(self) -> int:
        return self.shown + self.hidden + self.waiting + self.withdrawn


@dataclass(frozen=True, slots=True)
class Export:
    """All that a file is written from, of one moment."""

    event: Event
    choice: Choice
    at: str
    totals: Totals
    count: int
    """How many pledges the file will have."""
    pledges: Iterator[Pledge]
    """By number, streamed: they can be read once."""
    stands: Sequence[OutcomesAfter] = ()
    """What became of the pledges that nobody took back, whatever was chosen."""
    logo: tuple[str, bytes] | None = None
    """The event's picture: its media type, and itself."""
    zone: tzinfo = UTC
    """In which lists for people have their times. Programs get UTC."""


def read_kind(raw: object) -> FileKind:
    """A kind of file that somebody asks for. Raises BadInput."""
    return read_one_of("format", raw, FileKind, N_("Choose a file type."))


def read_choice(
    kind: FileKind,
    *,
    statuses: Iterable[str] = (),
    themes: Iterable[str] = (),
    names: str = "yes",
    fields: Iterable[str] = (),
    separator: str = Separator.COMMA,
) -> Choice:
    """From a query or the terminal; no status means the usual ones. Raises BadInput with every field that is wrong."""
    wrong: dict[str, Words] = {}
    asked = set(statuses)
    if asked - set(Status):
        wrong["status"] = N_("Choose shown, hidden, waiting or withdrawn.")
    if names not in ("yes", "no"):
        wrong["names"] = N_("This must be “yes” or “no”.")
    if separator not in set(Separator):
        wrong["separator"] = N_("Choose comma, semicolon or tab.")
    if wrong:
        raise BadInput(fields=wrong)
    usual = {Status.SHOWN} if kind in KEEPSAKES else set(Status)
    chosen = tuple(status for status in Status if status in (asked or usual))
    return Choice(
        chosen,
        tuple(dict.fromkeys(themes)),
        names == "yes",
        tuple(dict.fromkeys(fields)),
        erased=kind not in KEEPSAKES,
        separator=Separator(separator),
    )


def file_name(event: Event, kind: FileKind, at: str) -> str:
    """A name for the file that every system takes."""
    plain = unicodedata.normalize("NFKD", event.title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-") or "pledges"
    return f"{slug}-{event.code}-{at[:10]}.{kind}"
