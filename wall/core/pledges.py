"""A pledge: its states, who may change its status, what became of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from wall.core.content import Content
from wall.core.errors import StatusChangeNotAllowed

Actor = Literal["organiser", "author"]
HeldFor = Literal["", "patient_details", "words"]
"""Why a pledge waits for an organiser although its event shows them at once."""


class Status(StrEnum):
    """Where a pledge is."""

    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


_ALLOWED: dict[Actor, dict[Status, frozenset[Status]]] = {
    "organiser": {
        Status.WAITING: frozenset({Status.SHOWN, Status.HIDDEN}),
        Status.SHOWN: frozenset({Status.HIDDEN, Status.WAITING}),
        Status.HIDDEN: frozenset({Status.SHOWN, Status.WAITING}),
        Status.WITHDRAWN: frozenset(),
    },
    "author": {
        Status.WAITING: frozenset({Status.WITHDRAWN}),
        Status.SHOWN: frozenset({Status.WITHDRAWN}),
        Status.HIDDEN: frozenset({Status.WITHDRAWN}),
        Status.WITHDRAWN: frozenset(),
    },
}


def check_status_change(actor: Actor, old: Status, new: Status) -> bool:
    """Whether there is anything to do: False where the pledge is there already.

    Raises StatusChangeNotAllowed where this actor may not take a pledge from `old` to `new`.
    """
    if old == new:
        return False
    if new not in _ALLOWED[actor][old]:
        raise StatusChangeNotAllowed
    return True


@dataclass(frozen=True, slots=True)
class Revision:
    """What a pledge said until `at`."""

    at: str
    content: Content


class Outcome(StrEnum):
    """How it is going."""

    KEPT = "kept"
    STILL_GOING = "still_going"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an author said of a pledge on one day."""

    at: str
    outcome: Outcome
    sentence: str = ""
    status: Status = Status.SHOWN
    """Where the sentence is: shown on the kept wall, waiting for a moderator, or hidden by one."""
    version: int = 0
    """The event's version when it was given, or when a moderator decided on its sentence."""


@dataclass(frozen=True, slots=True)
class Pledge:
    """A stored pledge, without its secrets (the phone's key, the receipt's token)."""

    id: str
    number: int
    content: Content
    status: Status
    pinned: bool
    created_at: str
    version: int
    """The event's version at this pledge's last change."""
    first_shown: int | None
    """The event's version when the public first saw it, or None if it never did."""
    shown_since: int | None
    """The event's version when it was last put on the wall, or None if it never was."""
    held_for: HeldFor = ""
    me_too: int = 0
    """How many devices say *me too*."""
    state_version: int = 0
    """The event's version when it last changed in status or content: `version`, but for counts of *me too* and pins."""
    decided_by: int | None = None
    """The organiser whose decision stands, or None where nobody decided since its author wrote it."""
    entered_by: int | None = None
    """Who entered it for somebody, from a card say; None where its author sent it."""
    erased_at: str = ""
    """When all that it said was taken out, for good; empty before that. Its number stays, so that lists add up."""
    answer: Answer | None = None
    """What its author said last of how it is going."""
