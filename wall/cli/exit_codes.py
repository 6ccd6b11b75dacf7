"""How the process ends, so that whoever started it knows whether to start it again."""

import click

BROKE_OFF = 70
"""Nobody meant it to end; keep_running.py starts it again then."""


class BrokeOff(click.ClickException):
    """It served, and cannot any more; the message says what is safe."""

    exit_code = BROKE_OFF
