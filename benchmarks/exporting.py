"""What taking pledges home and looking back cost: seconds, and how much memory more than before at most (Linux)."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import uuid
from itertools import cycle, islice
from pathlib import Path

from tests.support.running import PROJECT
from wall.cli.demo import SCRIPT
from wall.cli.threads import threading_runtime
from wall.core.exports import Choice, FileKind
from wall.services.events.creating import make_first_event
from wall.services.events.finding import open_events
from wall.services.events.summary import summarise_event
from wall.services.exports.exporting import write_export
from wall.store import Transaction, open_store
from wall.store.queries import organisers

FEW = 1_000
MANY = 100_000
LOOK_BACK = "look back"


def measure(many: int = MANY) -> str:
    """The table for RESULTS.md."""
    lines = [
        f"| file | {FEW:,} pledges s | MB | {many:,} pledges s | MB | file MB |",
        "|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        databases = [fill(Path(folder) / f"{count}.db", count) for count in (FEW, many)]
        for kind in (*FileKind, LOOK_BACK):
            few, lot = (take_apart(database, kind) for database in databases)
            lines.append(
                f"| {kind} | {few[0]:.1f} | {few[1]:.0f} | {lot[0]:.1f} | {lot[1]:.0f} | {lot[2]:.1f} |"
            )
    return "\n".join(lines)


def fill(database: Path, count: int) -> Path:
    """An event with the demo's pledges, again and again; the author of every third has answered."""
    script = json.loads(SCRIPT.read_text(encoding="utf-8"))
    store = open_store(f"sqlite:///{database}", threading_runtime().off_loop)
    make_first_event(store, title=script["title"], question=script["question"], themes=script["themes"])
    event = open_events(store)[0]

    def write(transaction: Transaction) -> None:
        columns = "id, event_id, number, key, receipt_token, text, name, organisation, theme, status"
        rest = "pinned, created_at, updated_at, version, held_for, me_too, state_version"
        transaction.connection.exec_driver_sql(
            f"INSERT INTO pledges ({columns}, {rest}) VALUES (?,?,?,?,?,?,?,?,?,?,0,?,?,1,'',?,1)",  # noqa: S608
            [
                (
                    uuid.uuid4().hex[:16],
                    event.id,
                    number,
                    str(uuid.uuid4()),
                    uuid.uuid4().hex,
                    pledge["text"],
                    pledge.get("name", ""),
                    pledge.get("organisation", ""),
                    pledge.get("theme", ""),
                    "shown",
                    event.created_at,
                    event.created_at,
                    number % 7,
                )
                for number, pledge in enumerate(islice(cycle(script["pledges"]), count), 1)
            ],
        )
        transaction.connection.exec_driver_sql(
            "INSERT INTO answers (pledge_id, at, outcome, sentence, status) "
            "SELECT id, created_at, 'kept', 'We meet every Friday now.', 'shown' FROM pledges WHERE number % 3 = 0"
        )

    store.write(write)
    store.close()
    return database


def take_apart(database: Path, kind: str) -> tuple[float, float, float]:
    """Seconds, megabytes of memory and of the file, in a process that does nothing else."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.exporting", str(database), kind],
        cwd=PROJECT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, most, size = map(float, done.stdout.split())
    return seconds, most, size


def take(database: Path, kind: str) -> None:
    """Write one file, or the results, in this process, and print seconds and megabytes."""
    store = open_store(f"sqlite:///{database}", threading_runtime().off_loop)
    code = open_events(store)[0].code
    with store.read() as connection:
        organiser = organisers.by_id(connection, organisers.first(connection))
    assert organiser  # noqa: S101  on a fresh database there is one
    before = _forget_peak()
    with tempfile.TemporaryFile() as file:
        began = time.perf_counter()
        if kind == LOOK_BACK:
            summarise_event(store, organiser, code)
        else:
            write_export(store, code, FileKind(kind), Choice(), file)
        seconds = time.perf_counter() - began
        size = file.tell()
    print(seconds, (_peak() - before) / 1e6, size / 1e6)
    store.close()


def _forget_peak() -> int:
    """Bytes in use now; from here on the peak is that of the file alone."""
    Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> int:
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024  # type: ignore[index]


if __name__ == "__main__":
    take(Path(sys.argv[1]), sys.argv[2])
