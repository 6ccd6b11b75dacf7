"""The settings: read from the environment once, at start, each refused by name when it is wrong."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
DEFAULT_DATABASE = HERE / "wall.db"
ASYNC_MODES = ("eventlet", "threading")
SHORTEST_SECRET = 16


class SettingRefused(Exception):
    """A setting that cannot be used; the message names it and says what would do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment said. docs/operating.md lists each setting."""

    host: str
    port: int
    database_url: str
    public_url: str | None
    secret_key: str
    async_mode: str
    redis_url: str | None
    trusted_proxies: int
    limits: bool
    hosts: tuple[str, ...] = ()

    @property
    def database_file(self) -> Path:
        return _database_file(self.database_url)


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """All settings, with their defaults. Raises SettingRefused for the first that is wrong."""
    database_url = _database_url(environment)
    return Settings(
        host=environment.get("HOST") or "0.0.0.0",  # noqa: S104  phones in the room are to reach it
        port=_whole_number(environment, "PORT", 8000, least=1, most=65535),
        database_url=database_url,
        public_url=_public_url(environment),
        secret_key=_secret_key(environment, database_url),
        async_mode=read_async_mode(environment),
        redis_url=_redis_url(environment),
        trusted_proxies=_whole_number(environment, "TRUSTED_PROXIES", 0, least=0, most=10),
        limits=_switch(environment, "LIMITS"),
        hosts=_hosts(environment),
    )


def read_async_mode(environment: Mapping[str, str] = os.environ) -> str:
    """ASYNC_MODE alone: the process needs it before anything else is imported."""
    mode = environment.get("ASYNC_MODE") or ASYNC_MODES[0]
    if mode not in ASYNC_MODES:
        raise SettingRefused(f"ASYNC_MODE is {mode!r}; it can be {' or '.join(ASYNC_MODES)}.")
    return mode


def _whole_number(environment: Mapping[str, str], name: str, default: int, *, least: int, most: int) -> int:
    raw = environment.get(name) or str(default)
    if not (raw.isascii() and raw.isdigit() and least <= int(raw) <= most):
        raise SettingRefused(f"{name} is {raw!r}; it must be a whole number from {least} to {most}.")
    return int(raw)


def _switch(environment: Mapping[str, str], name: str) -> bool:
    raw = environment.get(name) or "on"
    if raw not in ("on", "off"):
        raise SettingRefused(f"{name} is {raw!r}; it can be on or off.")
    return raw == "on"


def _hosts(environment: Mapping[str, str]) -> tuple[str, ...]:
    names = (environment.get("HOSTS") or "").replace(",", " ").split()
    for name in names:
        if not re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?", name):
            raise SettingRefused(
                f"HOSTS has {name!r}; it must be names such as wall.example.org, without ports."
            )
    return tuple(names)


def _database_url(environment: Mapping[str, str]) -> str:
    url = environment.get("DATABASE_URL") or f"sqlite:///{DEFAULT_DATABASE}"
    if not url.startswith("sqlite:///") or len(url) == len("sqlite:///"):
        raise SettingRefused("DATABASE_URL must be sqlite:/// and the path of a file.")
    folder = _database_file(url).parent
    if not folder.is_dir():
        raise SettingRefused(f"DATABASE_URL: there is no folder {folder}.")
    return url


def _database_file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _public_url(environment: Mapping[str, str]) -> str | None:
    raw = environment.get("PUBLIC_URL")
    if not raw:
        return None
    try:
        parts = urlsplit(raw)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment:
        raise SettingRefused(f"PUBLIC_URL is {raw!r}; it must look like https://wall.example.org.")
    if parts.path.strip("/"):
        raise SettingRefused(f"PUBLIC_URL is {raw!r}; it must have no path: the wall has its own host.")
    return f"{parts.scheme}://{parts.netloc}"


def _redis_url(environment: Mapping[str, str]) -> str | None:
    raw = environment.get("REDIS_URL")
    if raw and urlsplit(raw).scheme not in ("redis", "rediss", "unix"):
        raise SettingRefused("REDIS_URL must look like redis://127.0.0.1:6379/0.")
    return raw or None


def _secret_key(environment: Mapping[str, str], database_url: str) -> str:
    given = environment.get("SECRET_KEY")
    if given is None:
        return _stored_secret(_database_file(database_url).with_name("secret.key"))
    if len(given) < SHORTEST_SECRET:
        raise SettingRefused(f"SECRET_KEY must have at least {SHORTEST_SECRET} characters.")
    return given


def _stored_secret(file: Path) -> str:
    """The secret in a file beside the database that only its owner can read; made the first time."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        with suppress(PermissionError):  # of somebody else
            file.chmod(0o600)
        stored = file.read_text().strip()
        if len(stored) < SHORTEST_SECRET:
            raise SettingRefused(
                f"SECRET_KEY: {file} is empty or too short; remove it and a new one is made."
            ) from None
        return stored
    except OSError as error:
        raise SettingRefused(
            f"SECRET_KEY: {file} cannot be made ({error.strerror}); set SECRET_KEY yourself."
        ) from None
    with os.fdopen(descriptor, "w") as handle:
        handle.write(secrets.token_urlsafe(32))
    return file.read_text()
