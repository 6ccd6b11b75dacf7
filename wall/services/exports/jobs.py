"""Files that are made in the background, because they take longer than somebody likes to look at an empty page."""

import logging
import tempfile
from dataclasses import dataclass, field
from threading import Semaphore, Thread, Timer
from typing import IO, Any

from wall.core.clock import now
from wall.core.codes import new_token
from wall.core.errors import PageNotFound
from wall.core.exports import Choice, FileKind, file_name
from wall.core.people.organisers import Organiser
from wall.core.server.runtime import OffLoop
from wall.services.exports.exporting import count_export, write_export
from wall.services.people.access import my_event
from wall.services.pledges.erasing import count_erased
from wall.store import Store

FILE_LIVES_SECONDS = 600
MOST_AT_ONCE = 2
"""The others wait, so that the ledger always finds a thread."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Job:
    """One file being made. The file has no name on the disk, and is gone with the job."""

    code: str
    kind: FileKind
    name: str
    of: int
    file: IO[bytes]
    erased_before: int
    """How much had been erased when it was begun: what was erased since may be in it."""
    done: int = 0
    ready: bool = False
    failed: bool = False
    id: str = field(default_factory=new_token)

    def note_progress(self, done: int) -> None:
        self.done = done

    def report(self) -> dict[str, Any]:
        return {"done": self.done, "of": self.of, "ready": self.ready, "failed": self.failed}


class ExportJobs:
    """The files that this server makes or has just made."""

    def __init__(self, store: Store, off_loop: OffLoop) -> None:
        self._store = store
        self._off_loop = off_loop
        self._jobs: dict[str, Job] = {}
        self._places = Semaphore(MOST_AT_ONCE)

    def start(self, organiser: Organiser, code: str, kind: FileKind, choice: Choice) -> Job:
        """Begin to make a file. Raises EventNotFound, NotYourRole, or BadInput for a theme that the event does not have."""
        job = self._new(organiser, code, kind, choice)
        self._jobs[job.id] = job
        Thread(target=self._run, args=(job, choice), name="export", daemon=True).start()
        return job

    def finish(self, organiser: Organiser, code: str, kind: FileKind, choice: Choice) -> Job:
        """As start, for somebody who waits: the file is ready, and nobody can ask for it again."""
        job = self._new(organiser, code, kind, choice)
        self._make(job, choice)
        return job

    def find(self, organiser: Organiser, code: str, job_id: str) -> Job:
        """A job of an event, for its organisers; none that has what was erased since.

        Raises EventNotFound, NotYourRole or PageNotFound.
        """
        event = my_event(self._store, organiser, code)
        job = self._jobs.get(job_id)
        if job is None or job.code != event.code or job.erased_before != count_erased(self._store):
            raise PageNotFound
        return job

    def _new(self, organiser: Organiser, code: str, kind: FileKind, choice: Choice) -> Job:
        event = my_event(self._store, organiser, code)
        return Job(
            code=event.code,
            kind=kind,
            name=file_name(event, kind, now()),
            of=count_export(self._store, event.code, choice),
            erased_before=count_erased(self._store),
            file=tempfile.TemporaryFile(),  # closed when nobody holds the job any more
        )

    def _make(self, job: Job, choice: Choice) -> None:
        with self._places:
            self._off_loop(write_export, self._store, job.code, job.kind, choice, job.file, job.note_progress)
        job.file.flush()
        job.ready = True

    def _run(self, job: Job, choice: Choice) -> None:
        try:
            self._make(job, choice)
        except Exception:
            job.failed = True
            log.exception("an export broke off")
        finally:
            forget = Timer(FILE_LIVES_SECONDS, self._jobs.pop, (job.id, None))
            forget.daemon = True
            forget.start()
