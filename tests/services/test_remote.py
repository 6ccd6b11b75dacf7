"""The organiser directs the wall from the desk; nobody else can."""

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn, a_draft
from tests.support.pictures import PNG
from tests.support.running import PROJECT
from wall.core.drafts import read_draft
from wall.core.wall_state import LOOKS, SCENES, WallState
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store

ORDERS: list[tuple[str, dict[str, Any]]] = [
    ("scene", {"scene": "join"}),
    ("switch", {"to": "freeze"}),
    ("switch", {"to": "blank"}),
    ("spotlight", {"pledge": "{pledge}"}),
    ("look", {"look": next(look for look in LOOKS if look != WallState().look)}),
]


def order(desk: FlaskClient, cast: Cast, what: str, **form: Any) -> Any:
    return desk.post(
        f"/desk/e/{cast.event.code}/wall/{what}", data=form, headers={"Accept": "application/json"}
    )


def wall_of(guest: FlaskClient, cast: Cast) -> dict[str, Any]:
    wall: dict[str, Any] = guest.get(f"/e/{cast.event.code}/pledges").get_json()["event"]["wall"]
    return wall


@pytest.mark.parametrize(("what", "form"), ORDERS, ids=lambda value: str(value))
def test_only_its_organisers_direct_a_wall(
    guest: FlaskClient, cast: Cast, pledge: Submitted, signed_in: SignIn, what: str, form: dict[str, str]
) -> None:
    form = {name: value.format(pledge=pledge.pledge.id) for name, value in form.items()}
    before = wall_of(guest, cast)

    refused = order(signed_in(cast.other_organiser), cast, what, **form)
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (404, "event_not_found")
    assert order(guest, cast, what, **form).status_code == 401
    assert wall_of(guest, cast) == before

    assert order(signed_in(cast.co_organiser), cast, what, **form).status_code == 200
    assert wall_of(guest, cast) != before


def test_a_new_event_tours_on_paper(guest: FlaskClient, cast: Cast) -> None:
    assert wall_of(guest, cast) == {
        "scene": "tour", "spotlight": "", "frozen_at": None, "blank": False,
        "look": "paper", "accent": "", "room_depth": 0, "margin": 0, "logo": "",
    }  # fmt: skip


def test_every_scene_has_a_button_a_key_and_a_type(cast: Cast, signed_in: SignIn) -> None:
    desk = signed_in(cast.organiser).get(f"/desk/e/{cast.event.code}", headers={"Accept": "text/html"}).text
    assert set(re.findall(r'name="scene" value="(\w+)"', desk)) == set(SCENES)
    on_phone = (PROJECT / "static/desk/remote.css").read_text()
    assert set(re.findall(r'\[data-if-scene="(\w+)"\]', on_phone)) == {*SCENES, "spotlight"}
    keys = (PROJECT / "static" / "projector" / "main.js").read_text()
    assert set(re.findall(r'press\(\{ scene: "(\w+)"', keys)) == set(SCENES)
    contract = (PROJECT / "tests" / "javascript" / "contract.d.ts").read_text()
    (types,) = re.findall(r"scene: ([^;]*);", contract)
    assert set(re.findall(r'"(\w+)"', types)) == set(SCENES)


def test_a_spotlight_is_on_a_shown_pledge_until_the_next_scene(
    guest: FlaskClient, cast: Cast, pledge: Submitted, signed_in: SignIn
) -> None:
    desk = signed_in(cast.organiser)
    order(desk, cast, "spotlight", pledge=pledge.pledge.id)
    assert (wall_of(guest, cast)["scene"], wall_of(guest, cast)["spotlight"]) == ("one", pledge.pledge.id)

    order(desk, cast, "scene", scene="everything")
    assert (wall_of(guest, cast)["scene"], wall_of(guest, cast)["spotlight"]) == ("everything", "")


def test_a_hidden_pledge_gets_no_spotlight(
    cast: Cast, pledge: Submitted, signed_in: SignIn, guest: FlaskClient
) -> None:
    desk = signed_in(cast.organiser)
    desk.post(f"/desk/e/{cast.event.code}/pledges/{pledge.pledge.id}/hide")
    assert order(desk, cast, "spotlight", pledge=pledge.pledge.id).status_code == 404
    assert wall_of(guest, cast)["scene"] == "tour"


def test_a_frozen_wall_knows_which_pledges_came_later(
    guest: FlaskClient, cast: Cast, pledge: Submitted, signed_in: SignIn, store: Store
) -> None:
    desk = signed_in(cast.organiser)
    order(desk, cast, "switch", to="freeze")
    late = submit_pledge(store, cast.event.code, read_draft(a_draft("Too late for now.")))
    answer = guest.get(f"/e/{cast.event.code}/pledges").get_json()

    frozen_at = answer["event"]["wall"]["frozen_at"]
    later = [one["id"] for one in answer["pledges"] if one["shown_since"] > frozen_at]
    assert later == [late.pledge.id]

    order(desk, cast, "switch", to="freeze")
    assert wall_of(guest, cast)["frozen_at"] == frozen_at
    order(desk, cast, "switch", to="release")
    assert wall_of(guest, cast)["frozen_at"] is None


def test_a_pledge_shown_again_counts_as_new_on_a_frozen_wall(
    guest: FlaskClient, cast: Cast, pledge: Submitted, signed_in: SignIn
) -> None:
    desk = signed_in(cast.organiser)
    desk.post(f"/desk/e/{cast.event.code}/pledges/{pledge.pledge.id}/hide")
    order(desk, cast, "switch", to="freeze")
    desk.post(f"/desk/e/{cast.event.code}/pledges/{pledge.pledge.id}/show")
    (shown,) = guest.get(f"/e/{cast.event.code}/pledges").get_json()["pledges"]
    assert shown["shown_since"] > wall_of(guest, cast)["frozen_at"]


@pytest.mark.parametrize(
    ("what", "form", "field"),
    [
        ("scene", {"scene": "disco"}, "scene"),
        ("scene", {}, "scene"),
        ("switch", {"to": "explode"}, "to"),
        ("look", {"look": "neon"}, "look"),
        ("look", {"look": "paper", "accent": "red; }"}, "accent"),
        ("look", {"look": "paper", "room_depth": "-1"}, "room_depth"),
        ("look", {"look": "paper", "margin": "9"}, "margin"),
        ("look", {"look": "paper", "margin": "-1"}, "margin"),
        ("look", {"look": "paper", "room_depth": "9" * 30}, "room_depth"),
        ("look", {"look": "paper", "room_depth": "٣"}, "room_depth"),
    ],
)
def test_an_order_that_makes_no_sense_changes_nothing(
    guest: FlaskClient, cast: Cast, signed_in: SignIn, what: str, form: dict[str, str], field: str
) -> None:
    before = guest.get(f"/e/{cast.event.code}/pledges").get_json()
    refused = order(signed_in(cast.organiser), cast, what, **form)
    assert (refused.status_code, list(refused.get_json()["error"]["fields"])) == (422, [field])
    assert guest.get(f"/e/{cast.event.code}/pledges").get_json() == before


def test_a_logo_hangs_and_comes_down(guest: FlaskClient, cast: Cast, signed_in: SignIn) -> None:
    desk = signed_in(cast.organiser)
    order(
        desk,
        cast,
        "look",
        look="night",
        accent="#B5440B",
        room_depth="20",
        logo=(io.BytesIO(PNG), "logo.png"),
    )
    wall = wall_of(guest, cast)
    assert (wall["look"], wall["accent"], wall["room_depth"]) == ("night", "#b5440b", 20)

    shown = guest.get(f"/e/{cast.event.code}/logo/{wall['logo']}")
    assert (shown.mimetype, shown.data) == ("image/png", PNG)
    assert (
        shown.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    )  # browsers keep it, no proxy
    assert guest.get(f"/e/{cast.other_event.code}/logo/{wall['logo']}").status_code == 404

    order(desk, cast, "look", look="night", logo="none")
    assert wall_of(guest, cast)["logo"] == ""
    assert guest.get(f"/e/{cast.event.code}/logo/{wall['logo']}").status_code == 404


@pytest.mark.parametrize("picture", [b"<svg onload='alert(1)'/>", b"RIFF....WAVE", PNG + b"x" * 300_000])
def test_what_is_no_small_picture_is_no_logo(
    guest: FlaskClient, cast: Cast, signed_in: SignIn, picture: bytes
) -> None:
    refused = order(
        signed_in(cast.organiser), cast, "look", look="paper", logo=(io.BytesIO(picture), "logo.png")
    )
    assert (refused.status_code, list(refused.get_json()["error"]["fields"])) == (422, ["logo"])
    assert wall_of(guest, cast)["logo"] == ""


def test_who_directed_is_in_the_audit(cast: Cast, pledge: Submitted, signed_in: SignIn, store: Store) -> None:
    desk = signed_in(cast.co_organiser)
    order(desk, cast, "spotlight", pledge=pledge.pledge.id)
    order(desk, cast, "switch", to="blank")
    order(desk, cast, "switch", to="blank")
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT organiser_id, action, pledge_id FROM audit ORDER BY id DESC LIMIT 2"
        ).all()
    assert [tuple(row) for row in rows] == [
        (cast.co_organiser.id, "blank", None),
        (cast.co_organiser.id, "spotlight", pledge.pledge.id),
    ]
