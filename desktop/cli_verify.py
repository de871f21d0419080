"""The verbs about proof: whether a printed report is the record, and the pack that shows it to others."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from db.engine import told_by_system
from desktop.cli_exchange import require_replaceable, write_beside
from desktop.cli_file import opened
from desktop.cli_terminal import Answer, Course
from desktop.text import _, current, ngettext

# A verdict and no failure: the verb did what it was asked to do.
NOT_FROM_HERE = 4


def verify(options: argparse.Namespace) -> Answer:
    """Say whether a PDF is genuine, and what became of the record since; ends with 4 where it is not from here."""
    from desktop.reports import verdict_words as words
    from desktop.reports.received import Unreadable, load
    from desktop.reports.verifying import Verified
    from desktop.reports.verifying import verify as verified

    path = Path(options.report)
    with opened(options, backup=False) as practice:
        try:
            answer = verified(practice.ask, load(path), Course())
        except Unreadable as error:
            answer = Verified("not-from-here", error.code)
        except OSError as error:
            raise told_by_system(error, path) from None
    lines = [words.verdict_sentence(answer), words.about_sentence(answer), words.why_sentence(answer)]
    lines += [f"  {words.difference_sentence(one)}" for one in answer.differences[:20]]
    lines += [f"  {words.later_sentence(one)}" for one in answer.since]
    lines += words.note_sentences(answer)
    code = NOT_FROM_HERE if answer.verdict == "not-from-here" else 0
    return Answer(_told(answer), [line for line in lines if line], code)


def _told(answer: Any) -> dict[str, Any]:
    """The answer as one object for programs."""
    from desktop.reports import verdict_words as words

    record = answer.record
    return {
        "verdict": answer.verdict,
        "why": answer.why or None,
        "words": words.why_sentence(answer) or words.verdict_sentence(answer),
        "report": answer.kind or None,
        "about": answer.about or None,
        "entries": answer.entries,
        "range": None if record is None else [record.first, record.last],
        "step": None if record is None else record.step,
        "digest": answer.digest or None,
        "printed_at": None if record is None else record.asked.at.isoformat(),
        "changed_since": [
            {
                "what": later.what,
                "noun": later.noun,
                "number": later.number or None,
                "amends": later.earlier or None,
                "at": later.at.isoformat(),
                "step": later.step,
                "words": words.later_sentence(later),
            }
            for later in answer.since
        ],
        "differences": [
            {"page": one.page or None, "says": one.says, "sealed": one.printed} for one in answer.differences
        ],
        "notes": list(answer.notes),
    }


def evidence(options: argparse.Namespace) -> Answer:
    """Write the evidence pack of a client: whole, or not at all."""
    from db.clients import find_client
    from desktop.reports.evidence import make_pack
    from desktop.reports.family import Asked
    from desktop.reports.omissions import in_words

    out = Path(options.out)
    require_replaceable(out, b"PK")
    with opened(options, backup=False) as practice:
        client_id = practice.ask(find_client, options.client)
        pack = make_pack(practice.ask, Asked(dt.datetime.now().astimezone(), client_id, writer=practice.who))
    write_beside(out, pack.content)
    entries = ngettext("{n} entry", "{n} entries", pack.entries)
    lines = [_("Evidence written to {file}: {entries}.").format(file=out, entries=entries)]
    if pack.closed:
        lines.append(closed_words(pack.closed))
    if pack.left_out:
        lines.append(_("Left out: {what}.").format(what=current().listed(in_words(pack.left_out))))
    value: dict[str, Any] = {"out": str(out), "files": list(pack.files), "entries": pack.entries}
    value |= {"closed": pack.closed, "pages": pack.pages, "step": pack.record.step, "digest": pack.record.digest}
    return Answer({**value, "left_out": pack.left_out}, lines)


def closed_words(closed: int) -> str:
    """That some entries are in a pack by number alone, and why."""
    return ngettext(
        "{n} of them is kept closed: its past holds earlier words, or it was written together with what is others’.",
        "{n} of them are kept closed: their past holds earlier words, or they were written together with what is"
        " others’.",
        closed,
    )
