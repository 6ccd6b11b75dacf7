"""The pages of an event's desk under four tabs, in the order in which the head of each leads to the others."""

from dataclasses import dataclass, replace

from flask import Flask

from wall.core.people.roles import Role
from wall.core.words import N_, Words


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an event's desk; `path` follows `/desk/e/CODE`."""

    path: str
    name: Words
    needed: Role


@dataclass(frozen=True, slots=True)
class Tab:
    """Pages that are needed at the same time of an event; the tab leads to the first of them."""

    name: Words
    pages: tuple[Page, ...]

    def has(self, path: str) -> bool:
        return any(page.path == path for page in self.pages)


TABS = (
    Tab(N_("Pledges"), (Page("", N_("All pledges"), Role.MODERATOR), Page("/enter", N_("Add"), Role.SCRIBE))),
    Tab(N_("Wall"), (Page("/wall", N_("Wall"), Role.MODERATOR),)),
    Tab(
        N_("Set up"),
        (
            Page("/settings", N_("Settings"), Role.ORGANISER),
            Page("/before", N_("Get ready"), Role.ORGANISER),
            Page("/team", N_("Team"), Role.ORGANISER),
        ),
    ),
    Tab(
        N_("After"),
        (
            Page("/export", N_("Export"), Role.ORGANISER),
            Page("/look-back", N_("Results"), Role.MODERATOR),
            Page("/audit", N_("Activity"), Role.MODERATOR),
        ),
    ),
)


def init_app(app: Flask) -> None:
    """Let templates ask for them."""
    app.jinja_env.globals["tabs_for"] = tabs_for


def tabs_for(role: Role) -> list[Tab]:
    """Those in which a role may enter something, with what it may enter. A tab with one page has that page's name."""
    allowed = [replace(tab, pages=_allowed(tab, role)) for tab in TABS]
    return [
        tab if len(tab.pages) > 1 else replace(tab, name=tab.pages[0].name) for tab in allowed if tab.pages
    ]


def _allowed(tab: Tab, role: Role) -> tuple[Page, ...]:
    return tuple(page for page in tab.pages if role.includes(page.needed))
