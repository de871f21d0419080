"""The letter that confirms an entry, for signature: its words as they will be printed, then kept among its files."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from db.letters import SentLetter, send_letter
from desktop.reports import advice_letter, letters
from desktop.rooms.letter_form import WITH_PAGE, LetterForm
from desktop.rooms.letter_sent import sent_name
from desktop.text import LANGUAGES, _
from desktop.widgets.fields import ChoiceField, LongField

if TYPE_CHECKING:
    from db.advice import AdviceRow
    from db.practice import Done
    from desktop.rooms.covered import CoveredRoom


class AdviceLetterForm(LetterForm):
    """The letter says what was recorded until its words are changed; another language says it anew."""

    def __init__(self, room: CoveredRoom, entry: AdviceRow) -> None:
        self.language = ChoiceField(_("Language of the letter"), list(LANGUAGES.items()))
        name = _("{number} confirmation.pdf").format(number=entry.number)
        text = LongField(_("The letter, as you want it"), 14)
        super().__init__(room, text, name, beneath=[("language", self.language, 1)])
        self._entry, self._own = entry, ""
        self._read("")
        self.language.set_value(self._found.letter.language)
        self.changed.connect(self._follow)
        self._follow()

    def _read(self, language: str) -> None:
        today = dt.date.today()
        self._found = self.desk.ask(advice_letter.facts, self._entry.id, today, language=language)

    def _follow(self) -> None:
        if self.language.value() != self._found.letter.language:
            self._read(self.language.value())
        untouched = self.letter.value() in ("", self._own) or self.tools.is_usual()
        self.tools.show_letter(advice_letter.confirmed(self._found), self._found.letter.language)
        if untouched:
            self._own = self.tools.propose()
        self.show_letter(self._found.letter)

    def keep_letter(self, values: dict[str, Any]) -> None:
        """Keep the letter with its entry; one that went out confirms the entry on that day."""
        facts, words, practice = self._found.letter, self.tools.printed(), self.desk.practice
        if not words:
            self.refuse("letter", _("This is needed."))
            return
        entry, on, how = self._entry, values["sent_on"], values["sent_how"]
        name = sent_name(self.page.file_name, on, how)

        def work() -> Done:
            new = SentLetter(
                name=name,
                title=letters.title("confirm", facts.language),
                text=words,
                pdf=letters.render(facts, words).pdf,
                kind="confirm",
                sent_on=on,
                sent_how=how,
            )
            return practice.do(send_letter, new, entry.client_id, entry.engagement_id, entry.id)

        self.keep(work)


def ask_letter(room: CoveredRoom, entry: AdviceRow) -> None:
    """Offer the letter for signature as it will be printed, to be changed before it is kept."""
    form = AdviceLetterForm(room, entry)
    title = f"{entry.number} · {entry.question}"
    note = _("For signature. It is kept with the entry, as a PDF.")
    room.ask(title, form, _("Keep the letter"), form.keep_letter, note, WITH_PAGE, beside=form.page)
