"""The verbs about staying: how likely each client is to stay, what that said before others left, and who is quiet."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from sqlmodel import Session

from db.backtest import BackTest, back_test
from db.clients import names_of
from db.health import Health, health, healths, list_scores
from db.reasons import Reason
from db.today_quiet import names_and_subjects, quiet_clients, rhythm_of
from db.today_rows import QuietClient
from desktop import text
from desktop.cli_file import opened
from desktop.cli_know import answered, client_asked, day_asked, lines_of
from desktop.cli_terminal import Answer, shortened, table
from desktop.health_words import outcome_word, part_word, signed, trend_words
from desktop.reason_words import reason_words, reasons_value
from desktop.text import _, ngettext


def quiet(options: argparse.Namespace) -> Answer:
    """Who is silent for longer than his own rhythm, the most pressing first; or one client, whatever he is."""
    on = day_asked(options)

    def read(session: Session) -> tuple[list[QuietClient], dict[int, tuple[str, str]], dict[int, tuple[str, str]]]:
        client_id = client_asked(session, options)
        if client_id is None:
            found = quiet_clients(session, on, limit=options.limit)
        else:
            one = rhythm_of(session, client_id, on)
            found = [] if one is None else [one]
        some = [row.client_id for row in found] or [client_id or 0]
        return found, names_of(session, some), names_and_subjects(session, some, on)

    with opened(options) as practice:
        found, names, subjects = practice.ask(read)
    if options.client is not None and not found:
        client_id, (number, name) = next(iter(names.items()))
        unknown = Reason("unknown-silence", {}, "client", client_id)
        value = {"client": number, "id": client_id, "name": name, "days": None, "usual_days": None}
        value |= {"silent_days": None, "last": None, "state": None, "reasons": reasons_value([unknown])}
        return answered(on, [value], [f"{number}  {name}", *lines_of([unknown])])
    clients, rows = [], []
    for row in found:
        number, name = names[row.client_id]
        said = Reason(
            "silent" if row.silent > row.usual else "in-touch",
            {"days": row.silent, "usual": row.usual},
            "client",
            row.client_id,
        )
        words = subjects[row.client_id][1]
        clients.append(
            {
                "client": number,
                "id": row.client_id,
                "name": name,
                "days": row.silent,
                "usual_days": row.usual,
                "silent_days": row.silent,
                "state": row.state,
                "last": {"when": row.last_on.isoformat(), "words": words},
                "reasons": reasons_value([said]),
            }
        )
        rows.append([number, name, reason_words(said), text.current().date(row.last_on), shortened(words)])
    header = [_("Client"), _("Name"), _("Silence"), _("Last"), _("About")]
    lines = table(header, rows) if rows else [_("Nobody is quiet: everyone was in touch within his own rhythm.")]
    return answered(on, clients, lines)


def health_of(options: argparse.Namespace) -> Answer:
    """How likely each client is to stay, the lowest score first; one client with all parts; or the back-test."""
    on = day_asked(options)
    if options.back_test:
        with opened(options) as practice:
            return _tested(practice.ask(back_test, on))

    def read(session: Session) -> tuple[list[Health], dict[int, tuple[str, str]]]:
        client_id = client_asked(session, options)
        if client_id is not None:
            found = [health(session, client_id, on)]
        else:
            scores = list_scores(session, on)
            known = sorted((score, one) for one, score in scores.items() if score is not None)
            some = [one for _score, one in known[: options.limit]]
            told = healths(session, on, some)
            found = [told[one] for one in some]
        return found, names_of(session, [one.client_id for one in found])

    with opened(options) as practice:
        found, names = practice.ask(read)
    clients = [_value(one, *names[one.client_id]) for one in found]
    if options.client is not None:
        return answered(on, clients, _one(found[0], *names[found[0].client_id]))
    rows = [
        [*names[one.client_id], _shown(one.score), _change(one), "; ".join(map(reason_words, one.reasons))]
        for one in found
    ]
    header = [_("Client"), _("Name"), _("Health"), _("In 90 days"), _("Because")]
    lines = table(header, rows, right=[2, 3]) if rows else [_("Nobody has a score yet: too little is known.")]
    return answered(on, clients, lines)


def _value(one: Health, number: str, name: str) -> dict[str, Any]:
    override = one.override and {
        "score": one.override.score,
        "reason": one.override.reason,
        "set_by": one.override.set_by,
        "set_on": one.override.set_on.isoformat(),
        "until": one.override.until_on.isoformat(),
    }
    parts = [
        {"name": part.name, "weight": part.weight, "value": part.value, "reasons": reasons_value(part.reasons)}
        for part in one.parts
    ]
    return {
        "client": number,
        "id": one.client_id,
        "name": name,
        "score": one.score,
        "trend": one.trend,
        "parts": parts,
        "reasons": reasons_value(one.reasons),
        "override": override,
    }


def _one(one: Health, number: str, name: str) -> list[str]:
    lines = [f"{number}  {name}"]
    if one.score is None:
        lines += lines_of(one.reasons)
    else:
        lines.append(_("Health {score} of 100, {trend}").format(score=one.score, trend=trend_words(one.trend)))
    if one.override is not None:
        held = _("{who} says {score} until {day}: {reason}").format(
            who=one.override.set_by,
            score=one.override.score,
            reason=one.override.reason,
            day=text.current().date(one.override.until_on),
        )
        lines.append(held)
    for part in one.parts:
        lines.append(f"  {part_word(part.name)}: {_shown(part.value)} ({_('weight {n}').format(n=part.weight)})")
        lines += lines_of(part.reasons)
    return lines


def _tested(told: BackTest) -> Answer:
    left = [
        {
            "client": row.number,
            "id": row.client_id,
            "name": row.name,
            "left_on": row.left_on.isoformat(),
            "reason": row.reason,
            "score": row.score,
            "outcome": row.outcome,
        }
        for row in told.left
    ]
    value = {
        "as_of": told.on.isoformat(),
        "threshold": told.threshold,
        "days_before": told.days_before,
        "caught": told.caught,
        "missed": told.missed,
        "too_new": told.too_new,
        "looks": told.looks,
        "false_alarms": told.false_alarms,
        "left": left,
        "by_threshold": [
            {"threshold": each.threshold, "caught": each.caught, "missed": each.missed, "false_alarms": each.alarms}
            for each in told.by_threshold
        ],
    }
    return Answer(value, back_test_lines(told))


def back_test_lines(told: BackTest) -> list[str]:
    """The back-test for people: its counts, each threshold, and who left."""
    lines = [
        ngettext("{n} client left by his own will.", "{n} clients left by their own will.", len(told.left)),
        _("{days} days before, with a threshold of {threshold}:").format(
            days=told.days_before, threshold=told.threshold
        ),
        "  " + ngettext("{n} was caught", "{n} were caught", told.caught),
        "  " + ngettext("{n} was missed", "{n} were missed", told.missed),
        "  " + ngettext("{n} was too new to be told", "{n} were too new to be told", told.too_new),
        "  " + _alarms(told),
        "",
    ]
    header = [_("Threshold"), _("Caught"), _("Missed"), _("False alarms")]
    rows = [[str(each.threshold), str(each.caught), str(each.missed), str(each.alarms)] for each in told.by_threshold]
    lines += table(header, rows, right=[0, 1, 2, 3])
    if told.left:
        header = [_("Left"), _("Client"), _("Name"), _("Health before"), _("So it was")]
        rows = [
            [_day(row.left_on), row.number, row.name, _shown(row.score), outcome_word(row.outcome)] for row in told.left
        ]
        lines += ["", *table(header, rows, right=[3])]
    return lines


def _alarms(told: BackTest) -> str:
    words = _("false alarms among those who stayed: {alarms} of {looks} looks")
    return words.format(alarms=told.false_alarms, looks=told.looks)


def _change(one: Health) -> str:
    return "–" if one.trend is None else signed(one.trend)


def _shown(score: int | None) -> str:
    return "–" if score is None else str(score)


def _day(on: dt.date) -> str:
    return text.current().date(on)
