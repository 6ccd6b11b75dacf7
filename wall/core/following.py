"""What became of a pledge, in its author's own words: kept, still going, changed or dropped."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wall.core.fields import Fields
from wall.core.pledges import Status
from wall.core.words import N_, Words

SENTENCE_LIMIT = 140


class Outcome(StrEnum):
    """How it is going."""

    KEPT = "kept"
    STILL_GOING = "still_going"
    CHANGED = "changed"
    DROPPED = "dropped"


ON_THE_KEPT_WALL = frozenset({Outcome.KEPT, Outcome.STILL_GOING, Outcome.CHANGED})
"""What was dropped is nobody else's business."""

OUTCOME_WORDS: dict[Outcome, Words] = {
    Outcome.KEPT: N_("Kept"),
    Outcome.STILL_GOING: N_("Still going"),
    Outcome.CHANGED: N_("Changed"),
    Outcome.DROPPED: N_("Dropped"),
}


def told_outcomes() -> list[tuple[Outcome, Words]]:
    """What the kept wall tells, and its words for it."""
    return [(one, words) for one, words in OUTCOME_WORDS.items() if one in ON_THE_KEPT_WALL]


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


def read_answer(values: Mapping[str, object]) -> tuple[Outcome, str]:
    """The outcome and the sentence, from what was sent. Raises BadInput with every field that is wrong."""
    fields = Fields({name: value or None for name, value in values.items()})
    outcome = fields.one_of("outcome", Outcome, N_("Choose kept, still going, changed or dropped."))
    return fields.checked((outcome, fields.text("sentence", SENTENCE_LIMIT)))
