"""An organiser changes the settings of an event, all at once or one part of them."""

from dataclasses import asdict, replace

from wall.core.all_settings import Wanted, changes, part_of, settings_of
from wall.core.event_settings import EventSettings
from wall.core.events import Event
from wall.core.people.roles import Role
from wall.core.prompts import Prompts
from wall.core.retention import Retention
from wall.core.wall_state import Design
from wall.core.wifi import Wifi
from wall.services.events.look import put_logo
from wall.services.people.desk_transaction import DeskTransaction, at_desk


@at_desk(Role.ORGANISER)
def save_settings(desk: DeskTransaction, wanted: Wanted) -> Event:
    """All settings at once, or none of them; each part that somebody changed is noted by itself.

    Raises ChangedMeanwhile where somebody else changed the same since they saw it.
    """
    now = settings_of(desk.event)
    values = {**now, **changes(wanted, now)}
    another_day = {"let_go_at": ""} if values["keep_until"] != now["keep_until"] else {}
    desk.ensure("edit_event", **part_of(values, EventSettings))
    desk.ensure("help_to_write", **part_of(values, Prompts))
    desk.ensure("dress_wall", wall=replace(desk.event.wall, **part_of(values, Design)))
    desk.ensure("show_wifi", **part_of(values, Wifi))
    desk.ensure("keep_until", **part_of(values, Retention), **another_day)
    if wanted.logo:
        put_logo(desk, wanted.logo)
    return desk.event


@at_desk(Role.ORGANISER)
def edit_event(desk: DeskTransaction, settings: EventSettings) -> Event:
    """Change what the event is called and asks; its pledges stay as they are."""
    return desk.ensure("edit_event", **asdict(settings))


@at_desk(Role.ORGANISER)
def change_prompts(desk: DeskTransaction, prompts: Prompts) -> Event:
    """Change the event's themes, examples, words to check and language."""
    return desk.ensure("help_to_write", **asdict(prompts))


@at_desk(Role.ORGANISER)
def choose_retention(desk: DeskTransaction, retention: Retention) -> Event:
    """Change how long names are kept, and the contact for questions about them.

    With another day, an event whose names were removed can be opened again.
    """
    another_day = {"let_go_at": ""} if retention.keep_until != desk.event.keep_until else {}
    return desk.ensure("keep_until", **asdict(retention), **another_day)


@at_desk(Role.ORGANISER)
def show_wifi(desk: DeskTransaction, wifi: Wifi) -> Event:
    """Change the network that the wall and the poster show, with its password."""
    return desk.ensure("show_wifi", **asdict(wifi))
