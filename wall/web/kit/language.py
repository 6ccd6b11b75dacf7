"""The reader's language: chosen by the phone's own setting or the switch on the page. Every word goes through here."""

import gettext as gnu
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import Flask, Response, request
from markupsafe import Markup

from wall.core.languages import LANGUAGES, best_of, direction, first_known, locale_of
from wall.core.server.runtime import WsgiApp
from wall.core.words import add_catalogue, catalogue, current_language, set_language
from wall.web.kit.context import current_parts
from wall.web.kit.cookies import Cookies

CATALOGUES = Path(__file__).resolve().parent.parent.parent / "languages"
PURPOSE = "language"
ONE_YEAR_SECONDS = 365 * 24 * 3600
_ASKED = "scribe_wall.language"
"""Where a request's environment has the language that its reader asked for, or None."""
_ENOUGH_NUMBERS = 101
"""Every form that any of our languages counts with appears among the numbers below."""


def init_app(app: Flask) -> None:
    """Load the catalogues; give templates `_`, `plurals`, `number`, `lang`, `dir`, `languages` and `in_language`."""
    load_catalogues()
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: catalogue().gettext(text),
        lambda one, many, count: catalogue().ngettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals.update(plurals=plurals, languages=LANGUAGES, in_language=in_language)
    app.jinja_env.filters["number"] = lambda count: format_decimal(count, locale=current_language())
    app.jinja_env.filters["by_words"] = by_words
    app.jinja_env.filters["day"] = format_day
    app.jinja_env.filters["moment"] = format_moment
    app.context_processor(lambda: {"lang": current_language(), "dir": direction(current_language())})


def load_catalogues() -> None:
    """Read the catalogues: from now on every language can be spoken."""
    for language in LANGUAGES:
        file = CATALOGUES / f"{language}.po"
        if file.exists():
            add_catalogue(language, _read(file))


def with_language(app: WsgiApp, cookies: Cookies) -> WsgiApp:
    """Speak each request's language: the switch's, else the cookie's, else the first of the phone's own that we know."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[_ASKED] = _asked(environ, cookies)
        set_language(environ[_ASKED] or "en")
        return app(environ, start_response)

    return answer


def set_reader_language(otherwise: str) -> None:
    """Speak the reader's language, or the event's to a phone that knows none of ours."""
    if request.environ[_ASKED] is None:
        set_language(otherwise)


def remember_language(response: Response) -> None:
    """Set the cookie of a language that was chosen by the switch."""
    if request.args.get("lang") in LANGUAGES:
        cookies = current_parts().cookies
        response.set_cookie(
            cookies.name(PURPOSE),
            request.args["lang"],
            max_age=ONE_YEAR_SECONDS,
            samesite="Lax",
            secure=cookies.secure,
        )
    response.vary.update(["Accept-Language", "Cookie"])


def in_language(language: str | None = None) -> Markup:
    """The attributes of an element whose text is in this language, such as an event's question in `event.language`.

    `<h1{{ in_language(event.language) }}>`: `lang` only where the page is in another one, as phones pay for every byte. With
    none, where nobody knows it.
    """
    lang = "" if language in (None, current_language()) else f' lang="{language}"'
    return Markup(f'{lang} dir="auto"')  # noqa: S704  a language is one of ours


def format_day(moment: date | str) -> str:
    """A day as the reader writes it; `moment` may be the beginning of an ISO 8601 time."""
    day = date.fromisoformat(moment[:10]) if isinstance(moment, str) else moment
    return format_date(day, "long", locale=locale_of(current_language()))


def format_moment(moment: str) -> str:
    """An ISO 8601 time of ours as the reader writes it; where there is a script, it says it in the reader's own zone."""
    return f"{format_day(moment)}, {moment[11:16]} UTC"


def plurals(one: str, many: str) -> dict[str, str]:
    """A counted word in each form that the reader's language has, by the name that browsers give the form."""
    form_of = Locale(current_language()).plural_form
    samples: dict[str, int] = {}
    for count in range(_ENOUGH_NUMBERS):
        samples.setdefault(form_of(count), count)
    forms = {form: catalogue().ngettext(one, many, count) for form, count in samples.items()}
    return {"other": catalogue().ngettext(one, many, 100)} | forms


def by_words(forms: dict[str, str]) -> list[tuple[str, str]]:
    """As plurals, the other way round: each word once with the names of all its forms, since phones pay for every byte."""
    forms_of: dict[str, list[str]] = {}
    for form, words in forms.items():
        forms_of.setdefault(words, []).append(form)
    return [(" ".join(names), words) for words, names in forms_of.items()]


def _asked(environ: dict[str, Any], cookies: Cookies) -> str | None:
    query = environ.get("QUERY_STRING", "")
    by_switch = parse_qs(query).get("lang", [None])[0] if "lang=" in query else None
    by_cookie = cookies.read(environ, PURPOSE, before=PURPOSE)
    return first_known((by_switch, by_cookie)) or best_of(environ.get("HTTP_ACCEPT_LANGUAGE", ""))


@cache
def _read(file: Path) -> gnu.GNUTranslations:
    with file.open("rb") as source:
        messages = read_po(source)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)
