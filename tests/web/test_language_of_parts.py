"""What an event says is in its own language; where the page is in the reader's, a screen reader is told so."""

from html.parser import HTMLParser

import pytest

from tests.conftest import Cast, SignIn, a_draft
from tests.support.cases import case
from wall.core.drafts import read_draft
from wall.core.people.roles import Role
from wall.services.people.invitations import invite
from wall.services.pledges.submitting import submit_pledge
from wall.store import Store

OWN = {"title": "Diwrnod gwella", "question": "Beth wnewch chi’n wahanol?", "themes": ("Diogelwch",)}
WORDS = ("Diwrnod gwella", "Beth wnewch", "Diogelwch")
OF_EVERYBODY = ("/e/{code}/wall", "/e/{code}/wall/text", "/e/{code}/wall/kept", "/e/{code}/wall/kept/text")
OF_THE_DESK = ("/desk/events", "/desk/e/{code}", *(f"/desk/e/{{code}}/{page}" for page in (
    "before", "enter", "team", "settings", "export", "look-back", "audit", "poster",
    "pledges/{pledge}", "pledges/{pledge}/everything")))  # fmt: skip
NEVER_CLOSED = {"meta", "link", "input", "img", "br", "wbr", "hr"}
NOT_READ = {"title", "script", "style"}
"""The name of a page has no parts."""
UNKNOWN = "unknown"
"""Who wrote a pledge, with its theme, is one text, in whichever language."""


class Listener(HTMLParser):
    """As a screen reader: each text of a page with the language that it is in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.within = [("", "")]
        self.heard: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        is_byline = "by" in (told.get("class") or "").split()
        language = UNKNOWN if is_byline else told.get("lang") or self.within[-1][1]
        if tag not in NEVER_CLOSED:
            self.within.append((tag, language))
        elif told.get("type") not in ("hidden", "radio", "checkbox"):
            self.heard.append((told.get("value") or "", language))

    def handle_endtag(self, tag: str) -> None:
        while self.within.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.within[-1][0] not in NOT_READ:
            self.heard.append((data.strip(), self.within[-1][1]))


@pytest.fixture
def pledge(store: Store, cast: Cast) -> str:
    """The id of one with a theme, of an event in Welsh."""
    store.write(lambda transaction: transaction.change_event(cast.event.code, language="cy", **OWN))
    draft = read_draft(a_draft("Listen more.", theme="Diogelwch"))
    return submit_pledge(store, cast.event.code, draft).pledge.id


def test_an_event_s_own_words_are_heard_in_its_language(
    signed_in: SignIn, store: Store, cast: Cast, pledge: str
) -> None:
    organiser = signed_in(cast.organiser)
    invitation = invite(store, cast.organiser, cast.event.code, Role.SCRIBE)
    for path in {*OF_EVERYBODY, *OF_THE_DESK, f"/desk/invitation/{invitation}"}:
        with case(path):
            address = path.format(code=cast.event.code, pledge=pledge)
            page = organiser.get(address, headers={"Accept": "text/html", "Accept-Language": "en"})
            assert page.status_code == 200
            own = [one for one in Listener(page.text).heard if any(word in one[0] for word in WORDS)]
            assert {language for _, language in own} - {UNKNOWN} == {"cy"}, own
