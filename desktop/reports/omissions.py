"""What a report leaves out, in words, for the person who sends it; it is never printed."""

from __future__ import annotations

from desktop.text import ngettext

LEFT_OUT = {
    "drafts": ("{n} draft", "{n} drafts"),
    "withdrawn": ("{n} withdrawn entry", "{n} withdrawn entries"),
    "confidences": ("{n} confidence", "{n} confidences"),
    "concerns": ("{n} concern", "{n} concerns"),
    "signals": ("{n} signal", "{n} signals"),
    "restricted": ("{n} restricted thanks", "{n} restricted thanks"),
    "restricted_notes": ("{n} restricted note", "{n} restricted notes"),
    "notes": ("{n} internal note", "{n} internal notes"),
    "follow_ups": ("{n} internal follow-up", "{n} internal follow-ups"),
    "received": ("{n} entry received from the client", "{n} entries received from the client"),
    "glyphs": ("{n} character that no font has, spelt out", "{n} characters that no font has, spelt out"),
}


def in_words(counts: dict[str, int]) -> list[str]:
    """What was left out, as a list for the person who reads the preview, in the language that the program speaks."""
    return [ngettext(*LEFT_OUT[kind], count) for kind, count in counts.items() if kind in LEFT_OUT]
