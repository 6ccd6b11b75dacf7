"""Whole numbers in addresses and forms, none of them longer than the database and a browser can count."""

from werkzeug.routing import IntegerConverter

MOST_DIGITS = 15


class Number(IntegerConverter):
    """`<int:…>` in a path. With a longer number it is no address of ours."""

    regex = rf"[0-9]{{1,{MOST_DIGITS}}}"


def read_number(raw: str) -> int:
    """For the `type` of `request.args.get`, which answers with the default where this raises ValueError."""
    if not (raw.isascii() and raw.isdigit() and len(raw) <= MOST_DIGITS):
        raise ValueError
    return int(raw)
