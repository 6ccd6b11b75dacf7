"""Cookies that others made, on the same host or long ago, hide none of ours."""

import pytest
from flask import Flask

from tests.conftest import Cast
from wall.web.kit.cookies import cookie_of

ODD = [
    'prefs={"a":1}',
    "a b=c",
    "=",
    ";;",
    'x="y',
    "\x01=\x02",
    "ö=ü",
    "session",
    'k={[(<@,;:\\"/?=>)]}',
    "y" * 16_000,
]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:16])
def test_an_odd_cookie_hides_no_other(odd: str) -> None:
    for header in (f"{odd}; language=cy", f"language=cy; {odd}", f"{odd}; language=cy; {odd}"):
        assert cookie_of({"HTTP_COOKIE": header}, "language") == "cy"


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:16])
def test_a_phone_with_an_odd_cookie_is_the_same_device_and_keeps_its_language(
    app: Flask, cast: Cast, odd: str
) -> None:
    guest = app.test_client(use_cookies=False)
    page = f"/e/{cast.event.code}"
    device = guest.get(page).headers["Set-Cookie"].split(";")[0]
    again = guest.get(page, headers={"Cookie": f"{odd}; {device}; language=cy"})
    assert '<html lang="cy"' in again.text
    assert "Set-Cookie" not in again.headers
