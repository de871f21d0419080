"""What is said about a request: its clock, what comes next, the codes of the pack, and that it is ready."""

from __future__ import annotations

from db.exchange import access_pack
from db.privacy import RequestRow
from desktop import text
from desktop.rooms.beside import Told, facts_part, words_part
from desktop.rooms.words import tone, word
from desktop.rooms.words_listening import noun_word
from desktop.text import _, ngettext
from desktop.widgets.ink import Tone

SOON_DAYS = 7


def clock_words(row: RequestRow) -> tuple[str, Tone]:
    """What the clock of a request says, and in which tone."""
    if row.days_left is None:
        outcome = row.outcome.partition(":")[0]
        return word(outcome), tone(outcome)
    if row.days_left < 0:
        return ngettext("{n} day late", "{n} days late", -row.days_left), "red"
    if row.days_left == 0:
        return _("due today"), "red"
    return ngettext(
        "{n} day left", "{n} days left", row.days_left
    ), "amber" if row.days_left <= SOON_DAYS else "neutral"


def pack_words(code: str) -> str:
    """A code of the access pack in the language that the program speaks."""
    said = {
        "what": _("What"),
        "how many": _("How many"),
        "ground": _("Ground"),
        "date": _("Day"),
        "received": _("Received"),
        "due": _("Due"),
        "identity": _("Identity"),
        "withheld": _("Withheld, and why"),
        "files": _("Files"),
        "changes in the history": _("Changes kept in the history"),
    }
    return said.get(code) or (noun_word(code) if noun_word(code) != code else word(code))


def packed(row: RequestRow, pack: access_pack.Pack) -> Told:
    """The pack as it is told once it is built."""
    number = text.current().number
    facts = [
        (_("Given"), number(pack.given)),
        (_("Withheld"), number(pack.withheld)),
        (_("Files"), number(pack.files)),
    ]
    parts = [facts_part(_("In it"), facts), words_part(_("Where"), str(pack.path))]
    return Told(_("The pack is ready"), row.party, [(_("Ready"), "green")], parts)


def next_words(row: RequestRow) -> str:
    """What to do next about an open request, in a sentence."""
    if not row.verified_on:
        return _("Make sure who asks, and note how. Nothing is given before.")
    return {
        "access": _("Review what is held, build the pack, hand it over, and close."),
        "portability": _("Review what is held, build the pack (CSV, JSON and vCard), hand it over, and close."),
        "rectification": _("Open the details, put right what is wrong, tell the person, and close."),
        "erasure": _("See below what goes and what stays, erase, tell the person both, and close."),
        "restriction": _("Mark it, tell the person, and close. The mark stands with the details until it is lifted."),
        "objection": _("Mark it, weigh the reasons, tell the person, and close."),
    }[row.kind]
