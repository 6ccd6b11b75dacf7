"""Texts are judged before the ledger's turn: nobody else's write waits, and what is stored was judged as it is."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Cast, a_draft
from tests.support.running import PATIENCE_SECONDS, wait_until
from wall.core import holding
from wall.core.content import Content
from wall.core.drafts import read_draft
from wall.core.errors import EventNotFound, TryAgain
from wall.core.event_settings import EventSettings
from wall.core.pledges import Outcome, Status
from wall.core.prompts import Prompts
from wall.core.texts.word_filter import has_listed_word
from wall.services.events.deleting import delete_event
from wall.services.events.settings import change_prompts, edit_event
from wall.services.pledges import judging
from wall.services.pledges.adding import enter_pledges
from wall.services.pledges.editing import correct_own, correct_pledge
from wall.services.pledges.outcomes import answer_pledge
from wall.services.pledges.receipts import find_receipt
from wall.services.pledges.revising import edit_pledge
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store

Write = Callable[[Store, Cast, Submitted, str], object]


def submit(store: Store, cast: Cast, _: Submitted, text: str) -> object:
    return submit_pledge(store, cast.event.code, read_draft(a_draft(text)))


def edit(store: Store, _: Cast, pledge: Submitted, text: str) -> object:
    return edit_pledge(store, pledge.receipt_token, Content(text))


def answer(store: Store, _: Cast, pledge: Submitted, text: str) -> object:
    return answer_pledge(store, pledge.receipt_token, Outcome.KEPT, text)


def enter(store: Store, cast: Cast, _: Submitted, text: str) -> object:
    drafts = [read_draft(a_draft(text)), read_draft(a_draft(f"{text} And more."))]
    return enter_pledges(store, cast.scribe, cast.event.code, drafts)


def correct(store: Store, cast: Cast, pledge: Submitted, text: str) -> object:
    return correct_pledge(store, cast.moderator, cast.event.code, pledge.pledge.id, Content(text))


def correct_what_was_entered(store: Store, cast: Cast, _: Submitted, text: str) -> object:
    (card,) = enter_pledges(store, cast.scribe, cast.event.code, [read_draft(a_draft("From a card."))])
    return correct_own(store, cast.scribe, cast.event.code, card.pledge.id, Content(text))


ways = pytest.mark.parametrize("write", [submit, edit, answer, enter, correct, correct_what_was_entered])


def watch_words(store: Store, cast: Cast, *words: str) -> None:
    """From now on these are the event's own words to look at first."""
    change_prompts(store, cast.organiser, cast.event.code, Prompts(("Safety",), (), words, "en"))


@ways
def test_a_slow_judge_holds_up_nobody_else_s_write(
    write: Write, store: Store, cast: Cast, pledge: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    judges, judged = threading.Event(), threading.Event()
    look = has_listed_word

    def look_slowly(text: str, words: Any) -> bool:
        if "Slow" in text:
            judges.set()
            assert judged.wait(PATIENCE_SECONDS)
        return look(text, words)

    monkeypatch.setattr(holding, "has_listed_word", look_slowly)
    writer = threading.Thread(target=write, args=(store, cast, pledge, "Slow."), daemon=True)
    writer.start()
    assert judges.wait(PATIENCE_SECONDS)
    assert submit_pledge(store, cast.other_event.code, read_draft(a_draft("Quick."))).new
    assert writer.is_alive()
    judged.set()
    writer.join(PATIENCE_SECONDS)
    assert not writer.is_alive()


@ways
def test_what_an_event_s_words_became_meanwhile_counts(
    write: Write, store: Store, cast: Cast, pledge: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, looked = holding.held_for, list[Content]()

    def add_a_word_meanwhile(content: Content, event: Any) -> Any:
        if "lean" in content.text and not looked:
            looked.append(content)
            watch_words(store, cast, "lean")
        return look(content, event)

    monkeypatch.setattr(judging, "held_for", add_a_word_meanwhile)
    write(store, cast, pledge, "Be lean.")
    assert looked
    with store.read() as connection:
        held = connection.exec_driver_sql(
            "SELECT count(*) FROM pledges WHERE text LIKE '%lean%' AND held_for != 'words'"
        ).scalar()
        shown = connection.exec_driver_sql(
            "SELECT count(*) FROM answers WHERE sentence LIKE '%lean%' AND status != 'waiting'"
        ).scalar()
    assert (held, shown) == (0, 0)


def test_what_the_event_stopped_asking_is_not_judged_for_ever(store: Store, cast: Cast) -> None:
    submit_pledge(store, cast.event.code, read_draft(a_draft("One.", name="Maria")))
    edit_event(store, cast.organiser, cast.event.code, EventSettings("Q", "?", asks=()))
    sent = submit_pledge(store, cast.event.code, read_draft(a_draft("Two.", name="Wanker")))
    assert (sent.pledge.content.name, sent.pledge.status) == ("", Status.SHOWN)


def test_a_pledge_that_was_corrected_meanwhile_is_judged_as_it_is(
    store: Store, cast: Cast, pledge: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_event(store, cast.organiser, cast.event.code, EventSettings("Q", "?", asks=()))
    look, looked = holding.held_for, list[Content]()

    def take_the_name_off_meanwhile(content: Content, event: Any) -> Any:
        if not looked:
            looked.append(content)
            correct_pledge(store, cast.moderator, cast.event.code, pledge.pledge.id, Content("Corrected."))
        return look(content, event)

    monkeypatch.setattr(judging, "held_for", take_the_name_off_meanwhile)
    assert edit_pledge(store, pledge.receipt_token, Content("Mine.")).content == Content("Mine.", "Maria")


def test_whoever_never_comes_in_time_is_told_to_try_again(
    store: Store, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, words = holding.held_for, iter(range(1000))

    def change_words_each_time(content: Content, event: Any) -> Any:
        watch_words(store, cast, f"word{next(words)}")
        return look(content, event)

    monkeypatch.setattr(judging, "held_for", change_words_each_time)
    with pytest.raises(TryAgain):
        submit_pledge(store, cast.event.code, read_draft(a_draft("Listen.")))


def test_an_event_that_is_gone_is_not_judged_by_memory(store: Store, cast: Cast) -> None:
    code = cast.event.code
    submit_pledge(store, code, read_draft(a_draft("Listen.")))
    delete_event(store, cast.organiser, code, cast.event.title)
    with pytest.raises(EventNotFound):
        submit_pledge(store, code, read_draft(a_draft("Listen.")))


def test_nothing_is_judged_in_the_ledger_s_turn(
    store: Store, cast: Cast, pledge: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    judges = set()
    look = holding.held_for

    def note(content: Content, event: Any) -> Any:
        judges.add(threading.current_thread().name)
        return look(content, event)

    monkeypatch.setattr(judging, "held_for", note)
    for write in (submit, edit, answer, enter, correct, correct_what_was_entered):
        write(store, cast, pledge, f"By {write.__name__}.")
    assert judges == {threading.current_thread().name}
    wait_until(lambda: find_receipt(store, pledge.receipt_token)[0].answer, "all is stored")
