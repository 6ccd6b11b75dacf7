"""What somebody may do at an event's desk."""

from enum import StrEnum

from wall.core.fields import read_one_of
from wall.core.words import N_


class Role(StrEnum):
    """Each may do all that the ones before it may: enter pledges; decide and control the wall; everything."""

    SCRIBE = "scribe"
    MODERATOR = "moderator"
    ORGANISER = "organiser"

    def includes(self, needed: "Role") -> bool:
        """Whether this role may do what `needed` may."""
        return _LADDER.index(self) >= _LADDER.index(needed)


_LADDER = tuple(Role)


def read_role(raw: object) -> Role:
    """A role that an organiser gives. Raises BadInput."""
    return read_one_of("role", raw, Role, N_("Choose a role."))
