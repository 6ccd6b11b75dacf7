"""What may be sent to which view: declared beside it, and small unless it says otherwise."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask.typing import ResponseReturnValue

from wall.core.errors import BadJson

SMALL_FORM_BYTES = 4 * 1024
"""A choice, a name, a password, and the form's token."""
PASSWORDS_BYTES = 32 * 1024
"""Two of the longest passwords, each letter in the longest form."""
PLEDGE_BYTES = 32 * 1024
"""The longest of all fields of a pledge, each letter in the longest form: `%F0%9F%99%82`, or taken apart."""
SETTINGS_BYTES = 16 * 1024
"""An event's name, question and closing message, or the choices of an export."""
MANY_FIELDS = 600
FEW_FIELDS = 60

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
FORMS_AND_JSON = FORMS | {"application/json"}

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@dataclass(frozen=True, slots=True)
class Takes:
    """What a view takes: how many bytes, of which kinds, in how many fields."""

    most_bytes: int = SMALL_FORM_BYTES
    kinds: frozenset[str] = FORMS
    most_fields: int = FEW_FIELDS


_SMALL_FORM = Takes()
_declared: dict[object, Takes] = {}


def takes(
    most_bytes: int = SMALL_FORM_BYTES,
    *,
    kinds: frozenset[str] = FORMS,
    most_fields: int = FEW_FIELDS,
) -> Callable[[View], View]:
    """Declare what a view takes. One that declares nothing takes a small form."""

    def mark(view: View) -> View:
        _declared[view] = Takes(most_bytes, kinds, most_fields)
        return view

    return mark


def taken_by(view: object) -> Takes:
    return _declared.get(view, _SMALL_FORM)


def read_object(body: bytes) -> dict[str, Any]:
    """A JSON object that was sent, however odd. Raises BadJson where it is none, or deeper than anybody can read."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise BadJson from None
    if not isinstance(sent, dict):
        raise BadJson
    return sent
