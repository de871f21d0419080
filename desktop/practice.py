"""OpenPractice: the one bridge from the screen to the practice file, which says what changed to all who show it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from db.errors import Refused, Trouble
from desktop import opened, profession, sentences
from desktop.collecting import touched

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.history import StepRow
    from db.practice import Done, Practice
    from desktop.widgets.form import Form

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

# What a room calls its noun, where a table of another name holds a part of it.
_NOUN_OF = {
    "party_name": "party",
    "contact_point": "party",
    "address": "party",
    "tax_id": "party",
    "tag": "party",
    "custom_field": "party",
    "party_link": "party",
    "standing_change": "client",
    "role": "engagement",
    "advice_response": "advice",
    "trust_note": "trust",
    "promise": "trust",
    "decision": "engagement",
    "out_of_scope": "engagement",
    "deadline": "engagement",
    "acceptance": "client",
    "insight_theme": "insight",
    "insight_action": "insight",
    "health_override": "client",
    "attempt": "client",
    "suggestion_answer": "client",
    "rights_item": "rights_request",
}


class OpenPractice(QObject):
    """The practice that the window works on. Reading is `ask`, writing is `do`, and every verb goes this way."""

    changed = Signal(frozenset)
    done = Signal(object)  # the StepRow of what was just done, for the toast
    refused = Signal(object)
    troubled = Signal(object)
    closing = Signal()

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self.practice = practice
        # A run that crashed left its copies of files behind.
        opened.clear()
        self._take_profession()

    def _take_profession(self) -> None:
        from db.firm import get_practice

        profession.practise(self.ask(get_practice).profession)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.practice.path

    def ask(
        self,
        query: Callable[Concatenate[Session, Arguments], Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run a query; see `db.practice.Practice.ask`. Works from any thread."""
        touched()
        return self.practice.ask(query, *arguments, **named)

    def is_large(self) -> bool:
        """Whether lists are to be asked for beside the window."""
        from db.firm import is_large

        return self.ask(is_large)

    def do(
        self,
        action: Callable[Concatenate[Session, Arguments], Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Done:
        """Run an action as one step and tell everybody; raises Refused and Trouble to the caller."""
        done = self.practice.do(action, *arguments, **named)
        self.tell(done)
        return done

    def jot(
        self,
        action: Callable[Concatenate[Session, Arguments], Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Write what is no step, such as a sentence half typed; nobody need look again."""
        return self.practice.jot(action, *arguments, **named)

    def tell(self, done: Done) -> None:
        """Tell everybody what a step changed; for steps that a job did on another thread."""
        if done.step:
            from db.history import list_steps

            if "practice" in done.touched:
                self._take_profession()
            self.changed.emit(frozenset(_NOUN_OF.get(table, table) for table in done.touched))
            self.done.emit(self.ask(list_steps, limit=1)[0])

    def attempt(self, work: Callable[[], Result], form: Form | None = None) -> Result | None:
        """Do some work of the user's; a refusal stands beside its field, trouble is told. None: it failed."""
        try:
            return work()
        except (Refused, Trouble) as error:
            self.tell_failed(error, form)
        return None

    def tell_failed(self, error: BaseException, form: Form | None = None) -> None:
        """Say what was refused or went wrong, also of work that a job did; anything else is a bug and is raised."""
        if isinstance(error, Refused):
            self._refuse(error, form)
        elif isinstance(error, Trouble):
            self.troubled.emit(error)
        else:
            raise error

    def _refuse(self, refused: Refused, form: Form | None) -> None:
        left: list[Refused] = []
        for each in [refused, *refused.others]:
            if form is None or each.field is None or each.field not in form.fields:
                left.append(each)
            else:
                form.refuse(each.field, sentences.refusal(each))
        if left:
            self.refused.emit(left[0])

    def undo(self) -> StepRow | None:
        """Take back the latest step; None when there is nothing to take back or it is refused (which is told)."""
        return self.attempt(lambda: self._reverse(self.practice.undo))

    def redo(self) -> StepRow | None:
        """Bring back the step undone last; None as for undo."""
        return self.attempt(lambda: self._reverse(self.practice.redo))

    def _reverse(self, verb: Callable[[], StepRow]) -> StepRow:
        step = verb()
        self.tell_reversed()
        return step

    def tell_reversed(self) -> None:
        """Tell everybody what the latest Undo or Redo changed; for one that a job did on another thread."""
        touched = self.practice.last_done.touched if self.practice.last_done else frozenset()
        if "practice" in touched:
            self._take_profession()
        self.changed.emit(frozenset(_NOUN_OF.get(table, table) for table in touched))

    def undo_words(self) -> tuple[str | None, str | None]:
        """What Undo and Redo would do, in words; None where there is nothing."""
        from db import history

        def words(step: Any) -> str | None:
            return None if step is None or step.verb == "found_practice" else sentences.step_words(step)

        return words(self.ask(history.undoable)), words(self.ask(history.redoable))

    def close(self) -> None:
        """Close the file; the key is dropped with it. Whoever holds something unkept is told first."""
        self.closing.emit()
        profession.practise("")
        self.practice.close()
