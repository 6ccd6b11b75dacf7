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
from tests.support.asking import changes_since, desk_changes_since
from wall.cli.threads import threading_runtime
from wall.core.audience import Audience, seen_by
from wall.core.content import Content
from wall.core.drafts import Draft, read_draft
from wall.core.errors import (
    EventClosed,
    KeyReused,
    PledgeNotFound,
    PledgeWithdrawn,
    RetentionOver,
    StatusChangeNotAllowed,
    VersionUnknown,
)
from wall.core.pledges import Outcome
from wall.core.retention import Retention
from wall.services.events.creating import make_event
from wall.services.events.lifecycle import close_event, open_event
from wall.services.events.retention import remove_names_where_due
from wall.services.events.settings import choose_retention
from wall.services.pledges.erasing import erase_pledge
from wall.services.pledges.me_too import say_me_too, take_me_too_back
from wall.services.pledges.moderation import hide_pledge, show_pledge
from wall.services.pledges.outcomes import answer_pledge
from wall.services.pledges.receipts import withdraw_pledge
from wall.services.pledges.revising import edit_pledge, take_name_off
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store.queries import events, pledges
from wall.web.kit.context import Parts

OFF_LOOP = threading_runtime().off_loop

Ask = Callable[[int], dict[str, Any]]


@dataclass
class Screen:
    """Somebody's copy of the event, kept by the rules that every screen keeps."""

    ask: Ask
    ever_shown: set[str]
    """The pledges that the public could see at any moment so far."""
    version: int = 0
    pledges: dict[str, Any] = field(default_factory=dict)

    def catch_up(self) -> None:
        changes = self.ask(self.version)
        assert changes["from"] == self.version
        assert set(changes["removed"]) <= self.ever_shown
        assert all(self.version < pledge["version"] <= changes["to"] for pledge in changes["pledges"])
        for pledge in changes["pledges"]:
            self.pledges[pledge["id"]] = pledge
        for gone in changes["removed"]:
            self.pledges.pop(gone, None)
        self.version = changes["to"]


class Evening:
    """An event in which anything may happen."""

    def __init__(self, parts: Parts, cast: Cast) -> None:
        self.store = parts.store
        self.organiser = cast.organiser
        self.code = make_event(self.store, cast.organiser.id, title="Q", question="?").code
        self.sent: list[tuple[Draft, Submitted]] = []
        public: Ask = lambda since: changes_since(parts.store, parts.addresses, self.code, since)  # noqa: E731
        desk: Ask = lambda since: desk_changes_since(  # noqa: E731
            parts.store, parts.addresses, cast.organiser, self.code, since
        )
        kept: Ask = lambda since: changes_since(parts.store, parts.addresses, self.code, since, "kept")  # noqa: E731
        self.asks = (
            self._as_worked_out_anew(public, "public"),
            self._as_worked_out_anew(desk, "desk"),
            self._as_worked_out_anew(kept, "kept"),
        )
        self.ever_shown: set[str] = set()
        self.screens = [Screen(ask, self.ever_shown) for ask in self.asks for _ in range(2)]

    def _as_worked_out_anew(self, ask: Ask, audience: Audience) -> Ask:
        """What was kept for others is what the rows in the database say just now."""

        def ask_and_compare(since: int) -> dict[str, Any]:
            told = ask(since)
            with self.store.read() as connection:
                event = events.by_code(connection, self.code)
                assert event
                [rows] = list(pledges.changed_since(connection, event.id, since, 1_000)) or [[]]
            seen = [(pledge, seen_by(audience, pledge)) for pledge in rows]
            assert told["pledges"] == [one for _, one in seen if one is not None]
            gone = [
                pledge for pledge, one in seen if one is None and (pledge.first_shown or since + 1) <= since
            ]
            assert told["removed"] == [pledge.id for pledge in gone]
            assert (told["from"], told["to"], told["event"]["open"]) == (since, event.version, event.open)
            return told

        return ask_and_compare

    def act(self, action: str, number: int) -> None:
        with suppress(
            EventClosed, RetentionOver, KeyReused, StatusChangeNotAllowed, PledgeWithdrawn, PledgeNotFound
        ):
            getattr(self, action)(number)  # a refusal changes nothing; the screens check that too
        public, *_ = self.asks
        self.ever_shown |= {pledge["id"] for pledge in public(0)["pledges"]}

    def submit(self, number: int, text: str = "Pledge {number}") -> None:
        draft = read_draft(a_draft(text.format(number=number), key=str(uuid4()), name="Maria"))
        self.sent.append((draft, submit_pledge(self.store, self.code, draft)))

    def submit_what_waits(self, number: int) -> None:
        self.submit(number, "Visit bed {number}")

    def edit(self, number: int) -> None:
        if self.sent:
            texts = ["Something else", "Visit bed 4", "Pledge 1"]
            edit_pledge(
                self.store, self._pick(number).receipt_token, Content(texts[number % 3], name="Maria")
            )

    def take_name_off(self, number: int) -> None:
        if self.sent:
            take_name_off(self.store, self._pick(number).receipt_token)

    def say_me_too(self, number: int) -> None:
        if self.sent:
            say_me_too(self.store, self.code, self._pick(number).pledge.id, f"device {number % 2}")

    def take_me_too_back(self, number: int) -> None:
        if self.sent:
            take_me_too_back(self.store, self.code, self._pick(number).pledge.id, f"device {number % 2}")

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

    def answer(self, number: int) -> None:
        if self.sent:
            sentence = ("We meet on Fridays.", "Visit bed 4.", "")[number % 3]
            answer_pledge(self.store, self._pick(number).receipt_token, list(Outcome)[number % 4], sentence)

    def erase(self, number: int) -> None:
        if self.sent:
            erase_pledge(self.store, OFF_LOOP, self.organiser, self.code, self._pick(number).pledge.id)

    def remove_names(self, number: int) -> None:
        self.store.write(lambda tx: tx.change_event(self.code, keep_until="2026-01-01"))
        remove_names_where_due(self.store)

    def keep_for_longer(self, number: int) -> None:
        choose_retention(self.store, self.organiser, self.code, Retention("", ""))

    def look(self, number: int) -> None:
        self.screens[number % len(self.screens)].catch_up()

    def _pick(self, number: int) -> Submitted:
        return self.sent[number % len(self.sent)][1]


ACTIONS = st.sampled_from(
    [
        "submit",
        "submit",
        "submit",
        "submit_what_waits",
        "edit",
        "edit",
        "take_name_off",
        "say_me_too",
        "take_me_too_back",
        "send_again",
        "hide",
        "hide",
        "show",
        "withdraw",
        "answer",
        "answer",
        "erase",
        "remove_names",
        "keep_for_longer",
        "close",
        "open",
        "look",
        "look",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(ACTIONS, st.integers(0, 99)), max_size=40))
def test_an_old_snapshot_and_its_changes_make_the_fresh_snapshot(
    parts: Parts, cast: Cast, happenings: list[tuple[str, int]]
) -> None:
    evening = Evening(parts, cast)
    for action, number in happenings:
        evening.act(action, number)

    for screen in evening.screens:
        fresh = Screen(screen.ask, evening.ever_shown)
        fresh.catch_up()
        screen.catch_up()
        assert (screen.pledges, screen.version) == (fresh.pledges, fresh.version)

    public, desk, kept = (Screen(ask, evening.ever_shown) for ask in evening.asks)
    for screen in (public, desk, kept):
        screen.catch_up()
    assert set(kept.pledges) <= set(public.pledges)
    shown = {pledge["id"] for pledge in desk.pledges.values() if pledge["status"] == "shown"}
    assert set(public.pledges) == shown
    assert len(desk.pledges) == len(evening.sent)
    with pytest.raises(VersionUnknown):
        public.ask(public.version + 1)
