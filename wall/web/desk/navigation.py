"""The pages of an event's desk, in the order in which the head of each leads to the others."""

from dataclasses import dataclass

from flask import Flask

from wall.core.people.roles import Role
from wall.core.words import N_, Words


@dataclass(frozen=True, slots=True)
class Room:
    """A page of an event's desk; `path` follows `/desk/e/CODE`."""

    path: str
    name: Words
    needed: Role


ROOMS = (
    Room("", N_("Pledges"), Role.MODERATOR),
    Room("/enter", N_("Add"), Role.SCRIBE),
    Room("/before", N_("Get ready"), Role.ORGANISER),
    Room("/team", N_("Team"), Role.ORGANISER),
    Room("/settings", N_("Settings"), Role.ORGANISER),
    Room("/export", N_("Export"), Role.ORGANISER),
    Room("/look-back", N_("Results"), Role.MODERATOR),
    Room("/audit", N_("Activity"), Role.MODERATOR),
)


def init_app(app: Flask) -> None:
    """Give templates `rooms_for`."""
    app.jinja_env.globals["rooms_for"] = rooms_for


def rooms_for(role: Role) -> list[Room]:
    """The pages that a role may open."""
    return [room for room in ROOMS if role.covers(room.needed)]
