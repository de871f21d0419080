"""A form with a letter in it: its words, when and how it goes out, and the page as it will be printed at its right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desktop import look
from desktop.jobs import Job
from desktop.rooms.letter_sent import sent_fields
from desktop.rooms.letter_tools import LetterTools
from desktop.rooms.page_beside import PageBeside
from desktop.widgets.form import Form, Place

if TYPE_CHECKING:
    from db.practice import Done
    from desktop.reports.letters import LetterFacts
    from desktop.rooms.covered import CoveredRoom
    from desktop.widgets.fields import LongField

WITH_PAGE, PAGE_HEIGHT = 1180, 560


class LetterForm(Form):
    """Keeps what is asked beside the window, and is taken off its room once that is done."""

    def __init__(
        self,
        room: CoveredRoom,
        letter: LongField,
        file_name: str,
        above: Sequence[Sequence[Place]] = (),
        beneath: Sequence[Place] = (),
    ) -> None:
        self.letter, self.tools = letter, LetterTools(room.desk, letter)
        self.sent_on, self.sent_how = sent_fields()
        sent = [("sent_on", self.sent_on, 1), ("sent_how", self.sent_how, 1)]
        super().__init__([*above, [("letter", letter, 1)], [*beneath, *sent]])
        self.room, self.desk = room, room.desk
        self.page = PageBeside(file_name)
        self.page.setMinimumHeight(look.px(PAGE_HEIGHT))
        self.page.ask_sent(self.sent_on, self.sent_how)

    def show_letter(self, facts: LetterFacts) -> None:
        """Show the letter on its page, as it stands in the field now."""
        self.page.show_letter(facts, self.tools.printed())

    def keep(self, work: Callable[[], Done]) -> None:
        """Run what keeps it on another thread: it prints the letter."""
        self.setEnabled(False)
        job = Job(lambda _progress: work(), self.room)
        job.done.connect(self._on_kept)
        job.failed.connect(self._on_failed)
        job.start()

    def _on_kept(self, done: Done) -> None:
        if self.room.form is self:
            self.room.take_off()
        self.desk.tell(done)

    def _on_failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        self.desk.tell_failed(error, self)
