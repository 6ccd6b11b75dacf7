"""What every answer of the framework is made of."""

from flask import Response


class SafeResponse(Response):
    """Half a letter, which JSON can say and UTF-8 cannot, is shown as a sign that it is none: no page breaks on it."""

    def set_data(self, value: bytes | str) -> None:
        super().set_data(value.encode("utf-8", "replace") if isinstance(value, str) else value)
