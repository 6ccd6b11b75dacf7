"""Anything, said on a socket."""

from typing import Any

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Cast, SignIn
from tests.fuzz.calm import calm
from tests.fuzz.hostile import texts, values
from tests.fuzz.tries import MANY
from wall.services.pledges.submitting import Submitted

MESSAGES = st.sampled_from(["watch", "showing", "state", "changes", "message", ""]) | texts
ASKED = st.fixed_dictionaries(
    {}, optional={"event": values, "since": values, "as": values, "screen": values, "version": values}
)
"""Shaped like what a screen asks, so that more than the first look at it is tried."""


@MANY
@given(sent=st.lists(st.tuples(MESSAGES, st.lists(values | ASKED, max_size=2)), min_size=1, max_size=4))
def test_whatever_is_said_on_a_socket_is_answered_or_passed_over(
    app: Flask, cast: Cast, pledge: Submitted, signed_in: SignIn, sent: list[tuple[str, list[Any]]]
) -> None:
    sockets = app.extensions["socketio"]
    for namespace, browser in ((None, app.test_client()), ("/desk", signed_in(cast.organiser))):
        screen = sockets.test_client(app, namespace=namespace, flask_test_client=browser)
        with calm():
            for message, told in sent:
                screen.emit(message, *told, namespace=namespace, callback=True)
        screen.disconnect(namespace=namespace)


@MANY
@given(since=values, role=values)
def test_a_watch_of_a_real_event_says_what_it_is_or_what_is_wrong(
    app: Flask, cast: Cast, since: Any, role: Any
) -> None:
    screen = app.extensions["socketio"].test_client(app)
    with calm():
        told = screen.emit("watch", {"event": cast.event.code, "since": since, "as": role}, callback=True)
    screen.disconnect()
    assert "error" in told or told["event"]
