"""An organiser settles an event: what it is called and asks, and what helps people to write."""

from dataclasses import asdict, replace

from wall.core.all_settings import Wanted, changes, part_of, settings_of
from wall.core.event_settings import EventSettings
from wall.core.events import Event
from wall.core.prompts import Help
from wall.core.retention import Keeping
from wall.core.roles import Role
from wall.core.wall_state import Design
from wall.core.wifi import Wifi
from wall.services.events.look import put_logo
from wall.services.people.acting import DeskTransaction, at_desk


@at_desk(Role.ORGANISER)
def save_settings(desk: DeskTransaction, wanted: Wanted) -> Event:
    """All settings at once, or none of them; each part that somebody changed is noted by itself.

    Raises ChangedMeanwhile where somebody else changed the same since they saw it.
    """
    now = settings_of(desk.event)
    values = {**now, **changes(wanted, now)}
    another_day = {"let_go_at": ""} if values["keep_until"] != now["keep_until"] else {}
    desk.ensure("edit_event", **part_of(values, EventSettings))
    desk.ensure("help_to_write", **part_of(values, Help))
    desk.ensure("dress_wall", wall=replace(desk.event.wall, **part_of(values, Design)))
    desk.ensure("show_wifi", **part_of(values, Wifi))
    desk.ensure("keep_until", **part_of(values, Keeping), **another_day)
    if wanted.logo:
        put_logo(desk, wanted.logo)
    return desk.event


@at_desk(Role.ORGANISER)
def edit_event(desk: DeskTransaction, settings: EventSettings) -> Event:
    """What the event is called and asks; pledges stay as they are."""
    return desk.ensure("edit_event", **asdict(settings))


@at_desk(Role.ORGANISER)
def help_to_write(desk: DeskTransaction, helped: Help) -> Event:
    """The event's themes, starters, extra words and language."""
    return desk.ensure("help_to_write", **asdict(helped))


@at_desk(Role.ORGANISER)
def choose_keeping(desk: DeskTransaction, keeping: Keeping) -> Event:
    """Until when names are kept, and whom people can ask.

    With another day, an event whose names were let go can be opened again.
    """
    another_day = {"let_go_at": ""} if keeping.keep_until != desk.event.keep_until else {}
    return desk.ensure("keep_until", **asdict(keeping), **another_day)


@at_desk(Role.ORGANISER)
def show_wifi(desk: DeskTransaction, wifi: Wifi) -> Event:
    """The network that the wall and the poster show, with its password."""
    return desk.ensure("show_wifi", **asdict(wifi))
