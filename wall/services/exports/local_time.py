"""The zone of this machine's clock: lists that people read have its time."""

import logging
from datetime import UTC, tzinfo

from tzlocal import get_localzone

log = logging.getLogger(__name__)


def local_zone() -> tzinfo:
    """By its name, such as Europe/London; UTC where the machine does not say."""
    try:
        return get_localzone()
    except (LookupError, OSError, ValueError):
        log.warning("this machine does not say its time zone (TZ can); lists have UTC")
        return UTC
