"""Reading a source file into a plan: which program wrote it, what its rows say, and which need a look."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from db.errors import Refused
from db.exchange import cards, contacts, histories
from db.exchange.contact import fallback_key
from db.exchange.decoding import read_bytes, unicode_encoding
from db.exchange.records import ImportPlan, Record
from db.exchange.table import read_table
from db.exchange.vcard import read_cards

NOUNS = ("parties", "clients", *histories.HISTORIES)


def read_source(
    path: Path,
    as_noun: str | None = None,
    mapping: Mapping[str, str] | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    *,
    country: str = "GB",
    currency: str = "GBP",
    zone: str = "UTC",
) -> ImportPlan:
    """Read a vCard, CSV, TSV, XLSX, XLS or ODS file, outside of any transaction.

    `as_noun` is one of NOUNS (None: parties, or the history that the header shows); `mapping` says of columns what
    they are; `country` decides phones and dates, `currency` and `zone` stand where a row names none. Raises Refused
    which-encoding, needs-mapping, missing-columns, not-one-of, no-rows, empty-file, not-a-vcard and others.
    """
    if as_noun is not None and as_noun not in NOUNS:
        raise Refused("not-one-of", "as", value=as_noun, allowed=list(NOUNS))
    with _uncollected():
        return _read(path, as_noun, mapping, encoding, delimiter, country, currency, zone)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Rows pile up and none of them is garbage: the collector would walk them again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read(
    path: Path,
    as_noun: str | None,
    mapping: Mapping[str, str] | None,
    encoding: str | None,
    delimiter: str | None,
    country: str,
    currency: str,
    zone: str,
) -> ImportPlan:
    if _is_vcard(path):
        if as_noun not in (None, "parties", "clients"):
            raise Refused("not-a-table", "as", value=as_noun)
        return _read_vcard(path, as_noun, encoding, country)
    known = contacts.known_columns
    if mapping or as_noun in histories.HISTORIES:
        known = lambda cells: _named(cells, as_noun, mapping)  # noqa: E731
    table = read_table(path, known, encoding, delimiter)
    noun = as_noun or histories.history_of(table.header) or "parties"
    if noun in histories.HISTORIES:
        columns = histories.columns_of(noun, table.header, mapping)
        records, bad = histories.read_history(table, noun, columns, country, currency, zone)
        recipe = source = noun
    else:
        recipe = contacts.recipe_of(table.header)
        columns, records, bad = contacts.read_contacts(table, recipe, country, mapping, clients=noun == "clients")
        _tell_apart(records)
        source = recipe if recipe != "table" else f"table {_digest(table.header)}"
    bad = sorted([*table.bad, *bad], key=lambda row: row.line)
    return ImportPlan(path, recipe, noun, source, table.header, columns, records, bad, table.encoding, table.delimiter)


def _named(cells: Sequence[str], as_noun: str | None, mapping: Mapping[str, str] | None) -> int:
    names = set(contacts.folded(cells))
    found = sum(cell.strip() in mapping for cell in cells) * 100 if mapping else 0
    if as_noun in histories.HISTORIES:
        return found + len(names & histories.HISTORIES[as_noun].columns.keys())
    return found + contacts.known_columns(cells)


def _is_vcard(path: Path) -> bool:
    if path.suffix.lower() in (".vcf", ".vcard"):
        return True
    content = read_bytes(path)[:4000]
    shown = unicode_encoding(content)
    text = content[shown[1] :].decode(shown[0], "replace") if shown else content.decode("latin-1")
    return text.lstrip()[:11].upper() == "BEGIN:VCARD"


def _read_vcard(path: Path, as_noun: str | None, encoding: str | None, country: str) -> ImportPlan:
    found, used = read_cards(read_bytes(path), encoding)
    records, bad, pictures = cards.read_contacts(found, country)
    if as_noun == "clients":
        for record in records:
            record.client = {}
    _tell_apart(records)
    left_out = {"pictures": pictures} if pictures else {}
    return ImportPlan(
        path, "vcard", as_noun or "parties", "vcard", ["card"], {"card": "card"}, records, bad, used, "", left_out
    )


def _tell_apart(records: list[Record]) -> None:
    """Give contacts that share a key one of their own: by name and phone, and then by their order."""
    shared = {key for key, count in Counter(record.key for record in records).items() if count > 1}
    for record in records:
        if record.key in shared and not record.key.startswith("id:"):
            record.key = fallback_key(record, whole=True)
    counted: Counter[str] = Counter()
    for record in records:
        counted[record.key] += 1
        if counted[record.key] > 1:
            record.key += f"#{counted[record.key]}"


def _digest(header: list[str]) -> str:
    return hashlib.sha256("\t".join(header).encode()).hexdigest()[:12]
