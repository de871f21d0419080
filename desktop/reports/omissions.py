"""What a report leaves out, in words, for the person who sends it; it is never printed."""

from __future__ import annotations

from desktop.text import _, ngettext

LEFT_OUT = {
    "drafts": ("{n} draft", "{n} drafts"),
    "withdrawn": ("{n} withdrawn entry", "{n} withdrawn entries"),
    "confidences": ("{n} confidence", "{n} confidences"),
    "concerns": ("{n} concern", "{n} concerns"),
    "signals": ("{n} signal", "{n} signals"),
    "thanks": ("{n} word of thanks", "{n} words of thanks"),
    "restricted": ("{n} restricted thanks", "{n} restricted thanks"),
    "restricted_notes": ("{n} restricted note", "{n} restricted notes"),
    "notes": ("{n} internal note", "{n} internal notes"),
    "follow_ups": ("{n} internal follow-up", "{n} internal follow-ups"),
    "received": ("{n} entry received from the client", "{n} entries received from the client"),
    "unnamed": ("{n} piece of work without its name", "{n} pieces of work without their names"),
    "glyphs": ("{n} character that no font has, spelt out", "{n} characters that no font has, spelt out"),
}


def in_words(counts: dict[str, int]) -> list[str]:
    """What was left out, as a list for the person who reads the preview, in the language that the program speaks."""
    return [ngettext(*LEFT_OUT[kind], count) for kind, count in counts.items() if kind in LEFT_OUT]


def reasons(counts: dict[str, int]) -> list[str]:
    """Why each of these was left out, in the order of `in_words`; empty where the words say it already."""
    whys = {
        "drafts": _("not recorded yet"),
        "withdrawn": _("taken back"),
        "confidences": _("told in trust"),
        "concerns": _("for the practice alone"),
        "signals": _("for the practice alone"),
        "thanks": _("for the practice alone"),
        "restricted": _("for a few eyes only"),
        "restricted_notes": _("for a few eyes only"),
        "notes": _("for the practice alone"),
        "follow_ups": _("the practice's own next steps"),
        "unnamed": _("the client did not agree to be named"),
        "received": _("it is not the practice's advice"),
    }
    return [whys.get(kind, "") for kind in counts if kind in LEFT_OUT]


def nothing_left_out(for_whom: str) -> str:
    """What is said where a report leaves nothing out: it has all that there is, or reads from little to begin with."""
    if for_whom == "client":
        return _("Nothing. What was told in trust cannot come into it.")
    return _("Nothing of what it tells about.")
