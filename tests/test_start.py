"""The way in: what start.py makes of its words, its screen, its system and its environment."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import start

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks Qt's libraries")
with_pip = pytest.mark.skipif(find_spec("pip") is None, reason="this environment was made without a pip of its own")


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    folder = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    return folder


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ([], ("run", [])),
        (["office.cliens"], ("run", ["office.cliens"])),
        (["--", "find", "office.cliens", "lease"], ("run", ["find", "office.cliens", "lease"])),
        (["find", "office.cliens", "lease"], ("run", ["find", "office.cliens", "lease"])),
        (["--", "test"], ("run", ["test"])),
        (["test", "-k", "undo"], ("test", ["-k", "undo"])),
        (["build"], ("build", [])),
        (["--help"], ("help", [])),
    ],
)
def test_words_that_start_does_not_know_reach_the_program(words: list[str], meaning: tuple[str, list[str]]) -> None:
    assert start.parse(words) == meaning


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["Office.CLIENS"], True),
        (["clients/office"], True),
        (["office.cliens", "lease"], False),
        (["--self-test"], True),
        (["--help"], False),
        (["find", "office.cliens", "lease"], False),
    ],
)
def test_only_a_bare_start_or_a_file_opens_a_window(words: list[str], window: bool) -> None:
    assert start.opens_window(words) is window


@pytest.mark.parametrize(
    ("platform", "variables", "screen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_only_linux_can_be_without_a_screen(platform: str, variables: dict[str, str], screen: bool) -> None:
    assert start.has_screen(platform, variables) is screen


@on_linux
def test_missing_library_is_named_by_its_package() -> None:
    libraries = {"libc.so.6": "libc6", "libnever-made.so.9": "libnever-made9", "libnot-this.so.1": "libnever-made9"}
    assert start.missing_packages(libraries) == ["libnever-made9"]


@pytest.mark.parametrize(
    ("variables", "package", "needed"),
    [
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, "libxcb-cursor0", False),
        ({"DISPLAY": ":0"}, "libxcb-cursor0", True),
        ({"DISPLAY": ":0"}, "libwayland-cursor0", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "libwayland-cursor0", True),
        ({}, "libegl1", True),
    ],
)
def test_only_the_libraries_of_this_screen_are_asked_for(variables: dict[str, str], package: str, needed: bool) -> None:
    assert (package in start.qt_libraries(variables).values()) is needed


def test_who_cannot_install_is_told_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(start.Stopped, match="sudo apt install libegl1 libgl1"):
        start.install_packages(["libegl1", "libgl1"], "Qt needs two libraries.")


def test_new_environment_is_sound(environment: Path) -> None:
    assert start.is_sound(environment)
    assert start.python_of(environment).exists()


def test_environment_that_lost_its_python_is_not_sound(environment: Path) -> None:
    start.python_of(environment).unlink()
    assert not start.is_sound(environment)


def test_environment_made_for_another_python_is_not_sound(environment: Path) -> None:
    settings = environment / "pyvenv.cfg"
    lines = settings.read_text().splitlines()
    settings.write_text("\n".join("version = 3.9.1" if line.startswith("version") else line for line in lines))
    assert not start.is_sound(environment)


def test_no_environment_is_not_sound(tmp_path: Path) -> None:
    assert not start.is_sound(tmp_path / "nothing")


@with_pip
def test_libraries_are_fetched_once_and_again_when_the_lock_changes(
    environment: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    python, lock = start.python_of(environment), tmp_path / "some.lock"
    said = []
    for text in ("# nothing to install\n", "# nothing to install\n", "# still nothing\n"):
        lock.write_text(text)
        start.install(python, lock)
        said.append(capsys.readouterr().err)
    assert ["Fetching" in words for words in said] == [True, False, True]


@with_pip
def test_failed_fetch_says_why_and_is_tried_again(environment: Path, tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("./not-a-package\n")
    for _ in range(2):
        with pytest.raises(start.Stopped, match=r"could not be fetched(.|\n)*not-a-package"):
            start.install(start.python_of(environment), lock)


def test_sources_are_compiled_once(capsys: pytest.CaptureFixture[str]) -> None:
    python = Path(sys.executable)
    start.compile_sources(python)
    capsys.readouterr()
    start.compile_sources(python)
    assert capsys.readouterr().err == ""
    untranslated = [path for path in (start.ROOT / "resources").rglob("*.po") if not path.with_suffix(".mo").exists()]
    assert untranslated == []


def test_help_needs_no_set_up(tmp_path: Path) -> None:
    alone = tmp_path / "start.py"
    alone.write_bytes(Path(start.__file__).read_bytes())
    told = subprocess.run([sys.executable, alone, "--help"], capture_output=True, text=True, check=True)
    assert "python3 start.py test" in told.stdout
    assert list(tmp_path.iterdir()) == [alone]


@on_linux
def test_a_file_without_a_screen_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    alone = tmp_path / "start.py"
    alone.write_bytes(Path(start.__file__).read_bytes())
    bare = {"PATH": os.environ["PATH"]}
    told = subprocess.run([sys.executable, alone, "office.cliens"], env=bare, capture_output=True, text=True)
    assert (told.returncode, "no screen here" in told.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == [alone]
