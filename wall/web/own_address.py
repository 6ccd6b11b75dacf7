"""A page that was asked for by a code in another form leads to its own address, so that links and caches know one."""

from flask import Response, redirect, request, url_for

from wall.core.events import Event


def leads_on(event: Event) -> Response | None:
    """Where this page of an event really is: `/e/q7k4`, `/e/Q7K4/` and `/e/Q7K4.` lead to `/e/Q7K4`. None where that was asked for."""
    wanted = (request.view_args or {}) | {"code": event.code}
    own = url_for(request.endpoint or "", **wanted)
    if request.path == own:
        return None
    query = request.query_string.decode("latin-1")
    return redirect(f"{own}?{query}" if query else own)  # type: ignore[return-value]
