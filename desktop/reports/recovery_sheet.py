"""The one-page sheet with a practice's recovery key, to be printed and locked away."""

from __future__ import annotations

import datetime as dt

from desktop.reports.blocks import Block, Heading, Paragraph, Row, Stack, record_table
from desktop.reports.look import BODY, CODE, MUTED, NOTE, STRONG, TITLE, TONES, page_size, toned
from desktop.reports.paper import Meta, Paper, render
from desktop.text import voice

GROUPS_IN_A_LINE = 3


def recovery_sheet(
    practice: str,
    key: str,
    at: dt.datetime,
    *,
    file: str = "",
    language: str = "en",
    country: str = "",
    invariant: bool = False,
) -> Paper:
    """The sheet as a PDF of one page; `key` is the recovery key as the vault gives it, in groups.

    The key stands only on the page: not in the title nor in any other field of the document.
    """
    say = voice(language)
    title = say.say("Recovery key of {practice}").format(practice=practice)
    steps = [
        say.say("Open Cliens and choose the file."),
        say.say("Choose “Use the recovery key” and type the groups; capitals, spaces and dashes do not matter."),
        say.say("Give the file a new passphrase. A new sheet replaces this one: destroy the old."),
    ]
    about = [[say.say("Practice"), practice], [say.say("Made on"), f"{say.long_date(at)}, {at:%H:%M}"]]
    if file:
        about.insert(1, [say.say("The file"), file])
    blank = [[say.say("Kept by"), ""], [say.say("Place"), ""]]
    warning = say.say(
        "This key opens the practice’s file if the passphrase is forgotten. "
        "Whoever holds it can read everything in the file."
    )
    place = say.say(
        "Keep this sheet where you keep what must not burn: a safe, a bank, a notary. Not beside the computer."
    )
    story: list[Block] = [
        Paragraph(practice, MUTED, keep=True),
        Paragraph(say.say("Recovery key"), TITLE, before=3),
        Paragraph(warning, BODY, before=8),
        Paragraph(place, toned(BODY, TONES["amber"]), before=4),
        *_key(key),
        Paragraph(say.say("A mistyped letter is noticed before anything is opened."), NOTE, before=10),
        Heading(say.say("How to use it")),
        *[_step(number, text) for number, text in enumerate(steps, 1)],
        Heading(say.say("The file")),
        *record_table([], about + blank, (24, 76)),
    ]
    meta = Meta(
        title=title,
        author=practice,
        subject=say.say("Recovery key"),
        language=say.language,
        left=practice,
        right=say.say("Secret — keep it under lock"),
        foot=title,
        page_of=say.say("Page {page} of {pages}"),
        size=page_size(country),
    )
    return render(story, meta, invariant=invariant)


def _key(key: str) -> list[Block]:
    groups = key.replace("-", " ").split()
    lines = [groups[i : i + GROUPS_IN_A_LINE] for i in range(0, len(groups), GROUPS_IN_A_LINE)]
    rows: list[Block] = []
    for i, line in enumerate(lines):
        cells = [Paragraph(group, CODE) for group in line] + [Paragraph("", CODE)] * (GROUPS_IN_A_LINE - len(line))
        rows.append(Row(cells, (1,) * GROUPS_IN_A_LINE, before=18 if i == 0 else 0, padding=2, ruled=True, whole=True))
    return rows


def _step(number: int, text: str) -> Block:
    return Row([Paragraph(f"{number}", STRONG), Stack([Paragraph(text)])], (4, 96), before=2, whole=True)
