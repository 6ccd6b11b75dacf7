"""The server's own copy of an event, as one kind of reader sees it: each pledge encoded once, when it changed."""

from collections.abc import Iterable
from dataclasses import dataclass

LINE_BYTES = 500
"""About what a line takes in memory besides its encoded form."""


@dataclass(frozen=True, slots=True)
class Line:
    """A pledge as it stands: `encoded` for these readers, or None where they do not see it, as the public a hidden one."""

    id: str
    number: int
    version: int
    first_shown: int | None
    encoded: bytes | None
    people: tuple[int, ...] = ()
    """Who decided on it or entered it; their names go along with it at the desk."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a reader who was at a version gets, in the order of the numbers: `pledges`, encoded, and the ids of those `removed`."""

    pledges: list[bytes]
    removed: list[str]
    people: frozenset[int]


class EventCopy:
    """Brought up to date as every screen does with its own: by what changed after its version."""

    def __init__(self) -> None:
        self.version = 0
        self.size = 0
        self._lines: dict[str, Line] = {}
        """In the order of their versions, so that the latest changes are found from the end."""

    def take(self, changed: Iterable[Line], version: int) -> None:
        """Take in the lines that changed after this copy's version; it is at `version` then."""
        for line in sorted(changed, key=lambda line: line.version):
            before = self._lines.pop(line.id, None)
            self._lines[line.id] = line
            self.size += _size(line) - (_size(before) if before else 0)
        self.version = version

    def since(self, version: int) -> Changed:
        """What changed after `version`. What the public never saw by then is not even said to be removed."""
        later = []
        for line in reversed(self._lines.values()):
            if line.version <= version:
                break
            later.append(line)
        later.sort(key=lambda line: line.number)
        return Changed(
            pledges=[line.encoded for line in later if line.encoded is not None],
            removed=[line.id for line in later if line.encoded is None and _was_seen(line, version)],
            people=frozenset(one for line in later for one in line.people),
        )


def _was_seen(line: Line, version: int) -> bool:
    return line.first_shown is not None and line.first_shown <= version


def _size(line: Line) -> int:
    return LINE_BYTES + len(line.encoded or b"")
