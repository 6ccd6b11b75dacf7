"""What the hall of the benchmarks says of an evening is what happened in it."""

from pathlib import Path

import pytest

from benchmarks.__main__ import asked
from benchmarks.hall.facts import Facts, read_facts

EVENING = """\
0.5 page 0 0.100000
1.0 joined 0 1.000000
2.0 joined 1 1.500000
10.0 sent 0
10.1 shown 2 0
10.2 stored 0 0.200000 7
10.4 heard 0 6
10.5 shown 3 0
11.0 heard 0 8
20.0 sent 1
20.5 stored 1 0.500000 9
20.6 shown 3 1
20.9 sent 2
30.0 away 0
30.1 away 1
33.0 back 1 33.000000
33.5 refused 0 3 503
"""
BEGAN = {"join": 0.0, "rest": 5.0, "posts": 9.0, "burst": 15.0, "away": 25.0, "end": 40.0}


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    (tmp_path / "facts").write_text(EVENING)
    return Facts(read_facts(tmp_path / "facts"), BEGAN)


def test_times_count_from_sending_in_the_part_in_which_it_was_sent(facts: Facts) -> None:
    assert facts.answered_after("posts") == [0.2]
    assert facts.answered_after("burst") == [0.5]
    assert facts.on_first_wall_after("posts") == pytest.approx([0.1])
    assert facts.on_phones_after("posts") == pytest.approx([1.0])  # not when it heard of the version before


def test_nothing_that_went_wrong_is_left_out(facts: Facts) -> None:
    assert (facts.stored, facts.unanswered) == ({0, 1}, 1)
    assert facts.missing_on_walls() == 1
    assert facts.refusals == {"pledge 503, away": 1}
    assert facts.seconds_until_first_back(30.0) == pytest.approx(3.0)
    last, not_back = facts.seconds_until_back(30.0)
    assert last == pytest.approx(3.0)
    assert not_back == 1


def test_a_benchmark_gets_what_its_name_is_followed_by() -> None:
    assert list(asked(["hall", "1000", "--follow=poll", "peer"])) == [
        ("hall", ["1000", "--follow=poll"]),
        ("peer", []),
    ]
