"""Whether a database has the tables that this program works with, and nothing that acts by itself."""

import re
import sqlite3
from dataclasses import dataclass

from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.dialects import sqlite

from wall.store.tables import metadata

NOT_OURS = {"alembic_version"}
"""Alembic's own."""
_DIALECT = sqlite.dialect()
_STATISTICS = re.compile(r"sqlite_stat\d")
"""What SQLite's ANALYZE leaves: numbers that say how many rows there are."""
_LITERAL = re.compile(r"'(?:[^']|'')*'|[+-]?\d+|NULL")
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^]]*\]""")
_WE_NEVER_WRITE = re.compile(
    r"\b(?:CHECK|COLLATE|GENERATED|AS|CONFLICT|AUTOINCREMENT|STRICT|WITHOUT|WHERE|DEFERRABLE|CASCADE|VIRTUAL)\b"
    r"|--|/\*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as SQLite describes it. Its default counts for nothing: every row that we write is whole."""

    kind: str
    never_null: bool
    of_primary_key: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns, whether an index is unique, by the columns it is on, and what hangs on what."""

    columns: dict[str, Column]
    indexes: dict[tuple[str, ...], bool]
    references: frozenset[tuple[str, str, str]]


def differences(connection: sqlite3.Connection) -> list[str]:
    """What speaks against working on this database, in words; [] where it has just the tables that we would make.

    Tables and plain indexes that somebody added are in nobody's way.
    """
    problems = [
        f"the {kind} {name} is not ours"
        for kind, name in connection.execute("SELECT type, name FROM sqlite_master")
        if kind in ("trigger", "view")
    ]
    there = _tables(connection)
    for name, table in metadata.tables.items():
        if name not in there:
            problems.append(f"there is no table {name}")
        else:
            problems += _compare(name, _shape(connection, name), _wanted(table))
    return problems


def unexpected_objects(connection: sqlite3.Connection) -> list[str]:
    """What a database holds that no version of this program ever made, found before anything in it is used."""
    foreign = []
    known = set(metadata.tables) | NOT_OURS
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        if _STATISTICS.fullmatch(name):
            continue
        if kind == "table" and name not in known:
            foreign.append(f"a table {name}")
        elif kind not in ("table", "index"):
            foreign.append(f"a {kind} {name}")
        elif sql and _WE_NEVER_WRITE.search(_QUOTED.sub("", sql)):
            foreign.append(f"a rule in the {kind} {name}")
    if not foreign:
        foreign = [
            one for table in sorted(_tables(connection)) for one in _foreign_columns(connection, table)
        ]
    return foreign


def _foreign_columns(connection: sqlite3.Connection, table: str) -> list[str]:
    foreign = []
    for _, name, _, _, default, _, hidden in connection.execute(f"PRAGMA table_xinfo({_name(table)})"):
        if hidden or not _LITERAL.fullmatch(default or "NULL"):
            foreign.append(f"a computed column {table}.{name}")
    for _, index, *_ in connection.execute(f"PRAGMA index_list({_name(table)})"):
        if None in _columns_of(connection, index):
            foreign.append(f"a computed index {index}")
    return foreign


def _wanted(table: Table) -> Shape:
    """A table as we would make it now."""
    columns = {
        column.name: Column(column.type.compile(_DIALECT), not column.nullable, column.primary_key)
        for column in table.c
    }
    indexes = {tuple(index.columns.keys()): bool(index.unique) for index in table.indexes}
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    indexes |= {tuple(one.columns.keys()): True for one in unique}
    if [columns[name].kind for name in table.primary_key.columns.keys()] != ["INTEGER"]:  # noqa: SIM118
        indexes[tuple(table.primary_key.columns.keys())] = True  # a single number is the row's own
    references = frozenset(
        (key.parent.name, key.column.table.name, key.column.name) for key in table.foreign_keys
    )
    return Shape(columns, indexes, references)


def _compare(table: str, found: Shape, wanted: Shape) -> list[str]:
    problems = [f"{table} has no column {name}" for name in wanted.columns if name not in found.columns]
    problems += [f"{table} has a column {name}" for name in found.columns if name not in wanted.columns]
    problems += [
        f"{table}.{name} is another kind of column"
        for name, column in wanted.columns.items()
        if found.columns.get(name, column) != column
    ]
    problems += [
        f"{table} has no {'unique ' if unique else ''}index on {', '.join(columns)}"
        for columns, unique in wanted.indexes.items()
        if found.indexes.get(columns) is not unique
    ]
    problems += [
        f"{table} may have no two rows of the same {', '.join(columns)}"
        for columns, unique in found.indexes.items()
        if unique and columns not in wanted.indexes
    ]
    if found.references != wanted.references:
        problems.append(f"{table} hangs on other tables")
    return problems


def _tables(connection: sqlite3.Connection) -> set[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in found if not name.startswith("sqlite_")}


def _shape(connection: sqlite3.Connection, table: str) -> Shape:
    columns = {
        name: Column(kind.upper(), bool(never_null), bool(of_primary_key))
        for _, name, kind, never_null, _, of_primary_key, _ in connection.execute(
            f"PRAGMA table_xinfo({_name(table)})"
        )
    }
    indexes = {
        tuple(name or "" for name in _columns_of(connection, index)): bool(unique)
        for _, index, unique, *_ in connection.execute(f"PRAGMA index_list({_name(table)})").fetchall()
    }
    references = frozenset(
        (column, other, key or "")
        for _, _, other, column, key, *_ in connection.execute(f"PRAGMA foreign_key_list({_name(table)})")
    )
    return Shape(columns, indexes, references)


def _columns_of(connection: sqlite3.Connection, index: str) -> list[str | None]:
    """None for what is computed."""
    return [name for _, _, name in connection.execute(f"PRAGMA index_info({_name(index)})")]


def _name(written: str) -> str:
    return '"' + written.replace('"', '""') + '"'
