"""The house keeps its own rules: one file knows eventlet, pages carry no inline code, the docs are true."""

import json
import re
import tokenize
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import Settings
from tests.conftest import Cast
from tests.support.running import PROJECT
from wall.cli.commands import commands
from wall.core import errors
from wall.core.errors import WallError
from wall.core.languages import LANGUAGES
from wall.core.words import set_language
from wall.live.announcer import PHONES_REST_SECONDS

TEMPLATES = sorted((PROJECT / "templates").rglob("*.html"))
OURS = [file for file in sorted((PROJECT / "static").rglob("*.*")) if "vendor" not in file.parts]
NAMES_A_HOST = re.compile(r"""[\s"'(](?:\w+=|url\()?["']?\s*(?:https?:)?//([\w.:\[\]-]+)""", re.IGNORECASE)
"""`src="//cdn…"` too: the browser puts the page's own scheme before it."""
TYPES = re.compile(r"@\w+ (\{.*?\})(?=\s)", re.DOTALL)
OUR_SCRIPT = re.compile(r"""<script( type="module")? src="\{\{ static_url\([^"<>]*\) \}\}"></script""")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)")
DOCUMENTS = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), *(PROJECT / "wall").rglob("*.md")]
ARCHITECTURE = [PROJECT / "docs" / "architecture.md", *(PROJECT / "docs" / "architecture").glob("*.md")]
FILE = re.compile(r"`([\w*-][\w.*/-]*(?:\.(?:py|js|css|html|po|ts|json|toml|md)|/))`")
"""A file or folder that a document names; a star stands for any letters, as in `wall/languages/*.po`."""
SOURCES = (".py", ".js", ".ts", ".css", ".html")
FOLDERS = ("wall", "static", "templates", "tests", "benchmarks", "docs")
WHOLE_PATH = re.compile(r"(?<![\w/.])(?:wall|static|templates|docs)/[\w/-]+\.(?:py|js|css|html|md)\b")
MODULE = re.compile(r"(?<![\w./])(?:wall\.)?(core|limits|store|export|services|live|web|cli)\.([a-z_]+)")
"""As comments name them: `core.holding`, `store.queries.erasing.Kind`."""
NAME = re.compile(r"`@?([A-Za-z_]\w*(?:\.\w+)*)(?:\([^`]*\))?`")
PAGES = ["/", "/e/{code}", "/e/{code}/wall", "/desk/sign-in", "/nothing"]


def test_only_run_py_knows_eventlet() -> None:
    python = [*PROJECT.glob("*.py"), *PROJECT.glob("wall/**/*.py")]
    knowing = [file.name for file in python if re.search(r"(import|from) eventlet", file.read_text())]
    assert knowing == ["run.py"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(PROJECT)))
def test_a_template_has_no_inline_script_or_style(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"<style|\sstyle\s*=|\son\w+\s*=|javascript:", text, re.IGNORECASE)
    assert not NAMES_A_HOST.search(text)
    scripts = re.findall(r"<script.*?</script", text, re.IGNORECASE | re.DOTALL)
    assert len(scripts) == text.lower().count("<script")
    assert [script for script in scripts if not OUR_SCRIPT.fullmatch(script)] == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_anybody_else_for_anything(guest: FlaskClient, cast: Cast, path: str) -> None:
    page = guest.get(path.format(code=cast.event.code), headers={"Accept": "text/html"})
    in_tags = " ".join(re.findall(r"<[^>]*>", page.text))
    assert set(NAMES_A_HOST.findall(in_tags)) <= {"wall.test"}
    assert policy_of(page) == {
        "default-src": ["'self'"], "img-src": ["'self'", "data:", "blob:"], "object-src": ["'none'"],
        "base-uri": ["'none'"], "form-action": ["'self'"], "frame-ancestors": ["'none'"],
    }  # fmt: skip


def policy_of(page: TestResponse) -> dict[str, list[str]]:
    parts = [part.split() for part in page.headers["Content-Security-Policy"].split(";")]
    return {name: allowed for name, *allowed in parts}


def test_no_file_of_ours_names_another_host() -> None:
    for file in OURS:
        if file.suffix in (".js", ".css", ".svg", ".html"):
            text = file.read_text()
            hosts = {
                *re.findall(r"https?://([\w.-]+)", text),
                *re.findall(r"""["'`(]\s*//(\w[\w.-]*\.\w+)""", text),
            }
            assert hosts <= {"www.w3.org"}, file


DRAWN = re.compile(r'content: ("[^"]*[^\w\s"\\№][^"]*");\s*(?:content: ([^;]*);)?')
"""A sign before or after words, as a browser has it that knows no text for it, and as the others have it."""


@pytest.mark.parametrize("folder", ["desk", "shared"])
def test_signs_that_are_drawn_beside_words_are_not_read_aloud(folder: str) -> None:
    for file in (PROJECT / "static" / folder).glob("*.css"):
        text = file.read_text()
        signs = DRAWN.findall(text)
        assert [sign for sign, silent in signs if silent != f'{sign} / ""'] == [], file
        assert text.count('/ "";') == len(signs), file


def test_every_error_is_in_the_docs() -> None:
    told = (PROJECT / "docs" / "errors.md").read_text()
    family = {
        one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, WallError)
    } - {WallError}
    missing = [one.code for one in family if f"| `{one.code}` | {one.status} |" not in told]
    assert missing == []


def test_every_setting_and_command_is_in_the_docs() -> None:
    operating = (PROJECT / "docs" / "operating.md").read_text()
    assert [name for name in Settings.__annotations__ if f"| `{name.upper()}` |" not in operating] == []
    assert [
        name for name in commands.commands if name != "serve" and f"| `python run.py {name}" not in operating
    ] == []


def test_every_link_between_documents_leads_somewhere() -> None:
    for page in DOCUMENTS:
        for target, anchor in LINK.findall(page.read_text()):
            to = page.parent / target if target else page
            assert to.exists(), f"{page.name}: {target}"
            assert not anchor or anchor in anchors_of(to), f"{page.name}: {target}#{anchor}"


def test_every_file_that_a_document_names_is_there() -> None:
    ours = {one.name for folder in FOLDERS for one in (PROJECT / folder).rglob("*")}
    ours |= {one.name for one in PROJECT.glob("*")} | {"backups"}  # beside the database
    for page in DOCUMENTS:
        above = (PROJECT, PROJECT / "wall", PROJECT / "static", page.parent)
        for name in FILE.findall(page.read_text()):
            found = [one for folder in above for one in folder.glob(name)]
            assert found or name.rstrip("/") in ours, f"{page.name}: {name}"


def test_every_file_and_module_that_a_comment_names_is_there() -> None:
    code = [one for folder in FOLDERS for one in (PROJECT / folder).rglob("*.*") if one.suffix in SOURCES]
    for file in code:
        text = file.read_text() if "vendor" not in file.parts else ""
        assert [name for name in WHOLE_PATH.findall(text) if not (PROJECT / name).exists()] == [], file
        if file.suffix == ".py" and "tests" not in file.parts:
            modules = [PROJECT / "wall" / floor / name for floor, name in MODULE.findall(comments_in(file))]
            missing = [one for one in modules if not one.is_dir() and not one.with_suffix(".py").exists()]
            assert missing == [], file


@pytest.mark.parametrize("page", ARCHITECTURE, ids=lambda page: page.stem)
def test_every_name_on_a_page_of_the_architecture_is_in_the_code(page: Path) -> None:
    sources = [one for folder in FOLDERS for one in (PROJECT / folder).rglob("*.*") if one.suffix in SOURCES]
    code = "\n".join(file.read_text() for file in [*sources, PROJECT / "config.py"])
    text = FILE.sub("", page.read_text())
    named = {part for name in NAME.findall(text) for part in name.split(".")}
    assert named - set(re.findall(r"\w+", code)) == set()


def comments_in(file: Path) -> str:
    with file.open("rb") as lines:
        tokens = list(tokenize.tokenize(lines.readline))
    return " ".join(
        one.string for one in tokens if one.type == tokenize.COMMENT or one.string.startswith('"""')
    )


def anchors_of(page: Path) -> set[str]:
    """What each heading of a page is called in a link: small letters, without punctuation, hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", ["faults.md", "security.md"])
def test_every_test_that_the_docs_name_is_there(page: str) -> None:
    told = (PROJECT / "docs" / page).read_text()
    tests = {file: file.read_text() for file in (PROJECT / "tests").rglob("*.py")}
    there = {name for text in tests.values() for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}
    files = {str(file.relative_to(PROJECT)) for file in tests}
    assert set(re.findall(r"(?<!/)\b(test_\w+)\b(?!\.py)", told)) - there == set()
    assert set(re.findall(r"tests/[\w/]+\.py", told)) - files == set()


def test_every_package_is_pinned() -> None:
    for file in PROJECT.glob("requirements*.txt"):
        for line in file.read_text().splitlines():
            assert re.fullmatch(r"|#.*|-r requirements[\w-]*\.txt|[\w.-]+==[\w.]+(; .+)?", line), line


def test_the_checker_of_javascript_is_pinned_and_its_lock_names_no_host() -> None:
    folder = PROJECT / "tests" / "javascript"
    wanted = json.loads((folder / "package.json").read_text())["devDependencies"]
    lock = (folder / "package-lock.json").read_text()
    locked = {
        name.removeprefix("node_modules/"): one for name, one in json.loads(lock)["packages"].items() if name
    }
    assert {name: locked[name]["version"] for name in wanted} == wanted
    assert all(one["integrity"] for one in locked.values())
    assert "://" not in lock


def test_no_script_goes_unchecked() -> None:
    scripts = [file for file in OURS if file.suffix == ".js"]
    assert len(scripts) > 80
    for script in scripts:
        text = script.read_text()
        assert "@ts-" not in text, script
        assert [one for one in TYPES.findall(text) if re.search(r"\bany\b", one)] == [], script


CONTENT = re.compile(r"^\s*content:\s*(.+);", re.MULTILINE)
READ_ALOUD = {("pledge.css", r'"№\a0"'), ("scribe.css", r'"№\a0"'), ("card.css", '"✓"')}
"""What nothing else on the page says: that a number is one, and that a step is done."""


def test_signs_that_styles_add_are_not_read_aloud() -> None:
    """`content: "→"` is for browsers that do not know `content: "→" / ""`: Safari before 17.4, Firefox before 128."""
    for sheet in (file for file in OURS if file.suffix == ".css"):
        contents = CONTENT.findall(re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL))
        signs = [one for one in contents if one != '""' and (sheet.name, one) not in READ_ALOUD]
        assert signs[1::2] == [f'{sign} / ""' for sign in signs[::2]], sheet


def test_every_vendored_library_has_its_licence() -> None:
    vendor = PROJECT / "static" / "vendor"
    told = (vendor / "README.md").read_text()
    for folder in vendor.iterdir():
        if folder.is_dir():
            assert folder.name in told
            assert any("LICENSE" in file.name.upper() or "OFL" in file.name for file in folder.rglob("*")), (
                folder
            )


def test_the_docs_tell_the_pace_of_the_phones() -> None:
    assert f"every {PHONES_REST_SECONDS} s" in (PROJECT / "docs" / "architecture.md").read_text()


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_word_of_an_error_can_be_translated(app: Flask, language: str) -> None:
    family = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, WallError)]
    assert len(family) > 20
    for one in family:
        if one is not WallError:
            in_english = one().as_json()["error"]["message"]
            set_language(language)
            told = one().as_json()["error"]["message"]
            set_language("en")
            assert in_english.endswith((".", "?"))
            assert told not in ("", in_english), one
