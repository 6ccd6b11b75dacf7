"""What a keepsake says besides the pledges, in the language that is spoken: the event's."""

from datetime import datetime

from babel.dates import format_date
from babel.numbers import format_decimal

from wall.core.exports import Export
from wall.core.languages import locale_of
from wall.core.pledges import Status
from wall.core.words import N_, catalogue, current_language, translate

_STATUSES = {
    Status.WAITING: N_("Waiting"),
    Status.HIDDEN: N_("Hidden"),
    Status.WITHDRAWN: N_("Withdrawn"),
}


def number(count: int) -> str:
    """A number as the event's language writes it."""
    return format_decimal(count, locale=current_language())


def counted(export: Export) -> str:
    """The words beside the number of pledges."""
    if export.choice.statuses == (Status.SHOWN,):
        return catalogue().ngettext("pledge on the wall", "pledges on the wall", export.count)
    return catalogue().ngettext("pledge", "pledges", export.count)


def day(export: Export) -> str:
    """The day on which it was taken home."""
    return format_date(datetime.fromisoformat(export.at), "long", locale=locale_of(current_language()))


def status(of: Status) -> str:
    """The desk's word for where a pledge is; none for one that is shown, as it should be."""
    return "" if of is Status.SHOWN else translate(_STATUSES[of])
