"""The columns of an export, described once; each format only renders them."""

from collections.abc import Callable
from dataclasses import dataclass

from wall.core.pledges import Pledge

Cell = str | int


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and what stands under it."""

    heading: str
    read: Callable[[Pledge], Cell]


COLUMNS = (
    Column("Number", lambda pledge: pledge.number),
    Column("Pledge", lambda pledge: pledge.content.text),
    Column("Name", lambda pledge: pledge.content.name),
    Column("Organisation", lambda pledge: pledge.content.organisation),
    Column("Theme", lambda pledge: pledge.content.theme),
    Column("Status", lambda pledge: pledge.status.value),
    Column("Written at (UTC)", lambda pledge: pledge.created_at),
    Column("Me too", lambda pledge: pledge.me_too),
    Column("Entered for somebody", lambda pledge: "" if pledge.entered_by is None else "yes"),
    Column("Id", lambda pledge: pledge.id),
)
