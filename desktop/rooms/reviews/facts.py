"""What stands beside a review while it is held: fees, promises, concerns, answers, feedback, silence, past reviews."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.review_facts import ReviewFacts
from db.reviews import ReviewRow
from desktop import text
from desktop.rooms.beside import facts_part, rows_part
from desktop.rooms.words import ago, tone, when, word
from desktop.text import _
from desktop.widgets.card import Card, CardRow
from desktop.widgets.ink import Tone

SHOWN = 4


def facts_beside(facts: ReviewFacts) -> QWidget:
    """All facts as one column of cards."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for card in fact_cards(facts):
        column.addWidget(card)
    column.addStretch(1)
    return page


def fact_cards(facts: ReviewFacts) -> list[Card]:
    """The cards, each left out where it has nothing to say."""
    money = text.current().money

    def amount(minor: int) -> str:
        return money(minor, facts.currency) if minor else "—"

    cards = [
        facts_part(
            _("Fees"),
            [
                (_("Billed, 12 months"), amount(facts.fees_year_minor)),
                (_("Billed, 36 months"), amount(facts.fees_three_years_minor)),
                (_("Paid, 12 months"), amount(facts.paid_year_minor) if facts.paid_year_minor else ""),
                (_("Written off, 12 months"), amount(facts.written_off_year_minor) if _wrote_off(facts) else ""),
            ],
        ),
        facts_part(
            _("In touch"),
            [
                (_("Last contact"), ago(facts.client.last_contact)),
                (_("Standing"), word(facts.client.shown_standing)),
                (_("Sent us"), text.current().number(facts.sent) if facts.sent else ""),
            ],
        ),
        _kept(facts),
    ]
    if facts.concerns:
        rows = [
            CardRow(_one_line(each.words) or _("A restricted note"), "", when=when(each.since), key=at)
            for at, each in enumerate(facts.concerns[:SHOWN])
        ]
        cards.append(_titled(rows_part(_("Concerns open"), "", rows), str(len(facts.concerns)), "red"))
    if facts.answers:
        answers = [(word(answer), text.current().number(count)) for answer, count in facts.answers.items()]
        cards.append(facts_part(_("Answers to advice, 12 months"), answers))
    if facts.feedback:
        rows = []
        for heard in facts.feedback[:SHOWN]:
            score = f"{heard.score}/{heard.scale}" if heard.score is not None else word(heard.kind)
            said, felt = _one_line(heard.verbatim), word(heard.feeling)
            rows.append(CardRow(said, felt, score, tone(heard.feeling), when(heard.heard_on)))
        cards.append(rows_part(_("What they said"), "", rows))
    return cards


def _wrote_off(facts: ReviewFacts) -> bool:
    return bool(facts.written_off_year_minor)


def _kept(facts: ReviewFacts) -> Card:
    kept = facts.kept
    if not kept.settled:
        return facts_part(_("Promises"), [(_("None of ours is settled yet"), "")])
    missed = [promise for promise in kept.promises if promise.status != "kept"]
    note = _("{kept} of {settled} kept in time").format(kept=kept.kept, settled=kept.settled)
    rows = [
        CardRow(promise.text, "", word(promise.status), tone(promise.status), when(promise.due_on or promise.made_on))
        for promise in (missed or kept.promises)[:SHOWN]
    ]
    return rows_part(_("Promises"), note, rows)


def past_words(review: ReviewRow) -> tuple[str, str]:
    """A past review in a line and what was said in it."""
    title = f"{text.current().date(review.held_on)} · {word(review.they)} · {word(review.we)}"
    points = [f"{word(name)}: {words}" for name, state, words in review.points if state == "concern"]
    said = [review.their_words, review.could_say_no, review.reason, *points]
    return title, "\n".join(part for part in said if part)


def _titled(card: Card, chip: str, colour: Tone) -> Card:
    card.set_title(_("Concerns open"), "", chip, colour)
    return card


def _one_line(words: str) -> str:
    return " ".join(words.split())
