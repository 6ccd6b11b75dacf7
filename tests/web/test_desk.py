"""Who may do what at the desk; whoever may not, learns nothing."""

import csv
import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn, a_draft
from wall.core.drafts import read_draft
from wall.limits.pacing import FREE_TRIES
from wall.services.people.links import make_desk_link
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store
from wall.web.kit.context import Parts

HTML = {"Accept": "text/html"}
VIEWS = ["", "/pledges", "/export.csv"]
FOR_ORGANISERS = [*VIEWS, "/poster"]
DECISIONS = ["/pledges/{pledge}/hide", "/pledges/{pledge}/show", "/close", "/open"]


def path(cast: Cast, view: str, pledge: Submitted | None = None) -> str:
    return f"/desk/e/{cast.event.code}{view.format(pledge=pledge and pledge.pledge.id)}"


@pytest.mark.parametrize("view", VIEWS)
def test_both_organisers_of_an_event_see_it(
    cast: Cast, pledge: Submitted, signed_in: SignIn, view: str
) -> None:
    for organiser in (cast.organiser, cast.co_organiser):
        assert "Listen more." in signed_in(organiser).get(path(cast, view)).text


@pytest.mark.parametrize("view", FOR_ORGANISERS)
def test_an_organiser_of_another_event_gets_what_an_unknown_event_gets(
    cast: Cast, pledge: Submitted, signed_in: SignIn, view: str
) -> None:
    browser = signed_in(cast.other_organiser)
    answer, unknown = browser.get(path(cast, view)), browser.get(f"/desk/e/QQQQ{view}")

    assert (answer.status_code, answer.text) == (404, unknown.text)


@pytest.mark.parametrize("view", FOR_ORGANISERS)
def test_an_attendee_is_asked_to_sign_in(
    guest: FlaskClient, cast: Cast, pledge: Submitted, view: str
) -> None:
    program, browser = guest.get(path(cast, view)), guest.get(path(cast, view), headers=HTML)

    assert (program.status_code, program.get_json()["error"]["code"]) == (401, "not_signed_in")
    assert browser.location.startswith("/desk/sign-in?next=")


@pytest.mark.parametrize("decision", DECISIONS)
def test_only_its_organisers_decide_for_an_event(
    app: Flask, guest: FlaskClient, cast: Cast, pledge: Submitted, signed_in: SignIn, decision: str
) -> None:
    before = public(guest, cast)
    assert signed_in(cast.other_organiser).post(path(cast, decision, pledge)).status_code == 404
    assert guest.post(path(cast, decision, pledge)).status_code == 401
    assert public(guest, cast) == before


def test_a_hidden_pledge_leaves_the_public_and_can_come_back(
    guest: FlaskClient, cast: Cast, pledge: Submitted, signed_in: SignIn
) -> None:
    desk = signed_in(cast.organiser)
    since = public(guest, cast)["to"]

    hidden = desk.post(path(cast, "/pledges/{pledge}/hide", pledge)).get_json()
    assert (hidden["pledge"]["status"], hidden["version"]) == ("hidden", since + 1)
    assert public(guest, cast, since)["removed"] == [pledge.pledge.id]

    desk.post(path(cast, "/pledges/{pledge}/show", pledge))
    assert [one["id"] for one in public(guest, cast, since + 1)["pledges"]] == [pledge.pledge.id]


def test_hiding_twice_changes_nothing_more(cast: Cast, pledge: Submitted, signed_in: SignIn) -> None:
    first = signed_in(cast.organiser).post(path(cast, "/pledges/{pledge}/hide", pledge)).json
    again = signed_in(cast.co_organiser).post(path(cast, "/pledges/{pledge}/hide", pledge)).json

    assert first == again


def test_a_pledge_taken_back_by_its_author_stays_away(
    guest: FlaskClient, cast: Cast, pledge: Submitted, signed_in: SignIn
) -> None:
    guest.post(f"/receipt/{pledge.receipt_token}/withdraw")
    answer = signed_in(cast.organiser).post(path(cast, "/pledges/{pledge}/show", pledge))

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "move_not_allowed")


def test_a_pledge_of_another_event_is_not_found(cast: Cast, pledge: Submitted, signed_in: SignIn) -> None:
    url = f"/desk/e/{cast.other_event.code}/pledges/{pledge.pledge.id}/hide"
    assert signed_in(cast.other_organiser).post(url).status_code == 404


def test_without_javascript_a_decision_leads_back_to_its_row(
    cast: Cast, pledge: Submitted, signed_in: SignIn
) -> None:
    answer = signed_in(cast.organiser).post(path(cast, "/pledges/{pledge}/hide", pledge), headers=HTML)

    assert (answer.status_code, answer.location) == (
        303,
        f"/desk/e/{cast.event.code}#pledge-{pledge.pledge.id}",
    )


def test_closing_and_opening_an_event(guest: FlaskClient, cast: Cast, signed_in: SignIn) -> None:
    desk = signed_in(cast.organiser)
    desk.post(path(cast, "/close"))
    assert public(guest, cast)["event"]["open"] is False
    assert guest.post(f"/e/{cast.event.code}/pledges", json=a_draft("Late.")).status_code == 403

    desk.post(path(cast, "/open"))
    assert guest.post(f"/e/{cast.event.code}/pledges", json=a_draft("In time.")).status_code == 201


def test_decisions_are_in_the_audit_without_what_was_written(
    cast: Cast, pledge: Submitted, signed_in: SignIn, store: Store
) -> None:
    signed_in(cast.co_organiser).post(path(cast, "/pledges/{pledge}/hide", pledge))
    with store.read() as connection:
        rows = connection.exec_driver_sql("SELECT action, organiser_id, pledge_id FROM audit").all()

    assert rows[-1] == ("hide", cast.co_organiser.id, pledge.pledge.id)


def test_a_link_lets_one_person_in_once(guest: FlaskClient, app: Flask, store: Store, cast: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    token = make_desk_link(store)
    assert "Sign in" in guest.get(f"/desk/link/{token}").text
    assert guest.post(f"/desk/link/{token}").location == "/desk"
    assert guest.get("/desk").status_code in (200, 302)

    again = app.test_client().post(f"/desk/link/{token}")
    assert (again.status_code, again.get_json()["error"]["code"]) == (403, "link_spent")


def test_an_old_link_lets_nobody_in(guest: FlaskClient, app: Flask, store: Store, cast: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    token = make_desk_link(store)
    store.write(
        lambda tx: tx.connection.exec_driver_sql(
            "UPDATE desk_links SET expires_at = '2020-01-01T00:00:00.000Z'"
        )
    )
    assert guest.post(f"/desk/link/{token}").status_code == 403


def test_name_and_password_open_the_desk(guest: FlaskClient, app: Flask, with_password: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = guest.post("/desk/sign-in", data={"name": " ann ", "password": "correct horse"})

    assert (answer.status_code, answer.location) == (303, "/desk")
    assert guest.get("/desk", headers=HTML).location == f"/desk/e/{with_password.event.code}"


@pytest.mark.parametrize(
    ("name", "password"), [("ann", "wrong horse"), ("nobody", "correct horse"), ("Bela", "")]
)
def test_a_wrong_name_and_a_wrong_password_read_the_same(
    guest: FlaskClient, app: Flask, with_password: Cast, name: str, password: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    page = guest.post("/desk/sign-in", data={"name": name, "password": password})

    assert page.status_code == 403
    assert "That name and password do not match. Try again." in page.text


def test_guessing_is_slowed_down(guest: FlaskClient, app: Flask, with_password: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    wrong = {"name": "Guessed", "password": "wrong horse"}
    for _ in range(FREE_TRIES):
        assert guest.post("/desk/sign-in", data=wrong).status_code == 403
    slowed = guest.post("/desk/sign-in", data=wrong)

    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) >= 1


def test_a_new_password_ends_the_other_sessions(cast: Cast, signed_in: SignIn, parts: Parts) -> None:
    elsewhere = signed_in(cast.organiser)
    here = signed_in(cast.organiser)
    here.post("/desk/password", data={"name": "Ann", "password": "a new password"})

    assert elsewhere.get("/desk").status_code == 401
    assert here.get("/desk").status_code in (200, 302)


@pytest.mark.parametrize(
    ("sent", "problem"),
    [({"name": "", "password": "long enough"}, "Enter a name."),
     ({"name": "Ann", "password": "short"}, "Use 10 to 1,000 characters."),
     ({"name": "bela", "password": "long enough"}, "Someone in the team already has this name, or one very like it. Add a surname or an initial so that people can tell you apart.")],
)  # fmt: skip
def test_a_name_or_password_that_will_not_do_says_why(
    cast: Cast, signed_in: SignIn, sent: dict[str, str], problem: str
) -> None:
    page = signed_in(cast.organiser).post("/desk/password", data=sent)
    assert page.status_code == 422
    assert problem in page.text


def test_signing_in_leads_back_but_never_to_another_site(app: Flask, with_password: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for wanted, reached in [
        ("/desk/password", "/desk/password"),
        ("https://evil.example/desk", "/desk"),
        ("//evil.example/desk", "/desk"),
        ("/desk\\@evil.example", "/desk"),
        ("/elsewhere", "/desk"),
    ]:
        answer = app.test_client().post(
            "/desk/sign-in", query_string={"next": wanted}, data={"name": "Ann", "password": "correct horse"}
        )
        assert answer.location == reached


def test_signing_in_keeps_nothing_of_an_earlier_session(app: Flask, with_password: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["planted"] = "by somebody else"
    browser.post("/desk/sign-in", data={"name": "Ann", "password": "correct horse"})

    with browser.session_transaction() as session:
        assert "planted" not in session


def test_a_form_without_its_token_changes_nothing(
    app: Flask, guest: FlaskClient, cast: Cast, pledge: Submitted, signed_in: SignIn
) -> None:
    desk = signed_in(cast.organiser)
    app.config["WTF_CSRF_ENABLED"] = True
    answer = desk.post(path(cast, "/pledges/{pledge}/hide", pledge))

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "form_expired")
    assert len(public(guest, cast)["pledges"]) == 1


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(
    guest: FlaskClient, app: Flask, with_password: Cast
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = guest.post("/desk/sign-in", data={"name": "Ann", "password": "correct horse"})

    given = {one.split("_")[0]: one.split("; ") for one in answer.headers.getlist("Set-Cookie")}
    assert set(given) == {"desk", "known"}
    for parts in given.values():
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)


def test_the_csv_says_everything_and_no_formula(cast: Cast, store: Store, signed_in: SignIn) -> None:
    texts = ['=HYPERLINK("x")', "+1 for tea", "-", "@all", 'Żółć, "quoted"\nsecond line', "سأستمع"]
    sent = [submit_pledge(store, cast.event.code, read_draft(a_draft(text, name="=A1"))) for text in texts]
    answer = signed_in(cast.organiser).get(path(cast, "/export.csv"))
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))

    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert rows[0][:6] == ["Number", "Pledge", "Name", "Organisation", "Theme", "Status"]
    assert [row[1].removeprefix("'") for row in rows[1:]] == texts
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert not any(one.receipt_token in answer.text for one in sent)


def test_the_csv_is_named_after_its_event(cast: Cast, signed_in: SignIn) -> None:
    name = signed_in(cast.organiser).get(path(cast, "/export.csv")).headers["Content-Disposition"]
    assert name.startswith(f'attachment; filename="q-launch-{cast.event.code}-2')


def public(guest: FlaskClient, cast: Cast, since: int = 0) -> Any:
    return guest.get(f"/e/{cast.event.code}/pledges?since={since}").json
