"""The terminal's words: whatever comes from data, from a file's name say, moves no cursor and writes no clipboard."""

import logging
import re

import click

_MOVES_A_TERMINAL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def plain(text: object) -> str:
    """The text with every control character, direction mark and half letter as it would be typed in a program."""
    return _MOVES_A_TERMINAL.sub(lambda found: ascii(found[0])[1:-1], str(text))


def print_plain(text: object) -> None:
    """Print what somebody asked for."""
    click.echo(plain(text))


class PlainLines(logging.Formatter):
    """As plain, for what is logged; a traceback stays in lines."""

    def format(self, record: logging.LogRecord) -> str:
        return plain(super().format(record))
