"""The access pack of a person: what is given as CSV, JSON, vCard and files, what is withheld by kind and ground."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db.attachments import read_attachment
from db.engine import told_by_system
from db.errors import Refused
from db.exchange.cards_out import write_cards
from db.exchange.export import safe_name
from db.exchange.values import harmless
from db.held import ItemRow, count_steps_on, list_items
from db.privacy import RequestRow, get_request
from db.rows import among, scalar

_STYLE = """body{font:14px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1c2024}
table{border-collapse:collapse;width:100%;margin:0 0 2em}h1,h2{font-weight:600}
th,td{text-align:left;padding:4px 8px;border-bottom:1px solid #e3e0da;vertical-align:top;overflow-wrap:anywhere}"""
Words = Callable[[str], str]


@dataclass(frozen=True)
class Pack:
    """What was written: the folder, its files, and how many records were given and withheld."""

    folder: Path
    files: int
    given: int
    withheld: int


def build_pack(session: Session, request_id: int, folder: Path, words: Words = str) -> Pack:
    """Write the pack of a request into a new folder, whole or not at all.

    `words` says the codes (kinds, grounds, headings) in the person's language. Raises Refused identity-first,
    items-open with their number, folder-not-empty; Trouble disk.
    """
    request = get_request(session, request_id)
    if request is None:
        raise Refused("not-there", "request", noun="RightsRequest", id=request_id)
    if request.verified_on is None:
        raise Refused("identity-first", "request")
    items = list_items(session, request_id)
    undecided = sum(not item.decision for item in items)
    if undecided:
        raise Refused("items-open", "request", count=undecided)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("folder-not-empty", "folder", path=str(folder))
    partial = folder.with_name(folder.name + ".partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True, mode=0o700)
        _write(session, request, items, partial, words)
        if folder.exists():
            folder.rmdir()
        os.replace(partial, folder)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise told_by_system(error, folder) from None
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    given = sum(item.decision == "given" for item in items)
    return Pack(folder, sum(path.is_file() for path in folder.rglob("*")), given, len(items) - given)


def _write(session: Session, request: RequestRow, items: Sequence[ItemRow], folder: Path, words: Words) -> None:
    given: dict[str, list[dict[str, Any]]] = {}
    for noun, some in _by_noun(items, "given"):
        given[noun] = list(_records(session, noun, some))
        columns = list(given[noun][0])
        _csv(folder / f"{noun}.csv", columns, ([record[name] for name in columns] for record in given[noun]))
    (folder / "data.json").write_text(json.dumps(given, ensure_ascii=False, indent=1), encoding="utf-8")
    if any(item.key == ("party", request.party_id) and item.decision == "given" for item in items):
        write_cards(session, folder / "person.vcf", [request.party_id])
    withheld = [[words(noun), len(some), words(ground)] for noun, ground, some in _withheld(items)]
    _csv(folder / "withheld.csv", [words("what"), words("how many"), words("ground")], withheld)
    for item in items:
        if item.noun == "attachment" and item.decision == "given":
            (folder / "files").mkdir(exist_ok=True)
            with (folder / "files" / f"{item.record_id:04d} {safe_name(item.title)}").open("wb") as file:
                file.writelines(read_attachment(session, item.record_id))
    steps = count_steps_on(session, request.party_id)
    firm = scalar(session, "SELECT name FROM practice")
    _index(folder / "index.html", firm, request, items, withheld, steps, words)


def _by_noun(items: Sequence[ItemRow], decision: str) -> Iterator[tuple[str, list[ItemRow]]]:
    nouns = dict.fromkeys(item.noun for item in items if item.decision == decision)
    for noun in nouns:
        yield noun, [item for item in items if item.noun == noun and item.decision == decision]


def _withheld(items: Sequence[ItemRow]) -> Iterator[tuple[str, str, list[ItemRow]]]:
    """What is kept back, by kind and ground: their number is told, never what they say."""
    for noun, some in _by_noun(items, "withheld"):
        for ground in dict.fromkeys(item.ground for item in some):
            yield noun, ground, [item for item in some if item.ground == ground]


def _records(session: Session, noun: str, items: Sequence[ItemRow]) -> Iterator[dict[str, Any]]:
    """The columns of these records without the practice's own numbers for rows, and in words what each one is."""
    rows = session.connection().exec_driver_sql(
        f"SELECT * FROM {noun} WHERE id IN ({among(item.record_id for item in items)}) ORDER BY id"
    )
    titles = {item.record_id: item.title for item in items}
    for row in rows.mappings():
        kept = {name: value for name, value in row.items() if name != "id" and not name.endswith("_id")}
        yield {"record": titles[row["id"]], **kept}


def _csv(path: Path, header: Sequence[str], rows: Any) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([harmless("" if cell is None else str(cell)) for cell in row] for row in rows)


def _index(
    path: Path,
    firm: str,
    request: RequestRow,
    items: Sequence[ItemRow],
    withheld: Sequence[Sequence[Any]],
    steps: int,
    words: Words,
) -> None:
    def table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
        lines = ["".join(f"<td>{escape(str(cell))}</td>" for cell in row) for row in rows]
        return (
            f"<table><tr>{''.join(f'<th>{escape(words(name))}</th>' for name in header)}</tr>"
            + "".join(f"<tr>{line}</tr>\n" for line in lines)
            + "</table>\n"
        )

    facts: list[list[Any]] = [
        [words("received"), request.received_on],
        [words("due"), request.due_on],
        [words("identity"), f"{request.verified_on} · {request.verified_how}"],
        [words("changes in the history"), steps],
    ]
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
            f"content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>{escape(request.party)}</title>"
            f"<style>{_STYLE}</style></head><body><h1>{escape(request.party)}</h1><p>{escape(firm)}</p>\n"
        )
        file.write(table([], facts))
        for noun, some in _by_noun(items, "given"):
            file.write(f"<h2>{escape(words(noun))}</h2>\n")
            file.write(table(["date", "what"], [[item.on, item.title] for item in some]))
        if withheld:
            file.write(f"<h2>{escape(words('withheld'))}</h2>\n")
            file.write(table(["what", "how many", "ground"], withheld))
        file.write("</body></html>\n")
