"""The answer on a verified paper in words: one sentence that says it, then why, or what happened since."""

from __future__ import annotations

from db.grown import Later
from desktop.reports.family import KINDS
from desktop.reports.verifying import Difference, Verified
from desktop.text import _, current, ngettext


def verdict_sentence(answer: Verified) -> str:
    """What the paper is worth, in one sentence."""
    if answer.verdict == "unchanged":
        return _("Genuine, and unchanged since: this is what the record says.")
    if answer.verdict == "grown":
        return _("Genuine, but the record has grown or been amended since.")
    return _("This cannot be verified as a paper from this record.")


def about_sentence(answer: Verified) -> str:
    """Which paper it is, when it was printed and on what it rests; empty where the seal does not say."""
    record = answer.record
    if record is None or record.asked is None:
        return ""
    titles = {kind.name: _(kind.title) for kind in KINDS}
    say = current()
    named = " · ".join(part for part in (titles.get(answer.kind, answer.kind), answer.about) if part)
    words = _("{paper}, printed on {moment}. It rests on the record’s entries {first} – {last}.")
    told = words.format(
        paper=named,
        moment=say.date_time(record.asked.at.astimezone()),
        first=say.number(record.first),
        last=say.number(record.last),
    )
    # A range is not broken at the end of a line.
    return told.replace(" – ", "\u00a0–\u00a0")


def why_sentence(answer: Verified) -> str:
    """What speaks against it."""
    return _WHY[answer.why]() if answer.why in _WHY else ""


def note_sentences(answer: Verified) -> list[str]:
    """What could not be looked at, or how far the answer goes."""
    return [_NOTES[note]() for note in answer.notes if note in _NOTES]


def later_sentence(later: Later) -> str:
    """One thing that happened since, with its day."""
    about = later.number or _nouns().get(later.noun, later.noun)
    words = _LATER[later.what]().format(what=about, earlier=later.earlier)
    title = " ".join(later.title.split())
    shown = title if len(title) <= 90 else title[:89].rstrip() + "…"
    day = current().date(later.at.astimezone().date())
    return f"{day}: {words}" + (f" — {shown}" if shown else "")


def difference_sentence(difference: Difference) -> str:
    """Where a page says something else than the sealed facts."""
    page, say = difference.page, current()
    if page == 0 and difference.says:
        words = _("It has {pages}, and was printed with {printed}.")
        return words.format(pages=_pages(difference.says), printed=_pages(difference.printed))
    if page == 0:
        return _("These words of the record do not stand in it: {words}").format(words=say.quoted(difference.printed))
    if difference.says == difference.printed:
        return _("Page {page}: something was put on it.").format(page=say.number(page))
    words = _("Page {page}: it says {says}; the sealed facts say {printed}.")
    return words.format(page=say.number(page), says=say.quoted(difference.says), printed=say.quoted(difference.printed))


def _pages(told: str) -> str:
    return ngettext("{n} page", "{n} pages", int(told))


_LATER = {
    "new": lambda: _("{what} is new"),
    "amended": lambda: _("{what} amends {earlier}"),
    "answered": lambda: _("{what} was answered"),
    "unanswered": lambda: _("the answer to {what} was withdrawn"),
    "withdrawn": lambda: _("{what} was withdrawn"),
    "restored": lambda: _("{what} was brought back"),
    "changed": lambda: _("{what} changed"),
    "removed": lambda: _("{what} was removed"),
}


def _nouns() -> dict[str, str]:
    return {
        "client": _("the client’s file"),
        "party": _("a name"),
        "engagement": _("an engagement"),
        "promise": _("a promise"),
        "fee": _("a fee"),
        "trust_note": _("the client’s thanks"),
        "practice": _("the practice’s own details"),
        "person": _("somebody of the practice"),
        "conflict_check": _("the conflict check"),
        "follow_up": _("a follow-up"),
        "decision": _("a decision"),
        "role": _("a role"),
        "attachment": _("a file"),
        "deadline": _("a deadline"),
    }


_WHY = {
    "not-a-pdf": lambda: _("It is not a PDF."),
    "cut-off": lambda: _("The file is cut off: its end is missing. Ask for it to be sent again."),
    "encrypted": lambda: _("The PDF is protected, which Cliens never does. Ask for the file as it was first sent."),
    "broken": lambda: _("The PDF is damaged: it cannot be read."),
    "too-large": lambda: _("The file is larger than any report of Cliens: it was not read."),
    "too-long": lambda: _("The PDF takes too long to read, as no report of Cliens does: reading was given up."),
    "no-seal": lambda: _(
        "It carries no seal: it is no report of the record, or another program printed or scanned it anew. Only the"
        " file as it came out of Cliens can be verified."
    ),
    "facts-altered": lambda: _("The facts inside it do not fit their digest: they were changed after it was printed."),
    "keywords-altered": lambda: _("The seal in its properties does not fit the facts inside it: one was changed."),
    "other-practice": lambda: _("It was printed from the file of another practice."),
    "older-file": lambda: _(
        "It was printed after the last step that this file knows: this is an older copy of the record. Open the newest."
    ),
    "other-copy": lambda: _(
        "It comes from a copy of this practice that went on in another way: the chain of this file has another digest"
        " at that step."
    ),
    "range-altered": lambda: _("The entries that it names are not those of its step in the chain."),
    "file-altered": lambda: _(
        "The chain of this file itself does not hold, so nothing can be verified with it. Check the file first."
    ),
    "unknown-kind": lambda: _("This version of Cliens does not know this kind of report. A newer one may."),
    "not-the-record": lambda: _("It names this record, but its facts are not what the record held then."),
    "pages-altered": lambda: _("Its pages say something else than the facts sealed inside it: they were changed."),
}
_NOTES = {
    "saved-anew": lambda: _(
        "Another program saved the file anew: the words of its pages were compared, drawings and pictures could not be."
    ),
    "other-layout": lambda: _(
        "Another version of Cliens printed it: that the record’s own words stand in it was checked, not what stands"
        " there besides."
    ),
    "other-version": lambda: _("This version of Cliens knows more of the record than the one that printed it."),
    "erased": lambda: _(
        "Something that it rests on was erased since, on a person’s request: the advice in it was compared, the rest"
        " could not be."
    ),
}
