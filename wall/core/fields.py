"""What was sent, by a form or as JSON, read field by field. Everything that is wrong is said at once."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from wall.core.errors import BadInput
from wall.core.texts.text import TextRefused, clean_text
from wall.core.words import N_, Words

T = TypeVar("T")


class Fields:
    """Reads fields, and gathers in `wrong` what is wrong with them; `checked` comes last."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values
        self.wrong: dict[str, Words] = {}

    def read(self, field: str, check: Callable[[object], str]) -> str:
        """What `check` makes of the field, or empty where it raises TextRefused."""
        try:
            return check(self._values.get(field))
        except TextRefused as refused:
            self.wrong[field] = refused.words
            return ""

    def text(self, field: str, limit: int, *, one_line: bool = True, needed: Words | None = None) -> str:
        """A text; empty where none was sent, unless it is `needed`, whose words then say so."""

        def check(raw: object) -> str:
            text = "" if raw is None else clean_text(raw, limit, one_line=one_line)
            if needed and not text:
                raise TextRefused(needed)
            return text

        return self.read(field, check)

    def lines(self, field: str, most: int, limit: int) -> tuple[str, ...]:
        """Each line that has anything in it, once."""
        typed = str(self._values.get(field) or "").splitlines()
        try:
            cleaned = [clean_text(line, limit, one_line=True) for line in typed]
        except TextRefused as refused:
            self.wrong[field] = refused.words
            return ()
        found = tuple(dict.fromkeys(filter(None, cleaned)))
        if len(found) > most:
            self.wrong[field] = N_("Use {most} lines or fewer.", most=most)
        return found

    def whole(self, field: str, least: int, most: int, words: Words, usual: int = 0) -> int:
        """A whole number, as people write it."""
        typed = str(self._values.get(field) or usual)
        usable = typed.isascii() and typed.isdigit() and len(typed) <= max(2, len(str(most)))
        if not usable or not least <= int(typed) <= most:
            self.wrong[field] = words
            return least
        return int(typed)

    def one_of(self, field: str, choices: Iterable[T], words: Words, usual: T | None = None) -> T:
        """One of some choices; `usual` is the one where nothing was sent."""
        wanted = self._values.get(field) or usual
        first, *others = choices
        for choice in (first, *others):
            if choice == wanted:
                return choice
        self.wrong[field] = words
        return first

    def checked(self, read: T) -> T:
        """What was read, where nothing is wrong. Raises BadInput."""
        if self.wrong:
            raise BadInput(fields=self.wrong)
        return read


def read_together(*readers: Callable[[], Any]) -> list[Any]:
    """What each of them reads. Raises BadInput with everything that is wrong for any of them."""
    found: list[Any] = []
    wrong: dict[str, Words] = {}
    for read in readers:
        try:
            found.append(read())
        except BadInput as error:
            wrong |= error.fields
    if wrong:
        raise BadInput(fields=wrong)
    return found


def read_one_of(field: str, raw: object, choices: Iterable[T], words: Words) -> T:
    """Read one of some choices, where it is the only field that matters. Raises BadInput."""
    fields = Fields({field: raw})
    return fields.checked(fields.one_of(field, choices, words))
