"""Who works on an event: invited by a link that works once, given another role, taken off again."""

import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import RIGHT, Cast, SignIn
from tests.support.cases import case
from tests.web.test_roles import HTML, JSON, error_of, everything_stored
from wall.core.errors import BadInput, WallError
from wall.core.names import EARLIER_TEAM
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.services.events.deleting import delete_all_of
from wall.services.exports.transfer import export_event, import_event
from wall.services.people.passwords import set_password
from wall.services.people.team import change_role, read_team, remove_member
from wall.services.pledges.moderation import hide_pledge
from wall.services.pledges.submitting import Submitted
from wall.store import Connection, Store
from wall.store.queries import organisers, team
from wall.store.tables import organisers as table
from wall.web.kit.context import Parts

ROLES = list(Role)
HELPERS = [Role.SCRIBE, Role.MODERATOR]


class Office:
    """Where the organiser runs the team."""

    def __init__(self, desk: FlaskClient, cast: Cast, store: Store) -> None:
        self._desk = desk
        self._event = cast.event
        self._organiser = cast.organiser
        self._store = store

    def post(self, path: str, accept: str = JSON, **form: Any) -> TestResponse:
        return self._desk.post(
            f"/desk/e/{self._event.code}/team{path}", data=form, headers={"Accept": accept}
        )

    def delete_event(self) -> None:
        self._desk.post(f"/desk/e/{self._event.code}/delete", data={"typed": self._event.title})

    def page(self) -> str:
        return self._desk.get(f"/desk/e/{self._event.code}/team", headers={"Accept": HTML}).text

    def invite(self, role: Role) -> str:
        """The path of a new invitation."""
        address: str = self.post("/invite", role=role.value).get_json()["invitation"]
        return address.removeprefix("http://wall.test")

    def members(self) -> dict[str, Role]:
        found = read_team(self._store, self._organiser, self._event.code)
        return {member.name: member.role for member in found.members}

    def open_invitations(self) -> list[int]:
        found = read_team(self._store, self._organiser, self._event.code)
        return [invitation.id for invitation in found.invitations]


@pytest.fixture
def office(cast: Cast, store: Store, signed_in: SignIn) -> Office:
    return Office(signed_in(cast.organiser), cast, store)


def join(browser: FlaskClient, invitation: str, accept: str = JSON, **form: str) -> TestResponse:
    return browser.post(invitation, data=form, headers={"Accept": accept})


def account(store: Store, name: str) -> Organiser:
    with store.read() as connection:
        found = accounts(connection, name)
    assert found, f"{name} has an account"
    return found[-1]


def accounts(connection: Connection, name: str) -> list[Organiser]:
    """All of that name, the newest last."""
    query = select(table).where(table.c.name == name).order_by(table.c.id)
    return [organisers.read_organiser(row) for row in connection.execute(query)]


@pytest.mark.parametrize("role", ROLES)
def test_somebody_new_joins_with_a_name_alone(
    office: Office, guest: FlaskClient, cast: Cast, store: Store, role: Role
) -> None:
    joined = join(guest, office.invite(role), name="  Ffion ")

    assert (joined.status_code, joined.location) == (303, f"/desk/e/{cast.event.code}")
    assert office.members()["Ffion"] is role
    assert not account(store, "Ffion").has_password
    assert guest.get(f"/desk/e/{cast.event.code}/enter").status_code == 200


@pytest.mark.parametrize("role", HELPERS)
def test_a_helper_makes_no_events(office: Office, guest: FlaskClient, store: Store, role: Role) -> None:
    join(guest, office.invite(role), name="Ffion")
    made = guest.post("/desk/events", data={"title": "Mine", "question": "Whose?"}, headers={"Accept": JSON})

    assert error_of(made) == (403, "not_your_role")
    assert not account(store, "Ffion").makes_events


def test_an_invited_organiser_makes_events(office: Office, guest: FlaskClient) -> None:
    join(guest, office.invite(Role.ORGANISER), name="Ffion")
    made = guest.post("/desk/events", data={"title": "Mine", "question": "Whose?"})
    assert made.status_code == 303


def test_somebody_with_an_account_joins_with_it(
    office: Office, cast: Cast, store: Store, signed_in: SignIn
) -> None:
    browser = signed_in(cast.other_organiser)
    invitation = office.invite(Role.MODERATOR)
    page = browser.get(invitation, headers={"Accept": HTML}).text
    joined = join(browser, invitation)

    assert "Continue as" in page
    assert "Cerys" in page
    assert joined.location == f"/desk/e/{cast.event.code}"
    assert office.members()["Cerys"] is Role.MODERATOR
    assert account(store, "Cerys") == cast.other_organiser


def test_whoever_is_signed_in_may_join_under_another_name(
    office: Office, cast: Cast, signed_in: SignIn
) -> None:
    browser = signed_in(cast.other_organiser)
    join(browser, office.invite(Role.SCRIBE), name="Ffion")

    assert "Cerys" not in office.members()
    assert "Ffion" in browser.get("/desk/password").text


def test_an_invitation_tells_what_it_is_to_and_nothing_more(
    office: Office, guest: FlaskClient, pledge: Submitted
) -> None:
    page = guest.get(office.invite(Role.SCRIBE), headers={"Accept": HTML})

    assert "Q launch" in page.text
    assert "add pledges for other people" in page.text
    assert "Listen more." not in page.text
    assert not [name for name in office.members() if name in page.text]


def test_looking_at_an_invitation_does_not_use_it(office: Office, guest: FlaskClient, app: Flask) -> None:
    invitation = office.invite(Role.SCRIBE)
    for method in ("GET", "HEAD", "GET"):
        assert app.test_client().open(invitation, method=method).status_code == 200
    assert len(office.open_invitations()) == 1
    assert join(guest, invitation, name="Ffion").status_code == 303


def test_a_link_is_shown_once(office: Office) -> None:
    fresh = office.post("/invite", accept=HTML, role="scribe").text
    address = fresh.split('<input readonly value="')[1].split('"')[0]

    assert address.startswith("http://wall.test/desk/invitation/")
    assert address.rsplit("/", 1)[1] not in office.page()


Spoil = Callable[[Office, Flask, Store, str], str]


def used(office: Office, app: Flask, store: Store, invitation: str) -> str:
    assert join(app.test_client(), invitation, name="Gwen").status_code == 303
    return invitation


def taken_back(office: Office, app: Flask, store: Store, invitation: str) -> str:
    (number,) = office.open_invitations()
    assert office.post(f"/invitations/{number}/take-back").status_code == 303
    return invitation


def expired(office: Office, app: Flask, store: Store, invitation: str) -> str:
    store.write(
        lambda tx: tx.connection.exec_driver_sql(
            "UPDATE invitations SET expires_at = '2020-01-01T00:00:00.000Z'"
        )
    )
    return invitation


def made_up(office: Office, app: Flask, store: Store, invitation: str) -> str:
    return f"{invitation[:-1]}_"


def its_hash(office: Office, app: Flask, store: Store, invitation: str) -> str:
    folder, token = invitation.rsplit("/", 1)
    return f"{folder}/{sha256(token.encode()).hexdigest()}"


def of_a_deleted_event(office: Office, app: Flask, store: Store, invitation: str) -> str:
    office.delete_event()
    return invitation


@pytest.mark.parametrize(
    "spoil",
    [used, taken_back, expired, made_up, its_hash, of_a_deleted_event],
    ids=lambda spoil: spoil.__name__,
)
def test_a_spent_invitation_opens_nothing(
    office: Office, app: Flask, guest: FlaskClient, cast: Cast, database: str, store: Store,
    signed_in: SignIn, spoil: Spoil,
) -> None:  # fmt: skip
    invitation = spoil(office, app, store, office.invite(Role.ORGANISER))
    before = everything_stored(database)

    for browser in (guest, signed_in(cast.scribe)):
        assert error_of(browser.get(invitation)) == (403, "invitation_spent")
        assert error_of(join(browser, invitation, name="Ffion")) == (403, "invitation_spent")
    assert error_of(join(signed_in(cast.scribe), invitation)) == (403, "invitation_spent")
    assert "Ask the organiser for a new one." in join(guest, invitation, accept=HTML, name="Ffion").text
    assert everything_stored(database) == before
    assert guest.get("/desk/events").status_code == 401


@pytest.mark.parametrize("token", ["x", "%00", "%ED%A0%BD", "%F0%9F%92%9A", "a" * 2_000, "'--", " "])
def test_a_token_of_any_shape_is_only_wrong(guest: FlaskClient, cast: Cast, token: str) -> None:
    assert error_of(guest.get(f"/desk/invitation/{token}")) == (403, "invitation_spent")


def test_of_two_who_join_at_once_one_is_let_in(office: Office, app: Flask) -> None:
    invitation, before = office.invite(Role.MODERATOR), office.members()
    with ThreadPoolExecutor() as both:
        answers = both.map(
            lambda name: join(app.test_client(), invitation, name=name).status_code, ("Ffion", "Gwen")
        )
        assert sorted(answers) == [303, 403]
    assert len(office.members()) == len(before) + 1


@pytest.mark.parametrize(
    ("name", "problem"),
    [("bela", "Someone in the team already has this name, or one very like it. Add a surname or an initial so that people can tell you apart."),
     (" DEWI  ", "Someone in the team already has this name, or one very like it. Add a surname or an initial so that people can tell you apart."),
     ("   ", "Enter a name."),
     ("x" * 61, "60"),
     ("\u202eFfion", "")],
)  # fmt: skip
def test_a_name_that_will_not_do_is_said_beside_its_field_and_uses_nothing_up(
    office: Office, guest: FlaskClient, database: str, name: str, problem: str
) -> None:
    invitation = office.invite(Role.SCRIBE)
    before = everything_stored(database)
    page = join(guest, invitation, accept=HTML, name=name)
    told = join(guest, invitation, name=name)

    assert (page.status_code, told.status_code) == (422, 422)
    assert list(told.get_json()["error"]["fields"]) == ["name"]
    assert problem in page.text.split('id="name-problem">')[1].split("</p>")[0]
    assert 'aria-describedby="name-problem"' in page.text
    assert everything_stored(database) == before
    assert join(guest, invitation, name="Ffion").status_code == 303


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("who", ["scribe", "moderator", "co_organiser"])
def test_an_invitation_only_ever_raises_a_role(
    office: Office, cast: Cast, signed_in: SignIn, who: str, role: Role
) -> None:
    organiser: Organiser = getattr(cast, who)
    before = office.members()[organiser.name]
    join(signed_in(organiser), office.invite(role))

    assert office.members()[organiser.name] is (before if before.includes(role) else role)
    assert len(office.open_invitations()) == (1 if before.includes(role) else 0)


def test_an_organiser_who_tries_an_invitation_is_led_on_and_leaves_it_open(
    office: Office, cast: Cast, signed_in: SignIn, guest: FlaskClient, database: str
) -> None:
    browser, invitation = signed_in(cast.organiser), office.invite(Role.SCRIBE)
    before = everything_stored(database)
    told = join(browser, invitation, accept=HTML)

    assert (told.status_code, told.location) == (303, invitation)
    page = browser.get(told.location, headers={"Accept": HTML}).text
    assert "You are already in this team." in page
    assert f'href="/desk/e/{cast.event.code}"' in page
    assert "Continue as" not in page
    assert everything_stored(database) == before
    assert join(guest, invitation, name="Ffion").status_code == 303


def join_and_be_removed(office: Office, cast: Cast, app: Flask, store: Store, role: Role) -> FlaskClient:
    """A helper's phone, from which the session is gone."""
    phone = app.test_client()
    assert join(phone, office.invite(role), name="Ffion").status_code == 303
    office.post(f"/{account(store, 'Ffion').id}/remove")
    return phone


def test_a_helper_whose_phone_was_lost_joins_again_under_the_same_name_as_somebody_new(
    office: Office, cast: Cast, app: Flask, guest: FlaskClient, store: Store
) -> None:
    lost = join_and_be_removed(office, cast, app, store, Role.MODERATOR)
    before = account(store, "Ffion")
    assert join(guest, office.invite(Role.SCRIBE), name=" ffion").status_code == 303

    assert account(store, "ffion").id != before.id
    assert office.members()["ffion"] is Role.SCRIBE
    assert guest.get(f"/desk/e/{cast.event.code}/enter").status_code == 200
    assert error_of(lost.get(f"/desk/e/{cast.event.code}/enter")) == (404, "event_not_found")


def test_a_name_gives_nobody_the_account_of_another(
    office: Office, cast: Cast, app: Flask, store: Store, parts: Parts
) -> None:
    """Neither of a helper who was removed, nor of an organiser of another event, nor of the server's owner."""
    join_and_be_removed(office, cast, app, store, Role.ORGANISER)
    set_password(store, parts.runtime.off_loop, cast.other_organiser, "Cerys", RIGHT)
    with store.read() as connection:
        before = {one.id for name in ("Ffion", "Cerys", "Organiser") for one in accounts(connection, name)}
    assert len(before) == 3
    for name in ("Ffion", "Cerys", "Organiser"):
        phone = app.test_client()
        assert join(phone, office.invite(Role.SCRIBE), name=name).status_code == 303
        assert account(store, name).id not in before
        assert not account(store, name).has_password
        assert f"/e/{cast.other_event.code}" not in phone.get("/desk/events").text


@pytest.mark.parametrize("name", [EARLIER_TEAM, "the TEAM  before the­move", "Thé team before the move"])
def test_nobody_joins_as_the_team_before_the_move(
    office: Office, guest: FlaskClient, store: Store, tmp_path: Path, cast: Cast, name: str
) -> None:
    export_event(store, cast.other_event.code, tmp_path / "moved.event")
    store.write(lambda tx: delete_all_of(tx, tx.event(cast.other_event.code)))
    import_event(store, tmp_path / "moved.event")
    refused = join(guest, office.invite(Role.ORGANISER), name=name)
    assert list(refused.get_json()["error"]["fields"]) == ["name"]
    assert guest.get("/desk/events").status_code == 401


ALIKE = ["Bela", "bela", " BELA ", "Béla", "Веlа", "ΒELA", "Be\u200bla", "\uff22ela", "B-e l.a"]


def test_two_people_of_one_team_are_not_mixed_up(office: Office, guest: FlaskClient) -> None:
    for name in ALIKE:
        with case(name):
            refused = join(guest, office.invite(Role.SCRIBE), name=name)
            assert "surname" in refused.get_json()["error"]["fields"]["name"]


def test_whoever_is_called_like_somebody_in_the_team_joins_under_another_name(
    office: Office, app: Flask, store: Store, signed_in: SignIn
) -> None:
    namesake = store.write(lambda tx: organisers.add(tx.connection, "Béla", tx.now))
    with store.read() as connection:
        found = organisers.by_id(connection, namesake)
    assert found
    browser, invitation = signed_in(found), office.invite(Role.SCRIBE)
    refused = join(browser, invitation, accept=HTML)

    assert refused.status_code == 422
    assert "surname" in refused.text
    assert join(browser, invitation, name="Béla Kiss").status_code == 303


def test_two_people_do_not_sign_in_by_names_that_look_alike(parts: Parts, cast: Cast, store: Store) -> None:
    set_password(store, parts.runtime.off_loop, cast.co_organiser, "Bela", RIGHT)
    of_her_team, of_another = cast.organiser, cast.other_organiser
    for name, somebody in product(ALIKE, (of_her_team, of_another)):
        with case(f"{name} for {somebody.name}"):
            with pytest.raises(BadInput) as refused:
                set_password(store, parts.runtime.off_loop, somebody, name, "battery staple")
            assert list(refused.value.fields) == ["name"]


def test_whoever_has_no_password_keeps_no_name_from_others(parts: Parts, cast: Cast, store: Store) -> None:
    set_password(store, parts.runtime.off_loop, cast.other_organiser, "Bela", RIGHT)
    with store.read() as connection:
        found = organisers.by_name(connection, "bela")
    assert found
    assert found[0].id == cast.other_organiser.id


def test_the_pages_say_how_a_helper_comes_back(office: Office, guest: FlaskClient) -> None:
    assert (
        "If someone has a new phone or was signed out, and has no password: remove them, then invite them again with the same name."
        in office.page()
    )
    door = guest.get("/desk/sign-in", headers={"Accept": HTML}).text
    assert "Ask the organiser for a new invitation." in door


def test_nobody_is_removed_or_given_another_role_at_one_tap(office: Office) -> None:
    page = office.page()
    for form in re.findall(r'action="/desk/e/\w+/team/\d+/(?:remove|role)"', page):
        before = page.partition(form)[0]
        assert before.count("<details") == before.count("</details>") + 1


@pytest.mark.parametrize("role", ROLES)
def test_an_organiser_changes_a_role_and_it_counts_at_once(
    office: Office, cast: Cast, store: Store, signed_in: SignIn, role: Role
) -> None:
    browser = signed_in(cast.moderator)
    assert office.post(f"/{cast.moderator.id}/role", role=role.value).status_code == 303

    assert office.members()["Dewi"] is role
    seen = [
        browser.get(f"/desk/e/{cast.event.code}{page}").status_code for page in ("/enter", "/audit", "/team")
    ]
    assert seen == [
        200,
        200 if role.includes(Role.MODERATOR) else 403,
        200 if role is Role.ORGANISER else 403,
    ]
    assert account(store, "Dewi").makes_events == (role is Role.ORGANISER)


@pytest.mark.parametrize("role", ["", "owner", "ORGANISER", "scribe\x00"])
def test_there_are_three_roles_and_no_other(office: Office, cast: Cast, database: str, role: str) -> None:
    before = everything_stored(database)
    for path in ("/invite", f"/{cast.scribe.id}/role"):
        answer = office.post(path, role=role)
        assert (answer.status_code, list(answer.get_json()["error"]["fields"])) == (422, ["role"])
    assert everything_stored(database) == before


def test_whoever_is_removed_sees_nothing_more_and_their_deeds_keep_their_name(
    office: Office, cast: Cast, store: Store, signed_in: SignIn, pledge: Submitted
) -> None:
    hide_pledge(store, cast.moderator, cast.event.code, pledge.pledge.id)
    assert office.post(f"/{cast.moderator.id}/remove").status_code == 303

    assert "Dewi" not in office.members()
    removed = signed_in(cast.moderator)
    for page in ("", "/pledges", "/enter", "/audit"):
        assert error_of(removed.get(f"/desk/e/{cast.event.code}{page}")) == (404, "event_not_found")
    assert "Q launch" not in removed.get("/desk/events").text
    assert "Dewi" in signed_in(cast.organiser).get(f"/desk/e/{cast.event.code}/audit").text


@pytest.mark.parametrize(("path", "form"), [("/remove", {}), ("/role", {"role": "scribe"})])
def test_an_event_keeps_its_last_organiser(
    office: Office, cast: Cast, database: str, path: str, form: dict[str, str]
) -> None:
    office.post(f"/{cast.co_organiser.id}/role", role="moderator")
    before = everything_stored(database)

    assert error_of(office.post(f"/{cast.organiser.id}{path}", **form)) == (409, "last_organiser")
    page = office.post(f"/{cast.organiser.id}{path}", accept=HTML, **form)
    assert "Make someone else an organiser first" in page.text
    assert everything_stored(database) == before


def test_of_two_organisers_who_remove_each_other_at_once_one_stays(cast: Cast, store: Store) -> None:
    def remove(by: Organiser, whom: Organiser) -> str:
        try:
            remove_member(store, by, cast.event.code, whom.id)
        except WallError as error:
            return error.code
        return "removed"

    pairs = [(cast.organiser, cast.co_organiser), (cast.co_organiser, cast.organiser)]
    with ThreadPoolExecutor() as both:
        told = sorted(both.map(lambda pair: remove(*pair), pairs))
    assert told == ["event_not_found", "removed"]
    with store.read() as connection:
        assert team.count_organisers(connection, cast.event.id) == 1


@pytest.mark.parametrize(("path", "form"), [("/remove", {}), ("/role", {"role": "scribe"})])
def test_nobody_of_another_event_can_be_removed_or_changed(
    office: Office, cast: Cast, database: str, path: str, form: dict[str, str]
) -> None:
    before = everything_stored(database)
    for number in (cast.other_organiser.id, 999, 0, 10**30):
        assert error_of(office.post(f"/{number}{path}", **form)) == (404, "not_found")
    assert everything_stored(database) == before


def test_an_invitation_of_another_event_cannot_be_taken_back(
    office: Office, cast: Cast, store: Store, signed_in: SignIn, guest: FlaskClient
) -> None:
    there = replace(cast, organiser=cast.other_organiser, event=cast.other_event)
    elsewhere = Office(
        signed_in(cast.other_organiser),
        there,
        store,
    )
    invitation = elsewhere.invite(Role.SCRIBE)
    (number,) = elsewhere.open_invitations()
    office.post(f"/invitations/{number}/take-back")

    assert elsewhere.open_invitations() == [number]
    assert join(guest, invitation, name="Ffion").status_code == 303


def test_a_used_invitation_cannot_be_taken_back(office: Office, guest: FlaskClient, cast: Cast) -> None:
    invitation = office.invite(Role.SCRIBE)
    (number,) = office.open_invitations()
    join(guest, invitation, name="Ffion")
    office.post(f"/invitations/{number}/take-back")

    assert guest.get(f"/desk/e/{cast.event.code}/enter").status_code == 200


@pytest.mark.parametrize("leave", ["removed", "demoted"])
def test_nobody_comes_back_by_an_invitation_of_their_own(
    office: Office, cast: Cast, store: Store, signed_in: SignIn, leave: str
) -> None:
    mine, ours = Office(signed_in(cast.co_organiser), cast, store), office.invite(Role.SCRIBE)
    kept = mine.invite(Role.ORGANISER)
    if leave == "removed":
        remove_member(store, cast.organiser, cast.event.code, cast.co_organiser.id)
    else:
        change_role(store, cast.organiser, cast.event.code, cast.co_organiser.id, Role.SCRIBE)

    browser = signed_in(cast.co_organiser)
    assert error_of(join(browser, kept)) == (403, "invitation_spent")
    assert browser.get(ours).status_code == 200


def test_whoever_leaves_the_team_is_led_to_their_own_desk(office: Office, cast: Cast) -> None:
    demoted = office.post(f"/{cast.organiser.id}/role", accept=HTML, role="scribe")
    assert (demoted.status_code, demoted.location) == (303, "/desk")


def test_only_the_hash_of_a_token_is_kept_and_it_is_in_no_log(
    office: Office, guest: FlaskClient, app: Flask, database: str, caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    invitation = office.invite(Role.SCRIBE)
    token = invitation.rsplit("/", 1)[1]

    def break_down(*_: Any) -> None:
        raise RuntimeError

    guest.get(invitation)
    join(guest, invitation, name="bela")
    with monkeypatch.context() as broken:
        broken.setattr(team, "use_invitation", break_down)
        assert join(guest, invitation, name="Ffion").status_code == 500
    join(guest, invitation, name="Ffion")
    join(app.test_client(), invitation, name="Gwen")

    stored = "\n".join(everything_stored(database))
    assert sha256(token.encode()).hexdigest() in stored
    assert token not in stored
    assert "team.join failed" in caplog.text
    assert token not in caplog.text
    assert "Ffion" not in caplog.text
