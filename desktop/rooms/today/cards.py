"""The cards of the page as data: their titles, the quiet words beside them, and their rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sized

from db.today import Decision, DuePromise, DueStep, OpenDraft, QuietClient, Today
from desktop import text
from desktop.rooms.words import when, word
from desktop.text import _, ngettext
from desktop.widgets.card import CardRow
from desktop.widgets.ink import Tone

SHOWN = 8


def kinds() -> list[tuple[str, str, str]]:
    """Every card in its order: kind, title, icon."""
    return [
        ("promises", _("Promises"), "handshake"),
        ("quiet", _("Gone quiet"), "moon"),
        ("decisions", _("Engagements"), "briefcase"),
        ("steps", _("Follow-ups"), "calendar-check"),
        ("drafts", _("Drafts"), "notebook-pen"),
    ]


def title(kind: str) -> str:
    """The title of a card."""
    return next(shown for known, shown, _icon in kinds() if known == kind)


def note(kind: str, found: Today) -> str:
    """The quiet words at the right of a card's title."""
    if kind == "promises":
        late = sum(promise.late_days > 0 for promise in found.promises)
        due = len(found.promises) - late
        parts = [ngettext("{n} due", "{n} due", due)] if due else []
        return " · ".join([*parts, *([ngettext("{n} late", "{n} late", late)] if late else [])])
    listed: dict[str, Sized] = {
        "quiet": found.quiet,
        "decisions": found.decisions,
        "steps": found.steps,
        "drafts": found.drafts,
    }
    of = len(listed[kind])
    if of > SHOWN:
        return _("{shown} of {n}").format(shown=SHOWN, n=text.current().number(of))
    return {
        "quiet": _("longer than their own rhythm"),
        "decisions": _("needing a decision"),
        "steps": _("our next steps"),
        "drafts": _("not yet on the record"),
    }[kind]


def rows(found: Today) -> dict[str, list[CardRow]]:
    """The rows of every card, the most pressing first; each one's key is its client."""
    return {
        "promises": _promises(found),
        "quiet": [_quiet(each, found.on) for each in found.quiet[:SHOWN]],
        "decisions": [_decision(each) for each in found.decisions[:SHOWN]],
        "steps": [_step(each, found.on) for each in found.steps[:SHOWN]],
        "drafts": [_draft(each, found.on) for each in found.drafts[:SHOWN]],
    }


def _step(step: DueStep, now: dt.date) -> CardRow:
    chip, tone = _due(step.due_on, now)
    return CardRow(step.what, step.client, chip, tone, when(step.due_on, now), step.client, step.client_id)


def _draft(draft: OpenDraft, now: dt.date) -> CardRow:
    written = when(draft.given_on, now)
    return CardRow(draft.question, draft.client, _("Draft"), "neutral", written, draft.client, draft.client_id)


def _promises(found: Today) -> list[CardRow]:
    shown = [_promise(each, found.on) for each in found.promises[:SHOWN]]
    more = len(found.promises) - len(shown)
    if more:
        # A row without a client: it leads to the room that lists them all.
        shown.append(CardRow(ngettext("{n} more promise", "{n} more promises", more), _("All of them are in Trust.")))
    return shown


def _promise(promise: DuePromise, now: dt.date) -> CardRow:
    made = when(promise.made_on, now)
    if promise.by == "client":
        said = _("promised to us {day}").format(day=made)
    elif promise.by_whom:
        said = _("promised by {who} {day}").format(who=promise.by_whom, day=made)
    else:
        said = _("promised {day}").format(day=made)
    about = " · ".join(part for part in (promise.client, promise.engagement) if part)
    detail = f"{about} — {said}"
    if promise.undertaking:
        detail = f"{detail} · {_('undertaking')}"
    chip, tone = _due(promise.due_on, now)
    shown = promise.due_time or text.current().short_date(promise.due_on)
    return CardRow(promise.text, detail, chip, tone, shown, promise.client, promise.client_id)


def _due(day: dt.date, now: dt.date) -> tuple[str, Tone]:
    days = (day - now).days
    if days < 0:
        return ngettext("{n} day late", "{n} days late", -days), "red"
    if days == 0:
        return _("Today"), "amber"
    return _("Tomorrow") if days == 1 else _weekday(day), "neutral"


def _quiet(quiet: QuietClient, now: dt.date) -> CardRow:
    usual = ngettext("usually every day", "usually every {n} days", quiet.usual)
    detail = _("{usual} — silent for {n}.").format(usual=usual, n=text.current().number(quiet.silent))
    if quiet.last_subject:
        detail = f"{detail} {_('Last: {subject}').format(subject=quiet.last_subject)}"
    risk = quiet.state == "at risk"
    tone: Tone = "red" if risk else "amber"
    chip = _("At risk") if risk else _("Watch")
    return CardRow(quiet.client, detail, chip, tone, when(quiet.last_on, now), quiet.client, quiet.client_id)


def _decision(decision: Decision) -> CardRow:
    if decision.why == "review":
        chip, detail = _("Review"), _("the review is due")
    else:
        states = {"none": _("no engagement letter yet"), "draft": _("engagement letter in draft")}
        chip, detail = _("Letter"), states.get(decision.letter, _("engagement letter not yet signed"))
    shown = ngettext("{n} day", "{n} days", decision.days) if decision.days else ""
    line = f"{decision.client} · {detail}"
    return CardRow(decision.title, line, chip, "amber", shown, decision.client, decision.client_id)


def month(found: Today) -> list[tuple[str, str]]:
    """What happened this month, as facts."""
    number, this = text.current().number, found.month
    new = number(this.new_clients)
    if this.referred:
        new = f"{new} · {ngettext('{n} referred', '{n} referred', this.referred)}"
    no = number(len(this.said_no))
    reasons = dict.fromkeys(word(reason).lower() for reason in this.said_no if reason)
    if reasons:
        no = f"{no} · {', '.join(list(reasons)[:2])}"
    settled = number(this.settled)
    kept = _("{kept} of {settled}").format(kept=number(this.kept), settled=settled) if this.settled else "—"
    return [
        (_("Advice given"), number(this.advice)),
        (_("Promises kept"), kept),
        (_("New clients"), new),
        (_("Said no"), no),
    ]


def week(found: Today) -> list[tuple[str, str]]:
    """What comes next week, day by day; each line stands alone."""
    return [(f"{_weekday(each.on, short=True)} · {_ahead(each.noun, each.words)}", "") for each in found.ahead]


def _ahead(noun: str, words: str) -> str:
    return _("{title} — review").format(title=words) if noun == "review" else words


def _weekday(day: dt.date, short: bool = False) -> str:
    from babel.dates import format_date

    shown = str(format_date(day, "EEE" if short else "EEEE", locale=text.current().language))
    return shown[:1].upper() + shown[1:]
