"""Anything, pasted as rows of a spreadsheet."""

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Cast, SignIn
from tests.fuzz.calm import calm
from tests.fuzz.hostile import texts
from tests.fuzz.tries import MANY

CELLS = st.lists(st.lists(texts, max_size=5).map("\t".join), max_size=12).map("\n".join)
QUOTES = st.text('"\t\n\r a;,=', max_size=200)


@MANY
@given(pasted=CELLS | QUOTES | texts)
def test_whatever_is_pasted_is_previewed_or_refused(signed_in: SignIn, cast: Cast, pasted: str) -> None:
    scribe: FlaskClient = signed_in(cast.scribe)
    sheet = pasted.encode("utf-8", "replace").decode()
    with calm():
        answer = scribe.post(f"/desk/e/{cast.event.code}/enter/sheet", data={"sheet": sheet})
    assert answer.status_code in (200, 413, 422)
