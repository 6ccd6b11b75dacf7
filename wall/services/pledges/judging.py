"""Texts are judged before the ledger's turn, so that nobody else's write waits for it.

What an action stores may be another than what was judged: the event's words, what it asks, or the pledge may have changed meanwhile.
Then the action stores nothing, it is judged anew, and the action is tried again.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol, TypeVar

from wall.core.content import Content
from wall.core.errors import TryAgain
from wall.core.events import Event
from wall.core.holding import held_for
from wall.core.pledges import HeldFor
from wall.services.events.finding import find_event
from wall.store import Store, Transaction

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

MOST_TRIES = 10
MOST_REMEMBERED = 1_000

_Looked = tuple[tuple[str, ...], tuple[str, ...]]
_last_seen: dict[str, Event] = {}
"""Events as they were when something of theirs was judged last; it spares reading them for each pledge."""


class NotJudged(Exception):
    """An action found something that was not judged; `event` is as it stands there."""

    def __init__(self, event: Event) -> None:
        self.event = event
        super().__init__(event.code)


class Judged:
    """What was found about some texts. It may be asked within an action."""

    def __init__(self, found: dict[_Looked, HeldFor]) -> None:
        self._found = found

    def held_for(self, content: Content, event: Event) -> HeldFor:
        """Why a text waits, as core.holding says it. Raises NotJudged where nobody judged it by the event's words."""
        try:
            return self._found[_looked(content, event)]
        except KeyError:
            raise NotJudged(event) from None


class JudgedAction(Protocol[T_co]):
    """An action of the ledger that stores texts."""

    def __call__(self, transaction: Transaction, /, *, judged: Judged) -> T_co: ...


def judge(contents: Iterable[Content], event: Event) -> Judged:
    """Find out why each text would wait, by an event's words."""
    return Judged({_looked(content, event): held_for(content, event) for content in contents})


def write_judged(store: Store, look: Callable[[Event | None], Judged], action: JudgedAction[T]) -> T:
    """Run an action of the ledger with what was found before.

    `look` judges what the action is about to store; it is handed the event as an earlier try found it.
    Raises what either raises, or TryAgain where everything changed with every try.
    """
    event: Event | None = None
    for _ in range(MOST_TRIES):
        judged = look(event)
        try:
            return store.write(partial(action, judged=judged))
        except NotJudged as late:
            event = late.event
    raise TryAgain


def event_to_judge_by(store: Store, code: str, now: Event | None) -> Event:
    """The event as it stands `now`, or as it was when it was seen last. Raises EventNotFound."""
    event = now or _last_seen.get(code) or find_event(store, code)
    if len(_last_seen) >= MOST_REMEMBERED:
        _last_seen.clear()
    _last_seen[code] = event
    return event


def _looked(content: Content, event: Event) -> _Looked:
    return content.typed(), event.extra_words
