"""Each verb of the command line: what it does, and the object that it answers."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from db.backup import list_backups
from tests.cli.running import Ended, Told, advise
from tests.conftest import PASSPHRASE


def test_new_with_a_sample_is_lively_at_once(told: Told, tmp_path: Path) -> None:
    file = tmp_path / "try.cliens"
    made = told("new", file, "--name", "Try", "--profession", "design", "--sample", "--no-passphrase")
    assert made == {"file": str(file), "recovery_key": None}
    assert told("client", file, "C-0001")["name"] == "The Lantern Museum"
    assert told("find", file, "whiskey")["total"] >= 1


def test_new_never_replaces_a_file(ended: Ended, file: Path) -> None:
    before = file.read_bytes()
    code, out, err = ended("new", file, "--name", "N", "--profession", "law", "--no-passphrase")
    assert (code, out) == (3, "")
    assert "exists already" in err
    assert file.read_bytes() == before


def test_new_refuses_a_weak_passphrase(ended: Ended, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENS_PASSPHRASE", "aaaa")
    code, _out, err = ended("new", tmp_path / "n.cliens", "--name", "N", "--profession", "law")
    assert code == 1
    assert "12 letters" in err
    assert not (tmp_path / "n.cliens").exists()


def test_find_gives_hits_as_told(told: Told, file: Path) -> None:
    found = told("find", file, "larrea")
    assert found.keys() == {"total", "took_ms", "hits"}
    assert found["hits"][0].keys() == {"noun", "id", "number", "title", "snippet", "client", "when"}
    assert found["hits"][0]["number"] == "C-0001"
    assert len(told("find", file, "e", "--limit", "1")["hits"]) <= 1


def test_the_brief_holds_everything_but_the_text_of_confidences(told: Told, file: Path) -> None:
    advise(told, file)
    told("log", file, "trust", "--client", "C-0001", "--kind", "confidence", "--text", "secret")
    brief = told("client", file, "Iñaki Larrea")
    wanted = {"number", "name", "standing", "grade", "engagements", "advice", "promises", "trust_notes", "follow_ups"}
    assert wanted <= brief.keys()
    assert (brief["number"], brief["name"], brief["standing"]) == ("C-0001", "Iñaki Larrea", "client")
    assert brief["trust_notes"][0]["text"] == ""
    assert told("client", file, "C-0001", "--confidences")["trust_notes"][0]["text"] == "secret"
    assert told("history", file)["steps"][0]["verb"] == "open_confidences"


def test_logged_advice_is_a_draft_until_it_is_recorded(told: Told, ended: Ended, file: Path) -> None:
    logged = advise(told, file)
    assert told("client", file, "C-0001")["advice"][0]["state"] == "draft"
    told("record", file, logged["id"])
    assert told("client", file, "C-0001")["advice"][0]["state"] == "recorded"
    code, _out, err = ended("record", file, logged["number"])
    assert code == 1
    assert "never changed" in err


def test_an_amendment_is_an_entry_of_its_own(told: Told, file: Path) -> None:
    logged = advise(told, file)
    told("record", file, logged["number"])
    amended = told("amend", file, logged["number"], "--reason", "The law changed", "--advice", "Six months' notice.")
    assert amended["id"] != logged["id"]
    entries = told("client", file, "C-0001")["advice"]
    assert next(entry for entry in entries if entry["id"] == amended["id"])["amend_reason"] == "The law changed"


def test_against_advice_needs_the_consequence_and_the_reason(told: Told, ended: Ended, file: Path) -> None:
    number = advise(told, file)["number"]
    told("record", file, number)
    code, out, err = ended("respond", file, number, "--response", "against advice", "--json")
    assert code == 1
    assert json.loads(out)["error"]["code"] == "against-advice-needs"
    assert "--consequence" in err
    more = ("--consequence", "A fine", "--reason", "The season")
    assert told("respond", file, number, "--response", "against advice", *more)["number"] == number


def test_every_noun_can_be_logged_with_its_fields(told: Told, file: Path) -> None:
    for words in (
        ["promise", "--client", "C-0001", "--text", "Call", "--due-on", "2099-01-01", "--due-time", "16:00"],
        ["trust", "--client", "C-0001", "--kind", "thanks", "--effect", "2", "--text", "“Clear as water.”"],
        ["follow-up", "--client", "C-0001", "--due", "2099-01-01", "--what", "Ask for the letter"],
        ["fee", "--client", "C-0001", "--engagement", "E-0001", "--amount", "1,250.50", "--date", "2026-01-31"],
        ["party", "--name", "Portus Terminal S.A.", "--kind", "organisation", "--city", "Zierbena"],
        ["role", "--engagement", "berth", "--party", "portus terminal s.a.", "--kind", "adverse"],
        ["client", "--party", "Portus Terminal S.A.", "--standing", "prospect", "--grade", "B"],
    ):
        assert told("log", file, *words)["step"] > 0
    brief = told("client", file, "C-0001")
    assert brief["promises"][0]["due_time"] == "16:00"
    assert brief["trust_notes"][0]["effect"] == 2
    assert brief["engagements"][0]["fees_minor"] == 125_050
    stop = told("conflicts", file, "Portus Terminal")["names"][0]
    assert (stop["verdict"], stop["hits"][0]["role"]) == ("stop", "adverse")
    assert stop["hits"][0].keys() == {"party", "matched", "score", "why", "role", "where", "status"}


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (["promise", "--client", "C-0001", "--text", "x", "--due", "2026-13-01"], "--due-on"),
        (["trust", "--client", "C-0001", "--text", "x", "--kind", "gossip"], "--kind"),
        (["trust", "--client", "C-0001", "--text", "x", "--kind", "thanks", "--effect", "7"], "--effect"),
        (["advice", "--client", "C-0001", "--question", "x", "--given-at", "yesterday"], "--given-at"),
        (["advice", "--client", "C-0001", "--question", "x", "--minutes", "many"], "--minutes"),
        (["fee", "--client", "C-0001", "--amount", "3x"], "--amount"),
        (["promise", "--client", "C-0999", "--text", "x"], "--client"),
        (["advice", "--client", "C-0001", "--question", "x", "--engagement", "E-0999"], "--engagement"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_option(ended: Ended, file: Path, words: list[str], option: str) -> None:
    code, out, err = ended("log", file, *words)
    assert (code, out) == (1, "")
    assert err.startswith(f"{option}: ")


def test_a_day_without_an_hour_is_its_noon(told: Told, file: Path) -> None:
    yesterday = dt.date.today() - dt.timedelta(days=1)
    advise(told, file, "--given-at", yesterday.isoformat())
    given = dt.datetime.fromisoformat(told("client", file, "C-0001")["advice"][0]["given_at"])
    assert given.astimezone().replace(tzinfo=None) == dt.datetime.combine(yesterday, dt.time(12))


def test_history_tells_each_step(told: Told, file: Path) -> None:
    advise(told, file)
    steps = told("history", file)["steps"]
    assert steps[0].keys() == {"id", "at", "who", "verb", "words", "digest"}
    assert [step["verb"] for step in steps] == ["log_advice", "add_engagement", "add_client", "found_practice"]
    assert len(told("history", file, "--limit", "2")["steps"]) == 2
    told("log", file, "client", "--name", "Somebody Else")
    assert "Somebody Else" not in json.dumps(told("history", file, "--client", "C-0001"))


def test_history_says_who_did_it(told: Told, file: Path) -> None:
    advise(told, file, "--who", "Elena")
    assert told("history", file)["steps"][0]["who"] == "Elena"
    assert told("client", file, "C-0001")["advice"][0]["author"] == "Elena"


def test_there_is_an_end_to_undoing(ended: Ended, file: Path) -> None:
    assert [ended("undo", file)[0] for _ in range(3)] == [0, 0, 1]


def test_a_report_replaces_a_report_but_nothing_else(told: Told, ended: Ended, file: Path, tmp_path: Path) -> None:
    paper, letter = tmp_path / "report.pdf", tmp_path / "letter.txt"
    letter.write_text("Dear Iñaki")
    for _ in range(2):
        assert told("report", file, "client", "--client", "C-0001", "--language", "pl", "--out", paper)["pages"] >= 1
    assert paper.read_bytes().startswith(b"%PDF-")
    for precious in (letter, file):
        before = precious.read_bytes()
        assert ended("report", file, "client", "--client", "C-0001", "--out", precious)[0] == 3
        assert precious.read_bytes() == before
    assert ended("report", file, "client", "--client", "C-0001", "--out", tmp_path)[0] == 3
    assert ended("report", file, "client", "--client", "C-0001", "--since", "soon", "--out", paper)[0] == 1
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


def test_a_backup_comes_back_as_a_new_file(told: Told, ended: Ended, file: Path, tmp_path: Path) -> None:
    advise(told, file)
    backup = told("backup", file, "--to", tmp_path / "safe")["file"]
    assert Path(backup).parent == tmp_path / "safe"
    anew = tmp_path / "anew.cliens"
    assert told("restore", backup, "--to", anew) == {"file": str(anew)}
    assert told("find", anew, "lighthouse")["total"] == 1
    assert ended("restore", backup, "--to", anew)[0] == 3


def test_an_older_copy_opens_only_when_that_is_meant(told: Told, ended: Ended, file: Path, tmp_path: Path) -> None:
    backup = told("backup", file, "--to", tmp_path / "safe")["file"]
    advise(told, file)
    code, _out, err = ended("find", backup, "larrea")
    assert code == 3
    assert "--accept-older" in err
    assert told("find", backup, "larrea", "--accept-older")["total"] >= 1


def test_the_passphrase_can_be_given_changed_and_taken_away(
    told: Told, ended: Ended, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENS_NEW_PASSPHRASE", PASSPHRASE)
    given = told("passphrase", file)
    assert given["recovery_key"]
    assert b"Larrea" not in file.read_bytes()
    monkeypatch.setenv("CLIENS_PASSPHRASE", PASSPHRASE)
    assert told("find", file, "larrea")["total"] >= 1
    monkeypatch.delenv("CLIENS_PASSPHRASE")
    monkeypatch.setenv("CLIENS_RECOVERY_KEY", given["recovery_key"])
    assert told("passphrase", file, "--none") == {"file": str(file), "recovery_key": None}
    monkeypatch.delenv("CLIENS_RECOVERY_KEY")
    assert told("find", file, "larrea")["total"] >= 1


def test_an_export_comes_into_a_new_practice_as_it_was(told: Told, ended: Ended, file: Path, tmp_path: Path) -> None:
    told("record", file, advise(told, file)["number"])
    out = tmp_path / "out"
    exported = told("export", file, "--to", out)
    assert exported.keys() == {"folder", "files", "rows"}
    assert (out / "index.html").is_file()
    anew = tmp_path / "anew.cliens"
    told("new", anew, "--name", "N", "--profession", "law", "--no-passphrase")
    assert told("import", anew, out)["created"] == exported["rows"]
    assert told("client", anew, "C-0001")["advice"][0]["state"] == "recorded"
    assert ended("export", file, "--to", out)[0] == 1


def test_a_rehearsal_of_an_import_changes_nothing(told: Told, file: Path, tmp_path: Path) -> None:
    rows, bad = tmp_path / "rows.csv", tmp_path / "bad.csv"
    rows.write_text("client,due,what\nC-0001,2099-01-01,Call\nC-0404,2099-01-01,Lost\n", encoding="utf-8")
    words = ("import", file, rows, "--as", "follow-ups")
    dry = told(*words, "--dry-run", "--bad-rows", bad)
    assert (dry["read"], dry["created"], dry["step"]) == (2, 1, 0)
    assert [look["line"] for look in dry["needs_a_look"]] == [3]
    assert "C-0404" in dry["needs_a_look"][0]["why"]
    assert "C-0404" in bad.read_text(encoding="utf-8")
    assert told("client", file, "C-0001")["follow_ups"] == []
    assert told(*words)["step"] > 0
    assert told("client", file, "C-0001")["follow_ups"][0]["what"] == "Call"


def test_a_damaged_file_is_trouble_and_is_named(told: Told, ended: Ended, file: Path) -> None:
    import sqlcipher3.dbapi2 as sqlite

    raw = sqlite.connect(str(file))
    found = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'party'")
    triggers = [row[0] for row in found]
    assert triggers
    for trigger in triggers:
        raw.execute(f'DROP TRIGGER "{trigger}"')
    raw.execute("UPDATE party SET name = 'Somebody Else'")
    raw.commit()
    raw.close()
    code, out, _err = ended("check", file, "--json")
    assert code == 3
    problems = json.loads(out)
    assert problems["ok"] is False
    assert any("party" in problem["words"] for problem in problems["problems"])


def test_an_import_stands_on_a_backup_of_how_it_was_before(told: Told, file: Path, tmp_path: Path) -> None:
    told("find", file, "anything")
    before = list_backups(file)
    source = tmp_path / "people.csv"
    source.write_text("First Name,Last Name,E-mail Address\nAda,Wren,ada@wren.example\n", encoding="utf-8")
    told("import", file, source)
    made = [backup for backup in list_backups(file) if backup not in before]
    assert len(made) == 1
    restored = tmp_path / "before.cliens"
    told("restore", made[0], "--to", restored)
    assert told("find", restored, "Ada", "--accept-older")["total"] == 0
    assert told("find", file, "Ada")["total"] == 1


def test_the_brief_shows_how_to_reach_a_client_and_what_else_the_address_book_said(
    told: Told, ended: Ended, file: Path, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("Name,Email,Favourite port\nAna Roca,ana@roca.example,Getaria\n", encoding="utf-8")
    assert told("import", file, table, "--as", "clients")["created"] == 1
    code, out, _err = ended("client", file, "Ana Roca")
    assert code == 0
    assert "ana@roca.example" in out
    assert "Favourite port: Getaria" in out
