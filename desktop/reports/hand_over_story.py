"""The story of a hand-over pack: the client, his people, the work, what is owed in either direction, and the files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from db.words import REVERSE_LINK
from desktop import text
from desktop.reports.blocks import Block, Heading, Paragraph, Row, Stack, record_table
from desktop.reports.brief import STANDINGS
from desktop.reports.client_story import STAGES
from desktop.reports.entry_blocks import compact, pairs
from desktop.reports.hand_over import DueFacts, HandOverFacts, PromisedFacts, WorkFacts
from desktop.reports.look import FIGURE, LABEL, MUTED, NOTE, STRONG, TITLE, TONES, toned
from desktop.reports.pen import Place
from desktop.text import Voice
from desktop.why import link_words, role_words


def _(words: str) -> str:
    """Mark a text for the catalogues; it is said later, in the language of the paper."""
    return words


# The end is short with a title and a sentence; so many blocks before it may be kept with it.
SHORT, MOST_KEPT = 2, 8
COUNTED_OPEN = {
    "law": (_("open matter"), _("open matters")),
    "accounting": (_("open engagement"), _("open engagements")),
    "design": (_("open project"), _("open projects")),
}
OPEN_WORK = {"law": _("Open matters"), "accounting": _("Open engagements"), "design": _("Open projects")}
CLOSED_WORK = {"law": _("Closed matters"), "accounting": _("Closed engagements"), "design": _("Closed projects")}
WORK = {"law": _("Matter"), "accounting": _("Engagement"), "design": _("Project")}
DEADLINES = {
    "limitation": _("Limitation"),
    "hearing": _("Hearing"),
    "filing": _("Filing"),
    "renewal": _("Renewal"),
}


def story(facts: HandOverFacts) -> list[Block]:
    """The pack as blocks, in the language that is spoken; what has nothing to say is named in one line at the end."""
    say, profession = text.current(), facts.practice.profession
    blocks = _opening(facts, say)
    running = [_work(each, say) for each in facts.work if each.is_open]
    if running:
        # The first stands right under the title of all.
        running[0][0].before = 0
    sections = [
        (say.say("Who the client is"), _client(facts, say)),
        (say.say("People around the client"), _people(facts, say)),
        (say.say("Deadlines"), _due(facts, facts.deadlines, say)),
        (say.say(OPEN_WORK.get(profession, "Open engagements")), [block for work in running for block in work]),
        (say.say("What we promised"), _promises(facts, "us", say)),
        (say.say("What the client promised us"), _promises(facts, "client", say)),
        (say.say("Follow-ups"), _due(facts, facts.follow_ups, say)),
        (say.say("Decisions that are awaited"), _awaited(facts, say)),
        (say.say("The last advice"), _advice(facts, say)),
        (say.say("Fees that are open"), _owed(facts, say)),
        (say.say(CLOSED_WORK.get(profession, "Closed engagements")), _closed(facts, say)),
        (say.say("Files"), _files(facts, say)),
    ]
    told = [[Heading(title), *section] for title, section in sections if section]
    empty = [title for title, section in sections if not section]
    ending = [Heading(say.say("What is not in this pack")), *_not_here(facts, empty, say)]
    last = told.pop() if told and len(ending) <= SHORT and len(told[-1]) <= MOST_KEPT else []
    for section in told:
        blocks += section
    # So short an end goes with the section before it: it would look lost on a page of its own.
    last += ending
    return [*blocks, Stack(last, before=last[0].before, keep=True)]


def _opening(facts: HandOverFacts, say: Voice) -> list[Block]:
    about = [facts.number, say.say(STANDINGS.get(facts.standing, facts.standing)), say.long_date(facts.made_on)]
    running = sum(each.is_open for each in facts.work)
    one, many = COUNTED_OPEN.get(facts.practice.profession, COUNTED_OPEN["accounting"])
    ours, theirs = (sum(each.by == by for each in facts.promises) for by in ("us", "client"))
    told = [
        (running, say.words.ngettext(one, many, running)),
        (len(facts.deadlines), say.words.ngettext("open deadline", "open deadlines", len(facts.deadlines))),
        (ours, say.words.ngettext("open promise of ours", "open promises of ours", ours)),
        (theirs, say.words.ngettext("open promise to us", "open promises to us", theirs)),
    ]
    cells = [Stack([Paragraph(say.number(count), FIGURE), Paragraph(label, LABEL)]) for count, label in told]
    return [
        Paragraph(say.say("Hand-over"), MUTED, keep=True),
        Paragraph(facts.client, TITLE, before=3, keep=True),
        Paragraph(" · ".join(part for part in about if part), MUTED, before=1),
        Row(cells, (1, 1, 1, 1), gap=14, before=17, whole=True),
    ]


def _client(facts: HandOverFacts, say: Voice) -> list[Block]:
    return pairs(
        [
            (say.say("Responsible"), facts.responsible),
            (say.say("Client since"), say.long_date(facts.since) if facts.since else ""),
            (say.say("How to reach them"), "\n".join(facts.contacts)),
            (say.say("Address"), "\n".join(facts.addresses)),
            (say.say("What they came for"), facts.need),
            (say.say("What they value"), facts.valued),
        ]
    )


def _people(facts: HandOverFacts, say: Voice) -> list[Block]:
    rows = []
    for each in facts.people:
        if each.how == "link":
            what = link_words(REVERSE_LINK[each.kind], facts.client)
        else:
            what = say.say("Referred the client to us") if each.how == "referred by" else role_words(each.kind)
        rows.append([each.name, what[:1].upper() + what[1:], each.engagement])
    columns = [say.say("Name"), say.say("Role"), _word(facts, say)]
    return record_table(columns, rows, (34, 36, 30)) if rows else []


def _word(facts: HandOverFacts, say: Voice) -> str:
    return say.say(WORK.get(facts.practice.profession, "Engagement"))


def _work(work: WorkFacts, say: Voice) -> list[Block]:
    following = work.next_step and (f"{work.next_step}, {say.date(work.next_on)}" if work.next_on else work.next_step)
    told = [
        (say.say("Stage"), say.say(STAGES.get(work.stage, work.stage))),
        (say.say("Since"), say.date(work.opened_on) if work.opened_on else ""),
        (say.say("Responsible"), work.responsible),
        (say.say("Next step"), following),
        (say.say("What we do"), work.included),
        (say.say("What is not included"), work.excluded),
        (say.say("Assumptions"), work.assumptions),
        (say.say("What the client does"), work.duties),
        (say.say("What the client seeks"), work.sought),
        (say.say("Fee agreed"), say.money(work.fee.minor, work.fee.currency) if work.fee else ""),
        (say.say("Letter signed on"), say.date(work.letter_signed_on) if work.letter_signed_on else ""),
        (say.say("Review"), say.date(work.review_on) if work.review_on else ""),
    ]
    title = " · ".join(part for part in (work.title, work.number, work.area) if part)
    return [Heading(title, 1), *pairs(told)]


def _promises(facts: HandOverFacts, by: str, say: Voice) -> list[Block]:
    rows = []
    for each in facts.promises:
        if each.by == by:
            words = each.text + (f" ({say.say('undertaking')})" if each.undertaking else "")
            rows.append([words, _whom(each), each.engagement, say.date(each.made_on), _when(each, facts.made_on, say)])
    columns = [say.say("Promise"), say.say("Who to whom"), _word(facts, say), say.say("Made"), say.say("Due")]
    return record_table(columns, rows, (34, 18, 20, 13, 15)) if rows else []


def _whom(promise: PromisedFacts) -> str:
    return " → ".join(part for part in (promise.by_whom, promise.to_whom) if part)


def _when(promise: PromisedFacts, today: dt.date, say: Voice) -> str:
    if promise.due_on is None:
        return "–"
    when = ", ".join(part for part in (say.date(promise.due_on), promise.due_time) if part)
    return f"{when}\n{say.say('late')}" if promise.due_on < today else when


def _due(facts: HandOverFacts, found: Sequence[DueFacts], say: Voice) -> list[Block]:
    rows = []
    for each in found:
        when = ", ".join(part for part in (say.date(each.on), each.time) if part)
        late = f"\n{say.say('late')}" if each.on < facts.made_on else ""
        kind = say.say(DEADLINES.get(each.kind, ""))
        rows.append([when + late, " · ".join(part for part in (kind, each.what) if part), each.engagement])
    columns = [say.say("Date"), say.say("What"), _word(facts, say)]
    return record_table(columns, rows, (19, 51, 30)) if rows else []


def _awaited(facts: HandOverFacts, say: Voice) -> list[Block]:
    rows = [[each.number, say.date(each.given_at), each.question, each.engagement] for each in facts.awaited]
    columns = [say.say("Entry"), say.say("Given"), say.say("Question"), _word(facts, say)]
    return record_table(columns, rows, (12, 15, 45, 28)) if rows else []


def _advice(facts: HandOverFacts, say: Voice) -> list[Block]:
    pages: dict[str, Place] = {}
    return [
        compact(each, say, pages, before=10 if place else 0, level=3)
        for place, each in enumerate(reversed(facts.advice))
    ]


def _owed(facts: HandOverFacts, say: Voice) -> list[Block]:
    rows = [[each.engagement or "–", say.money(each.amount.minor, each.amount.currency)] for each in facts.owed]
    return record_table([_word(facts, say), say.say("Still owed")], rows, (75, 25), right=(1,)) if rows else []


def _closed(facts: HandOverFacts, say: Voice) -> list[Block]:
    rows = []
    for each in facts.work:
        if not each.is_open:
            span = " – ".join(say.date(on) if on else "?" for on in (each.opened_on, each.closed_on))
            ended = ", ".join(part for part in (say.say(STAGES.get(each.stage, each.stage)), each.outcome) if part)
            rows.append([f"{each.title}\n{each.number}", span, each.included, ended])
    columns = [_word(facts, say), say.say("From and until"), say.say("Scope"), say.say("Outcome")]
    return record_table(columns, rows, (27, 20, 29, 24)) if rows else []


def _files(facts: HandOverFacts, say: Voice) -> list[Block]:
    rows = [[each.name, say.date(each.added_on), _size(each.size, say)] for each in facts.files]
    columns = [say.say("Name"), say.say("Added"), say.say("Size")]
    return record_table(columns, rows, (64, 18, 18), right=(2,)) if rows else []


def _size(size: int, say: Voice) -> str:
    """Bytes in short: '340 kB', '2.1 MB'."""
    if size < 1_000_000:
        return f"{say.number(max(1, round(size / 1000)))} kB" if size else "0 kB"
    return f"{say.amount(round(size / 100_000), 1)} MB"


def _not_here(facts: HandOverFacts, empty: list[str], say: Voice) -> list[Block]:
    blocks: list[Block] = []
    if empty:
        words = say.say("Nothing is on record under: {titles}.").format(titles=say.listed(empty))
        blocks.append(Paragraph(words))
    if facts.confidences:
        kept = say.count(
            "{n} confidence is kept with this client.", "{n} confidences are kept with this client.", facts.confidences
        )
        ask = say.say("What was told in trust stays where it is: ask {name}.").format(name=facts.ask)
        blocks.append(Paragraph(f"{kept} {ask}", toned(STRONG, TONES["amber"])))
    if facts.drafts:
        words = say.count("{n} draft of advice is unfinished.", "{n} drafts of advice are unfinished.", facts.drafts)
        blocks.append(Paragraph(words, toned(STRONG, TONES["amber"]), before=3))
    rest = say.say(
        "Concerns, signals and notes for the practice’s own file are not printed. The contents of files are not part"
        " of this pack; the whole advisory history is printed by itself."
    )
    return [*blocks, Paragraph(rest, NOTE, before=6)]
