"""What became of a pledge, in its author's own words: kept, still going, changed or dropped."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from wall.core.fields import Fields
from wall.core.pledges import Outcome, Pledge
from wall.core.words import N_, Words

SENTENCE_LIMIT = 140


ON_THE_KEPT_WALL = frozenset({Outcome.KEPT, Outcome.STILL_GOING, Outcome.CHANGED})
"""What was dropped is nobody else's business."""

OUTCOME_WORDS: dict[Outcome, Words] = {
    Outcome.KEPT: N_("Kept"),
    Outcome.STILL_GOING: N_("Still going"),
    Outcome.CHANGED: N_("Changed"),
    Outcome.DROPPED: N_("Dropped"),
}


def shown_outcomes() -> list[tuple[Outcome, Words]]:
    """The outcomes that the kept wall shows, with its words for them."""
    return [(one, words) for one, words in OUTCOME_WORDS.items() if one in ON_THE_KEPT_WALL]


class Asked(StrEnum):
    """When an author is asked how it is going: it would be too early to ask on the day of the pledge."""

    LATER = "later"
    ALSO = "also"
    FIRST = "first"


ALSO_AFTER = timedelta(days=1)
FIRST_AFTER = timedelta(days=6)
"""The first reminder comes after seven days, where the author is."""


def when_asked(pledge: Pledge, now: datetime) -> Asked:
    """Where on the private page the question stands. Who has answered once finds it whenever they come."""
    age = now - datetime.fromisoformat(pledge.created_at)
    if age >= FIRST_AFTER:
        return Asked.FIRST
    return Asked.ALSO if pledge.answer or age >= ALSO_AFTER else Asked.LATER


def read_answer(values: Mapping[str, object]) -> tuple[Outcome, str]:
    """The outcome and the sentence, from what was sent. Raises BadInput with every field that is wrong."""
    fields = Fields({name: value or None for name, value in values.items()})
    outcome = fields.one_of("outcome", Outcome, N_("Choose kept, still going, changed or dropped."))
    return fields.checked((outcome, fields.text("sentence", SENTENCE_LIMIT)))
