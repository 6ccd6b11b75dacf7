"""`python run.py demo`: the real server, with a made-up event whose pledges arrive one by one."""

import json
import random
import time
import uuid
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from wall.cli.serving import serve_until_stopped
from wall.core.drafts import read_draft
from wall.core.errors import TryAgain
from wall.core.server.runtime import Runtime
from wall.services.events.creating import make_first_event
from wall.services.events.finding import open_events
from wall.services.pledges.submitting import submit_pledge
from wall.store import Store, open_store
from wall.store.identity import identity_in, take_over_identity

if TYPE_CHECKING:
    from config import Settings

SCRIPT = Path(__file__).with_name("demo_pledges.json")
DATABASE = "demo.db"


def serve_demo(settings: "Settings", runtime: Runtime, *, count: int, pause: float) -> None:
    """Serve a demo from a database of its own, made afresh, so that no real event sees it.

    `pause` is the mean number of seconds between two pledges; they come unevenly, as from a room.
    """
    script = json.loads(SCRIPT.read_text(encoding="utf-8"))
    url, store = open_fresh(settings.database_url, runtime)
    settings = replace(settings, database_url=url)
    make_first_event(store, title=script["title"], question=script["question"], themes=script["themes"])
    store.close()
    arrivals = list(islice(cycle(script["pledges"]), count))
    serve_until_stopped(settings, runtime, once_open=partial(_let_arrive, arrivals, pause), backed_up=False)


def open_fresh(url: str, runtime: Runtime) -> tuple[str, Store]:
    """A database beside the real one, without what an earlier demo left but for its identity: so a browser that
    sees many demos does not gather the cookies of each.
    """
    database = Path(url.removeprefix("sqlite:///")).with_name(DATABASE)
    identity = identity_in(database)
    for file in database.parent.glob(f"{DATABASE}*"):
        file.unlink()
    fresh = f"sqlite:///{database}"
    store = open_store(fresh, runtime.off_loop, anew=True)
    if identity:
        store.write(lambda transaction: take_over_identity(transaction.connection, identity))
    return fresh, store


def _let_arrive(arrivals: list[dict[str, Any]], pause: float, store: Store) -> None:
    Thread(target=_arrive, args=(arrivals, pause, store), name="demo", daemon=True).start()


def _arrive(arrivals: list[dict[str, Any]], pause: float, store: Store) -> None:
    code = open_events(store)[0].code
    for pledge in arrivals:
        time.sleep(random.expovariate(1 / pause) if pause else 0)
        try:
            submit_pledge(store, code, read_draft(pledge | {"key": str(uuid.uuid4())}))
        except TryAgain:
            return  # the server is stopping
