"""The portfolio, laid out: the grades, where effort should go, who is quiet, who came and left, what is counted."""

from __future__ import annotations

import math
from collections.abc import Iterator

from desktop.reports import look
from desktop.reports.blocks import Block, Figure, Heading, Paragraph, Stack, bullets
from desktop.reports.house import Cell, figures, more_words, opening, table, whole
from desktop.reports.look import BODY, MUTED, NOTE, TONES
from desktop.reports.portfolio import EffortFacts, LeftFacts, PortfolioFacts, QuietFacts
from desktop.reports.scatter import Frame, Shape, Spot, legend, scatter
from desktop.rooms.words import word
from desktop.text import Voice

CHART_TALL = 190.0
# A better grade is a larger spot, as in the window.
_RADIUS = {"A": 5.2, "B": 4.4, "C": 3.7, "D": 3.0, "": 3.4}
_MARKS: dict[str, tuple[str, Shape]] = {"quiet": (TONES["amber"], "diamond"), "at risk": (TONES["red"], "triangle")}
_LETTERS_OF_SUBJECT = 140


def story(facts: PortfolioFacts, say: Voice) -> Iterator[Block]:
    """The paper as blocks, in the language that is spoken."""
    day = say.long_date(facts.made_at.date())
    yield from opening("", say.say("Portfolio"), [say.say("the whole practice"), day])
    if not facts.grades and not facts.came_count and not facts.left_count:
        words = say.say("There are no clients on file yet. With the first of them this page begins to speak.")
        yield Paragraph(words, MUTED, before=18)
        return
    yield _figures(facts, say)
    yield Heading(say.say("By grade"))
    yield from _grades(facts, say)
    if facts.effort:
        yield Heading(say.say("Where effort should go"))
        yield from _effort(facts, say)
    if facts.quiet:
        yield Heading(say.say("Quiet and at risk"))
        yield from _quiet(facts, say)
    yield from _moved(facts, say)
    definitions = list(bullets(_definitions(facts, say), NOTE))
    yield Heading(say.say("What the numbers mean"))
    yield Stack(definitions, keep=True)


def _figures(facts: PortfolioFacts, say: Voice) -> Block:
    clients, quiet, risk = (facts.total(name) for name in ("clients", "quiet", "at_risk"))
    return figures(
        [
            (say.number(clients), say.words.ngettext("client whom we serve", "clients whom we serve", clients)),
            (_money(facts.total("fees_year"), facts, say), say.say("fees in 12 months")),
            (say.number(quiet), say.words.ngettext("client gone quiet", "clients gone quiet", quiet)),
            (say.number(risk), say.words.ngettext("client at risk", "clients at risk", risk)),
        ]
    )


def _money(minor: int, facts: PortfolioFacts, say: Voice) -> str:
    return whole(minor, facts.currency, say) if minor else "–"


def _grade(grade: str, say: Voice) -> str:
    return say.say("Grade {grade}").format(grade=grade) if grade else say.say("no grade")


def _grades(facts: PortfolioFacts, say: Voice) -> Iterator[Block]:
    columns = [say.say("Grade"), say.say("Clients"), say.say("Fees, 12 months"), say.say("Fees, 36 months")]
    columns += [say.say("Contacts"), say.say("Quiet"), say.say("At risk")]
    rows: list[list[Cell]] = [
        [
            _grade(each.grade, say),
            say.number(each.clients),
            _money(each.fees_year, facts, say),
            _money(each.fees_three, facts, say),
            *(say.number(number) if number else "–" for number in (each.contacts, each.quiet, each.at_risk)),
        ]
        for each in facts.grades
    ]
    yield from table(columns, rows, (16, 12, 18, 18, 16, 10, 11), right=(1, 2, 3, 4, 5, 6))


def _effort(facts: PortfolioFacts, say: Voice) -> Iterator[Block]:
    for where, words in (
        ("neglected", say.say("Worth more than the middle of these, with less of our time: {names}")),
        ("over-served", say.say("Worth less than the middle of these, with more of our time: {names}")),
    ):
        names = [each.client for each in facts.effort if each.where == where]
        if names:
            yield Paragraph(words.format(names=say.listed(names)), BODY, keep=True)
    if len(facts.effort) > 1:
        yield from _chart(facts, say)
    columns = ["", say.say("Client"), say.say("Fees, 12 months"), say.say("Fees, 36 months"), say.say("Attention")]
    columns += [say.say("Remark")]
    rows = (_effort_row(at, each, facts, say) for at, each in enumerate(facts.effort, 1))
    yield from table(columns, rows, (5, 31, 16, 16, 11, 21), right=(0, 2, 3, 4))
    yield from more_words(say, facts.total("clients") - len(facts.effort))


def _effort_row(at: int, each: EffortFacts, facts: PortfolioFacts, say: Voice) -> list[Cell]:
    states = [_grade(each.grade, say), *([word(each.state)] if each.state in _MARKS else [])]
    told = {"neglected": say.say("valued, neglected"), "over-served": say.say("over-served")}
    return [
        say.number(at),
        (each.client, " · ".join(states)),
        _money(each.fees_year, facts, say),
        _money(each.fees_three, facts, say),
        _points(each.attention, say),
        told.get(each.where, "–"),
    ]


def _points(attention: float, say: Voice) -> str:
    return say.number(int(attention)) if attention == int(attention) else say.tenths(attention)


def _chart(facts: PortfolioFacts, say: Voice) -> Iterator[Block]:
    most = max(each.fees_year for each in facts.effort)
    often = max([each.attention for each in facts.effort] + [1.0])
    accent = look.readable(facts.practice.colour)
    spots = []
    for at, each in enumerate(facts.effort, 1):
        colour, shape = _MARKS.get(each.state, (accent, "circle"))
        place = (math.sqrt(each.attention / often), math.sqrt(each.fees_year / most))
        spots.append(Spot(*place, _RADIUS.get(each.grade, 3.4), colour, shape, str(at)))
    frame = Frame(
        *(say.say("attention →"), say.say("value ↑"), say.say("valued, neglected"), say.say("over-served")),
        *(math.sqrt(facts.middle_attention / often), math.sqrt(facts.middle_value / most)),
    )
    neglected = sum(each.where == "neglected" for each in facts.effort)
    served = sum(each.where == "over-served" for each in facts.effort)
    alt = say.say(
        "A chart of the {count} clients of most value by attention and value; {neglected} valued and neglected,"
        " {served} over-served. The table below holds the same."
    ).format(count=say.number(len(spots)), neglected=say.number(neglected), served=say.number(served))
    yield Figure(lambda width: scatter(spots, frame, width, CHART_TALL), CHART_TALL, alt, before=8, keep=True)
    entries: list[tuple[str, Shape, str]] = [(accent, "circle", say.say("in touch"))]
    entries += [(*_MARKS["quiet"], say.say("quiet")), (*_MARKS["at risk"], say.say("at risk"))]
    told = say.say("Circle: in touch. Diamond: quiet. Triangle: at risk. Larger: a better grade.")
    yield Figure(lambda width: legend(entries, width), 14, told, before=4)


def _quiet(facts: PortfolioFacts, say: Voice) -> Iterator[Block]:
    columns = [say.say("Client"), say.say("Why"), say.say("Last in touch"), say.say("Fees, 12 months")]
    rows = (_quiet_row(each, facts, say) for each in facts.quiet)
    yield from table(columns, rows, (27, 41, 16, 16), right=(3,))
    yield from more_words(say, facts.total("quiet") + facts.total("at_risk") - len(facts.quiet))


def _quiet_row(each: QuietFacts, facts: PortfolioFacts, say: Voice) -> list[Cell]:
    usual = say.count("usually every day", "usually every {n} days", each.usual)
    why = say.say("{usual} — silent for {n}.").format(usual=usual, n=say.number(each.silent))
    subject = each.last if len(each.last) <= _LETTERS_OF_SUBJECT else each.last[:_LETTERS_OF_SUBJECT].rstrip() + "…"
    last = say.say("Last: {subject}").format(subject=subject) if subject else ""
    state = f"{_grade(each.grade, say)} · {word(each.state)}"
    return [(each.client, state), (why, last), say.date(each.last_on), _money(each.fees_year, facts, say)]


def _moved(facts: PortfolioFacts, say: Voice) -> Iterator[Block]:
    period = say.period(facts.since, facts.until)
    if facts.regraded:
        yield Heading(say.say("Grades that changed"))
        yield Paragraph(period, NOTE, keep=True)
        rows: list[list[Cell]] = [
            [each.client, each.before or "–", each.after or "–", say.date(each.on)] for each in facts.regraded
        ]
        yield from table(
            [say.say("Client"), say.say("Before"), say.say("After"), say.say("On")], rows, (52, 14, 14, 20)
        )
        yield from more_words(say, facts.regraded_count - len(facts.regraded))
    if facts.came_count:
        yield Heading(say.say("New clients"))
        counted = say.count("{n} new client", "{n} new clients", facts.came_count)
        yield Paragraph(f"{counted} · {period}", NOTE, keep=True)
        came: list[list[Cell]] = [
            [
                (each.client, "" if each.standing == "client" else word(each.standing)),
                *(each.grade or "–", say.date(each.since), each.referred_by or "–"),
            ]
            for each in facts.came
        ]
        columns = [say.say("Client"), say.say("Grade"), say.say("Since"), say.say("Referred by")]
        yield from table(columns, came, (42, 12, 18, 28))
        yield from more_words(say, facts.came_count - len(facts.came))
    if facts.left_count:
        yield Heading(say.say("Who said No, and to whom we did"))
        reasons = [f"{word(reason)} {say.number(count)}" for reason, count in facts.reasons]
        yield Paragraph(" · ".join([*reasons, period]), NOTE, keep=True)
        columns = [say.say("Client"), say.say("Standing"), say.say("Reason"), say.say("On")]
        yield from table(columns, (_left(each, say) for each in facts.left), (32, 16, 36, 16))
        yield from more_words(say, facts.left_count - len(facts.left))


def _left(each: LeftFacts, say: Voice) -> list[Cell]:
    reason = word(each.reason) if each.reason else "–"
    return [each.client, word(each.standing), (reason, each.words), say.date(each.on)]


def _definitions(facts: PortfolioFacts, say: Voice) -> list[str]:
    return [
        say.say("Clients whom we serve stand as client or occasional."),
        say.say("Fees were billed to them in the last 365 days, or three times 365, in {currency} alone.").format(
            currency=facts.currency
        ),
        say.say("A new client’s file began in the period, whatever has become of it since."),
        say.say("Contacts are the entries recorded in the last 90 days, without those withdrawn."),
        say.say("Attention weighs them: a meeting 3, a call or video 2, an e-mail or letter 1, a note for the file ½."),
        say.say("Quiet is a silence longer than 1½ times the client’s own rhythm, at risk one longer than 3 times."),
        say.say("The middle of value and of attention is the median of the clients in the chart."),
    ]
