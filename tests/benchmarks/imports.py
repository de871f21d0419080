"""Imports, measured against the bare SQLite inserts, with journal and index, of the same rows."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlmodel import Session, SQLModel

from db import vault
from db.documents import DOCUMENTS
from db.engine import connect
from db.exchange.bring import import_file
from db.exchange.reading import read_source
from db.exchange.records import Imported
from db.founding import NewPractice
from db.names import tokens
from db.practice import Practice

RUNS = 5
# The triggers give each record its row in the order of names; rhythms are derived at the end of a step.
_SKIPPED = {
    *("step", "change", "attachment_chunk", "practice"),
    *("ordering", "party_order", "engagement_order", "advice_order", "client_rhythm", "client_health"),
}


def cards(count: int) -> str:
    """An address book in vCard 3.0."""
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Nowak{n};Łukasz;;;\r\nFN:Łukasz Nowak{n}\r\nORG:Firma {n % 97}\r\n"
        f"TEL;TYPE=CELL:600 {n // 1000:03} {n % 1000:03}\r\nEMAIL;TYPE=WORK:l{n}@post.example\r\n"
        f"ADR;TYPE=WORK:;;ul. Prosta {n};Kraków;;30-001;Polska\r\nNOTE:met at fair {n % 31}\r\nUID:u{n}\r\n"
        "X-SHOE-SIZE:44\r\nEND:VCARD\r\n"
        for n in range(count)
    )


def contacts(count: int) -> str:
    """An address book in Outlook's English CSV."""
    return (
        "First Name,Last Name,Company,Job Title,Business Street,Business City,Business Postal Code,"
        "Business Country/Region,Business Phone,Mobile Phone,Birthday,Categories,E-mail Address,Notes,Spouse\r\n"
    ) + "".join(
        f"Ana,Ruiz{n},Ruiz {n % 97} SL,Owner,Calle Mayor {n},Girona,17001,Spain,+34 972 {n // 1000:03} {n % 1000:03},,"
        f"{n % 28 + 1}/{n % 12 + 1}/1980,Clients,a{n}@ruiz.example,met at fair {n % 31},Joan\r\n"
        for n in range(count)
    )


def clients(count: int) -> str:
    """A table of clients."""
    return "number,name\n" + "".join(f"C-{n + 1:04d},Client {n}\n" for n in range(count))


def advice(count: int) -> str:
    """A table of recorded advice for 1,000 clients."""
    return "client,engagement,given_at,author,channel,question,advice,basis,risks,response,recorded\n" + "".join(
        f"C-{n % 1000 + 1:04d},,{2000 + n // 5000}-{n % 12 + 1:02d}-{n % 28 + 1:02d} {n % 24:02d}:{n % 60:02d},AR,"
        f'e-mail,"Should client {n} sell the share, now?",'
        f"Do not sell before the ruling in case {n} is final and binding.,"
        f"Civil code art. {n % 900},tax risk of a sale before the year ends,accepted,yes\n"
        for n in range(count)
    )


CASES: dict[str, tuple[Callable[[int], str], int, str | None, str]] = {
    "vCards": (cards, 10_000, None, "book.vcf"),
    "contacts in CSV": (contacts, 10_000, None, "outlook.csv"),
    "rows of advice": (advice, 100_000, "advice", "advice.csv"),
}


def measure(folder: Path, case: str, run: int) -> tuple[float, float, float, float]:
    """One import of a case and the bare inserts of what it brought: seconds and processor seconds of each."""
    make, count, noun, name = CASES[case]
    path = folder / name
    if run == 0:
        path.write_text(make(count), encoding="utf-8", newline="")
    made, bare = folder / f"{run} {name}.cliens", folder / f"{run} {name} bare.cliens"
    practice = new_practice(made, folder, noun)
    new_practice(bare, folder, noun).close()
    with practice:
        first = last_ids(practice)
        started = _now()
        done = practice.do(import_file, read_source(path, noun, country="ES", currency="EUR"))
        took = _since(started)
        assert isinstance(done.result, Imported)
        assert (done.result.created, done.result.needs_a_look) == (count, [])
        rows, texts = brought(practice, first)
    bare_took = insert(bare, rows, texts)
    made.unlink()
    bare.unlink()
    return *took, *bare_took


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(started: tuple[float, float]) -> tuple[float, float]:
    wall, processor = _now()
    return wall - started[0], processor - started[1]


def new_practice(path: Path, folder: Path, noun: str | None) -> Practice:
    """An encrypted practice, with clients when a history is to come."""
    practice = Practice.create(path, NewPractice(name="Measured", country="ES"), "seven quiet herons")
    if noun is not None:
        table = folder / "clients.csv"
        table.write_text(clients(1000), encoding="utf-8")
        practice.do(import_file, read_source(table, "clients"))
    return practice


def last_ids(practice: Practice) -> dict[str, int]:
    """The highest id of each table."""

    def read(session: Session) -> dict[str, int]:
        query = "SELECT coalesce(max(id), 0) FROM "
        return {
            name: session.connection().exec_driver_sql(query + name).scalar_one() for name in SQLModel.metadata.tables
        }

    return practice.ask(read)


def brought(practice: Practice, first: dict[str, int]) -> tuple[dict[str, list[Any]], list[Any]]:
    """The rows that an import added by table, and the texts that it put into the index."""

    def read(session: Session) -> tuple[dict[str, list[Any]], list[Any]]:
        connection = session.connection()
        rows = {
            table.name: [
                tuple(row)
                for row in connection.exec_driver_sql(f"SELECT * FROM {table.name} WHERE id > {first[table.name]}")
            ]
            for table in SQLModel.metadata.sorted_tables
            if table.name not in _SKIPPED
        }
        places = {(row[1], row[2]): row[0] for row in rows["search_document"]}
        texts = [
            (places[noun, row[0]], " ".join(tokens(row[3])), " ".join(tokens(row[4])), f"n{noun} c{row[1]}")
            for noun in ("party", "advice")
            for row in connection.exec_driver_sql(DOCUMENTS[noun])
            if (noun, row[0]) in places
        ]
        return rows, texts

    return practice.ask(read)


def insert(path: Path, rows: dict[str, list[Any]], texts: list[Any]) -> tuple[float, float]:
    """The seconds that SQLite takes for the rows, their journal and the index, in one transaction."""
    connection = connect(path, vault.derive("seven quiet herons", vault.read_header(path)))
    started = _now()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO step (at, who, computer, verb, subject, kind) VALUES ('', '', '', '', '', 'do')")
    for table, some in rows.items():
        if some:
            connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(some[0]))})", some)
    connection.executemany("INSERT INTO search (rowid, title, body, scope) VALUES (?, ?, ?, ?)", texts)
    connection.execute("COMMIT")
    took = _since(started)
    connection.close()
    return took


def main() -> None:
    """Print the table: medians of the runs."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["CLIENS_HOME"] = str(Path(name) / "home")
        print(f"medians of {RUNS} runs on encrypted files; bare: the same rows by executemany, with journal and index")
        print("| import | rows/s | seconds | bare | ratio | processor seconds | bare | ratio |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|")
        for case, (_, count, _, _) in CASES.items():
            measure(Path(name), case, 0)  # what is imported once, and the file of the case
            runs = [measure(Path(name), case, run) for run in range(1, RUNS + 1)]
            wall, processor, bare, bare_processor = (statistics.median(run[side] for run in runs) for side in range(4))
            ratios = (statistics.median(run[side] / run[side + 2] for run in runs) for side in (0, 1))
            for_wall, for_processor = ratios
            print(
                f"| {count:,} {case} | {count / wall:,.0f} | {wall:.2f} | {bare:.2f} | {for_wall:.2f} |"
                f" {processor:.2f} | {bare_processor:.2f} | {for_processor:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
