"""The verbs that only look: find, client, conflicts, history."""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from db.clients import find_client
from db.overview import Brief, brief
from db.trust import open_confidences
from desktop import text
from desktop.cli_file import opened
from desktop.cli_terminal import Answer, shortened, table
from desktop.text import _, ngettext


def find(options: argparse.Namespace) -> Answer:
    """Everything that holds all the words."""
    from db.search import find as search

    with opened(options) as practice:
        found = practice.ask(search, " ".join(options.text), options.limit, confidences=options.confidences)
    keys = ("noun", "id", "number", "title", "snippet", "client", "when")
    hits = [{key: getattr(hit, key) for key in keys} for hit in found.hits]
    value = {"total": found.total, "took_ms": round(found.took_ms, 1), "hits": hits}
    if not hits:
        return Answer(value, [_("Nothing has all of these words.")])
    lines = []
    for hit in found.hits:
        lead = " ".join(part for part in (hit.number, shortened(hit.title, 80)) if part)
        about = " · ".join(part for part in (hit.noun.replace("_", " "), hit.client, hit.when[:10]) if part)
        lines += [f"{lead}  ({about})", *([f"    {shortened(hit.snippet, 100)}"] if hit.snippet else [])]
    lines.append(ngettext("{n} found", "{n} found", found.total))
    return Answer(value, lines)


def client(options: argparse.Namespace) -> Answer:
    """All that one should know before speaking with a client."""
    with opened(options) as practice:
        client_id = practice.ask(find_client, options.client)
        told = practice.ask(brief, client_id, confidences=options.confidences)
        if options.confidences and told.confidences:
            # Who opened what was told in confidence stands in the history, as it does from the window.
            practice.do(open_confidences, client_id)
    return Answer(brief_value(told), _brief_lines(told))


def brief_value(told: Brief) -> dict[str, Any]:
    """A brief as one object, with the client's own columns first."""
    row = asdict(told.client)
    return {
        **_plain(row),
        "party": _plain(told.party.party.model_dump()),
        "custom": told.party.custom,
        "links": [_plain(asdict(link)) for link in told.party.links],
        "valued": told.valued,
        "notes": told.notes,
        "referred_by": told.referred_by,
        "referred": told.referred,
        "pays": told.pays,
        "standing_history": [_plain(asdict(one)) for one in told.standing],
        "engagements": [_plain(asdict(one)) for one in told.engagements],
        "advice": [_plain(asdict(one)) for one in told.advice],
        "promises": [_plain(asdict(one)) for one in told.promises],
        "kept": {"kept": told.kept.kept, "settled": told.kept.settled},
        "trust_notes": [_plain(asdict(one)) for one in told.trust_notes],
        "confidences": told.confidences,
        "follow_ups": [_plain(asdict(one)) for one in told.follow_ups],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _brief_lines(told: Brief) -> list[str]:
    say, row = text.current(), told.client
    standing = " · ".join(part for part in (row.shown_standing, row.grade and f"{_('grade')} {row.grade}") if part)
    lines = [f"{row.name}", f"{row.number} · {standing}"]
    for words, value in (
        (_("Values: {value}"), told.valued),
        (_("Paid by: {value}"), say.listed(told.pays)),
        (_("Referred by: {value}"), told.referred_by),
        (_("Notes: {value}"), told.notes),
    ):
        if value:
            lines.append(words.format(value=value))
    lines += [contact.value for contact in told.party.party.contacts or []]
    # What an address book said in columns of its own stays as it was named there.
    lines += [f"{name}: {shortened(value, 100)}" for name, value in told.party.custom.items()]
    if told.kept.settled:
        kept = _("Promises kept in time: {kept} of {settled}")
        lines.append(kept.format(kept=told.kept.kept, settled=told.kept.settled))
    sections: list[tuple[str, list[list[str]]]] = [
        (
            _("Engagements"),
            [[one.number, one.title, one.stage, _day(one.next_on)] for one in told.engagements],
        ),
        (
            _("Promises"),
            [[_day(one.due_on), one.by, shortened(one.text), one.status] for one in told.promises[:12]],
        ),
        (
            _("Follow-ups"),
            [[_day(one.due_on), shortened(one.what)] for one in told.follow_ups[:12]],
        ),
        (
            _("Advice"),
            [
                [_day(one.given_at.date()), one.number, shortened(one.question), _answer(one)]
                for one in told.advice[:12]
            ],
        ),
        (
            _("Trust notes"),
            [[_day(one.noted_at.astimezone().date()), one.kind, _told(one)] for one in told.trust_notes[:12]],
        ),
    ]
    for title, rows in sections:
        if rows:
            lines += ["", title, *(f"  {line}" for line in table([""] * len(rows[0]), rows)[1:])]
    return lines


def _answer(row: Any) -> str:
    return _("draft") if row.state == "draft" else str(row.response)


def _told(note: Any) -> str:
    return shortened(note.text) if note.text else _("told in confidence; shown with --confidences")


def _day(day: dt.date | None) -> str:
    return "" if day is None else text.current().date(day)


def conflicts(options: argparse.Namespace) -> Answer:
    """Check names against everybody the practice ever met."""
    from db.conflicts import check_names
    from desktop.why import role_words, verdict_words, why_words

    with opened(options) as practice:
        result = practice.ask(check_names, options.names)
    names, lines = [], []
    for name in result.names:
        hits = [
            {
                "party": hit.party,
                "matched": hit.matched,
                "score": hit.score,
                "why": why_words(hit.why),
                "role": hit.role,
                "where": hit.where,
                "status": hit.status,
            }
            for hit in name.hits
        ]
        names.append({"name": name.name, "verdict": name.verdict, "hits": hits})
        lines.append(f"{name.name}: {verdict_words(name.verdict)}")
        rows = [
            [str(hit.score), hit.party, role_words(hit.role, hit.standing), hit.where, hit.status, why_words(hit.why)]
            for hit in name.hits
        ]
        if rows:
            lines += [f"  {line}" for line in table([""] * 6, rows, right=[0])[1:]]
    searched = _("{names} searched in {took} ms")
    universe = ngettext("{n} name", "{n} names", result.universe)
    lines.append(searched.format(names=universe, took=round(result.took_ms)))
    return Answer({"universe": result.universe, "took_ms": result.took_ms, "names": names}, lines)


def history(options: argparse.Namespace) -> Answer:
    """The latest steps, newest first."""
    from db.history import StepRow, list_steps
    from desktop.sentences import step_words

    def steps(session: Session) -> list[StepRow]:
        client_id = None if options.client is None else find_client(session, options.client)
        return list_steps(session, client_id, options.limit)

    with opened(options) as practice:
        rows = practice.ask(steps)
    value = [
        {"id": r.id, "at": r.at, "who": r.who, "verb": r.verb, "words": step_words(r), "digest": r.digest} for r in rows
    ]
    shown = [[str(r.id), r.at[:16].replace("T", " "), r.who, shortened(step_words(r), 90)] for r in rows]
    header = [_("Step"), _("When (UTC)"), _("Who"), _("What")]
    return Answer({"steps": value}, table(header, shown, right=[0]))
