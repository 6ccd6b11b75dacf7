"""What is encoded already goes out as it is: Socket.IO would encode it again for each screen."""

import json
from typing import Any

import orjson
from engineio.json import loads

from wall.core.server.encoded import Encoded

__all__ = ["Fragment", "dumps", "fragment", "loads"]

Fragment = orjson.Fragment


def fragment(answer: Encoded) -> orjson.Fragment:
    """An answer as a part of a message; Socket.IO sees no inside of it."""
    return orjson.Fragment(answer.body)


def dumps(message: Any, **_how: Any) -> str:
    """What python-socketio asks of a JSON module, which this file is for it."""
    try:
        return orjson.dumps(message).decode()
    except (
        orjson.JSONEncodeError
    ):  # numbers beyond 64 bits, halves of letters: no part of it is encoded already
        return json.dumps(message)
