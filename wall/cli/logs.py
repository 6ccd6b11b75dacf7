"""What is logged, and how: warnings and errors on the terminal, never what people wrote."""

import logging

from wall.cli.telling import PlainLines

_SOCKET_LOGGERS = ("engineio.server", "werkzeug")


def set_up_logs() -> None:
    """Log warnings and errors; what anybody can send down a socket makes one line at most."""
    terminal = logging.StreamHandler()
    terminal.setFormatter(PlainLines("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[terminal])
    for name in _SOCKET_LOGGERS:
        logging.getLogger(name).addFilter(_keep_first_line)


def _keep_first_line(record: logging.LogRecord) -> bool:
    record.msg = record.getMessage().splitlines()[0]
    record.args = None
    record.exc_info = None
    return True
