"""An event's code in addresses, in whatever form somebody typed it."""

from werkzeug.routing import BaseConverter

from wall.core.codes import typed_event_code


class EventCode(BaseConverter):
    """`<event:…>` in a path: `q7k4` and `Q7K4.` come to a view as `Q7K4`, as the event has it."""

    def to_python(self, value: str) -> str:
        return typed_event_code(value)
