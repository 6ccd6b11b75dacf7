"""Answers that are made once and handed out: never old, never another audience's, and cheap to who has them already."""

import gzip
import json
from typing import Any

import brotli
import orjson
import pytest
from flask.testing import FlaskClient
from socketio.packet import ACK, Packet

from tests.conftest import Cast, SignIn
from tests.live.test_watching import say
from wall.core.people.organisers import Organiser
from wall.core.pledges import Outcome
from wall.core.server.encoded import Encoded
from wall.live import json_codec
from wall.services.events.creating import make_event
from wall.services.events.deleting import delete_event
from wall.services.pledges.moderation import hide_pledge
from wall.services.pledges.outcomes import answer_pledge
from wall.services.pledges.submitting import Submitted
from wall.store import Store
from wall.store.queries import organisers, pledges
from wall.web.kit.context import Parts


def asked(browser: FlaskClient, path: str, **headers: str) -> Any:
    return browser.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_an_answer_is_made_once_for_all_who_ask(
    parts: Parts, cast: Cast, pledge: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = parts.feeds.changes(cast.event.code, 0)
    monkeypatch.setattr(pledges, "as_pledge", None)  # nothing is read from here on
    assert parts.feeds.changes(cast.event.code, 0) is first


def test_only_what_changed_is_read_and_encoded_again(
    parts: Parts, cast: Cast, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        say(store, cast.event.code, f"Pledge {number}")
    parts.feeds.changes(cast.event.code, 0)
    later = say(store, cast.event.code, "One more.")

    read: list[str] = []
    as_pledge = pledges.as_pledge

    def note(row: Any) -> Any:
        read.append(row.id)
        return as_pledge(row)

    monkeypatch.setattr(pledges, "as_pledge", note)
    told = orjson.loads(parts.feeds.changes(cast.event.code, 0).body)
    assert read == [later.pledge.id]
    assert [one["number"] for one in told["pledges"]] == list(range(1, 22))


def test_what_is_hidden_is_gone_at_once(
    guest: FlaskClient, cast: Cast, store: Store, pledge: Submitted
) -> None:
    address = f"/e/{cast.event.code}/pledges"
    before = asked(guest, address)
    hide_pledge(store, cast.organiser, cast.event.code, pledge.pledge.id)
    after = asked(guest, address, If_None_Match=before.headers["ETag"])
    assert (after.status_code, after.json["pledges"]) == (200, [])
    assert "Listen more." not in guest.get(f"/e/{cast.event.code}/wall/text").text


@pytest.mark.parametrize(
    "path", ["pledges", "pledges?as=kept", "pledges?since=1", "wall/text", "wall/kept/text"]
)
@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_who_has_it_already_hears_that_alone(
    guest: FlaskClient, cast: Cast, store: Store, path: str, coding: str
) -> None:
    for number in range(5):
        said = say(store, cast.event.code, f"Pledge {number}: listen more.")
        answer_pledge(store, said.receipt_token, Outcome.KEPT, "We did.")
    address = f"/e/{cast.event.code}/{path}"
    first = asked(guest, address, Accept_Encoding=coding)
    again = asked(guest, address, Accept_Encoding=coding, If_None_Match=first.headers["ETag"])

    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}[coding]
    assert b"Pledge 4" in unpack(first.data)
    assert first.headers.get("Content-Encoding", "identity") == coding
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    for answer in (first, again):
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_each_packing_and_each_audience_has_a_tag_of_its_own(
    guest: FlaskClient, cast: Cast, store: Store
) -> None:
    for number in range(9):
        say(store, cast.event.code, f"Pledge {number}: listen more, fix less.")
    address = f"/e/{cast.event.code}/pledges"
    tags = {
        asked(guest, address, Accept_Encoding=coding).headers["ETag"] for coding in ("br", "gzip", "identity")
    }
    tags |= {asked(guest, f"{address}?{query}").headers["ETag"] for query in ("as=kept", "since=1")}
    assert len(tags) == 5
    assert not any(tag.startswith("W/") for tag in tags)


def test_the_desks_answer_is_kept_by_no_browser(signed_in: SignIn, cast: Cast, pledge: Submitted) -> None:
    told = signed_in(cast.moderator).get(f"/desk/e/{cast.event.code}/pledges")
    assert told.headers["Cache-Control"] == "no-store"
    assert "ETag" not in told.headers


def test_an_event_that_is_gone_is_gone_from_every_answer(
    parts: Parts, cast: Cast, store: Store, guest: FlaskClient, pledge: Submitted
) -> None:
    code = cast.event.code
    for path in ("pledges", "wall/text", "wall/kept/text"):
        assert guest.get(f"/e/{code}/{path}").status_code == 200
    delete_event(store, cast.organiser, code, cast.event.title)
    assert {
        guest.get(f"/e/{code}/{path}").status_code for path in ("pledges", "wall/text", "wall/kept/text")
    } == {404}


def test_an_event_that_takes_the_code_of_a_deleted_one_begins_with_nothing(
    parts: Parts, cast: Cast, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, organiser = (
        cast.other_event.code,
        cast.other_organiser,
    )  # the newest event: its id is taken again too
    said = [say(store, code, f"Of the first event {number}") for number in range(3)]
    parts.feeds.changes(code, 0)
    parts.feeds.room(code)
    delete_event(store, organiser, code, cast.other_event.title)
    monkeypatch.setattr("wall.services.events.creating.new_event_code", lambda: code)
    again = make_event(store, organiser.id, title="Another", question="What else?")
    assert again.id == cast.other_event.id
    other = [say(store, again.code, f"Of the other event {number}") for number in range(len(said))]

    told = orjson.loads(parts.feeds.changes(code, 0).body)
    assert [one["id"] for one in told["pledges"]] == [one.pledge.id for one in other]
    room = orjson.loads(parts.feeds.room(code).body)
    assert {one["id"] for one in room["latest"]} == {one.pledge.id for one in other}


def test_another_network_or_another_name_is_told_although_no_version_moved(
    parts: Parts, cast: Cast, store: Store, pledge: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = cast.event.code
    hide_pledge(store, cast.organiser, code, pledge.pledge.id)
    told = [people_and_address(parts, cast.organiser, code)]
    store.write(lambda tx: organisers.set_password(tx.connection, cast.organiser.id, "Annie", "hash"))
    told.append(people_and_address(parts, cast.organiser, code))
    monkeypatch.setattr(parts.addresses, "_public_url", "http://elsewhere.test")
    told.append(people_and_address(parts, cast.organiser, code))
    assert told == [
        (["Ann"], f"http://wall.test/e/{code}"),
        (["Annie"], f"http://wall.test/e/{code}"),
        (["Annie"], f"http://elsewhere.test/e/{code}"),
    ]


def test_a_database_that_went_back_is_read_anew(
    parts: Parts, cast: Cast, store: Store, pledge: Submitted
) -> None:
    parts.feeds.changes(cast.event.code, 0)
    with store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE events SET version = version - 1")
        connection.exec_driver_sql("DELETE FROM pledges")
    assert orjson.loads(parts.feeds.changes(cast.event.code, 0).body)["pledges"] == []


def test_what_is_encoded_goes_out_as_it_is_and_all_else_as_before() -> None:
    answer = json_codec.fragment(Encoded.of('{"text":"Grüße, العربية"}'.encode()))
    sent = Packet(ACK, data=[answer], id=7)
    sent.json = json_codec
    assert sent.encode() == '37[{"text":"Grüße, العربية"}]'
    for message in (["room", {"shown": 1}], [10**30], ["half a letter: \ud83d"]):
        assert json_codec.loads(json_codec.dumps(message)) == message


def people_and_address(parts: Parts, organiser: Organiser, code: str) -> tuple[list[str], str]:
    told = json.loads(parts.feeds.desk_changes(organiser, code, 0).body)
    return list(told["people"].values()), told["event"]["address"]
