"""People at the desk, as the services see them."""

from dataclasses import dataclass

from wall.core.people.roles import Role


@dataclass(frozen=True, slots=True)
class Organiser:
    """Somebody with an account."""

    id: int
    name: str
    has_password: bool
    makes_events: bool = True
    """False for somebody who was invited to another person's event."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works on an event."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that lets one person join an event, once."""

    id: int
    event_id: int
    role: Role
    made_by: int
    expires_at: str
