"""What is the same in every program of these tests, and takes most of a start: made by the first of them, and remembered.

A test opens a program of its own, a thousand times in all. Each still has its own addresses, templates, files and people;
what is remembered depends on nothing but what it is remembered by, and is only read.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from types import CodeType
from typing import Any

from flask import Blueprint, Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, create_engine
from werkzeug import security
from werkzeug.routing import Rule
from whitenoise import WhiteNoise

from wall import web
from wall.services.people import passwords
from wall.store import engine
from wall.web.kit import author, language, static_files
from wall.web.kit.event_code import EventCode
from wall.web.kit.language import load_catalogues
from wall.web.kit.numbers import Number


def remember() -> None:
    """From now on, in this process, make each of these once."""
    Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}
    _once(Rule, "_compile_builder", _what_an_address_is_built_from)
    _once(static_files, "_hash_of", lambda folder: folder)
    _once(passwords, "generate_password_hash", lambda password: password)  # takes long on purpose
    _once(security, "_hash_internal", lambda *given: given)
    _share_static_files()
    _share_queries()


def make_all() -> None:
    """Make what every server needs, before there is one: those that are forked from here have it."""
    app = Flask(__name__, root_path=str(web.PROJECT_FOLDER))
    app.url_map.converters |= {"int": Number, "event": EventCode}
    pages = [getattr(page, "blueprint", None) for page in vars(web).values()]
    for blueprint in {page for page in pages if isinstance(page, Blueprint)}:
        app.register_blueprint(blueprint)
    static_files.wrap(app.wsgi_app, web.STATIC_FOLDER, static_files._hash_of(web.STATIC_FOLDER))
    load_catalogues()
    language.init_app(app)
    author.init_app(app)
    for template in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(template)


def _share_static_files() -> None:
    """Two programs answer for the same files in the same words."""
    read, found = WhiteNoise.update_files_dictionary, dict[tuple[str, str], dict[str, Any]]()

    def read_once(self: Any, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            read(self, root, prefix)
            found[root, prefix] = dict(self.files)
        self.files.update(found[root, prefix])

    WhiteNoise.update_files_dictionary = read_once


def _share_queries() -> None:
    """What SQLAlchemy made of a query for one SQLite, it says to the next."""
    create, shared = create_engine, dict[str, Engine]()

    def create_alike(*given: Any, **more: Any) -> Engine:
        made = create(*given, **more)
        first = shared.setdefault("first", made)
        made.dialect = made.pool._dialect = first.dialect
        made._compiled_cache = first._compiled_cache
        return made

    setattr(engine, create_engine.__name__, create_alike)


class CompiledTemplates(BytecodeCache):
    """By the template's whole text, as Jinja sees to."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._made.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._made[bucket.key] = bucket.checksum, bucket.code


def _what_an_address_is_built_from(rule: Rule, append_unknown: bool = True) -> Hashable:
    converters = tuple(
        (name, type(one), repr(vars(one) | {"map": None})) for name, one in rule._converters.items()
    )
    defaults = repr(sorted((rule.defaults or {}).items()))
    return tuple(rule._trace), converters, defaults, append_unknown


def _once(owner: Any, name: str, by: Callable[..., Hashable]) -> None:
    """From now on, `name` of `owner` is called once for each `by`."""
    make, made = getattr(owner, name), {}

    @wraps(make)
    def remembered(*given: Any, **more: Any) -> Any:
        key = by(*given, **more)
        if key not in made:
            made[key] = make(*given, **more)
        return made[key]

    setattr(owner, name, remembered)
