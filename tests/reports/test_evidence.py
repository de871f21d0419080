"""The evidence pack: what is in it and what can never be, and that its verifier finds whatever was tampered with."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.advice import (
    AdviceEdit,
    Amendment,
    NewAdvice,
    NewResponse,
    amend_advice,
    edit_advice,
    log_advice,
    record_advice,
    respond_to_advice,
)
from db.clients import NewClient, add_client
from db.parties import NewParty
from db.practice import Practice
from db.trust import NewTrustNote, note_trust
from desktop.reports.evidence import FOLDER, Pack, make_pack
from desktop.reports.family import Asked
from desktop.sample import sample_practice
from tests.reports.sealed import advised, founded, made, verdict

VERIFIER = FOLDER / "verify.py"
SECRETS = ("sell the boat", "Zofia", "Wójcik", "harbour dues", "half a thought", "first wording", "for the file alone")


def busy(path: Path) -> Practice:
    """A practice with two clients, whose steps lie among each other, and with much that is nobody else's business."""
    practice = founded(path)
    made(practice, add_client, NewClient(party=NewParty(name="Zofia Wójcik"), standing="client"))
    made(practice, note_trust, NewTrustNote(client_id=1, kind="confidence", text="He will sell the boat."))
    made(practice, amend_advice, 1, Amendment(reason="the costs rose", advice="Settle below 150,000 euro."))
    advised(practice, "Who pays the harbour dues?", "The owner.", client=2)
    made(practice, respond_to_advice, 2, NewResponse(response="accepted", words="So be it."))
    made(practice, log_advice, NewAdvice(client_id=1, question="half a thought", advice="…"))
    note = NewAdvice(client_id=1, question="for the file alone", advice="x", channel="note", record=True)
    made(practice, log_advice, note)
    draft = made(practice, log_advice, NewAdvice(client_id=1, question="Appeal?", advice="No."))
    made(practice, record_advice, draft)
    return practice


def pack_of(practice: Practice, client: int = 1) -> Pack:
    return make_pack(practice.ask, Asked(dt.datetime.now().astimezone(), client))


def unpacked(pack: Pack, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Practice, Pack]]:
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIENS_HOME", str(folder / "home"))
        with busy(folder / "vega.cliens") as practice:
            yield practice, pack_of(practice)


@pytest.fixture
def folder(kept: tuple[Practice, Pack], tmp_path: Path) -> Path:
    return unpacked(kept[1], tmp_path / "pack")


def run(folder: Path, *more: str) -> tuple[int, str]:
    """The verifier in a process of its own, without anything of the program in reach."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), *more]
    ended = subprocess.run(command, capture_output=True, cwd=folder, env={**plain, "PYTHONUTF8": "1"}, timeout=60)
    assert not ended.stderr, ended.stderr
    return ended.returncode, ended.stdout.decode()


def change(folder: Path, alter: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "entries.json"
    told = json.loads(path.read_text("utf-8"))
    alter(told)
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def open_steps(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for step in told["steps"] if "changes" in step]


# ---------------------------------------------------------------------- what is in it


def test_pack_holds_the_history_its_entries_a_verifier_and_how_to_use_it(kept: tuple[Practice, Pack]) -> None:
    practice, pack = kept
    names = (
        "advice-history.pdf",
        "entries.json",
        "verify.py",
        *(f"HOW-TO-VERIFY.{one}.txt" for one in ("en", "es", "pl")),
    )
    with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
        assert tuple(archive.namelist()) == pack.files == names
        told = json.loads(archive.read("entries.json"))
        pdf = archive.read("advice-history.pdf")
        for language, words in (("en", "HOW TO VERIFY"), ("es", "CÓMO COMPROBAR"), ("pl", "JAK SPRAWDZIĆ")):
            how = archive.read(f"HOW-TO-VERIFY.{language}.txt").decode()
            assert words in how
            assert told["head"]["digest"] in how
    assert [(entry["noun"], entry["number"]) for entry in told["entries"]] == [
        ("advice", "A-0001"),
        ("advice", "A-0002"),
        ("advice_response", "A-0002"),
        ("advice", "A-0006"),
    ]
    assert told["entries"][1]["content"]["amend_reason"] == "the costs rose"
    assert told["head"]["digest"] == practice.head()[1]
    assert verdict(practice, pdf).verdict == "unchanged"


def test_nothing_told_in_confidence_and_nobody_else_is_in_a_pack(kept: tuple[Practice, Pack]) -> None:
    _practice, pack = kept
    with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
        for name in archive.namelist():
            if not name.endswith(".pdf"):
                for secret in SECRETS:
                    assert secret not in archive.read(name).decode(), (name, secret)


def test_entry_whose_draft_said_something_else_is_kept_closed(tmp_path: Path) -> None:
    with founded(tmp_path / "vega.cliens") as practice:
        draft = made(practice, log_advice, NewAdvice(client_id=1, question="Appeal?", advice="The first wording."))
        made(practice, edit_advice, draft, AdviceEdit(advice="No."))
        made(practice, record_advice, draft)
        pack = pack_of(practice)
    folder = unpacked(pack, tmp_path / "pack")
    told = json.loads((folder / "entries.json").read_text("utf-8"))
    assert pack.closed == 1
    assert [entry["number"] for entry in told["entries"] if "content" not in entry] == ["A-0002"]
    assert "first wording" not in (folder / "entries.json").read_text("utf-8")
    code, words = run(folder, "--language", "en")
    assert code == 0
    assert "Kept closed: A-0002" in words


def test_pack_of_a_practice_filled_in_one_step_names_no_other_client(tmp_path: Path) -> None:
    with sample_practice(tmp_path / "sample.cliens", "law") as practice:
        client = practice.ask(
            lambda session: (
                session.connection()
                .exec_driver_sql("SELECT client_id FROM advice WHERE state = 'recorded' AND channel <> 'note' LIMIT 1")
                .scalar_one()
            )
        )
        names = practice.ask(
            lambda session: (
                session.connection()
                .exec_driver_sql(
                    "SELECT p.name FROM client c JOIN party p ON p.id = c.party_id WHERE c.id <> ?", (client,)
                )
                .scalars()
                .all()
            )
        )
        folder = unpacked(pack_of(practice, client), tmp_path / "pack")
    assert names
    told = json.loads((folder / "entries.json").read_text("utf-8"))
    own = json.dumps([entry.get("content") for entry in told["entries"]], ensure_ascii=False)
    steps = json.dumps([{**step, "changes": []} for step in told["steps"]], ensure_ascii=False)
    for name in names:
        assert name not in steps
        assert name not in own
    assert run(folder)[0] == 0


def test_pack_given_up_leaves_nothing_behind(kept: tuple[Practice, Pack]) -> None:
    class GivenUp(Exception):
        pass

    def stop(_done: int, _of: int) -> None:
        raise GivenUp

    with pytest.raises(GivenUp):
        make_pack(kept[0].ask, Asked(dt.datetime.now().astimezone(), 1), stop)


def test_equal_records_give_equal_packs(kept: tuple[Practice, Pack]) -> None:
    practice, _pack = kept
    asked = Asked(dt.datetime(2026, 11, 22, 9, 40, tzinfo=dt.UTC), 1)
    assert make_pack(practice.ask, asked).content == make_pack(practice.ask, asked).content


# ---------------------------------------------------------------------- the verifier


def test_verifier_is_short_and_needs_nothing(folder: Path) -> None:
    source = VERIFIER.read_text("utf-8")
    assert len(source.splitlines()) < 200
    compile(source, "verify.py", "exec", dont_inherit=True)
    assert "import cliens" not in source
    assert "from db" not in source


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Everything holds"), ("es", "Todo concuerda"), ("pl", "Wszystko się zgadza")]
)
def test_an_untouched_pack_holds(folder: Path, language: str, words: str) -> None:
    code, told = run(folder, "--language", language)
    assert (code, told.count("\n")) == (0, 1)
    assert words in told


def test_the_head_held_on_paper_is_compared(folder: Path) -> None:
    head = json.loads((folder / "entries.json").read_text("utf-8"))["head"]["digest"]
    assert run(folder, "--head", head)[0] == 0
    assert run(folder, "--head", "0" * 64)[0] == 1


def _change_word(told: dict[str, Any]) -> None:
    change = next(one for step in open_steps(told) for one in step["changes"] if "noun" in one)
    change["after"] = change["after"].replace("180,000", "280,000")


def _change_word_with_its_digest(told: dict[str, Any]) -> None:
    import hashlib

    step = open_steps(told)[0]
    change = next(one for one in step["changes"] if "noun" in one)
    change["after"] = change["after"].replace("180,000", "280,000")
    parts = [change["id"], step["step"], *(change[name] for name in ("noun", "row_id", "kind", "before", "after"))]
    change["digest"] = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
    told["entries"][0]["content"]["advice"] = told["entries"][0]["content"]["advice"].replace("180,000", "280,000")


def _insert(told: dict[str, Any]) -> None:
    told["entries"].insert(1, {**told["entries"][0], "id": 99, "number": "A-0099"})


def _swap_steps(told: dict[str, Any]) -> None:
    first, second = (told["steps"].index(step) for step in open_steps(told)[:2])
    told["steps"][first], told["steps"][second] = told["steps"][second], told["steps"][first]


def _swap_entries(told: dict[str, Any]) -> None:
    told["entries"][0], told["entries"][1] = told["entries"][1], told["entries"][0]


def _remove_with_its_change(told: dict[str, Any]) -> None:
    gone = told["entries"].pop(0)
    for step in open_steps(told):
        step["changes"] = [one for one in step["changes"] if one.get("row_id") != gone["id"]]


def _close(told: dict[str, Any]) -> None:
    """An entry hidden as if it were somebody else's."""
    step = open_steps(told)[0]
    place = told["steps"].index(step)
    told["steps"][place] = {"step": step["step"], "digest": step["digest"]}
    told["entries"].pop(0)


TAMPERED: dict[str, Callable[[dict[str, Any]], object]] = {
    "a changed word": _change_word,
    "a changed word with its digest": _change_word_with_its_digest,
    "a changed word in the list": lambda told: told["entries"][0]["content"].update(advice="Settle for nothing."),
    "an entry taken off the list": lambda told: told["entries"].pop(0),
    "an entry removed": _remove_with_its_change,
    "an entry hidden": _close,
    "a part moved by a step": lambda told: next(one for one in told["steps"] if "from" in one).update({"from": 2}),
    "a step removed": lambda told: told["steps"].remove(open_steps(told)[1]),
    "an entry put in": _insert,
    "an entry put in twice": lambda told: told["entries"].insert(0, told["entries"][0]),
    "steps in another order": _swap_steps,
    "entries in another order": _swap_entries,
    "another head": lambda told: told["head"].update(digest="0" * 64),
    "another moment": lambda told: open_steps(told)[0].update(at="2020-01-01T00:00:00Z"),
    "another author": lambda told: open_steps(told)[0].update(who="somebody else"),
    "another number": lambda told: told["entries"][0].update(number="A-0007"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_whatever_was_tampered_with_is_found(folder: Path, how: str) -> None:
    change(folder, TAMPERED[how])
    code, told = run(folder, "--language", "en")
    assert code == 1, told
    assert told.startswith("This does not hold")


def test_another_paper_put_beside_the_chain_is_found(folder: Path, tmp_path: Path) -> None:
    with founded(tmp_path / "other.cliens") as other:
        unpacked(pack_of(other), tmp_path / "other")
    (folder / "advice-history.pdf").write_bytes((tmp_path / "other" / "advice-history.pdf").read_bytes())
    assert run(folder)[0] == 1


def test_what_is_no_pack_cannot_be_read(folder: Path) -> None:
    for content in ("", "[]", "{}", '{"steps": [1]}'):
        (folder / "entries.json").write_text(content)
        assert run(folder)[0] == 2


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    """The verifier, loaded by its path as a script is."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("verify_script", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_changed_bytes_of_an_entry_are_found(
    kept: tuple[Practice, Pack], verifier: ModuleType, data: st.DataObject
) -> None:
    with zipfile.ZipFile(io.BytesIO(kept[1].content)) as archive:
        told, pdf = json.loads(archive.read("entries.json")), archive.read("advice-history.pdf")
    changes = [one for step in open_steps(told) for one in step["changes"] if "noun" in one]
    change = data.draw(st.sampled_from(changes))
    words = change["after"].encode()
    start = data.draw(st.integers(0, len(words) - 1))
    length = data.draw(st.integers(1, min(30, len(words) - start)))
    other = data.draw(st.binary(max_size=30))
    changed = (words[:start] + other + words[start + length :]).decode("utf-8", "replace")
    if changed == change["after"]:
        return
    change["after"] = changed
    assert any(code == "change" for code, _facts in verifier.check_steps(told))
    assert verifier.check_paper(told, pdf, None) == []
