"""The access pack of a person as one ZIP: what is given as CSV, JSON, vCard and files, what is withheld and why."""

from __future__ import annotations

import csv
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

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
INDEX, DATA = "index.html", "data"
Words = Callable[[str], str]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Pack:
    """What was written: the ZIP, its files, and how many records were given and withheld."""

    path: Path
    files: int
    given: int
    withheld: int


def build_pack(
    session: Session, request_id: int, path: Path, words: Words = str, progress: Progress | None = None
) -> Pack:
    """Write the pack of a request as a ZIP, whole or not at all; what stood at its path is replaced in one step.

    In it are the index to be read, and the folder with everything else. `words` says the codes (kinds, grounds,
    headings) in the person's language; `progress` may raise to give it up. Raises Refused identity-first, items-open
    with their number; Trouble disk.
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
    # Made beside its place and moved there in one step: whoever looks there finds the old pack or the new one, whole.
    loose, packed = path.with_name(path.name + ".partial"), path.with_name(path.name + ".part")
    tell = progress or (lambda _done, _of: None)
    try:
        shutil.rmtree(loose, ignore_errors=True)
        (loose / DATA).mkdir(parents=True, mode=0o700)
        tell(0, 3)
        _write(session, request, items, loose, words, tell)
        tell(2, 3)
        files = _zip(loose, packed, tell)
        os.replace(packed, path)
    except OSError as error:
        raise told_by_system(error, path) from None
    finally:
        shutil.rmtree(loose, ignore_errors=True)
        packed.unlink(missing_ok=True)
    given = sum(item.decision == "given" for item in items)
    return Pack(path, files, given, len(items) - given)


def _zip(loose: Path, packed: Path, tell: Progress) -> int:
    """Pack everything of a folder, the index first; gives how many files there are."""
    files = sorted((each for each in loose.rglob("*") if each.is_file()), key=lambda each: each.parent != loose)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for file in files:
            tell(2, 3)
            target.write(file, file.relative_to(loose).as_posix())
    return len(files)


def _write(
    session: Session, request: RequestRow, items: Sequence[ItemRow], loose: Path, words: Words, tell: Progress
) -> None:
    folder, given = loose / DATA, dict[str, list[dict[str, Any]]]()
    for noun, some in _by_noun(items, "given"):
        tell(1, 3)
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
            tell(1, 3)
            (folder / "files").mkdir(exist_ok=True)
            with (folder / "files" / f"{item.record_id:04d} {safe_name(item.title)}").open("wb") as file:
                file.writelines(read_attachment(session, item.record_id))
    steps = count_steps_on(session, request.party_id)
    firm = scalar(session, "SELECT name FROM practice")
    files = sorted(each.relative_to(loose).as_posix() for each in folder.rglob("*") if each.is_file())
    _index(loose / INDEX, firm, request, items, withheld, steps, files, words)


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
    files: Sequence[str],
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
        file.write(f"<h2>{escape(words('files'))}</h2>\n<ul>\n")
        for name in files:
            file.write(f'<li><a href="{quote(name)}">{escape(name.removeprefix(f"{DATA}/"))}</a></li>\n')
        file.write("</ul></body></html>\n")
