"""The verbs that bring files in and write files out: import and export."""

from __future__ import annotations

import argparse
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.engine import told_by_system
from db.errors import Refused, Trouble
from db.practice import Practice
from desktop import sentences
from desktop.cli_file import opened
from desktop.cli_terminal import Answer, table
from desktop.text import _, ngettext

if TYPE_CHECKING:
    from db.exchange.records import BadRow, ImportPlan

BAD_ROWS_BEGIN = "\ufeffCliens line,".encode()


def bring_in(options: argparse.Namespace) -> Answer:
    """Bring in a file as one step, or say what it would do."""
    source = Path(options.source)
    if not source.exists():
        raise Trouble("missing", path=str(source))
    if options.bad_rows:
        require_replaceable(Path(options.bad_rows), BAD_ROWS_BEGIN)
    with opened(options) as practice:
        if source.is_dir():
            return _bring_folder(practice, source, dry=options.dry_run)
        return _bring_file(practice, source, options)


def _bring_folder(practice: Practice, folder: Path, *, dry: bool) -> Answer:
    from db.exchange.folder import import_folder, is_export

    if not is_export(folder):
        raise Refused("not-an-export", "source", path=str(folder))
    if dry:
        raise Refused("no-dry-run", "source")
    practice.back_up()
    done = practice.do(import_folder, folder)
    rows = getattr(done.result, "rows", 0)
    value: dict[str, Any] = {
        "read": rows,
        "created": rows,
        "updated": 0,
        "unchanged": 0,
        "needs_a_look": [],
        "step": done.step,
    }
    return Answer(value, [ngettext("{n} entry brought in.", "{n} entries brought in.", rows)])


def _bring_file(practice: Practice, source: Path, options: argparse.Namespace) -> Answer:
    from db.exchange.bring import import_file, preview
    from db.exchange.reading import read_source
    from db.firm import get_practice
    from desktop.cli_names import here

    firm = practice.ask(get_practice)
    plan: ImportPlan = read_source(
        source,
        options.noun,
        _mapping(options.mapping),
        options.encoding,
        {"tab": "\t", "\\t": "\t"}.get(options.delimiter, options.delimiter),
        country=firm.country,
        currency=firm.currency,
        zone=here(),
    )
    if options.dry_run:
        imported, step = practice.ask(preview, plan), 0
    else:
        practice.back_up()
        done = practice.do(import_file, plan)
        imported, step = done.result, done.step  # type: ignore[assignment]
    looks = [{"line": row.line, "why": why(row)} for row in imported.needs_a_look]
    lines = [
        _("Read {read}: {created} new, {updated} changed, {unchanged} as before, {look} to look at.").format(
            read=imported.read,
            created=imported.created,
            updated=imported.updated,
            unchanged=imported.unchanged,
            look=len(looks),
        )
    ]
    if options.dry_run:
        lines.append(_("This was a rehearsal: nothing was changed."))
    if looks:
        shown = [[str(look["line"]), str(look["why"])] for look in looks[:20]]
        lines += table([_("Line"), _("Why")], shown, right=[0])
    if options.bad_rows and imported.needs_a_look:
        from db.exchange.records import write_bad_rows

        write_bad_rows(Path(options.bad_rows), imported.needs_a_look)
        lines.append(_("They were written to {file}.").format(file=options.bad_rows))
    counts: dict[str, Any] = {
        "read": imported.read,
        "created": imported.created,
        "updated": imported.updated,
        "unchanged": imported.unchanged,
    }
    return Answer({**counts, "needs_a_look": looks, "step": step}, lines)


def why(row: BadRow) -> str:
    """Why a row needs a look, in a sentence."""
    return sentences.refusal(Refused(row.why, **row.facts))


def _mapping(given: list[str]) -> dict[str, str] | None:
    from desktop.cli_options import Usage

    mapping = {}
    for one in given:
        column, sign, field = one.rpartition("=")
        if not sign:
            raise Usage(_("A mapping is written COLUMN=FIELD, not “{given}”.").format(given=one))
        mapping[column] = field
    return mapping or None


def export(options: argparse.Namespace) -> Answer:
    """Write everything to a folder."""
    from db import ordering
    from db.exchange.export import export_practice
    from db.firm import get_practice

    with opened(options) as practice:
        # A window that spoke another language may have left the names in the order of that.
        ordering.speak(practice, practice.ask(get_practice).language)
        try:
            done = practice.ask(export_practice, Path(options.to))
        except Refused as refused:
            raise Refused(refused.code, "to", **refused.facts) from None
    words = _("Wrote {rows} entries in {files} files to {folder}. They are not encrypted, confidences included.")
    lines = [words.format(rows=done.rows, files=done.files, folder=done.folder)]
    return Answer({"folder": str(done.folder), "files": done.files, "rows": done.rows}, lines)


def require_replaceable(out: Path, beginning: bytes) -> None:
    """Only a file of the same making is replaced: a slip of the hand must not cost a practice file or a letter."""
    if not out.absolute().parent.is_dir():
        raise Trouble("missing", path=str(out.absolute().parent))
    if not out.exists():
        return
    try:
        with out.open("rb") as file:
            alike = file.read(len(beginning)) == beginning
    except OSError as error:
        raise Trouble("unreadable", path=str(out), why=error.strerror or str(error)) from None
    if not alike:
        raise Trouble("exists", path=str(out))


def write_beside(out: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there."""
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.absolute().parent)
    except OSError as error:
        raise told_by_system(OSError(error.errno, error.strerror), out) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, out)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
