"""Static files: without our comments and compressed, once at start; named after their content, stored by browsers for ever."""

import hashlib
import re
import shutil
import tempfile
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from wall.core.server.runtime import WsgiApp

ONE_YEAR_SECONDS = 365 * 24 * 3600
VENDOR = "vendor"
"""Libraries and fonts, served as they were published: their comments are licences."""
_COMMENT = {".js": re.compile(r"/\*\*.*?\*/ ?", re.DOTALL), ".css": re.compile(r"/\*.*?\*/ ?", re.DOTALL)}


def init_app(app: Flask, folder: Path) -> str:
    """Give templates `static_url`; returns the build's name, for `wrap`.

    One hash for all files, so that relative imports and urls inside them need no rewriting.
    """
    build = _hash_of(folder)

    def static_url(path: str) -> str:
        return f"/static/{build}/{path}"

    app.jinja_env.globals["static_url"] = static_url
    return build


def wrap(app: WsgiApp, folder: Path, build: str) -> WsgiApp:
    """Serve `folder` under /static/<build>/ in front of the application."""
    files: WsgiApp = WhiteNoise(
        app,
        root=str(_with_compressed_twins(folder, build)),
        prefix=f"static/{build}/",
        max_age=ONE_YEAR_SECONDS,
        allow_all_origins=False,
        immutable_file_test=lambda path, url: True,
        mimetypes={".js": "text/javascript", ".woff2": "font/woff2"},
    )
    return files


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _hash_of(folder: Path) -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())  # which makes what is served of them
    for path in _files(folder):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _with_compressed_twins(folder: Path, build: str) -> Path:
    """A copy of `folder` without comments, with a .gz and a .br beside what shrinks; made once for each build."""
    published = folder.parent / ".cache" / "static" / build
    if not published.is_dir():
        published.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=published.parent))
        shutil.copytree(folder, unfinished, dirs_exist_ok=True)
        compressor = Compressor(quiet=True)
        for path in _files(unfinished):
            if path.suffix in _COMMENT and VENDOR not in path.relative_to(unfinished).parts:
                path.write_text(without_comments(path.read_text(), path.suffix))
            if compressor.should_compress(path.name):
                list(compressor.compress(str(path)) or ())
        _put_in_place(unfinished, published)
    return published


def without_comments(source: str, suffix: str) -> str:
    """A script without its JSDoc, a style sheet without comments: a quarter of what phones would download.

    The numbers of lines stay, so that an error in a browser can be found in the source.
    """
    return _COMMENT[suffix].sub(lambda comment: "\n" * comment[0].count("\n"), source)


def _put_in_place(unfinished: Path, published: Path) -> None:
    try:
        unfinished.rename(published)
    except OSError:  # another process was quicker; its copy is the same
        shutil.rmtree(unfinished)
