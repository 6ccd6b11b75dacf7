"""What is logged, and how: warnings, errors and what concerns security, on the terminal, with the time in UTC, never what
people wrote.
"""

import logging
import time

from wall.cli.printing import PlainLines
from wall.services.people.security_log import log as security_log

_SOCKET_LOGGERS = ("engineio.server", "werkzeug")


def set_up_logs() -> None:
    """What anybody can send down a socket makes one line at most."""
    terminal = logging.StreamHandler()
    lines = PlainLines("%(asctime)s %(levelname)s %(name)s: %(message)s")
    lines.converter, lines.default_time_format, lines.default_msec_format = (
        time.gmtime,
        "%Y-%m-%dT%H:%M:%S",
        "%s.%03dZ",
    )
    terminal.setFormatter(lines)
    logging.basicConfig(level=logging.WARNING, handlers=[terminal])
    security_log.setLevel(logging.INFO)
    for name in _SOCKET_LOGGERS:
        logging.getLogger(name).addFilter(_cut_to_first_line)


def _cut_to_first_line(record: logging.LogRecord) -> bool:
    record.msg = record.getMessage().splitlines()[0]
    record.args = None
    record.exc_info = None
    return True
