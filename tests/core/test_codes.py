"""Codes and ids: read aloud without a mistake, and taken for nothing else by any program."""

import pytest

from tests.conftest import Cast, SignIn
from wall.core import codes


def test_no_id_of_a_pledge_reads_as_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["1234567890123456", "12e4567890123456", "12e456789012345f"])
    monkeypatch.setattr("secrets.token_hex", lambda _: next(drawn))
    assert codes.new_pledge_id() == "12e456789012345f"


@pytest.mark.parametrize(
    "typed",
    [
        "Q7M3", "q7m3", " q7-m3 ", "Q٧M٣", "Ｑ７Ｍ３", "Q7M3.", "Q7M3,", "Q7M3/", "/Q7M3/", "(Q7M3)", "„Q7M3”", "Q7M3!", "Q7 M3",
        "Q\u200b7M3\u200e", "e/Q7M3", "/e/q7m3/", "E/Q7M3.", "http://192.168.1.5:8000/e/Q7M3", "192.168.1.5:8000/Q7M3",
        "HTTP://192.168.1.5:8000/E/Q7M3", "192.168.1.5:8000/e/Q7M3/", "https://wall.example.org/e/Q7M3?lang=cy#write",
        "wall.example.org/Q7M3.", "http://localhost:8000/e/Q7M3/wall/text", "laptop/q7m3", "http://[fe80::1]:8000/e/Q7M3",
        "https://example.org/pledges/e/Q7M3", "http:/192.168.1.5:8000/e/Q7M3", "１９２.168.1.5:8000/Q٧M٣", "Q7M3/wall/text",
    ],
)  # fmt: skip
def test_a_code_is_found_in_whatever_was_typed(typed: str) -> None:
    assert codes.typed_event_code(typed) == "Q7M3"


@pytest.mark.parametrize("typed", ["", "/", "...", "192.168.1.5:8000", "e/", "?code=Q7M3", "Q7M3" * 100])
def test_what_holds_no_code_is_none(typed: str) -> None:
    assert not codes.is_event_code(codes.typed_event_code(typed))


def test_a_code_is_what_was_meant_however_it_is_typed() -> None:
    code = codes.new_event_code()
    assert {codes.typed_event_code(typed) for typed in (code, code.lower(), f" {code[:2]}-{code[2:]} ")} == {
        code
    }
    assert not set(code) & set("0O1IL5S8BZ")


def test_an_event_s_desk_is_found_by_its_code_in_any_form(cast: Cast, signed_in: SignIn) -> None:
    organiser, code = signed_in(cast.organiser), cast.event.code
    for typed in (code.lower(), f"{code}.", f"{code[:2]}-{code[2:]}"):
        assert organiser.get(f"/desk/e/{typed}/settings").status_code == 200
        answer = organiser.post(
            f"/desk/e/{typed}/wall/switch", data={"to": "blank"}, headers={"Accept": "text/html"}
        )
        assert answer.location == f"/desk/e/{code}#wall"


def test_a_token_is_drawn_from_the_system_with_all_of_its_128_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def draw(size: int) -> bytes:
        asked.append(size)
        return b"\xff" * size

    monkeypatch.setattr("secrets.token_bytes", draw)
    assert codes.new_token() == "_" * 21 + "w"
    assert asked == [16]
