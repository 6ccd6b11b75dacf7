"""SQLite's write-ahead log, as far as we read it: does it go on from where its database is?"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from wall.store.marks import HEADER_BYTES, parse_header

LOG_HEADER_BYTES = 32
FRAME_HEADER_BYTES = 24
_PAGE_SIZE, _PAGE_NUMBER = slice(8, 12), slice(0, 4)
_SALTS, _SALTS_OF_FRAME = slice(16, 24), slice(8, 16)


def log_belongs_to(database: Path, log: Path) -> bool:
    """False where the database was overwritten under its log, by an older copy of itself, say.

    Nobody may have the database open in this process. A log without marks is believed.
    """
    if not database.exists() or not log.exists() or log.stat().st_size <= LOG_HEADER_BYTES:
        return True
    with database.open("rb") as file:
        header = parse_header(file.read(HEADER_BYTES))
    if header is None:
        return True  # no database at all: that is found out by whoever opens it
    with log.open("rb") as file:
        marks = list(_marks_in(file))
    if header.sealed:
        return not marks
    if not marks or not header.mark or not marks[0]:
        return True
    return marks[0] - 1 <= header.mark <= marks[-1]


def _marks_in(log: BinaryIO) -> Iterator[int]:
    """The marks of the database's first page, in the order of commits."""
    begins = log.read(LOG_HEADER_BYTES)
    page_size = int.from_bytes(begins[_PAGE_SIZE], "big")
    while len(frame := log.read(FRAME_HEADER_BYTES + page_size)) == FRAME_HEADER_BYTES + page_size:
        if frame[_SALTS_OF_FRAME] != begins[_SALTS]:
            return  # from before the log began anew
        if int.from_bytes(frame[_PAGE_NUMBER], "big") == 1 and (
            header := parse_header(frame[FRAME_HEADER_BYTES : FRAME_HEADER_BYTES + HEADER_BYTES])
        ):
            yield header.mark
