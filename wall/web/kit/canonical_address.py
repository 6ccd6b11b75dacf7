"""A page that was asked for by a code in another form leads to its own address, so that links and caches know one."""

from flask import abort, redirect, request, url_for

from wall.core.events import Event
from wall.services.events.finding import find_event
from wall.web.kit.context import current_parts


def event_at_canonical_address(code: str) -> Event:
    """The event of a page; `/e/q7k4`, `/e/Q7K4/` and `/e/Q7K4.` lead to `/e/Q7K4` instead. Raises EventNotFound."""
    event = find_event(current_parts().store, code)
    own = url_for(request.endpoint or "", **(request.view_args or {}))
    if request.path != own:
        query = request.query_string.decode("latin-1")
        abort(redirect(f"{own}?{query}" if query else own))
    return event
