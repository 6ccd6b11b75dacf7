"""What browsers get of static/: every line in its place, without the comments that are for whoever reads the source."""

import re

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.support.cases import case
from tests.support.running import PROJECT
from wall.web.kit.static_files import without_comments

STATIC = PROJECT / "static"
OURS = [
    path.relative_to(STATIC)
    for kind in ("js", "css")
    for path in STATIC.rglob(f"*.{kind}")
    if "vendor" not in path.parts
]


@pytest.mark.parametrize(
    ("suffix", "source", "served"),
    [
        (".js", "/** What it does. */\nlet a; // why\n", "\nlet a; // why\n"),
        (".js", "/**\n * @param {number} a\n */\nconst b = (/** @type {X} */ c) => c * 2;\n", "\n\n\nconst b = (c) => c * 2;\n"),
        (".js", "const url = `${a}//b/*`, c = 4 /* 2 */ / 1;\n", "const url = `${a}//b/*`, c = 4 /* 2 */ / 1;\n"),
        (".css", "p {\n  /* why\n     so */\n  margin: 0; /* none */\n}\n", "p {\n  \n\n  margin: 0; \n}\n"),
    ],
)  # fmt: skip
def test_comments_stay_behind_and_every_line_keeps_its_number(suffix: str, source: str, served: str) -> None:
    assert without_comments(source, suffix) == served


def test_what_is_no_comment_is_served_as_it_is(guest: FlaskClient, cast: Cast) -> None:
    page = guest.get(f"/e/{cast.event.code}").text
    found = re.search(r'"(/static/\w+)/', page)
    assert found
    assert OURS
    for path in OURS:
        with case(str(path)):
            source = (STATIC / path).read_text().split("\n")
            served = guest.get(f"{found[1]}/{path}").text.split("\n")
            assert len(source) == len(served)
            assert [
                (a, b) for a, b in zip(source, served, strict=True) if "*" not in a and a != b and b.strip()
            ] == []
            assert not re.search(r"/\*\*|\* @", "\n".join(served))


def test_libraries_are_served_as_they_were_published(guest: FlaskClient, cast: Cast) -> None:
    page = guest.get(f"/e/{cast.event.code}").text
    found = re.search(r'"(/static/\w+)/', page)
    assert found
    for file in ("vendor/phone-fonts/fonts.css", "vendor/socket.io-client/socket.io.esm.min.js"):
        assert guest.get(f"{found[1]}/{file}").data == (STATIC / file).read_bytes()
