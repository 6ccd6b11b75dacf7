"""Every word in the reader's language: chosen by the phone's own setting, with a switch that everybody sees."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from babel import Locale
from babel.messages import Catalog
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.support.catalogues import PLACEHOLDER, read_catalogue, words_of_the_code
from tests.support.running import PROJECT
from wall.core.languages import LANGUAGES, best_of
from wall.core.words import N_, set_language, translate
from wall.services.pledges.submitting import Submitted
from wall.store import Store
from wall.web.kit.language import CATALOGUES, in_language, plurals

OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.fixture(scope="module")
def template() -> Catalog:
    return words_of_the_code()


@pytest.fixture
def english_again() -> Iterator[None]:
    yield
    set_language("en")


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(template: Catalog, language: str) -> None:
    catalogue = read_catalogue(CATALOGUES / f"{language}.po", language)
    wanted = {message.id for message in template if message.id}
    told = {message.id for message in catalogue if message.id and message.string and not message.fuzzy}

    assert wanted - told == set(), "make words, then translate what is empty"
    assert told - wanted == set(), "make words"


def test_the_guide_names_every_language() -> None:
    guide = (PROJECT / "docs" / "guide.md").read_text()
    assert [one for one in LANGUAGES if str(Locale(one).english_name) not in guide] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_placeholder_is_kept(language: str) -> None:
    for message in read_catalogue(CATALOGUES / f"{language}.po", language):
        if isinstance(message.id, str):
            assert set(PLACEHOLDER.findall(str(message.string))) == set(PLACEHOLDER.findall(message.id))
        elif message.id:
            for form in message.string or ():
                assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(message.id[1])), form


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("cy", "cy"), ("pl-PL,pl;q=0.9,en;q=0.8", "pl"), ("en-GB,en;q=0.9,cy;q=0.8", "en"), ("fr,ar;q=0.5", "ar"),
        ("en;q=0.1, ar;q=0.9", "ar"), ("AR-eg", "ar"), ("fr", None), ("", None), ("*", None), ("pl;q=0", None),
        ("pl;q=x", None), (",;,q=," * 200, None),
    ],
)  # fmt: skip
def test_the_phone_s_own_setting(accepted: str, language: str | None) -> None:
    assert best_of(accepted) == language


def test_the_page_speaks_it_from_its_side_of_the_line(guest: FlaskClient, cast: Cast) -> None:
    page = page_of(guest, cast, accepted="ar")
    assert '<html lang="ar" dir="rtl"' in page
    assert "ضعه على الجدار" in page
    assert '<html lang="cy" dir="ltr"' in page_of(guest, cast, accepted="cy-GB")


def test_the_switch_is_kept(guest: FlaskClient, cast: Cast) -> None:
    assert "Umieść na ścianie" in page_of(guest, cast, "?lang=pl", accepted="en")
    assert "Umieść na ścianie" in page_of(guest, cast, accepted="en")
    assert "Put it on the wall" in page_of(guest, cast, "?lang=en", accepted="pl")


def test_nonsense_in_the_switch_changes_nothing(guest: FlaskClient, cast: Cast) -> None:
    assert "Put it on the wall" in page_of(guest, cast, "?lang=%00", accepted="en")
    guest.set_cookie("language", "<script>")
    assert "Put it on the wall" in page_of(guest, cast, accepted="en")


def test_a_phone_that_speaks_none_of_ours_gets_the_event_s(
    guest: FlaskClient, store: Store, cast: Cast
) -> None:
    store.write(lambda transaction: transaction.change_event(cast.event.code, language="cy"))
    assert '<html lang="cy"' in page_of(guest, cast, accepted="fr")


def test_a_text_in_another_language_than_the_page_says_which(english_again: None) -> None:
    set_language("ar")
    assert in_language("en") == ' lang="en" dir="auto"'
    assert in_language("ar") == ' dir="auto"'


OWN_WORDS = {"title": "Improvement Day", "question": "What will you change?", "themes": ("Safety",), "starters": ("Every Friday I …",),
             "contact": "the quality team", "closing_message": "See you in spring."}  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_event_s_own_words_are_marked_where_the_page_is_in_another_language(
    guest: FlaskClient, store: Store, cast: Cast, pledge: Submitted, language: str
) -> None:
    """So that a screen reader speaks each in its own voice."""
    code, receipt = cast.event.code, f"/receipt/{pledge.receipt_token}"
    change_event(store, code, **OWN_WORDS)
    marked: set[str] = set()
    for is_open in (True, False):
        change_event(store, code, open=is_open)
        for path in (
            f"/e/{code}",
            f"/e/{code}/privacy",
            f"/e/{code}/erased",
            receipt,
            f"{receipt}/everything",
        ):
            page = guest.get(path, headers={"Accept": "text/html", "Accept-Language": language}).text
            marked |= set(re.findall(r'lang="en" dir="auto">([^<]+)<', page.split("<body>")[1]))
    own = {part for words in OWN_WORDS.values() for part in ([words] if isinstance(words, str) else words)}
    assert marked == (own if language == "ar" else set())


def test_the_wall_speaks_the_event_s_language_to_everybody(
    guest: FlaskClient, store: Store, cast: Cast
) -> None:
    store.write(lambda transaction: transaction.change_event(cast.event.code, language="cy"))
    wall = guest.get(f"/e/{cast.event.code}/wall", headers={"Accept-Language": "pl"}).text
    assert '<html lang="cy"' in wall
    assert "Ychwanegwch eich un chi" in wall


@pytest.mark.parametrize("path", ["/pledges", "/pledges?long=way"])
def test_errors_speak_it_too_on_both_ways_in(guest: FlaskClient, cast: Cast, path: str) -> None:
    told = guest.post(f"/e/{cast.event.code}{path}", json={"text": ""}, headers={"Accept-Language": "pl"})
    assert told.get_json()["error"]["fields"]["text"] == "Najpierw napisz swoje zobowiązanie."


def test_the_next_reader_is_not_spoken_to_in_the_last_one_s_language(guest: FlaskClient, cast: Cast) -> None:
    page_of(guest, cast, accepted="ar")
    assert "Put it on the wall" in page_of(guest, cast, accepted="")


@pytest.mark.parametrize(("language", "written"), [("en", "12,345"), ("pl", "12\N{NO-BREAK SPACE}345")])
def test_numbers_in_a_sentence_are_written_as_its_readers_write_them(
    language: str, written: str, english_again: None
) -> None:
    set_language(language)
    assert translate(N_("{most} and {flag}", most=12_345, flag=True)) == f"{written} and True"


def test_counted_words_have_all_their_forms(guest: FlaskClient, english_again: None) -> None:
    forms = {}
    for language in LANGUAGES:
        set_language(language)
        forms[language] = plurals("pledge on the wall", "pledges on the wall")
    assert forms["en"] == {"one": "pledge on the wall", "other": "pledges on the wall"}
    assert set(forms["pl"]) == {"one", "few", "many", "other"}
    assert (forms["pl"]["few"], forms["pl"]["many"]) == ("zobowiązania na ścianie", "zobowiązań na ścianie")
    assert set(forms["ar"]) == set(forms["cy"]) == {"zero", "one", "two", "few", "many", "other"}
    assert forms["ar"]["two"] == "تعهّدان على الجدار"


def change_event(store: Store, code: str, **settings: Any) -> None:
    store.write(lambda transaction: transaction.change_event(code, **settings))


def page_of(guest: FlaskClient, cast: Cast, query: str = "", *, accepted: str) -> str:
    headers = {"Accept": "text/html", "Accept-Language": accepted}
    return re.sub(r"\s+", " ", guest.get(f"/e/{cast.event.code}{query}", headers=headers).text)
