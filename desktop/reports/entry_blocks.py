"""How an entry of the advisory history is laid out, compact as one of many, and what the record says of any."""

from __future__ import annotations

from desktop.reports.blocks import Block, Group, Paragraph, Pen, Row, Stack
from desktop.reports.client_facts import ResponseFacts
from desktop.reports.client_story import CHANNELS
from desktop.reports.entry_facts import EntryFacts
from desktop.reports.look import BODY, MUTED, NOTE, STRONG, TONES, Style, toned
from desktop.reports.pen import Place
from desktop.text import Voice


def _(text: str) -> str:
    """Mark a text for the catalogues; the paper's own voice says it later."""
    return text


RESPONSES = {
    "accepted": ("green", _("The client accepted on {date}")),
    "deferred": ("amber", _("The client put the decision off on {date}")),
    "declined": ("quiet", _("The client declined on {date}")),
    "against advice": ("red", _("The client decided against our advice on {date}")),
}
AWAITED = _("The client’s decision is awaited")
DIRECTIONS = {
    "received": _("Received from the client"),
    "both": _("Given and received"),
}
# Whoever comes by a link sees a little of the white above.
_ABOVE = 12
_AMBER, _RED = toned(NOTE, TONES["amber"]), toned(NOTE, TONES["red"])
_SMALL = Style("sans", 8.2, 12.5, MUTED.colour)
_TEXT = Style("sans", 9.2, 14)
_ASKED = Style("sans-semibold", 9.2, 14)


class Anchor:
    """A point in the story without any height: when it is drawn, its place is noted under its name."""

    before, keep = 0.0, True

    def __init__(self, name: str, pages: dict[str, Place]) -> None:
        self.name, self.pages = name, pages

    def height(self, width: float) -> float:
        """None."""
        return 0.0

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Note the place."""
        self.pages[self.name] = Place(pen.page, top + _ABOVE)


def moment(entry: EntryFacts, say: Voice) -> str:
    """When an entry was given, by the clock of its place, which is named."""
    given = entry.given_at
    return f"{say.long_date(given.date())}, {given:%H:%M} ({entry.zone})"


def pairs(told: list[tuple[str, str]]) -> list[Block]:
    """Names with their values, one under the other; what is empty is left out."""
    group = Group("Table")
    shown = [(name, value) for name, value in told if value]
    return [
        Row(
            [Paragraph(name, MUTED), Paragraph(value, BODY)],
            (26, 74),
            before=2,
            whole=len(value) < 400,
            # No first line of several stands alone at a page's end.
            keep=place < min(1, len(shown) - 1) and len(value) < 400,
            group=group,
        )
        for place, (name, value) in enumerate(shown)
    ]


def answer(response: ResponseFacts | None, say: Voice, style: Style = BODY) -> list[Block]:
    """What the client decided, with his words, the consequence that was explained to him, and his reason."""
    if response is None or response.response not in RESPONSES:
        return [Paragraph(say.say(AWAITED), toned(style, TONES["blue"]))]
    tone, words = RESPONSES[response.response]
    blocks: list[Block] = [Paragraph(say.say(words).format(date=say.date(response.on)), toned(style, TONES[tone]))]
    for label, text in (
        (_("In the client’s words: {text}"), say.quoted(response.words) if response.words else ""),
        (_("The consequence that was explained: {text}"), response.consequence),
        (_("The client’s reason: {text}"), response.reason),
    ):
        if text:
            blocks.append(Paragraph(say.say(label).format(text=text), style))
    return blocks


def compact(entry: EntryFacts, say: Voice, pages: dict[str, Place], before: float, level: int = 4) -> Block:
    """One of many entries, whose page is noted; what the margin says of it stands in the text in whole words, too.

    `level` is that of its heading, one below the headings over it.
    """
    told: list[Block] = [Anchor(entry.number, pages)]
    told += _above(entry, say)
    told.append(Paragraph(entry.question, _ASKED, keep=True, role=f"H{level}"))
    told.append(Paragraph(entry.advice, _TEXT))
    for label, text in (
        (_("Rests on: {text}"), entry.basis),
        (_("Options: {text}"), entry.options),
        (_("Risks: {text}"), entry.risks),
    ):
        if text:
            told.append(Paragraph(say.say(label).format(text=text), toned(_TEXT, MUTED.colour)))
    if entry.amended_by is not None:
        words = say.say("Amended on {date} by {number}")
        date = say.date(entry.amended_by.given_at.date())
        told.append(Paragraph(words.format(date=date, number=entry.amended_by.number), _AMBER))
    if entry.response is not None or (entry.direction != "received" and entry.amended_by is None):
        told += answer(entry.response, say, NOTE)
    if entry.confirmed_on:
        words = say.say("Confirmed to the client in writing on {date}")
        told.append(Paragraph(words.format(date=say.date(entry.confirmed_on)), NOTE))
    return Row([_margin(entry, say), Stack(told)], (18, 82), gap=10, before=before)


def _above(entry: EntryFacts, say: Voice) -> list[Block]:
    """The line of who and where above the question, and what must be known before the advice is read."""
    small = [entry.engagement, entry.author, entry.present and say.say("present: {names}").format(names=entry.present)]
    blocks: list[Block] = []
    if line := " · ".join(part for part in small if part):
        blocks.append(Paragraph(line, _SMALL, keep=True))
    if entry.direction == "received":
        blocks.append(Paragraph(say.say(DIRECTIONS["received"]), toned(NOTE, TONES["blue"]), keep=True))
    if entry.amends is not None:
        words = say.say("Amends {number} of {date}: {reason}")
        date = say.date(entry.amends.given_at.date())
        told = words.format(number=entry.amends.number, date=date, reason=entry.amend_reason)
        blocks.append(Paragraph(told, _AMBER, keep=True))
    if entry.late:
        blocks.append(Paragraph(late_words(entry, say), _AMBER, keep=True))
    return blocks


def late_words(entry: EntryFacts, say: Voice) -> str:
    """That an entry was written later than a day after the advice, when, and why."""
    when = say.date_time(entry.recorded_at) if entry.recorded_at else ""
    if entry.late_reason:
        return say.say("Late entry, written down on {when}: {reason}").format(when=when, reason=entry.late_reason)
    return say.say("Late entry, written down on {when}; no reason was given").format(when=when)


def _margin(entry: EntryFacts, say: Voice) -> Block:
    given = entry.given_at
    first = [entry.number, f"{say.date(given.date())}, {given:%H:%M}", entry.zone, channel(entry, say)]
    if entry.minutes:
        first.append(say.count("{n} minute", "{n} minutes", entry.minutes))
    marks: list[Block] = [Paragraph("\n".join(first), _SMALL)]
    for is_so, mark, style in (
        (entry.amends is not None, _("Amendment"), _AMBER),
        (entry.amended_by is not None, _("Amended"), _AMBER),
        (entry.late, _("Late entry"), _AMBER),
        (entry.direction == "received", DIRECTIONS["received"], toned(NOTE, TONES["blue"])),
        (entry.privileged, _("Privileged"), _SMALL),
        (entry.response is not None and entry.response.response == "against advice", _("Against advice"), _RED),
    ):
        if is_so:
            marks.append(Paragraph(say.say(mark), style))
    return Stack(marks)


def channel(entry: EntryFacts, say: Voice) -> str:
    """How the advice was given: meeting, call, letter."""
    return say.say(CHANNELS.get(entry.channel, entry.channel))


def marked(words: str, tone: str) -> Paragraph:
    """A line that must not be overlooked."""
    return Paragraph(words, toned(STRONG, TONES[tone]))
