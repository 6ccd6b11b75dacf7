"""The columns of an export, and what it says about its event, described once; each format only renders them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from wall.core.content import AUTHOR_FIELDS, AuthorField
from wall.core.events import Event
from wall.core.exports import Choice, Export, Totals
from wall.core.pledges import Outcome, Pledge
from wall.core.summary import OutcomesAfter
from wall.core.words import N_, Words

Cell = str | int | bool


@dataclass(frozen=True, slots=True)
class Column:
    """A heading for people, a key for programs, and what stands under them."""

    heading: Words
    """In English in the file, so that a list from any event has the same."""
    key: str
    read: Callable[[Pledge], Cell]
    width: int = 12
    """In letters, where the format has widths."""
    personal: bool = False
    """Stays behind where names do not go along."""
    time: bool = False
    """A moment: ISO 8601 in UTC for programs, this machine's date and time for people."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that an export says about its event."""

    heading: str
    key: str
    read: Callable[[Event], Cell | list[str]]
    time: bool = False


def _of_author(field: AuthorField) -> Column:
    return Column(
        field.heading,
        field.name,
        lambda pledge: str(getattr(pledge.content, field.name)),
        width=24,
        personal=True,
    )


def _outcome(pledge: Pledge) -> str:
    return pledge.answer.outcome if pledge.answer else ""


COLUMNS = (
    Column(N_("Number"), "number", lambda pledge: pledge.number, width=9),
    Column(N_("Pledge"), "pledge", lambda pledge: pledge.content.text, width=70),
    *map(_of_author, AUTHOR_FIELDS),
    Column(N_("Theme"), "theme", lambda pledge: pledge.content.theme, width=18),
    Column(N_("Status"), "status", lambda pledge: pledge.status.value),
    Column(N_("Written at"), "written_at", lambda pledge: pledge.created_at, width=28, time=True),
    Column(N_("Me too"), "me_too", lambda pledge: pledge.me_too, width=9),
    Column(N_("How it went"), "outcome", _outcome, width=18),
    Column(
        N_("Replied at"),
        "answered_at",
        lambda pledge: pledge.answer.at if pledge.answer else "",
        width=28,
        time=True,
    ),
    Column(
        N_("Comment"),
        "sentence",
        lambda pledge: pledge.answer.sentence if pledge.answer else "",
        width=50,
    ),
    Column(
        N_("Added for someone else"),
        "entered_for_somebody",
        lambda pledge: pledge.entered_by is not None,
        width=22,
    ),
    Column(N_("Erased at"), "erased_at", lambda pledge: pledge.erased_at, width=28, time=True),
    Column(N_("ID"), "id", lambda pledge: pledge.id, width=38),
)

FACTS = (
    Fact("Event", "title", lambda event: event.title),
    Fact("Question", "question", lambda event: event.question),
    Fact("Code", "code", lambda event: event.code),
    Fact("Created at", "created_at", lambda event: event.created_at, time=True),
    Fact("Open", "open", lambda event: event.open),
    Fact("Language", "language", lambda event: event.language),
    Fact("Moderation", "moderation", lambda event: event.moderation),
    Fact("Maximum length of a pledge (characters)", "text_limit", lambda event: event.text_limit),
    Fact("Asks for", "asks", lambda event: list(event.asks)),
    Fact("Themes", "themes", lambda event: list(event.themes)),
    Fact("Example pledges", "starters", lambda event: list(event.starters)),
    Fact("Contact for questions about personal data", "contact", lambda event: event.contact),
    Fact("Keep names until", "keep_until", lambda event: event.keep_until),
    Fact("Names removed at", "let_go_at", lambda event: event.let_go_at, time=True),
)


def heading_of(column: Column | Fact, zone: tzinfo) -> str:
    """As it stands above a list for people: a time says in which zone it is."""
    heading = column.heading if isinstance(column, Fact) else column.heading.text
    return f"{heading} ({zone})" if column.time else heading


def moment_of(time: str, zone: tzinfo) -> datetime | None:
    """A time as clocks in a zone show it, to the second; None for one that is empty or cannot be read."""
    try:
        return datetime.fromisoformat(time).astimezone(zone).replace(microsecond=0, tzinfo=None)
    except (ValueError, OverflowError):
        return None


def columns_of(choice: Choice) -> list[Column]:
    """The columns that go along, in their own order."""
    return [
        column
        for column in COLUMNS
        if (choice.names or not column.personal) and (not choice.fields or column.key in choice.fields)
    ]


def sums_of(totals: Totals) -> dict[str, int]:
    """The totals: the first is the sum of all others."""
    return {
        "received": totals.received,
        "shown": totals.shown,
        "hidden": totals.hidden,
        "waiting": totals.waiting,
        "withdrawn": totals.withdrawn,
    }


def counts_of(stand: OutcomesAfter) -> dict[str, int]:
    """How it stood on one day: of how many, and how many of them had said what."""
    counts = {outcome.value.replace("_", " "): count for outcome, count in stand.outcomes.items()}
    return {"old enough": stand.asked, "answered": stand.answered} | counts


def chosen_in(export: Export) -> dict[str, Cell | list[str]]:
    """What of the event went into the file."""
    choice = export.choice
    return {
        "statuses": [status.value for status in choice.statuses],
        "themes": list(choice.themes),
        "fields": list(choice.fields),
        "names": choice.names,
        "pledges": export.count,
    }


def for_people(value: Cell | list[str]) -> str | int:
    """A value as it stands in a cell."""
    if isinstance(value, Outcome):
        return value.replace("_", " ")
    if isinstance(value, bool):
        return "yes" if value else ""
    return ", ".join(one or "(none)" for one in value) if isinstance(value, list) else value
