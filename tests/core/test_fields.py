"""What was sent is read field by field: only what is meant is taken, and all that is wrong is said at once."""

import pytest

from wall.core.errors import BadInput
from wall.core.fields import Fields
from wall.core.words import N_

WRONG = N_("Wrong.")


@pytest.mark.parametrize(
    ("sent", "found"),
    [("40", 40), ("07", 7), ("60", 60), (5, 5), ("", 9), (None, 9), ("0", 0)],
)
def test_a_whole_number_is_read(sent: object, found: int) -> None:
    fields = Fields({"depth": sent})
    assert fields.checked(fields.whole("depth", 0, 60, WRONG, usual=9)) == found


@pytest.mark.parametrize(
    "sent", [" 40 ", "+40", "-1", "1_0", "4.0", "４０", "٤", "61", "0040", "9" * 5000, True, [4]]
)
def test_what_only_looks_like_one_is_not(sent: object) -> None:
    fields = Fields({"depth": sent})
    fields.whole("depth", 0, 60, WRONG)
    assert fields.wrong == {"depth": WRONG}


def test_everything_that_is_wrong_is_said_at_once_and_beside_its_field() -> None:
    fields = Fields({"name": 5, "look": "dusk", "themes": "a\nb\na\n\nc", "note": "x" * 11})
    read = (
        fields.text("name", 10), fields.text("title", 10, needed=WRONG), fields.text("note", 10),
        fields.one_of("look", ("paper", "night"), WRONG), fields.lines("themes", 2, 10),
        fields.text("organisation", 10), fields.one_of("scene", ("tour", "join"), WRONG, usual="join"),
    )  # fmt: skip
    with pytest.raises(BadInput) as refused:
        fields.checked(read)
    assert list(refused.value.fields) == ["name", "title", "note", "look", "themes"]
    assert read[-2:] == ("", "join")
