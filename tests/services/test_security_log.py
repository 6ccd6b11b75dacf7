"""What concerns security is in the server's log: with the time and ids, and nothing of anybody."""

import logging
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn
from tests.support.running import RUN_PY, OwnServer, Server, running_server, wait_until
from tests.web.test_roles import HTML, tell_desk
from tests.web.test_sessions import SIGN_OUT, try_password
from wall.core.people.roles import Role
from wall.services.people import security_log
from wall.services.people.invitations import invite
from wall.services.people.links import make_desk_link
from wall.services.people.security_log import BURST, Fact, note
from wall.services.people.team import change_role, remove_member
from wall.store import Store

Log = Callable[[], list[str]]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    monkeypatch.setattr(security_log, "_room", security_log._Room(time.monotonic))
    with caplog.at_level(logging.INFO, "wall.security"):
        yield lambda: [one.getMessage() for one in caplog.records if one.name == "wall.security"]


def test_sign_ins_are_logged(
    app: Flask, guest: FlaskClient, with_password: Cast, store: Store, lines: Log
) -> None:
    before, me = len(lines()), with_password.organiser.id
    try_password(guest, "wrong horse")
    try_password(guest, "wrong horse", name="Nobody at all")
    try_password(guest)
    guest.post(SIGN_OUT)
    guest.post("/desk/sign-out")
    told = lines()[before:]
    assert told[:4] == [
        f"sign_in_refused person={me}", "sign_in_refused", f"signed_in person={me} by=password",
        f"signed_out_everywhere person={me}",
    ]  # fmt: skip
    assert re.fullmatch(rf"signed_out person={me} session=\d+", told[4])


def test_links_and_invitations_are_logged_but_never_what_opens_them(
    app: Flask, guest: FlaskClient, cast: Cast, store: Store, lines: Log
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    link, invitation = make_desk_link(store), invite(store, cast.organiser, cast.event.code, Role.SCRIBE)
    for _ in range(2):
        guest.post(f"/desk/link/{link}")
        app.test_client().post(f"/desk/invitation/{invitation}", data={"name": "Ffion"})
    told = "\n".join(lines())
    for wanted in (
        "link_made", f"invited by={cast.organiser.id} event={cast.event.id} role=scribe", "signed_in person=1 by=link",
        "joined person=", "link_refused at=door.enter_by_link", "invitation_refused at=team.join",
    ):  # fmt: skip
        assert wanted in told
    assert [secret for secret in (link, invitation, "Ffion", "127.0.0.1") if secret in told] == []


def test_changes_of_rights_are_logged(cast: Cast, store: Store, lines: Log) -> None:
    me, them = cast.organiser.id, cast.moderator.id
    change_role(store, cast.organiser, cast.event.code, them, Role.SCRIBE)
    remove_member(store, cast.organiser, cast.event.code, them)
    assert lines() == [f"role_changed person={them} by={me} role=scribe", f"removed person={them} by={me}"]


def test_refusals_are_logged(
    app: Flask, guest: FlaskClient, cast: Cast, signed_in: SignIn, lines: Log
) -> None:
    team = f"/desk/e/{cast.event.code}/team"
    signed_in(cast.scribe).get(team)
    signed_in(cast.other_organiser).get(team)
    tell_desk(app, signed_in(cast.scribe), "state", event=cast.event.code)
    guest.get("/e/QQQQ")  # nobody's event: a typing mistake
    app.config["WTF_CSRF_ENABLED"] = True
    guest.post("/desk/sign-in", data={"name": "Ann"}, headers={"Accept": HTML})
    assert lines() == [
        f"role_missing person={cast.scribe.id} at=team.show_team",
        f"not_their_event person={cast.other_organiser.id} at=team.show_team",
        f"role_missing person={cast.scribe.id} at=live.desk",
        "form_refused at=door.enter_by_password",
    ]


def test_nobody_fills_a_disk_with_refusals(lines: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(security_log, "_room", security_log._Room(lambda: now))
    for _ in range(BURST + 500):
        note(Fact.FORM_REFUSED)
    note(Fact.ROLE_MISSING, person=3)  # another kind has room of its own
    assert lines() == ["form_refused"] * BURST + ["role_missing person=3"]
    now += security_log.EVERY_SECONDS
    note(Fact.FORM_REFUSED)
    assert lines()[-1] == "form_refused left_out=500"


LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO wall\.security: ([a-z_]+)(?: [a-z_]+=[\w.]+)*"
)


def test_the_server_s_log_has_the_time_in_utc(own_server: OwnServer) -> None:
    own_server.ask(
        "POST", "/desk/sign-in", b"name=Ann", {"Content-Type": "application/x-www-form-urlencoded"}
    )
    wait_until(
        lambda: any("form_refused" in line for line in own_server.printed), "the refusal is in the log"
    )
    told = [line for line in own_server.printed if "wall.security" in line]
    assert all(LINE.fullmatch(line) for line in told), told


def test_no_link_is_printed_where_it_would_be_kept(tmp_path: Path) -> None:
    """Under systemd, say, standard output goes into a journal that others read."""
    kept = tmp_path / "journal"
    piped = [
        "sh", "-c", f"exec {sys.executable} {RUN_PY[1]} >{kept} 2>&1",
    ]  # fmt: skip
    with running_server(tmp_path, program=piped) as server:
        wait_until(lambda: "Desk " in kept.read_text(), "the addresses are printed")
        journal = kept.read_text()
        assert "/desk/link/" not in journal
        assert f"{server.url}/desk" in journal
        assert "python run.py desk-link" in journal


def test_a_terminal_shows_the_link(server: Server) -> None:
    assert server.desk_link.startswith("/desk/link/")
