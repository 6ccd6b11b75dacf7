"""All that an organiser sets about an event, saved at once. What they left as they saw it does not undo somebody else's change."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import partial
from typing import Any
from zlib import crc32

from wall.core.errors import ChangedMeanwhile
from wall.core.event_settings import EventSettings, read_event_settings
from wall.core.events import Event
from wall.core.fields import read_together
from wall.core.pictures import Logo
from wall.core.prompts import Prompts, read_prompts
from wall.core.retention import Retention, read_retention
from wall.core.wall_state import Design, read_look
from wall.core.wifi import Wifi, read_wifi
from wall.core.words import N_, Words

Values = Mapping[str, Any]
"""Settings by their names, as an event or its wall has them."""
Marks = Mapping[str, str]
"""What somebody saw of each setting: a short number that changes with it."""

_NAMES: dict[type, tuple[str, ...]] = {
    part: tuple(one.name for one in fields(part))
    for part in (EventSettings, Prompts, Design, Wifi, Retention)
}
"""Which settings stand together on the page."""
UNITS: tuple[tuple[str, ...], ...] = (
    *((name,) for part, names in _NAMES.items() if part is not Wifi for name in names),
    _NAMES[Wifi],
)
"""Each setting by itself; but a password is no use without its network."""

_SHORT_TEXTS = ("title", "question", "contact", "wifi_name")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody sends: every setting, what they saw before, and a logo where they chose another."""

    values: Values
    seen: Marks
    logo: Logo | None = None


def read_all_settings(
    form: Mapping[str, object], event: Event, read_logo: Callable[[], Logo | None]
) -> Wanted:
    """From the form in which all of them are. Raises BadInput with every field that is wrong."""
    seen = read_marks(form.get("seen"))
    day = str(form.get("keep_until") or "").strip()
    untouched = seen.get("keep_until") == _mark(day)
    *parts, logo = read_together(
        partial(read_event_settings, form),
        partial(read_prompts, form),
        partial(read_look, form),
        partial(read_wifi, form),
        partial(read_retention, form, before=day if untouched else event.keep_until),
        read_logo,
    )
    return Wanted({name: value for part in parts for name, value in asdict(part).items()}, seen, logo)


def settings_of(event: Event) -> Values:
    """All of them as they are now."""
    return {
        name: getattr(event.wall if part is Design else event, name)
        for part, names in _NAMES.items()
        for name in names
    }


def part_of(values: Values, part: type) -> Values:
    """Those of one part."""
    return {name: values[name] for name in _NAMES[part]}


def changes(wanted: Wanted, now: Values) -> dict[str, Any]:
    """The settings that somebody changed since they saw them.

    Raises ChangedMeanwhile where somebody else changed one of those in the meantime.
    """
    changed: dict[str, Any] = {}
    conflicts: dict[str, Words] = {}
    for names in UNITS:
        mine, current = _values(wanted.values, names), _values(now, names)
        saw = wanted.seen.get(names[0], _mark(*current))
        if mine == current or _mark(*mine) == saw:
            continue
        if _mark(*current) != saw:
            conflicts[names[0]] = _changed_to(names[0], now[names[0]])
        changed |= {name: wanted.values[name] for name in names}
    if conflicts:
        raise ChangedMeanwhile(N_("Not saved. Check the fields marked below."), fields=conflicts)
    return changed


def marks_of(values: Values) -> Marks:
    """What somebody sees who sees these."""
    return {names[0]: _mark(*_values(values, names)) for names in UNITS}


def write_marks(marks: Marks) -> str:
    """As a form takes them along."""
    return " ".join(f"{name}={mark}" for name, mark in marks.items())


def read_marks(written: object) -> Marks:
    """As a form brought them; none where it brought none."""
    pairs = (pair.partition("=") for pair in str(written or "").split())
    return {name: mark for name, _, mark in pairs}


def _values(values: Values, names: tuple[str, ...]) -> list[Any]:
    return [values[name] for name in names]


def _mark(*values: object) -> str:
    return f"{crc32(repr(values).encode()):08x}"


def _changed_to(name: str, now: object) -> Words:
    if name in _SHORT_TEXTS and now:
        return N_(
            "Someone else changed this to “{now}” while you were editing. Save again to use yours.", now=now
        )
    return N_("Someone else changed this while you were editing. Save again to use yours.")
