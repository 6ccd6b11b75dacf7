"""Settings come from the environment; one that cannot be used is refused by its name, in one line."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import SettingRefused, Settings, read_settings
from tests.support.running import PROJECT, run_py

WRONG = [
    ("PORT", "70000"), ("PORT", "0"), ("PORT", "-1"), ("PORT", "8o"), ("PORT", "٨"), ("PORT", "1e3"),
    ("DATABASE_URL", "wall.db"), ("DATABASE_URL", "sqlite:///"), ("DATABASE_URL", "sqlite:////nowhere/wall.db"),
    ("DATABASE_URL", "postgresql://wall"), ("PUBLIC_URL", "wall.example.org"), ("PUBLIC_URL", "ftp://wall"),
    ("PUBLIC_URL", "https://example.org/wall"), ("PUBLIC_URL", "https://"), ("PUBLIC_URL", "https://x?y"),
    ("PUBLIC_URL", "http://x:port"), ("SECRET_KEY", ""), ("SECRET_KEY", "short"), ("ASYNC_MODE", "magic"),
    ("REDIS_URL", "localhost"), ("TRUSTED_PROXIES", "two"), ("TRUSTED_PROXIES", "-1"), ("TRUSTED_PROXIES", "11"), ("LIMITS", "yes"),
    ("HOSTS", "wall.example.org:8000"), ("HOSTS", "https://wall.example.org"), ("HOSTS", "*"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path / 'wall.db'}", name: value}
    with pytest.raises(SettingRefused, match=f"^{name}"):
        read_settings(environment)


def test_every_setting_is_tried_with_a_wrong_value() -> None:
    tried = {name.lower() for name, _ in WRONG} | {"host"}  # which only listening can try
    assert set(Settings.__annotations__) - tried == set()


@pytest.mark.parametrize(("name", "value"), [("PORT", "8o"), ("ASYNC_MODE", "magic")])
@pytest.mark.parametrize("command", [[], ["desk-link"], ["demo"]], ids=lambda command: " ".join(command))
def test_every_command_refuses_it_in_one_line(
    tmp_path: Path, name: str, value: str, command: list[str]
) -> None:
    assert_one_line(run_py(tmp_path, *command, **{name: value}), name)


@pytest.mark.parametrize("command", [[], ["demo"]], ids=lambda command: " ".join(command))
def test_a_host_that_is_not_this_machine_is_refused_in_one_line(tmp_path: Path, command: list[str]) -> None:
    assert_one_line(run_py(tmp_path, *command, HOST="999.1.1.1"), "HOST")


def assert_one_line(ended: subprocess.CompletedProcess[str], name: str) -> None:
    assert ended.returncode == 1
    assert name in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path / 'wall.db'}"}
    first, second = read_settings(environment), read_settings(environment)

    assert len(first.secret_key) >= 32
    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_database_that_cannot_be_used_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "wall.db").write_text("This is no database. " * 100)
    ended = run_py(tmp_path, "desk-link")

    assert ended.returncode == 1
    assert "wall.db" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_without_the_packages_it_says_how_to_set_up(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-S", str(PROJECT / "run.py")],
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'wall.db'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        "There is no eventlet here yet: type “make run”, which sets everything up."
    ]


def test_help_lists_the_commands(tmp_path: Path) -> None:
    ended = run_py(tmp_path, "--help")
    assert ended.returncode == 0
    assert all(name in ended.stdout for name in ("serve", "desk-link", "demo"))
