"""A practice in which every table is filled goes out and comes in again the same; so does one of the first version."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from db.exchange.archive import FILES, MANIFEST, SINCE
from db.exchange.content import content_digest
from db.exchange.export import export_practice
from db.exchange.folder import import_folder
from db.founding import NewPractice
from db.practice import Practice
from tests.db import made
from tests.lives import Life


def test_every_table_goes_out_and_comes_in_the_same(practice: Practice, tmp_path: Path) -> None:
    life = Life(practice)
    life.erasable()
    life.sealed()
    for _each in range(3):
        practice.undo()
    practice.redo()
    empty = [table for table in FILES if not made.value(practice, f"SELECT count(*) FROM {table}")]
    assert set(empty) <= {"party_name", "address", "tax_id", "source_key"}
    exported = practice.ask(export_practice, tmp_path / "out")
    with Practice.create(tmp_path / "second.cliens", NewPractice(name="Elsewhere", country="GB"), None) as second:
        second.do(import_folder, exported.folder)
        assert second.ask(content_digest) == practice.ask(content_digest)
        assert second.check().problems == []
        assert second.ask(export_practice, tmp_path / "again").rows == exported.rows
    assert practice.check().problems == []


def test_a_folder_of_the_first_version_still_comes_in(practice: Practice, tmp_path: Path) -> None:
    life = Life(practice)
    client, _other = life._people()
    life._trust(client, life._work(client))
    exported = practice.ask(export_practice, tmp_path / "out").folder
    manifest = json.loads((exported / MANIFEST).read_text("utf-8"))
    (exported / MANIFEST).write_text(json.dumps(manifest | {"cliens": 1}), "utf-8")
    for table in SINCE:
        (exported / FILES[table][0]).unlink()
    _without(exported / "clients.csv", ("need", "review_months", "next_review_on", "retain_until"))
    _without(exported / "engagements.csv", ("recurs", "follows", "period_from", "period_until"))
    with Practice.create(tmp_path / "second.cliens", NewPractice(name="Elsewhere", country="GB"), None) as second:
        second.do(import_folder, exported)
        for table in ("client", "engagement", "promise", "trust_note", "follow_up", "fee", "advice"):
            count = f"SELECT count(*) FROM {table}"
            assert made.value(second, count) == made.value(practice, count), table
        assert made.value(second, "SELECT count(*) FROM deadline") == 0
        assert second.check().problems == []


def _without(path: Path, columns: tuple[str, ...]) -> None:
    """Take columns out of a file that the first version did not know."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))
    assert set(columns) <= set(rows[0])
    kept = [at for at, name in enumerate(rows[0]) if name not in columns]
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows([[row[at] for at in kept] for row in rows])
