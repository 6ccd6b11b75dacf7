"""Rubbish for every address and every message: a clear error each time, and whoever is refused has changed nothing."""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

import pytest
from flask import Flask, Request, has_request_context, request
from flask.testing import FlaskClient
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.test import TestResponse

from tests.conftest import Cast, OpenApp, SignIn, settings_for
from tests.services.test_presence import Socket
from tests.web import test_roles
from tests.web.test_roles import DEEDS, HTML, JSON, Room, everything_stored
from wall.core import errors
from wall.core.errors import WallError
from wall.services.pledges.submitting import Submitted
from wall.web.kit.bodies import taken_by

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
HALF = "\ud800"
MANY_DIGITS = "9" * 5_000
DEEP = 100_000
KINDS_OF_ERROR = {
    error.code: error.status
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, WallError) and error is not WallError
}


@dataclass(frozen=True)
class Rubbish:
    """What is sent as a body, or asked for."""

    name: str
    body: bytes = b""
    kind: str = ""
    query: str = ""

    def __str__(self) -> str:
        return self.name


NO_TEXTS: tuple[Any, ...] = (True, False, 0, [], ["a"], {}, {"a": {}}, None)

NO_JSON_OF_OURS: dict[str, str | bytes] = {
    "lists 100,000 deep": "[" * DEEP + "]" * DEEP,
    "objects 100,000 deep": '{"text":' * DEEP + "1" + "}" * DEEP,
    "lists as deep as fit": '{"text":' + "[" * 4_000 + "]" * 4_000 + "}",
    "objects as deep as fit": '{"text":' * 1_000 + "1" + "}" * 1_000,
    "half a letter as key and value": '{"\\ud800": "\\ud800", "text": "\\udfff", "key": "\\ud800"}',
    "half a letter, unescaped": b'{"text": "\xed\xa0\x80"}',
    "NaN": '{"text": NaN, "key": NaN, "to": NaN}',
    "Infinity": '{"text": Infinity, "key": -Infinity}',
    "a number of 5,000 digits": f'{{"text": {MANY_DIGITS}, "key": {MANY_DIGITS}}}',
    "1e400": '{"text": 1e400, "key": 1e400, "outcome": 1e400, "sentence": 1e400}',
    "duplicate keys": '{"text": 1, "text": 2, "key": 1, "key": 2}',
    "NUL": '{"text": "a\\u0000b", "key": "\\u0000", "outcome": "\\u0000", "sentence": "\\u0000"}',
    "NUL, unescaped": b'{"text": "\x00"}',
    "characters that cannot be shown": '{"text": "\\u001b[2J\\u0007", "key": "\\b", "outcome": "\\u0007"}',
    "nothing": "",
    "invalid UTF-8": b'{"text": "\xff\xfe\x80"}',
    "UTF-16": '{"text": 7}'.encode("utf-16"),
    "half an object": '{"text": "Listen',
    "no object": "[7]",
    "null": "null",
    **{
    f"{value} where text belongs": json.dumps(dict.fromkeys(("text", "key", "name", "outcome", "sentence"), value))
    for value in NO_TEXTS
    },
}  # fmt: skip
"""None of it is a pledge, or anything else that an address takes as JSON."""

BODIES = [
    *(
        Rubbish(f"JSON: {name}", body if isinstance(body, bytes) else body.encode(), JSON)
        for name, body in NO_JSON_OF_OURS.items()
    ),
    Rubbish("a form with nothing in it", b"", FORM),
    Rubbish("no body and no kind"),
    Rubbish("a form that is invalid UTF-8", b"\xff\xfe=\x80&text=\xed\xa0\x80&\x00=\x00", FORM),
    Rubbish("a form of signs", b"&&&===%%%zz;;&=", FORM),
    Rubbish("a field 2,000 times", b"text=a&" * 2_000, FORM),
    Rubbish("JSON as a form", b'{"text": "a"}', FORM),
    Rubbish("a form as JSON", b"text=a&key=b", JSON),
    Rubbish("another kind", b"<pledge/>", "text/xml"),
    Rubbish("a kind that is none", b"text=a", "\x7f;;=/"),
    Rubbish("JSON in an unknown character set", b'{"text": 7}', f"{JSON}; charset=nothing"),
    Rubbish("a form in an unknown character set", b"text=%ff", f"{FORM}; charset=nothing"),
    Rubbish("multipart without a boundary", b"--b\r\n\r\n--b--", MULTIPART),
    Rubbish("multipart with an empty boundary", b"--\r\n\r\n----", f"{MULTIPART}; boundary="),
    Rubbish("multipart that never ends", b"--b\r\nContent-Disposition: form-data", f"{MULTIPART}; boundary=b"),
    Rubbish(
        "multipart with a name that is none",
        b'--b\r\nContent-Disposition: form-data; name="\xff\x00"; filename="\x00/../x"\r\n'
        b"Content-Type: \xff\r\n\r\n\xff\r\n--b--\r\n",
        f"{MULTIPART}; boundary=b",
    ),
    Rubbish(
        "multipart with 2,000 parts",
        b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\na\r\n' * 2_000 + b"--b--\r\n",
        f"{MULTIPART}; boundary=b",
    ),
]  # fmt: skip

VALUES = [
    "", "%00", "%ED%A0%80", "%FF%FE", "%1B%5B2J%07", "%E2%80%AE", "%F0%9F%92%9A", "NaN", "Infinity", "1e400", "-1", "1.5", "9" * 400,
    "%D9%A3", "null", "true", "%5B%5D", "%7B%7D", "2026-13-45", "9999-12-31T23:59:59Z", "0001-01-01", "http%3A%2F%2F%5B", "..%2F..%2F",
]  # fmt: skip
"""For a field of a form or of an address, as it is written there."""

QUERIES = [*VALUES, MANY_DIGITS, "a&{name}=b", "%"]

READ_IN = {"watch": {"event", "since", "as"}, "state": {"event"}, "showing": {"version"}}
"""The keys that each message looks at."""

SAID: list[tuple[str, str, tuple[Any, ...]]] = [
    ("", "nothing", ()),
    ("", "null", (None,)),
    ("", "a number", (7,)),
    ("", "NaN", (float("nan"),)),
    ("", "a text", ("x",)),
    ("", "a list", ([{}],)),
    ("", "bytes", (b"\x00\xff",)),
    ("", "bytes inside", ({"event": b"\xff", "since": b"\xff", "version": b"\xff", "as": b"\xff"},)),
    ("", "no keys", ({},)),
    ("", "two arguments", (None, {"event": "CODE"})),
    ("", "an unknown event", ({"event": "QQQQ", "since": -1, "version": None},)),
    *(
        (field, f"{name} as {field}", ({"event": "CODE", "since": 0, "version": 0} | {field: value},))
        for field in ("event", "since", "as", "version")
        for name, value in (
            ("a list", [1]), ("an object", {"a": {}}), ("half a letter", HALF), ("NUL", "\x00"),
            ("100 digits", 10**99), ("5,000 digits as a text", MANY_DIGITS), ("-1", -1), ("1.5", 1.5),
        )
    ),
]  # fmt: skip


READS_NOTHING = {"receipt.withdraw", "receipt.take_off", "own.erase_mine", "phone.me_too"}
"""Who asks there has said everything with the address; what is sent along is passed over."""


class Asked(ImmutableMultiDict[str, str]):
    """The fields of a form or an address; notes which ones the view looks at, so that those can be filled."""

    looked_at: ClassVar[defaultdict[str, set[str]]] = defaultdict(set)

    def __getitem__(self, key: str) -> str:
        self._note(key)
        return super().__getitem__(key)

    def get(self, key: str, *how: Any, **more: Any) -> Any:
        self._note(key)
        return super().get(key, *how, **more)

    def getlist(self, key: str, *how: Any, **more: Any) -> Any:
        self._note(key)
        return super().getlist(key, *how, **more)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return super().__contains__(key)

    def _note(self, key: object) -> None:
        if has_request_context():
            self.looked_at[str(request.endpoint)].add(str(key))


class Watch:
    """Sees whether anything was stored, and puts it back row by row: the server notices when its file is overwritten."""

    def __init__(self, database: str, copy: Path) -> None:
        self._database = database
        self._mine = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
        with closing(sqlite3.connect(copy)) as kept:
            self._mine.backup(kept)
        self._mine.execute("ATTACH ? AS kept", (str(copy),))
        self.before = everything_stored(database)
        self._seen = self._version()

    def has_changed(self) -> bool:
        """Cheap where nobody wrote at all."""
        seen, self._seen = self._seen, self._version()
        return seen != self._seen and everything_stored(self._database) != self.before

    def put_back(self) -> None:
        tables = self._mine.execute("SELECT name FROM kept.sqlite_master WHERE type = 'table'").fetchall()
        self._mine.execute("BEGIN IMMEDIATE")
        for (table,) in tables:
            self._mine.execute(f'DELETE FROM main."{table}"')  # noqa: S608  names of our tables
            self._mine.execute(f'INSERT INTO main."{table}" SELECT * FROM kept."{table}"')  # noqa: S608
        self._mine.execute("COMMIT")
        self._seen = self._version()

    def close(self) -> None:
        self._mine.close()

    def _version(self) -> int:
        (version,) = self._mine.execute("PRAGMA data_version").fetchone()
        return int(version)


@pytest.fixture
def app(database: str, open_app: OpenApp) -> Flask:
    """Without limits, which would answer in place of what is walked to."""
    return open_app(settings_for(database, limits=False))


room = test_roles.room
"""The fixture: one of each thing that an address can name."""


@pytest.fixture(autouse=True)
def fields_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Request, "parameter_storage_class", Asked)
    Asked.looked_at.clear()


@pytest.fixture
def watch(room: Room, database: str, tmp_path: Path) -> Iterator[Watch]:
    watching = Watch(database, tmp_path / "kept.db")
    yield watching
    watching.close()


@pytest.fixture(params=["guest", "organiser"])
def browser(request: pytest.FixtureRequest, signed_in: SignIn, guest: FlaskClient, cast: Cast) -> FlaskClient:
    return guest if request.param == "guest" else signed_in(cast.organiser)


def addresses(app: Flask, cast: Cast, pledge: Submitted) -> list[tuple[str, str, str]]:
    """Each method, address and endpoint, with what is there."""
    named = {
        "code": cast.event.code, "pledge_id": pledge.pledge.id, "token": pledge.receipt_token, "kind": "csv", "step": "close",
        "decision": "show", "name": "x", "days": "30", "member_id": str(cast.scribe.id),
    }  # fmt: skip
    return [
        (
            method,
            re.sub(r"<(?:.*?:)?(\w+)>", lambda place: named.get(place[1], "7"), rule.rule),
            rule.endpoint,
        )
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


class Walk:
    """One browser on its way round."""

    def __init__(self, browser: FlaskClient, watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
        self._browser = browser
        self._watch = watch
        self._log = caplog
        self._cookies = dict(browser._cookies or {})
        self.found: list[str] = []

    def send(
        self, method: str, path: str, rubbish: Rubbish, *, accept: str = JSON, strict: bool = False
    ) -> None:
        """What is wrong is kept in `found`, with the address and the rubbish. `strict`: it has to be refused."""
        self._log.clear()
        try:
            answer = self._browser.open(
                path + rubbish.query, method=method, data=rubbish.body, content_type=rubbish.kind or None,
                headers={"Accept": accept},
            )  # fmt: skip
            wrong = [*what_is_wrong(answer, accept)]
        except Exception as error:
            answer, wrong = None, [f"it raised {error!r}"[:200]]
        wrong += [f"it logged “{record.getMessage()}”" for record in self._log.records if record.exc_info]
        refused = answer is None or answer.status_code >= 400 or method == "GET"
        if strict and not refused:
            wrong.append(f"it was taken with {answer.status_code if answer else ''}")
        if self._watch.has_changed():
            if refused:
                wrong.append("something was stored")
            self._watch.put_back()
        if not refused:
            self._browser._cookies = dict(self._cookies)  # it may have signed out
        self.found += [f"{method} {path}, {rubbish}, as {accept}: {one}" for one in wrong]


def what_is_wrong(answer: TestResponse, accept: str) -> Iterator[str]:
    status, said = answer.status_code, answer.get_data()
    if status >= 500:
        yield f"status {status}"
    elif status >= 400 and accept == JSON:
        told = (answer.get_json(silent=True) or {}).get("error", {})
        if KINDS_OF_ERROR.get(told.get("code")) != status or not told.get("message"):
            yield f"no error of ours: {status} {said[:80]!r}"
    elif status >= 400 and b"<h1" not in said:
        yield f"no page that says so: {status} {said[:80]!r}"


def test_every_address_refuses_rubbish_and_nothing_changes(
    room: Room,
    cast: Cast,
    pledge: Submitted,
    browser: FlaskClient,
    guest: FlaskClient,
    watch: Watch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    walk = Walk(browser, watch, caplog)
    is_guest = browser is guest
    for method, path, endpoint in addresses(room.app, cast, pledge):
        if not is_guest and not path.startswith("/desk"):  # open to guests, who send everything there
            for rubbish in BODIES[::6]:
                walk.send(method, path, rubbish)
            continue
        json_too = JSON in taken_by(room.app.view_functions[endpoint]).kinds
        for rubbish in BODIES if method != "GET" else BODIES[::6]:
            strict = rubbish.kind == JSON and bool(rubbish.body) and endpoint not in READS_NOTHING
            walk.send(method, path, rubbish, strict=strict)
            if json_too:
                walk.send(method, path, rubbish, accept=HTML, strict=strict)
        looked_at = sorted(Asked.looked_at[endpoint])
        if method == "GET":
            for value, name in product(QUERIES, looked_at):
                query = f"?{name}={value.format(name=name)}"
                walk.send(method, path, Rubbish(f"the query {query[:60]}", query=query), accept=HTML)
        elif looked_at:
            for value in VALUES:
                walk.send(method, path, form_of(dict.fromkeys(looked_at, value)), accept=HTML)
    assert walk.found == []


def form_of(fields: Mapping[str, str]) -> Rubbish:
    form = "&".join(f"{name}={value}" for name, value in fields.items())
    return Rubbish(f"the form {form[:120]}", form.encode(), FORM)


def test_every_form_with_one_field_of_rubbish_is_taken_whole_or_refused_and_then_nothing_changes(
    room: Room, signed_in: SignIn, cast: Cast, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    walk = Walk(signed_in(cast.organiser), watch, caplog)
    for deed in (deed for deeds in DEEDS.values() for deed in deeds if deed.method == "POST"):
        path = room.address(deed, room.code)
        good = {name: quote(room.named(value)) for name, value in deed.form.items()}
        for name, value in product(good, VALUES):
            walk.send("POST", path, form_of({name: value} | good | {name: value}))
    assert walk.found == []


@pytest.mark.parametrize("namespace", ["/", "/desk"])
def test_every_message_of_rubbish_is_answered_with_an_error_and_nothing_changes(
    room: Room, signed_in: SignIn, cast: Cast, watch: Watch, caplog: pytest.LogCaptureFixture, namespace: str
) -> None:
    messages = set(room.app.extensions["socketio"].server.handlers[namespace]) - {"connect", "disconnect"}
    assert messages
    screen = Socket(room.app, signed_in(cast.organiser), namespace)
    for message, (key, name, sent) in product(sorted(messages), SAID):
        if key and key not in READ_IN[message]:
            continue
        told = screen.ask(message, *json_with_code(sent, room.code))
        told_of = (namespace, message, name)
        assert KINDS_OF_ERROR.get(told.get("error", {}).get("code"), 500) < 500, (told_of, told)
        assert not watch.has_changed(), told_of
        assert not [record for record in caplog.records if record.exc_info], told_of


def json_with_code(sent: Any, code: str) -> Any:
    """The event where `CODE` stands."""
    if isinstance(sent, dict):
        return {key: json_with_code(value, code) for key, value in sent.items()}
    if isinstance(sent, (list, tuple)):
        return type(sent)(json_with_code(one, code) for one in sent)
    return code if sent == "CODE" else sent
