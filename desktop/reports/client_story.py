"""The story of a client report: its facts laid out as blocks, section by section, in the client's language."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

from desktop.giving_up import go_on
from desktop.reports import look
from desktop.reports.blocks import Block, Figure, Heading, Paragraph, Row, Stack, record_table
from desktop.reports.charts import bar_chart
from desktop.reports.client_facts import (
    AdviceFacts,
    ClientReportFacts,
    EngagementFacts,
    Money,
    PracticeFacts,
    PromiseFacts,
    RecordFacts,
    ResponseFacts,
)
from desktop.reports.figures import figure_row, measured
from desktop.reports.look import MUTED, NOTE, QUOTE, STRONG, TITLE, TONES, toned
from desktop.text import Voice, voice

CLOSED = frozenset({"completed", "disengaged", "declined"})
MONTHS_IN_CHART = 24
DECISIONS_LISTED = 8
LETTERS_OF_VALUE = 240
_SETTLED = frozenset({"released", "renegotiated"})


def _(text: str) -> str:
    """Mark a text for the catalogues; the report's own voice says it later."""
    return text


PROFESSIONS = {"law": _("Law practice"), "accounting": _("Accounting practice"), "design": _("Design practice")}
ENGAGEMENTS = {"law": _("Your matters"), "accounting": _("Your engagements"), "design": _("Your projects")}
ENGAGEMENT = {"law": _("Matter"), "accounting": _("Engagement"), "design": _("Project")}
COUNTED = {
    "law": (_("matter"), _("matters")),
    "accounting": (_("engagement"), _("engagements")),
    "design": (_("project"), _("projects")),
}
STAGES = {
    "enquiry": _("Enquiry"),
    "proposed": _("Proposed"),
    "engaged": _("Engaged"),
    "active": _("Active"),
    "on hold": _("On hold"),
    "completed": _("Closed"),
    "disengaged": _("Ended"),
    "declined": _("Declined"),
}
CHANNELS = {
    "meeting": _("Meeting"),
    "call": _("Call"),
    "video": _("Video call"),
    "e-mail": _("E-mail"),
    "letter": _("Letter"),
    "note": _("Note"),
}
RESPONSES = {
    "accepted": ("green", _("You accepted on {date}")),
    "deferred": ("amber", _("You put the decision off on {date}")),
    "declined": ("quiet", _("You declined on {date}")),
    "against advice": ("red", _("You decided otherwise, against our advice, on {date}")),
}
AWAITED = _("Your decision is awaited")


def story(facts: ClientReportFacts, seal: str = "") -> list[Block]:
    """The report as blocks, section by section; a section with nothing to say is left out."""
    say = voice(facts.language)
    blocks = _opening(facts, say)
    sections = [(title, section) for title, section in _sections(facts, say) if section]
    for title, section in sections[:-1]:
        blocks += [Heading(title), *section]
    # The last section goes with the colophon, which would look lost on a page of its own.
    last = [Heading(title) for title, _section in sections[-1:]] + [
        block for _t, part in sections[-1:] for block in part
    ]
    ending = colophon(facts.practice, facts.record, say, seal)
    return [*blocks, Stack(last + ending, before=last[0].before if last else 0, keep=True)]


def _sections(facts: ClientReportFacts, say: Voice) -> list[tuple[str, list[Block]]]:
    return [
        (say.say("Where things stand"), _standing(facts, say)),
        (say.say(ENGAGEMENTS.get(facts.practice.profession, "Your engagements")), _engagements(facts, say)),
        (say.say("Advice we gave you"), _advice(facts, say)),
        (say.say("What we promised"), promise_table(facts.promises, "us", facts.made_on, say)),
        (say.say("What you promised us"), promise_table(facts.promises, "client", facts.made_on, say)),
        (say.say("Advice and work over the year"), _chart(facts, say)),
        (say.say("What you told us"), _words(facts, say)),
        (say.say("What comes next"), _next(facts, say)),
    ]


def _opening(facts: ClientReportFacts, say: Voice) -> list[Block]:
    adviser = [say.say("Your adviser: {name}").format(name=facts.adviser)] if facts.adviser else []
    when = ", ".join(part for part in (facts.place, say.long_date(facts.made_on)) if part)
    about = " · ".join(part for part in (*adviser, facts.adviser_email, when) if part)
    first = f"{say.say('Client report')} · {say.period(facts.since, facts.until)}"
    return [
        Paragraph(first, MUTED, keep=True),
        Paragraph(facts.client, TITLE, before=3, keep=True),
        Paragraph(about, MUTED, before=1),
        *(_figures(facts, say) if facts.engagements or facts.advice or facts.promises else []),
    ]


def _figures(facts: ClientReportFacts, say: Voice) -> list[Block]:
    closed = sum(e.stage in CLOSED for e in facts.engagements)
    one, many = COUNTED.get(facts.practice.profession, COUNTED["accounting"])
    closed_words = ",\n" + say.count("{n} of them closed", "{n} of them closed", closed) if closed else ""
    advised = say.words.ngettext("time we advised you", "times we advised you", len(facts.advice))
    figures = [
        (
            say.number(len(facts.engagements)),
            say.words.ngettext(one, many, len(facts.engagements)) + closed_words,
        ),
        (say.number(len(facts.advice)), advised),
    ]
    figures += promise_figure(facts.promises, facts.made_on, say)
    delivered = next((e.value_delivered for e in facts.engagements if e.value_delivered), "")
    amount = measured(delivered, say)
    if amount:
        figures.append(amount)
    blocks = [figure_row(figures)]
    if delivered and not amount:
        told = delivered if len(delivered) <= LETTERS_OF_VALUE else _cut(delivered)
        blocks.append(Paragraph(f"{say.say('Value delivered, in your words:')} {say.quoted(told)}", MUTED, before=12))
    return blocks


def _cut(words: str) -> str:
    return words[: LETTERS_OF_VALUE - 1].rsplit(" ", 1)[0] + "…"


def promise_figure(promises: tuple[PromiseFacts, ...], today: dt.date, say: Voice) -> list[tuple[str, str]]:
    """How many of our promises were kept, with its words; nothing where we made none."""
    ours = [p for p in promises if p.by == "us" and p.status not in _SETTLED]
    if not ours:
        return []
    kept = sum(p.status == "kept" for p in ours)
    share = say.say("{kept} of {all}").format(kept=say.number(kept), all=say.number(len(ours)))
    if _none_due(ours, today):
        # "0 of 2 kept" would read as a failure where nothing is due yet.
        share = say.number(len(ours))
    return [(share, _promise_words(ours, today, say))]


def _none_due(ours: list[PromiseFacts], today: dt.date) -> bool:
    return all(p.status == "open" and (p.due_on is None or p.due_on >= today) for p in ours)


def _promise_words(ours: list[PromiseFacts], today: dt.date, say: Voice) -> str:
    due_today = sum(p.status == "open" and p.due_on == today for p in ours)
    open_ones = sum(p.status == "open" for p in ours)
    first = say.words.ngettext("promise kept", "promises kept", len(ours))
    if _none_due(ours, today):
        first = say.words.ngettext("promise made to you", "promises made to you", len(ours))
    if due_today:
        return first + ",\n" + say.count("{n} is due today", "{n} are due today", due_today)
    if open_ones:
        return first + ",\n" + say.count("{n} is open", "{n} are open", open_ones)
    return first


def _standing(facts: ClientReportFacts, say: Voice) -> list[Block]:
    if facts.summary:
        return [Paragraph(facts.summary)]
    running = [e for e in facts.engagements if e.stage not in CLOSED]
    waiting = [a for a in facts.advice if a.answer is None]
    sentences = []
    if running:
        names = say.listed([e.title for e in running[:4]])
        more = len(running) - 4
        if more > 0:
            names += " " + say.count("and {n} more", "and {n} more", more)
        sentences.append(say.say("At work for you: {names}.").format(names=names))
    elif facts.engagements:
        sentences.append(say.say("All the work that you gave us is closed."))
    else:
        sentences.append(say.say("There is no agreed work on record in this period."))
    if waiting:
        sentences.append(
            say.count(
                "{n} question waits for your decision; it is set out below.",
                "{n} questions wait for your decision; they are set out below.",
                len(waiting),
            )
        )
    late = [p for p in facts.promises if p.by == "us" and _is_late(p, facts.made_on)]
    if late:
        sentences.append(say.count("{n} promise of ours is late.", "{n} promises of ours are late.", len(late)))
    return [Paragraph(" ".join(sentences))]


def _is_late(promise: PromiseFacts, today: dt.date) -> bool:
    return promise.status == "open" and promise.due_on is not None and promise.due_on < today


def _engagements(facts: ClientReportFacts, say: Voice) -> list[Block]:
    if not facts.engagements:
        return []
    word = say.say(ENGAGEMENT.get(facts.practice.profession, "Engagement"))
    columns = [word, say.say("Since"), say.say("Stage"), say.say("Next step"), say.say("Fees to date")]
    rows = [
        [
            e.title,
            say.month(e.since) if e.since else "",
            say.say(STAGES.get(e.stage, e.stage)),
            _next_step(e, say),
            fee_sum(e.fees, say),
        ]
        for e in facts.engagements
    ]
    return record_table(columns, rows, (26, 12, 11, 35, 16), right=(4,))


def _next_step(engagement: EngagementFacts, say: Voice) -> str:
    if engagement.stage in CLOSED:
        return ", ".join(
            p for p in (engagement.outcome, say.date(engagement.closed_on) if engagement.closed_on else "") if p
        )
    if not engagement.next_step:
        return (
            say.say("Review, {date}").format(date=say.short_date(engagement.review_on)) if engagement.review_on else ""
        )
    if engagement.next_on:
        return say.say("{what}, {date}").format(what=engagement.next_step, date=say.short_date(engagement.next_on))
    return engagement.next_step


def fee_sum(fees: tuple[Money, ...], say: Voice) -> str:
    """Amounts under one another, one for each currency."""
    return "\n".join(say.money(fee.minor, fee.currency) for fee in fees)


def _advice(facts: ClientReportFacts, say: Voice) -> list[Block]:
    if not facts.advice:
        return [Paragraph(say.say("No advice is on record for this period."), MUTED)]
    return advice_entries(facts.advice, say)


def advice_entries(entries: tuple[AdviceFacts, ...], say: Voice) -> list[Block]:
    """Entry under entry: when and how in the margin, what was asked, advised and answered beside it."""
    return [_entry(entry, say, before=0 if i == 0 else 9) for i, entry in enumerate(entries)]


def _entry(entry: AdviceFacts, say: Voice, before: float) -> Block:
    go_on()
    margin = [say.date(entry.given_at.date()), say.say(CHANNELS.get(entry.channel, entry.channel))]
    if entry.late:
        margin.append(say.say("late entry"))
    told: list[Block] = [Paragraph(entry.question, STRONG), Paragraph(entry.advice)]
    for label, text in (
        (_("Rests on: {text}"), entry.basis),
        (_("Options: {text}"), entry.options),
        (_("Risks: {text}"), entry.risks),
    ):
        if text:
            told.append(Paragraph(say.say(label).format(text=text), MUTED))
    for amendment in entry.amendments:
        date = say.date(amendment.given_at.date())
        words = say.say("Amended on {date}: {reason}").format(date=date, reason=amendment.reason)
        told += [Paragraph(words, toned(NOTE, TONES["amber"]), before=3), Paragraph(amendment.advice)]
    told += _response(entry.answer, say)
    return Row([Paragraph("\n".join(margin), MUTED), Stack(told)], (17, 83), gap=8, before=before, whole=True)


def _response(answer: ResponseFacts | None, say: Voice) -> list[Block]:
    if answer is None or answer.response not in RESPONSES:
        return [Paragraph(say.say(AWAITED), toned(NOTE, TONES["blue"]), before=1)]
    tone, words = RESPONSES[answer.response]
    blocks: list[Block] = [
        Paragraph(say.say(words).format(date=say.date(answer.on)), toned(NOTE, TONES[tone]), before=1)
    ]
    if answer.words:
        blocks.append(Paragraph(say.quoted(answer.words), NOTE))
    for label, text in (
        (_("The consequence we explained: {text}"), answer.consequence),
        (_("Your reason: {text}"), answer.reason),
    ):
        if text:
            blocks.append(Paragraph(say.say(label).format(text=text), NOTE))
    return blocks


def promise_table(every: tuple[PromiseFacts, ...], by: str, today: dt.date, say: Voice) -> list[Block]:
    """The promises of one side, us or client, with what became of them by a day; nothing where there are none."""
    promises = [p for p in every if p.by == by]
    if not promises:
        return []
    date = dates_near(today, say)
    columns = [say.say("Promise"), say.say("Made"), say.say("Due"), say.say("Kept")]
    rows = []
    for promise in promises:
        text = promise.text + (f" ({say.say('undertaking')})" if promise.undertaking else "")
        due = date(promise.due_on) + (f", {promise.due_time}" if promise.due_time else "") if promise.due_on else "–"
        rows.append([text, date(promise.made_on), due, _outcome(promise, today, say, date)])
    return record_table(columns, rows, (47, 15, 19, 19))


def _outcome(promise: PromiseFacts, today: dt.date, say: Voice, date: Callable[[dt.date], str]) -> str:
    if promise.status == "kept":
        return date(promise.kept_on) if promise.kept_on else say.say("kept")
    if promise.status == "late" and promise.kept_on:
        return say.say("late, {date}").format(date=date(promise.kept_on))
    if promise.status == "open":
        if promise.due_on == today:
            return say.say("due today")
        return say.say("late") if _is_late(promise, today) else say.say("open")
    return say.say(promise.status)


def dates_near(today: dt.date, say: Voice) -> Callable[[dt.date], str]:
    """How days are said in a report made on a day: those of its own year need not say the year."""
    return lambda day: say.short_date(day) if day.year == today.year else say.date(day)


def _chart(facts: ClientReportFacts, say: Voice) -> list[Block]:
    counts = facts.activity
    if len(counts) > MONTHS_IN_CHART:
        years: Counter[int] = Counter()
        for day, count in counts:
            years[day.year] += count
        bars = [(str(year), count) for year, count in sorted(years.items())]
    else:
        bars = [(say.month_name(day), count) for day, count in counts]
    if sum(count > 0 for _label, count in bars) < 2:
        # One bar says no more than the entry that it counts.
        return []
    colour = look.readable(facts.practice.colour)
    note = say.say("Advice given and promises kept, counted by month or year.")
    alt = " ".join([note, *(f"{label}: {say.number(count)}." for label, count in bars)])
    return [
        Figure(lambda width: bar_chart(bars, width, 104, colour, say.number), 104, alt, keep=True),
        Paragraph(note, NOTE, before=2),
    ]


def _words(facts: ClientReportFacts, say: Voice) -> list[Block]:
    blocks: list[Block] = []
    for words in facts.words:
        blocks.append(Paragraph(say.quoted(words.text), QUOTE, before=6 if blocks else 0, keep=True))
        blocks.append(Paragraph(", ".join(part for part in (words.by, say.long_date(words.on)) if part), MUTED))
    return blocks


def _next(facts: ClientReportFacts, say: Voice) -> list[Block]:
    dated: list[tuple[dt.date, str]] = []
    for promise in facts.promises:
        if promise.status == "open" and promise.due_on and promise.due_on >= facts.made_on:
            pattern = say.say("We: {text}") if promise.by == "us" else say.say("You: {text}")
            dated.append((promise.due_on, pattern.format(text=promise.text)))
    for engagement in facts.engagements:
        if engagement.stage not in CLOSED and engagement.review_on and engagement.review_on >= facts.made_on:
            pattern = say.say("Review of {engagement}")
            dated.append((engagement.review_on, pattern.format(engagement=engagement.title)))
    date = dates_near(facts.made_on, say)
    rows = [[date(day), text] for day, text in sorted(dated)]
    waiting = [a for a in facts.advice if a.answer is None][:DECISIONS_LISTED]
    rows += [[say.say("open"), say.say("Your decision: {question}").format(question=a.question)] for a in waiting]
    return record_table([], rows, (16, 84))


def colophon(practice: PracticeFacts, record: RecordFacts | None, say: Voice, seal: str) -> list[Block]:
    """Who signs, the record that it rests on, and the digest of its facts."""
    contact = [practice.name, practice.address.replace("\n", ", "), practice.registration]
    contact += [practice.phone, practice.email, practice.website]
    lines = [" · ".join(part for part in contact if part)]
    if record:
        lines.append(say.say("Chain of the record at its last entry: {digest}").format(digest=record.digest))
    if seal:
        lines.append(say.say("Digest of what this report says: {digest}").format(digest=seal))
    return [Paragraph("\n".join(lines), toned(look.MARGIN, look.INK_3), before=26)]
