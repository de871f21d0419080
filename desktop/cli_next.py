"""The verbs that say what to do and what is heard: suggest, today, insight, referrals."""

from __future__ import annotations

import argparse
from typing import Any

from sqlmodel import Session

from db.clients import names_of
from db.heard import Heard, heard_until
from db.referral_graph import Sender, list_senders
from db.referrals import party_of_client
from db.suggestions import Suggestion, suggest
from desktop import text
from desktop.cli_file import opened
from desktop.cli_know import answered, client_asked, day_asked, lines_of
from desktop.cli_terminal import Answer, shortened, table
from desktop.reason_words import reasons_value
from desktop.text import _, ngettext


def suggestions(options: argparse.Namespace) -> Answer:
    """What is the next right thing to do, for one client or for all."""
    on = day_asked(options)

    def read(session: Session) -> tuple[list[Suggestion], dict[int, tuple[str, str]]]:
        found = suggest(session, on, client_asked(session, options), options.limit)
        return found, names_of(session, {one.client_id for one in found})

    with opened(options) as practice:
        found, names = practice.ask(read)
    by_client: dict[int, list[Suggestion]] = {}
    for one in found:
        by_client.setdefault(one.client_id, []).append(one)
    clients, lines = [], []
    for client_id, told in by_client.items():
        number, name = names[client_id]
        clients.append(
            {"client": number, "id": client_id, "name": name, "suggestions": [_suggested(one) for one in told]}
        )
        lines.append(f"{number}  {name}")
        for one in told:
            lines += [f"  {one.rule.said(text.current().language)}", *lines_of(one.reasons)]
    return answered(on, clients, lines or [_("Nothing presses: no rule holds of anybody on this day.")])


def _suggested(one: Suggestion) -> dict[str, Any]:
    return {
        "rule": one.rule.name,
        "words": one.rule.said(text.current().language),
        "action": one.rule.action,
        "weight": one.rule.weight,
        "reasons": reasons_value(one.reasons),
    }


def today(options: argparse.Namespace) -> Answer:
    """What needs the practice on a day, kind by kind, the most pressing first."""
    from db.today import KINDS, list_waiting
    from desktop.today_words import told

    on = day_asked(options)

    def read(session: Session) -> tuple[int | None, list[Any], dict[int, tuple[str, str]]]:
        kinds = [list_waiting(session, kind, on, options.limit) for kind in KINDS]
        some = {row.client_id for kind in kinds for row in kind.rows if row.client_id is not None}
        return client_asked(session, options), kinds, names_of(session, some)

    with opened(options) as practice:
        only, kinds, names = practice.ask(read)
    clients, lines = [], list[str]()
    for kind in kinds:
        for row in kind.rows:
            if only is not None and row.client_id != only:
                continue
            said = told(row, on)
            number = names.get(row.client_id or 0, ("", ""))[0]
            reason = {"code": row.kind, "words": said.reason, "evidence": {"noun": row.noun, "id": row.id}}
            value = {"client": number or None, "id": row.client_id, "name": row.client, "kind": row.kind}
            clients.append({**value, "title": said.title, "days": row.days, "reasons": [reason]})
            lines += [f"{said.title}  ({said.chip})", f"    {said.reason}"]
    value = {"total": {kind.kind: kind.total for kind in kinds}}
    return answered(on, clients, lines or [_("Nothing waits on this day.")], **value)


def insight(options: argparse.Namespace) -> Answer:
    """What clients told or showed in the year until a day, the newest first, with the counts of all."""
    from desktop.rooms.words import word

    on = day_asked(options)

    def read(session: Session) -> tuple[Heard, dict[int, tuple[str, str]]]:
        heard = heard_until(session, on, client_asked(session, options), options.limit)
        return heard, names_of(session, {row.client_id for row in heard.rows if row.client_id is not None})

    with opened(options) as practice:
        heard, names = practice.ask(read)
    clients, rows = [], []
    for row in heard.rows:
        number, name = names.get(row.client_id or 0, ("", row.said_by))
        reason = {"code": row.kind, "words": row.verbatim, "evidence": {"noun": "insight", "id": row.id}}
        value = {"client": number or None, "id": row.client_id, "name": name, "days": (on - row.heard_on).days}
        value |= {"score": row.score, "scale": row.scale, "kind": row.kind}
        clients.append({**value, "themes": row.themes, "reasons": [reason]})
        rows.append([text.current().date(row.heard_on), word(row.kind), name, shortened(row.verbatim, 70)])
    counts = {
        "count": heard.count,
        "of_clients": heard.clients,
        "kinds": dict(heard.kinds),
        "themes": [{"name": name, "count": count, "clients": of} for name, count, of in heard.themes],
        "open_complaints": heard.open,
        "done_and_not_told": heard.untold,
    }
    lines = table([_("Day"), _("Kind"), _("Who"), _("What was said")], rows) if rows else [_("Nothing was heard.")]
    lines += [
        ngettext("{n} insight in a year", "{n} insights in a year", heard.count),
        ngettext("{n} complaint is open", "{n} complaints are open", heard.open),
        ngettext("{n} thing done and not told", "{n} things done and not told", heard.untold),
    ]
    return answered(on, clients, lines, **counts)


def referrals(options: argparse.Namespace) -> Answer:
    """Who sent whom until a day, by what came of it."""
    on = day_asked(options)

    def read(session: Session) -> tuple[list[Sender], dict[int, tuple[str, str]]]:
        client_id = client_asked(session, options)
        party_id = None if client_id is None else party_of_client(session, client_id)[0]
        found = list_senders(session, on, party_id, options.limit)
        return found, names_of(session, {row.client_id for row in found if row.client_id is not None})

    with opened(options) as practice:
        found, names = practice.ask(read)
    say = text.current()
    clients, rows = [], []
    for row in found:
        number = names.get(row.client_id or 0, ("", ""))[0]
        reason = {"code": "sent", "words": _sent_words(row), "evidence": {"noun": "party", "id": row.party_id}}
        value = {"client": number or None, "id": row.client_id, "name": row.name, "days": (on - row.last_on).days}
        value |= {"sent": row.sent, "became": row.became, "fees_minor": row.fees_minor, "line": row.line}
        value |= {"line_fees_minor": row.line_fees_minor, "thanks_owed": row.owed, "currency": row.currency}
        clients.append({**value, "reasons": [reason]})
        fees, brought = say.money(row.fees_minor, row.currency), say.money(row.line_fees_minor, row.currency)
        rows.append([row.name, say.number(row.sent), say.number(row.became), fees, brought, say.number(row.owed)])
    header = [_("Who sent"), _("Sent"), _("Came"), _("Fees"), _("Fees of the line"), _("Thanks owed")]
    lines = table(header, rows, right=[1, 2, 3, 4, 5]) if rows else [_("Nobody was sent by anybody until this day.")]
    return answered(on, clients, lines)


def _sent_words(row: Sender) -> str:
    sent = ngettext("sent {n} in all", "sent {n} in all", row.sent)
    came = ngettext("{n} of them became a client", "{n} of them became clients", row.became)
    return text.joined(", ", [sent, came])
