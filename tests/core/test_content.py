"""What a pledge says: who wrote it stands in one line, and goes as one."""

from wall.core.content import ASKED, FIELDS, Content, byline_of, with_fewer_author_fields

SAID = Content("Draw it first.", "Zofia", "Improvement academy", "Coaching")


def test_who_wrote_it_stands_in_one_line_without_what_nobody_gave() -> None:
    assert SAID.byline() == "Zofia, Improvement academy"
    assert Content("Soup.", organisation="Kitchen").byline() == "Kitchen"
    assert Content("Soup.").byline() == byline_of({"text": "Soup."}) == ""


def test_without_its_author_it_says_all_the_rest() -> None:
    assert SAID.anonymous() == Content("Draw it first.", theme="Coaching")


def test_what_people_type_is_looked_at_and_what_they_choose_is_not() -> None:
    assert {"Draw it first.", "Zofia", "Improvement academy"} <= set(SAID.typed())
    assert "Coaching" not in SAID.typed()


def test_a_name_or_anything_else_of_an_author_may_have_been_taken_off_meanwhile() -> None:
    ways = list(with_fewer_author_fields(SAID))
    given = [field for field in ASKED if SAID.by_field()[field]]
    assert len(set(ways)) == 2 ** len(given)
    assert {SAID, SAID.anonymous(), Content(SAID.text, "", SAID.organisation, SAID.theme)} <= set(ways)
    assert {way.text for way in ways} == {SAID.text}


def test_its_fields_stand_in_one_order() -> None:
    assert Content(*SAID.by_field().values()) == SAID
    assert FIELDS[:4] == ("text", "name", "organisation", "theme"), "sheets without a heading are read so"
