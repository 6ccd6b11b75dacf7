"""A fuzzer that follows which branches its input reaches: `make fuzz`, or `python -m tests.fuzz.coverage_guided guard --seconds 600`.

It stops at the first input that raises what nobody expects, or takes too long, and prints it.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

from tests.conftest import a_draft
from tests.fuzz.hostile import BLANKS, DIGITS, INVISIBLE, MARKS, SCRIPTS, SYNTAX

LONGEST_SECONDS = 0.2
LONGEST = 2_000
LETTERS = SYNTAX + DIGITS + BLANKS + MARKS + INVISIBLE + SCRIPTS

with atheris.instrument_imports(include=["wall"]):
    from wall.cli.threads import threading_runtime
    from wall.core import drafts, sheet
    from wall.core.errors import BadInput
    from wall.core.events import Event
    from wall.core.texts import patient_details as guard
    from wall.core.texts import text, word_filter
    from wall.core.wall_state import WallState
    from wall.services.events.creating import make_first_event
    from wall.services.events.finding import open_events
    from wall.services.exports.transfer import export_event
    from wall.services.pledges.submitting import submit_pledge
    from wall.store import CannotUse, open_store
    from wall.store.files.seal import Kind, seal
    from wall.store.files.transfer import opened_event_file

EVENT = Event(
    id=1, code="Q7K4", title="Q launch", question="What will you give back?", open=True, language="en", themes=("Safety",),
    text_limit=280, moderation="after", version=0, last_number=0, created_at="2026-11-26T08:25:00.000Z", wall=WallState(),
)  # fmt: skip


def read_text(words: str) -> None:
    for limit in (60, 280, 1000):
        try:
            kept = text.clean_text(words, limit)
            assert text.clean_text(kept, limit) == kept, "cleaning twice changes it"
        except text.TextRefused:
            pass
    with suppress(BadInput):
        drafts.read_content({"text": words, "name": words, "organisation": words, "theme": words})


def look_for_details(words: str) -> None:
    guard.patient_details(words)


def look_for_words(words: str) -> None:
    word_filter.has_listed_word(words)
    word_filter.has_listed_word("Listen more.", (words[:40],))


def read_rows(words: str) -> None:
    with suppress(BadInput):
        sheet.read_sheet(words, EVENT)


def take_in_a_file(raw: bytes) -> None:
    """Sealed again, else the checksum alone would be tried."""
    with tempfile.TemporaryDirectory() as folder, suppress(CannotUse, sqlite3.Error, OSError):
        file = Path(folder) / "event.scribe"
        file.write_bytes(raw)
        seal(file, Kind.EVENT)
        with opened_event_file(file):
            pass


def of_text(look: Callable[[str], None]) -> Callable[[bytes], None]:
    return lambda raw: look(as_written(raw))


def as_written(raw: bytes) -> str:
    """Plain UTF-8; or, so that long runs are soon found, pairs of a letter of some class and how often it comes."""
    if raw[:1] > b"\x7f":
        return raw[1:].decode("utf-8", "replace")
    pairs = zip(raw[1::2], raw[2::2], strict=False)
    return "".join(LETTERS[letter % len(LETTERS)] * (1 + times % 64) for letter, times in pairs)[:LONGEST]


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": of_text(read_text),
    "guard": of_text(look_for_details),
    "filter": of_text(look_for_words),
    "sheet": of_text(read_rows),
    "import": take_in_a_file,
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("target", nargs="?", choices=TARGETS)
    asked.add_argument("--seconds", type=int, default=60)
    choice = asked.parse_args()
    if choice.target:
        _fuzz(choice.target, choice.seconds)
    for target in TARGETS:  # a fuzzer ends its process, so each has one of its own
        subprocess.run(
            [sys.executable, "-m", "tests.fuzz.coverage_guided", target, "--seconds", str(choice.seconds)],
            check=True,
        )


def _fuzz(target: str, seconds: int) -> None:
    sys.stderr.write(f"{target}: {seconds} s\n")
    folder = Path(tempfile.mkdtemp(prefix="scribe-wall-fuzz-"))
    longest = 4_000
    if target == "import":
        longest = 2 * _export_an_event(folder)
    flags = [
        f"-max_total_time={seconds}",
        f"-max_len={longest}",
        "-verbosity=0",
        f"-artifact_prefix={folder}/",
    ]
    atheris.Setup([sys.argv[0], *flags, str(folder)], lambda raw: _quickly(TARGETS[target], raw))
    atheris.Fuzz()


def _export_an_event(folder: Path) -> int:
    """A good file to begin with; how many bytes it has."""
    with tempfile.TemporaryDirectory() as elsewhere:
        store = open_store(f"sqlite:///{elsewhere}/wall.db", threading_runtime().off_loop)
        make_first_event(store)
        (event,) = open_events(store)
        submit_pledge(store, event.code, drafts.read_draft(a_draft("Listen more.", name="Maria")))
        export_event(store, event.code, folder / "event.scribe")
        store.close()
    return (folder / "event.scribe").stat().st_size


def _quickly(look: Callable[[bytes], None], raw: bytes) -> None:
    began = time.process_time()
    look(raw)
    took = time.process_time() - began
    assert took < LONGEST_SECONDS, f"it took {took:.2f} s"


if __name__ == "__main__":
    main()
