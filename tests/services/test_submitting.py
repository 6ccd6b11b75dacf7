"""A phone sends a pledge, and the wall asks what changed."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, a_draft, shut
from tests.support.running import wait_until
from wall.store import Store
from wall.web.kit.context import Parts


def test_a_pledge_is_stored_and_shown(guest: FlaskClient, cast: Cast) -> None:
    answer = guest.post(f"/e/{cast.event.code}/pledges", json=a_draft("Listen more.", name="Maria"))

    assert answer.status_code == 201
    assert answer.get_json()["pledge"] | {"id": "", "created_at": ""} == {
        "id": "", "number": 1, "text": "Listen more.", "name": "Maria", "organisation": "", "theme": "",
        "pinned": False, "created_at": "", "version": 1, "shown_since": 1, "me_too": 0, "status": "shown", "held_for": "",
    }  # fmt: skip
    assert answer.get_json()["version"] == 1


def test_what_comes_along_unseen_when_text_is_copied_is_dropped(guest: FlaskClient, cast: Cast) -> None:
    draft = a_draft("\u200fListen\u200e more.\ufffc", name="\ufffcMaria\u200e", organisation="\u200f")
    pledge = guest.post(f"/e/{cast.event.code}/pledges", json=draft).get_json()["pledge"]
    assert (pledge["text"], pledge["name"], pledge["organisation"]) == ("Listen more.", "Maria", "")

    long = "x\u200f" * cast.event.text_limit
    assert guest.post(f"/e/{cast.event.code}/pledges", json=a_draft(long)).status_code == 201


def test_the_same_pledge_sent_again_gets_the_same_answer(guest: FlaskClient, cast: Cast) -> None:
    draft = a_draft("Listen more.")
    first = guest.post(f"/e/{cast.event.code}/pledges", json=draft)
    again = guest.post(f"/e/{cast.event.code}/pledges", json=draft)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json


def test_a_repeat_gets_its_answer_even_after_the_event_closed(
    guest: FlaskClient, cast: Cast, store: Store
) -> None:
    draft = a_draft("Listen more.")
    first = guest.post(f"/e/{cast.event.code}/pledges", json=draft)
    shut(store, cast.event.code)

    assert guest.post(f"/e/{cast.event.code}/pledges", json=draft).json == first.json


def test_a_key_used_for_another_text_is_refused(guest: FlaskClient, cast: Cast) -> None:
    draft = a_draft("Listen more.")
    guest.post(f"/e/{cast.event.code}/pledges", json=draft)
    answer = guest.post(f"/e/{cast.event.code}/pledges", json=draft | {"text": "Talk more."})

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "key_reused")


def test_the_same_key_may_serve_two_events(guest: FlaskClient, cast: Cast) -> None:
    draft = a_draft("Listen more.")
    for event in (cast.event, cast.other_event):
        assert guest.post(f"/e/{event.code}/pledges", json=draft).status_code == 201


def test_the_key_and_the_receipt_are_in_no_public_answer(guest: FlaskClient, cast: Cast) -> None:
    draft = a_draft("Listen more.")
    sent = guest.post(f"/e/{cast.event.code}/pledges", json=draft)
    token = sent.get_json()["receipt"].rsplit("/", 1)[1]
    public = guest.get(f"/e/{cast.event.code}/pledges").text + guest.get(f"/e/{cast.event.code}/wall").text

    assert "Listen more." in public
    assert draft["key"] not in public + sent.text
    assert token not in public


def test_the_form_works_without_javascript(guest: FlaskClient, cast: Cast) -> None:
    draft = a_draft("Listen more.\r\nTo everybody.", theme="Safety")
    sent = guest.post(f"/e/{cast.event.code}/pledges", data=draft)
    receipt = guest.get(sent.location, headers={"Accept": "text/html"})

    assert sent.status_code == 303
    assert "Listen more.\nTo everybody." in receipt.text


def test_a_wrong_form_comes_back_with_what_was_typed(guest: FlaskClient, cast: Cast) -> None:
    draft = a_draft("x" * 281, name="Maria", theme="Safety")
    page = guest.post(f"/e/{cast.event.code}/pledges", data=draft)

    assert page.status_code == 422
    assert "x" * 281 in page.text
    assert 'value="Maria"' in page.text
    assert 'value="Safety" checked' in page.text
    assert "Use 280 characters or fewer." in page.text


def test_a_closed_event_says_so_instead_of_the_form(guest: FlaskClient, cast: Cast, store: Store) -> None:
    shut(store, cast.event.code)
    page = guest.get(f"/e/{cast.event.code}", headers={"Accept": "text/html"})

    assert "This event is closed" in page.text
    assert "<textarea" not in page.text


def test_the_start_page_is_the_only_open_event_or_asks_for_the_code(
    guest: FlaskClient, cast: Cast, parts: Parts
) -> None:
    assert "Event code" in guest.get("/").text

    with parts.store.read() as connection:
        codes = connection.exec_driver_sql("SELECT code FROM events").scalars().all()
    for code in codes[:-1]:
        shut(parts.store, code)
    assert "<textarea" in guest.get("/").text


def test_a_typed_code_leads_to_its_event_whatever_the_case(guest: FlaskClient, cast: Cast) -> None:
    code = cast.event.code
    assert guest.get("/", query_string={"code": f" {code.lower()} "}).location == f"/e/{code}"
    assert guest.get(f"/{code.lower()}").location == f"/e/{code}"
    assert "no event with this code" in guest.get("/", query_string={"code": "QQQQ"}).text


def test_a_whole_link_in_the_code_field_leads_to_its_event(guest: FlaskClient, cast: Cast) -> None:
    code = cast.event.code
    for typed in (f"http://192.168.1.5:8000/e/{code}", f"192.168.1.5:8000/{code.lower()}", f"{code}."):
        assert guest.get("/", query_string={"code": typed}).location == f"/e/{code}"


@pytest.mark.parametrize("form", ["{}/", "{}.", "{},", "e/{}/", "e/{}.", "e/ {} "])
@pytest.mark.parametrize("letters", [str.upper, str.lower])
def test_an_address_typed_in_another_way_leads_to_the_event_s_own(
    guest: FlaskClient, cast: Cast, form: str, letters: Callable[[str], str]
) -> None:
    code = cast.event.code
    assert guest.get("/" + form.format(letters(code))).location == f"/e/{code}"
    digits = code.translate({ord(str(number)): chr(0x660 + number) for number in range(10)})
    assert guest.get("/" + form.format(digits), follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    "page", ["", "/wall", "/wall/text", "/wall/kept", "/wall/kept/text", "/privacy", "/erased"]
)
def test_every_page_has_one_address_and_keeps_what_was_asked(
    guest: FlaskClient, cast: Cast, page: str
) -> None:
    code = cast.event.code
    assert (
        guest.get(f"/e/{code.lower()}.{page}?lang=cy&look=night").location
        == f"/e/{code}{page}?lang=cy&look=night"
    )
    assert guest.get(f"/e/{code}{page}?lang=cy").status_code == 200


def test_programs_may_send_and_ask_by_a_code_in_any_form(guest: FlaskClient, cast: Cast) -> None:
    code = cast.event.code.lower()
    assert guest.post(f"/e/{code}/pledges", json=a_draft("Listen.")).status_code == 201
    assert guest.get(f"/e/{code}./pledges").status_code == 200


def test_a_receipt_can_withdraw_its_pledge(guest: FlaskClient, cast: Cast) -> None:
    sent = guest.post(f"/e/{cast.event.code}/pledges", json=a_draft("Listen more.")).get_json()
    guest.post(f"{sent['receipt']}/withdraw")

    assert guest.get(sent["receipt"]).get_json()["pledge"]["status"] == "withdrawn"
    assert guest.get(f"/e/{cast.event.code}/pledges").get_json()["pledges"] == []


def test_an_unknown_receipt_is_not_found(guest: FlaskClient) -> None:
    assert guest.get("/receipt/nobodys").status_code == 404


def test_the_qr_code_is_kept_until_the_address_changes(guest: FlaskClient, cast: Cast) -> None:
    first = guest.get(f"/e/{cast.event.code}/qr.svg")
    again = guest.get(f"/e/{cast.event.code}/qr.svg", headers={"If-None-Match": first.headers["ETag"]})

    assert first.mimetype == "image/svg+xml"
    assert again.status_code == 304


def test_health_tells_of_writing_and_reading(guest: FlaskClient, store: Store) -> None:
    assert guest.get("/health").json == {"read": "ok", "write": "ok"}

    store.ledger.close()
    wait_until(lambda: guest.get("/health").status_code == 503, "it is looked at again")
    assert guest.get("/health").json == {"read": "ok", "write": "failed"}
