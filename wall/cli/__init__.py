"""The command line: `python run.py`, and its other commands."""

from wall.cli.commands import main
from wall.cli.threads import threading_runtime

__all__ = ["main", "threading_runtime"]
