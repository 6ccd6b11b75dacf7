"""What a pledge says, each field described once: tables, forms, lists, screens, files and erasure take it from here.

`static/shared/content.js` is the same for scripts; a test compares the two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import product
from operator import attrgetter

from wall.core.words import N_, Words

LONGEST_TEXT = 1000
THEME_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Content:
    """What its author wrote; empty strings where nothing was given.

    A new field comes last: sheets without a heading are read in this order.
    """

    text: str
    name: str = ""
    organisation: str = ""
    theme: str = ""

    def by_field(self) -> dict[str, str]:
        """Each field's value by its name, in their order."""
        return dict(zip(FIELDS, _all_of(self), strict=True))

    def typed(self) -> tuple[str, ...]:
        """What people type freely: all but the theme, which is chosen."""
        return (self.text, *_author_of(self))

    def byline(self) -> str:
        """Who wrote it, as it stands below the text; empty where nobody said."""
        return byline_of(self.by_field())

    def anonymous(self) -> "Content":
        """Without all that says who wrote it."""
        return replace(self, **NAMELESS)


@dataclass(frozen=True, slots=True)
class AuthorField:
    """A line that says who the author is. An event may ask for it, screens show it below the text, and it goes when names go."""

    name: str
    label: Words
    longest: int
    privacy: Words
    """What the privacy page says of it."""
    heading: Words
    """Above its column in a list."""
    autocomplete: str = "off"
    """What a browser fills in, in the words of HTML."""
    usual: bool = True
    """Whether an event asks for it unless its organiser says otherwise."""


AUTHOR_FIELDS = (
    AuthorField(
        "name",
        label=N_("Name"),
        longest=60,
        privacy=N_("Your name, if you give it."),
        heading=N_("Name"),
        autocomplete="name",
    ),
    AuthorField(
        "organisation",
        label=N_("Organisation or team"),
        longest=80,
        privacy=N_("Your organisation, if you give it."),
        heading=N_("Organisation"),
        autocomplete="organization",
    ),
)

FIELDS = tuple(field.name for field in fields(Content))
NAMELESS = {field.name: "" for field in AUTHOR_FIELDS}
"""What is left of an author where names are gone."""
ASKED = tuple(NAMELESS)
"""What an event may ask besides the pledge itself."""
USUALLY_ASKED = tuple(field.name for field in AUTHOR_FIELDS if field.usual)

_all_of = attrgetter(*FIELDS)
_author_of = attrgetter(*ASKED)


def byline_of(content: Mapping[str, object]) -> str:
    """Who wrote it, where its fields are in a mapping: as screens get a pledge."""
    return ", ".join(str(content[field]) for field in ASKED if content.get(field))


def with_fewer_author_fields(content: Content) -> Iterator[Content]:
    """The same content in each way in which its author's fields may be left out, itself among them."""
    for left_out in product((False, True), repeat=len(ASKED)):
        yield replace(content, **{field: "" for field, out in zip(ASKED, left_out, strict=True) if out})
