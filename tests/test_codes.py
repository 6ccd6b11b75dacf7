"""Codes and ids: read aloud without a mistake, and taken for nothing else by any program."""

import pytest

from wall.core import codes


def test_no_id_of_a_pledge_reads_as_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["1234567890123456", "12e4567890123456", "12e456789012345f"])
    monkeypatch.setattr("secrets.token_hex", lambda _: next(drawn))
    assert codes.new_pledge_id() == "12e456789012345f"


def test_a_code_is_what_was_meant_however_it_is_typed() -> None:
    code = codes.new_event_code()
    assert {codes.typed_event_code(typed) for typed in (code, code.lower(), f" {code[:2]}-{code[2:]} ")} == {
        code
    }
    assert not set(code) & set("0O1IL5S8BZ")
