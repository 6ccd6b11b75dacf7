"""An organiser, as the services see one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organiser:
    """`session_number` is raised to end every session that was begun before."""

    id: int
    name: str
    session_number: int
    has_password: bool
