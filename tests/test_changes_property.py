"""Whatever people do, in any order: an old snapshot and its changes make the fresh snapshot, for everybody."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Cast, a_draft
from wall.core.drafts import Draft, read_draft
from wall.core.errors import EventClosed, MoveNotAllowed, VersionUnknown
from wall.services.desks import desk_changes_since
from wall.services.events import make_event
from wall.services.moderating import close_event, hide_pledge, open_event, show_pledge
from wall.services.receipts import withdraw_pledge
from wall.services.submitting import Submitted, submit_pledge
from wall.services.watching import changes_since
from wall.web.context import House

Ask = Callable[[int], dict[str, Any]]


@dataclass
class Screen:
    """Somebody's copy of the event, kept by the rules that every screen keeps."""

    ask: Ask
    version: int = 0
    pledges: dict[str, Any] = field(default_factory=dict)
    ever_seen: set[str] = field(default_factory=set)

    def catch_up(self) -> None:
        changes = self.ask(self.version)
        assert changes["from"] == self.version
        assert set(changes["removed"]) <= self.ever_seen
        assert all(self.version < pledge["version"] <= changes["to"] for pledge in changes["pledges"])
        for pledge in changes["pledges"]:
            self.pledges[pledge["id"]] = pledge
        for gone in changes["removed"]:
            self.pledges.pop(gone, None)
        self.version = changes["to"]
        self.ever_seen |= set(self.pledges)


class Evening:
    """An event in which anything may happen."""

    def __init__(self, parts: House, cast: Cast) -> None:
        self.store = parts.store
        self.organiser = cast.organiser
        self.code = make_event(self.store, cast.organiser.id, title="Q", question="?").code
        self.sent: list[tuple[Draft, Submitted]] = []
        public: Ask = lambda since: changes_since(parts.store, parts.addresses, "public", self.code, since)  # noqa: E731
        desk: Ask = lambda since: desk_changes_since(  # noqa: E731
            parts.store, parts.addresses, cast.organiser, self.code, since
        )
        self.asks = (public, desk)
        self.screens = [Screen(ask) for ask in self.asks for _ in range(2)]

    def act(self, action: str, number: int) -> None:
        with suppress(EventClosed, MoveNotAllowed):  # a refusal changes nothing; the screens check that too
            getattr(self, action)(number)

    def submit(self, number: int) -> None:
        draft = read_draft(a_draft(f"Pledge {number}", key=str(uuid4())))
        self.sent.append((draft, submit_pledge(self.store, self.code, draft)))

    def send_again(self, number: int) -> None:
        if self.sent:
            draft, first = self.sent[number % len(self.sent)]
            again = submit_pledge(self.store, self.code, draft)
            assert (again.pledge.id, again.new) == (first.pledge.id, False)

    def hide(self, number: int) -> None:
        if self.sent:
            hide_pledge(self.store, self.organiser, self.code, self._pick(number).pledge.id)

    def show(self, number: int) -> None:
        if self.sent:
            show_pledge(self.store, self.organiser, self.code, self._pick(number).pledge.id)

    def withdraw(self, number: int) -> None:
        if self.sent:
            withdraw_pledge(self.store, self._pick(number).receipt_token)

    def close(self, number: int) -> None:
        close_event(self.store, self.organiser, self.code)

    def open(self, number: int) -> None:
        open_event(self.store, self.organiser, self.code)

    def look(self, number: int) -> None:
        self.screens[number % len(self.screens)].catch_up()

    def _pick(self, number: int) -> Submitted:
        return self.sent[number % len(self.sent)][1]


ACTIONS = st.sampled_from(
    [
        "submit",
        "submit",
        "submit",
        "send_again",
        "hide",
        "hide",
        "show",
        "withdraw",
        "close",
        "open",
        "look",
        "look",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(ACTIONS, st.integers(0, 99)), max_size=40))
def test_an_old_snapshot_and_its_changes_make_the_fresh_snapshot(
    parts: House, cast: Cast, happenings: list[tuple[str, int]]
) -> None:
    evening = Evening(parts, cast)
    for action, number in happenings:
        evening.act(action, number)

    for screen in evening.screens:
        fresh = Screen(screen.ask)
        fresh.catch_up()
        screen.catch_up()
        assert (screen.pledges, screen.version) == (fresh.pledges, fresh.version)

    public, desk = (screen for screen in (Screen(ask) for ask in evening.asks))
    public.catch_up()
    desk.catch_up()
    shown = {pledge["id"] for pledge in desk.pledges.values() if pledge["status"] == "shown"}
    assert set(public.pledges) == shown
    assert len(desk.pledges) == len(evening.sent)
    with pytest.raises(VersionUnknown):
        public.ask(public.version + 1)
