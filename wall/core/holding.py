"""Whether a pledge has to wait for an organiser although its event shows pledges at once."""

from wall.core.content import Content
from wall.core.events import Event
from wall.core.pledges import HeldFor, Status
from wall.core.texts.patient_details import patient_details
from wall.core.texts.word_filter import has_listed_word


def held_for(content: Content, event: Event) -> HeldFor:
    """Why a pledge waits; empty where nothing speaks against showing it."""
    if patient_details(content.text):
        return "patient_details"
    if has_listed_word("\n".join(content.typed()), event.extra_words):
        return "words"
    return ""


def first_status(event: Event, held: HeldFor) -> Status:
    """The status in which a pledge begins, and in which it is after its author changed it."""
    return Status.SHOWN if event.moderation == "after" and not held else Status.WAITING
