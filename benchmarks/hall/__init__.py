"""A hall joins, pledges, follows the room and loses its server: `hall 1000` for a thousand phones.

Each phone opens the page and fetches its files, then follows the room; 20 of them a second send a pledge for 30 seconds, then
a tenth of them within two. Then the server is killed under them and started again. Three walls follow all the time.
"""

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.hall.evening import Follow, Host
from benchmarks.hall.figures import Figures, figures, pauses_of
from benchmarks.hall.pauses import PROGRAM, read_pauses
from benchmarks.hall.tables import pauses_table, table
from benchmarks.processes import SERVER_CORE, on_core
from tests.support.running import PROJECT, running_server

HALLS = [120, 1_000]
JOIN_SECONDS = {120: 5, 1_000: 20}
"""For halls of up to so many phones; a larger one has a minute."""
LARGER_JOINS_IN = 60


def measure(*arguments: str) -> str:
    """For RESULTS.md: the table, the longest pauses of the last hall, and every figure as JSON. `--follow=poll` for phones without sockets."""
    follow: Follow = "poll" if "--follow=poll" in arguments else "socket"
    halls = [int(phones) for phones in arguments if phones.isdigit()] or HALLS
    found = [run_hall(phones, follow) for phones in halls]
    return "\n\n".join((table(found), pauses_table(found[-1]["pauses"]), json.dumps(found)))


def run_hall(phones: int, follow: Follow) -> Figures:
    join_seconds = next(
        (seconds for most, seconds in JOIN_SECONDS.items() if phones <= most), LARGER_JOINS_IN
    )
    with tempfile.TemporaryDirectory() as name:
        noted = Path(name) / "pauses"
        program = on_core(SERVER_CORE, (sys.executable, "-c", PROGRAM))
        settings = {"PYTHONPATH": str(PROJECT), "PAUSES": str(noted)}
        with running_server(Path(name), program, **settings) as server:
            evening = Host(server, Path(name)).give(phones, join_seconds, follow)
        pauses, collections = read_pauses(noted)
    return figures(phones, evening) | {"pauses": pauses_of(evening, pauses, collections)}
