"""Saying No to an enquiry: the reason, the letter with its warning about time limits, and how long the file is kept."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from db.clients import list_client_rows
from db.enquiries import Decline, decline, retain_until
from db.exchange.export import file_named
from db.letters import NewLetter
from db.words import DeclineReason
from desktop.reports import letters
from desktop.rooms.enquiry.beside import BesideWindow
from desktop.rooms.letter_sent import sent_fields, sent_name
from desktop.rooms.letter_tools import LetterTools
from desktop.rooms.page_beside import PageBeside
from desktop.rooms.words import choices, word
from desktop.text import LANGUAGES, _
from desktop.widgets.fields import ChoiceField, DateField, LongField, TextField
from desktop.widgets.form import Form

if TYPE_CHECKING:
    from db.practice import Done
    from desktop.practice import OpenPractice


class DeclineWindow(BesideWindow):
    """Declines one enquiry. The letter follows the reason until its words are changed by hand."""

    SIZE: ClassVar[tuple[int, int]] = (1120, 720)

    def __init__(self, desk: OpenPractice, asker: QWidget, client_id: int, engagement_id: int | None = None) -> None:
        super().__init__(desk, asker)
        self._client, self._engagement = client_id, engagement_id
        self._own = ""  # the letter as it was made last, to see whether it was changed by hand
        today = dt.date.today()
        self._facts = desk.ask(
            letters.facts, client_id, "decline", today, writer=desk.practice.who, engagement_id=engagement_id
        )
        client = desk.ask(list_client_rows, [client_id])[0]
        self.letter = LongField(_("The letter, as you want it"), 13)
        self.tools = LetterTools(desk, self.letter)
        sent_on, sent_how = sent_fields()
        form = Form(
            [
                [
                    ("reason", ChoiceField(_("Why we decline"), choices(DeclineReason)), 1),
                    ("words", TextField(_("For the file only (may stay empty)")), 1),
                ],
                [("letter", self.letter, 1)],
                [
                    ("language", ChoiceField(_("Language of the letter"), list(LANGUAGES.items())), 1),
                    ("sent_on", sent_on, 1),
                    ("sent_how", sent_how, 1),
                ],
                [("retain_until", DateField(_("Keep the file until"), ahead=True), 1)],
            ]
        )
        form.fields["language"].set_value(self._facts.language)
        form.fields["retain_until"].set_value(desk.ask(retain_until))
        name = f"{letters.title('decline', self._facts.language)} – {client.name}.pdf"
        self.page = PageBeside(file_named(name))
        self.page.ask_sent(sent_on, sent_how)
        note = _("The names stay among those that every conflict check searches; nothing else is needed of this file.")
        self.build(_("Decline {name}").format(name=client.name), note, form, self.page, _("Decline"), [], share=52)
        form.changed.connect(self._follow)
        self._follow()
        self._written = False

    def _follow(self) -> None:
        """Write the letter anew where nobody changed it, and show it."""
        values = {name: field.value() for name, field in self.form.fields.items() if name in ("reason", "language")}
        try:
            kept = self.form.fields["retain_until"].value()
        except ValueError:
            kept = None
        self._facts = dataclasses.replace(
            self._facts, language=values["language"], kept_until=kept or self._facts.kept_until
        )
        untouched = self.letter.value() in ("", self._own) or self.tools.is_usual()
        self.tools.show_letter(letters.declined(self._facts, values["reason"]), self._facts.language)
        if untouched:
            self._own = self.tools.propose()
        self.page.show_letter(self._facts, self.tools.printed())

    def ready(self, values: dict[str, Any]) -> Callable[[], Done]:
        facts, practice, words = self._facts, self.desk.practice, self.tools.printed()
        told = word(values["reason"])
        outcome = f"{told}: {values['words']}" if values["words"] else told
        reminder = _("Send the letter that declines")

        def keep() -> Done:
            paper = letters.render(facts, words)
            title = letters.title("decline", facts.language)
            name = sent_name(self.page.file_name, values["sent_on"], values["sent_how"])
            letter = NewLetter(name=name, title=title, text=words, pdf=paper.pdf) if words else None
            no = Decline(
                reason=values["reason"],
                outcome=outcome,
                engagement_id=self._engagement,
                retain_until=values["retain_until"],
                letter=letter,
                sent_on=values["sent_on"],
                sent_how=values["sent_how"],
                reminder=reminder,
            )
            return practice.do(decline, self._client, no)

        return keep
