"""How a verb ends and what it shows: usage, refusals, troubles, prompts, hostile names, and what stays unloaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from db.chain import Problem
from desktop import sentences
from tests.cli.running import Ended, Told, environment, process
from tests.conftest import PASSPHRASE


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["fnd", "x.cliens"], "“find”"),
        (["find"], "FILE"),
        (["log", "x.cliens", "advce"], "advice"),
        (["log", "x.cliens", "advice", "--client", "C-1", "--wisdom", "much"], "--wisdom"),
        (["new", "x.cliens", "--name", "N", "--profession", "magic"], "law"),
        (["find", "x.cliens", "word", "--limit", "0"], "--limit"),
        (["--nonsense"], "usage"),
    ],
)
def test_what_is_not_understood_ends_with_two_and_a_hint(ended: Ended, words: list[str], hint: str) -> None:
    code, out, err = ended(*words)
    assert (code, out) == (2, "")
    assert hint in err


@pytest.mark.parametrize("words", [["--help"], ["find", "--help"], ["log", "--help"], ["log", "x", "advice", "--help"]])
def test_help_is_an_answer(ended: Ended, words: list[str]) -> None:
    code, out, err = ended(*words)
    assert (code, err) == (0, "")
    assert out.startswith("usage: cliens")


def test_files_that_cannot_be_opened_are_told_in_a_sentence(ended: Ended, tmp_path: Path) -> None:
    other, empty = tmp_path / "other.cliens", tmp_path / "empty.cliens"
    other.write_bytes(b"%PDF-1.7 not a practice" * 400)
    empty.touch()
    for path in (tmp_path / "missing.cliens", tmp_path, other, empty):
        code, out, err = ended("find", path, "word")
        assert (code, out) == (3, "")
        assert err.count("\n") == 1
        assert "Traceback" not in err
    assert other.read_bytes() == b"%PDF-1.7 not a practice" * 400


def test_a_locked_file_says_that_it_needs_a_passphrase(sealed_file: tuple[Path, object], tmp_path: Path) -> None:
    file = tmp_path / "sealed.cliens"
    file.write_bytes(sealed_file[0].read_bytes())
    done = process("find", str(file), "word", start_new_session=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 3
    assert b"CLIENS_PASSPHRASE" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is made the POSIX way")
def test_at_a_terminal_the_passphrase_is_asked_for_and_does_not_show(
    sealed_file: tuple[Path, object], tmp_path: Path
) -> None:
    import pty

    file = tmp_path / "sealed.cliens"
    file.write_bytes(sealed_file[0].read_bytes())
    ours, theirs = pty.openpty()
    asked = subprocess.Popen(
        [sys.executable, "-P", "-m", "desktop", "check", str(file), "--json"],
        env=environment(),
        start_new_session=True,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert asked.stderr is not None
    prompt = asked.stderr.read(len("Passphrase of sealed.cliens: "))
    os.write(ours, PASSPHRASE.encode() + b"\n")
    answer, _messages = asked.communicate(timeout=60)
    os.set_blocking(ours, False)
    shown = b""
    with suppress(BlockingIOError):
        shown = os.read(ours, 4096)
    os.close(theirs)
    os.close(ours)
    assert prompt == b"Passphrase of sealed.cliens: "
    assert asked.returncode == 0
    assert json.loads(answer)["ok"] is True
    assert PASSPHRASE.encode() not in shown


def test_a_name_cannot_drive_the_terminal(told: Told, ended: Ended, file: Path) -> None:
    hostile = "Evil\x1b[2J\x9b31m\u202eName"
    told("log", file, "client", "--name", hostile)
    for words in (("find", file, "evil"), ("client", file, "C-0002"), ("client", file, "C-0002", "--json")):
        code, out, _err = ended(*words)
        assert code == 0
        assert not set("\x1b\x9b\u202e") & set(out)
    assert told("client", file, "C-0002")["name"] == hostile


def test_the_language_of_the_messages_follows_the_user(ended: Ended, file: Path) -> None:
    english, polish = ended("undo", file)[1], ended("redo", file, "--language", "pl")[1]
    assert english.startswith("Undone: Engagement opened")
    assert polish.strip()
    assert ended("history", file)[1].startswith("Step")


def test_a_reader_who_has_enough_is_no_trouble(file: Path) -> None:
    command = f'"{sys.executable}" -m desktop history "{file}" | true'
    done = subprocess.run(["sh", "-c", command], capture_output=True, env=environment())
    assert done.stderr == b""


def test_no_verb_loads_the_window(file: Path, tmp_path: Path) -> None:
    verbs: list[list[str]] = [
        ["find", str(file), "larrea"],
        ["report", str(file), "client", "--client", "C-0001", "--out", str(tmp_path / "r.pdf")],
        ["conflicts", str(file), "Larrea"],
        ["export", str(file), "--to", str(tmp_path / "out")],
        ["check", str(file)],
    ]
    script = (
        "import sys, json\nfrom desktop.__main__ import main\n"
        "for words in json.loads(sys.argv[1]):\n    assert main(words) == 0, words\n"
        "sys.exit(sorted(name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))) != [])"
    )
    done = subprocess.run([sys.executable, "-c", script, json.dumps(verbs)], capture_output=True, env=environment())
    assert done.returncode == 0, done.stderr.decode()


def test_help_does_not_wait_for_the_database() -> None:
    script = "import sys\nfrom desktop.__main__ import main\nmain(['--help'])\nsys.exit('sqlmodel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment())
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent the POSIX way")
def test_stopped_at_the_prompt_it_says_so_in_a_sentence(sealed_file: tuple[Path, object], tmp_path: Path) -> None:
    import pty
    import signal

    file = tmp_path / "sealed.cliens"
    file.write_bytes(sealed_file[0].read_bytes())
    ours, theirs = pty.openpty()
    asked = subprocess.Popen(
        [sys.executable, "-P", "-m", "desktop", "check", str(file)],
        env=environment(),
        start_new_session=True,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert asked.stderr is not None
    asked.stderr.read(len("Passphrase"))
    asked.send_signal(signal.SIGINT)
    out, messages = asked.communicate(timeout=60)
    os.close(theirs)
    os.close(ours)
    assert (asked.returncode, out) == (3, b"")
    assert b"Stopped." in messages
    assert b"Traceback" not in messages


@pytest.mark.parametrize("option", [("--country", "Poland"), ("--currency", "zloty"), ("--language", "klingon 3")])
def test_a_practice_is_not_made_in_a_place_that_nobody_can_read(
    ended: Ended, tmp_path: Path, option: tuple[str, str]
) -> None:
    file = tmp_path / "n.cliens"
    code, out, err = ended("new", file, "--name", "N", "--profession", "law", "--no-passphrase", *option)
    assert (code, out) == (1, "")
    assert err.startswith(f"{option[0]}: “{option[1]}” is not a ")
    assert not file.exists()


def test_rows_that_need_a_look_never_replace_another_file(ended: Ended, file: Path, tmp_path: Path) -> None:
    table, letter = tmp_path / "people.csv", tmp_path / "letter.txt"
    table.write_text("Name,Birthday\nAna Roca,the day before\nEva Sol,1980-02-03\n", encoding="utf-8")
    letter.write_text("Dear Ana", encoding="utf-8")
    before = file.read_bytes()
    for target in (file, table, letter, tmp_path, tmp_path / "nowhere" / "bad.csv"):
        code, _out, err = ended("import", file, table, "--bad-rows", target)
        assert (code, err.count("\n")) == (3, 1)
    assert (file.read_bytes(), letter.read_text(encoding="utf-8")) == (before, "Dear Ana")
    assert "the day before" in table.read_text(encoding="utf-8")
    rows = tmp_path / "bad.csv"
    assert [ended("import", file, table, "--bad-rows", rows)[0] for _ in range(2)] == [0, 0]
    assert "the day before" in rows.read_text(encoding="utf-8")


def test_what_is_wrong_is_named_as_it_was_typed(ended: Ended, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"
    code, _out, err = ended("report", file, "client", "--client", "C-0001", "--language", "fr", "--out", out)
    assert (code, out.exists()) == (1, False)
    assert err.startswith("--language: “fr” is not one of")
    code, _out, err = ended("export", file, "--to", tmp_path)
    assert code == 1
    assert err.startswith("--to: ")
    code, _out, err = ended("backup", file, "--to", file)
    assert code == 3
    assert f"{file} exists already" in err
    code, _out, err = ended("find", file, "word", "--limit", "0")
    assert code == 2
    assert "“0” is not a number from 1 on." in err
    assert "usage: cliens find" in err


def test_a_damaged_file_that_could_not_be_backed_up_is_not_blamed_on_the_disk() -> None:
    words = sentences.problem(Problem("no-backup", {"code": "damaged"}))
    assert "A page of this file is damaged" in words
    assert sentences.problem(Problem("no-backup", {"code": "disk-full"})) != words


def test_a_weak_passphrase_is_not_taken_for_an_option(
    ended: Ended, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENS_NEW_PASSPHRASE", "short")
    code, _out, err = ended("passphrase", file)
    assert code == 1
    assert err.startswith("Take at least")


def test_a_folder_that_comes_too_late_is_not_taken_for_an_option(ended: Ended, file: Path, tmp_path: Path) -> None:
    assert ended("export", file, "--to", tmp_path / "all")[0] == 0
    code, _out, err = ended("import", file, tmp_path / "all")
    assert code == 1
    assert err.startswith("An exported folder comes into a new, empty practice only.")
