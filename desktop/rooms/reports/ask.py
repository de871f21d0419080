"""What a report is asked for by: its kind, what it is about, the period, the language, the paper and own words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel

from db.clients import suggest_clients as suggest_client_rows
from desktop.reports import family, subjects
from desktop.reports.family import Asked, Kind
from desktop.rooms.letter_sent import SentLine
from desktop.rooms.letter_tools import LetterTools
from desktop.text import LANGUAGES, _
from desktop.widgets.fields import ChoiceField, DateField, Field, LongField
from desktop.widgets.form import Form
from desktop.widgets.ink import tip, tip_words
from desktop.widgets.picker import RecordField, Suggestion

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

# What is offered is told so briefly, in parts; the tooltip has the whole.
LETTERS = 36
LEAST_LETTERS = 12
PART = " · "


@dataclass(frozen=True)
class Wanted:
    """One report as it was asked for; a period without an end runs from the beginning or until today."""

    kind: str
    client_id: int | None = None
    engagement_id: int | None = None
    advice_id: int | None = None
    check_id: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    language: str = ""
    paper: str = ""
    words: str = ""

    def asked(self, at: dt.datetime, writer: str) -> Asked:
        """The same, as a report is asked for at a moment."""
        return Asked(
            at=at,
            client_id=self.client_id,
            engagement_id=self.engagement_id,
            advice_id=self.advice_id,
            check_id=self.check_id,
            since=self.since,
            until=self.until,
            language=self.language,
            paper=self.paper,
            words=self.words,
            writer=writer,
        )


def groups() -> list[tuple[str, str]]:
    """For whom reports are, with the words above each group."""
    return [("client", _("For clients")), ("record", _("For the record")), ("house", _("For the house"))]


def who_may_see(kind: Kind) -> str:
    """Who may be handed a report of this kind, in one sentence."""
    return {
        "client": _("The client may have it: nothing told in trust is in it."),
        "record": _("For whoever may see the record, such as a court, an insurer or a successor."),
        "house": _("For the practice alone: never hand it to a client."),
    }[kind.for_whom]


def suggest_clients(desk: OpenPractice) -> Callable[[str], list[Suggestion]]:
    """The clients whose names begin as typed, for completion."""

    def suggest(typed: str) -> list[Suggestion]:
        rows = desk.ask(suggest_client_rows, typed)
        return [(row.client_id, row.name, row.number) for row in rows]

    return suggest


def span(period: str, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The days of a named period, as seen on a day."""
    if period == "year":
        return dt.date(today.year, 1, 1), None
    if period == "twelve":
        # The 29th of February has no counterpart in most years.
        day = min(today.day, 28) if today.month == 2 else today.day
        return dt.date(today.year - 1, today.month, day) + dt.timedelta(days=1), None
    return None, None


def period_choices() -> list[tuple[str, str]]:
    """The periods that have a name, and the one whose days are typed."""
    return [
        ("all", _("Everything on record")),
        ("year", _("This year")),
        ("twelve", _("The last 12 months")),
        ("days", _("From one day to another")),
    ]


class KindField(ChoiceField):
    """The kinds of reports under the words that say for whom they are; the words themselves cannot be chosen."""

    def __init__(self, title: str, kinds: tuple[Kind, ...] = family.KINDS) -> None:
        choices: list[tuple[Any, str]] = []
        for for_whom, words in groups():
            own = [(kind.name, _(kind.title)) for kind in kinds if kind.for_whom == for_whom]
            choices += [(None, words), *own] if own else []
        super().__init__(title, choices)
        model = self.box.model()
        assert isinstance(model, QStandardItemModel)
        for at, (name, _words) in enumerate(choices):
            if name is None:
                model.item(at).setFlags(Qt.ItemFlag.NoItemFlags)
        self.box.setMaxVisibleItems(len(choices))
        self.set_value(kinds[0].name)


class SubjectField(ChoiceField):
    """One of what is on file for a client; where there is nothing, it says so beneath."""

    def __init__(self, title: str, nothing: str) -> None:
        self._nothing = nothing
        super().__init__(title)
        self.changed.connect(self._tell_whole)

    def offer(self, found: list[tuple[int, str]], chosen: int | None = None) -> None:
        """Offer these; one that was chosen stays so while it is offered."""
        before = self.value() if chosen is None else chosen
        self.box.blockSignals(True)
        self.set_choices([(record, _brief(words)) for record, words in found])
        for at, (_record, words) in enumerate(found):
            self.box.setItemData(at, words, Qt.ItemDataRole.AccessibleTextRole)
            self.box.setItemData(at, tip_words(words), Qt.ItemDataRole.ToolTipRole)
        self.set_value(before)
        self.box.blockSignals(False)
        self._tell_whole()
        self.box.setEnabled(bool(found))
        self.refuse("" if found else self._nothing)

    def _tell_whole(self) -> None:
        whole = self.box.currentData(Qt.ItemDataRole.AccessibleTextRole) or ""
        tip(self.box, "" if whole == self.box.currentText() else whole)


def _brief(words: str) -> str:
    """At most `LETTERS` letters of what is offered: its longest part is cut, so that number and day stay."""
    parts = words.split(PART)
    longest = max(parts, key=len)
    kept = len(longest) - max(0, len(words) - LETTERS)
    if kept == len(longest):
        return words
    parts[parts.index(longest)] = f"{longest[: max(kept, LEAST_LETTERS) - 1].rstrip()}…"
    return PART.join(parts)


class ReportForm(Form):
    """The fields beside the preview; `changed` comes with each change of any of them."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__([])
        self._desk = desk
        self._usual = ""
        self._letter_of: tuple[object, ...] = ()
        self._written: dict[tuple[object, ...], str] = {}
        self._summary_of: int | None = None
        self._summaries: dict[int | None, str] = {}

    def parts(self) -> Iterator[None]:
        """Make the fields a row at a time, in the place where the form stands; before the last it knows no kind."""
        self.kind_field = KindField(_("Report"))
        self.add_row([("kind", self.kind_field, 1)])
        self.client = RecordField(_("Client"), suggest_clients(self._desk), _("Type a name"))
        self.add_row([("client", self.client, 1)])
        yield
        self.engagement = SubjectField(_("About"), _("Nothing is agreed with this client yet."))
        self.advice = SubjectField(_("Entry"), _("No advice to this client is recorded yet."))
        self.check = SubjectField(_("Conflict check"), _("No conflict check is kept for this client."))
        for name, subject in (("engagement", self.engagement), ("advice", self.advice), ("check", self.check)):
            self.add_row([(name, subject, 1)])
            yield
        self.period = ChoiceField(_("Period"), period_choices())
        self.add_row([("period", self.period, 1)])
        self.since, self.until = DateField(_("From")), DateField(_("Until"))
        self.since.line.setPlaceholderText(_("the beginning"))
        self.until.line.setPlaceholderText(_("today"))
        self.add_row([("since", self.since, 1), ("until", self.until, 1)])
        yield
        self.language = ChoiceField(_("Language of the report"), [("", _("The reader's")), *LANGUAGES.items()])
        self.paper = ChoiceField(_("Paper"), [("", _("The country's")), ("a4", "A4"), ("letter", "Letter")])
        self.add_row([("language", self.language, 3), ("paper", self.paper, 2)])
        yield
        self.summary = LongField(_("Where things stand"), 5, _("In your own words, first in the report"))
        self.add_row([("summary", self.summary, 1)])
        self.letter = LongField(_("Text of the letter"), 17, _("The letter's usual words come here"))
        self.add_row([("letter", self.letter, 1)])
        yield
        self.letter_tools, self.sent = LetterTools(self._desk, self.letter), SentLine()
        self._column.addWidget(self.sent)
        yield
        self.kind_field.changed.connect(self.arrange)
        self.period.changed.connect(self.arrange)
        self.client.picked.connect(self._on_client)
        self.arrange()

    @property
    def kind(self) -> Kind:
        """The kind of report that is chosen."""
        return family.kind_of(self.kind_field.value())

    def arrange(self) -> None:
        """Show the fields that the kind needs, with what is on file for them."""
        kind = self.kind
        self.kind_field.note(who_may_see(kind))
        shown = {
            self.client: kind.about != "practice",
            self.engagement: kind.about == "engagement",
            self.advice: kind.about == "advice",
            self.check: kind.about == "check",
            self.period: kind.has_period,
            self.since: kind.has_period and self.period.value() == "days",
            self.until: kind.has_period and self.period.value() == "days",
            self.summary: kind.has_words and not self.is_letter(),
            self.letter: self.is_letter(),
        }
        self.client.note(_("Without a name it is about the whole practice.") if kind.or_practice else "")
        for field, visible in shown.items():
            field.setVisible(visible)
        self.sent.setVisible(self.is_letter())
        self.fill()

    def is_letter(self) -> bool:
        """Whether the whole text of what is asked for can be written anew."""
        return self.kind.has_words and self.kind.name.endswith("-letter")

    def fill(self, engagement: int | None = None, advice: int | None = None, check: int | None = None) -> None:
        """Look again at what is on file for the client; what is named is chosen."""
        client, about = self.client_id(), self.kind.about
        if client is not None and about == "engagement":
            self.engagement.offer(self._desk.ask(subjects.work_of, client, engagement), engagement)
        if client is not None and about == "advice":
            self.advice.offer(self._desk.ask(subjects.entries_of, client, advice), advice)
        if about == "check":
            self.check.offer(self._desk.ask(subjects.checks_of, client, check), check)
        for field in (self.engagement, self.advice):
            field.setEnabled(client is not None)

    def client_id(self) -> int | None:
        """The client that is chosen, None while there is none."""
        try:
            found: int | None = self.client.value()
        except ValueError:
            return None
        return found

    def choose_client(self, client_id: int, name: str) -> None:
        """Make it about this client."""
        self.client.set_value((client_id, name))
        self._on_client(client_id)

    def _on_client(self, client_id: int) -> None:
        if client_id != self._summary_of:
            # What was written for one client never goes out to another.
            self._summaries[self._summary_of] = self.summary.value()
            self._summary_of = client_id
            self.summary.set_value(self._summaries.get(client_id, ""))
        self.fill()

    # ------------------------------------------------------------------ the text of a letter

    def turn_letter(self, wanted: Wanted) -> None:
        """Take up the text of another letter: as it was left, or empty until its usual words are known."""
        of = (wanted.kind, wanted.client_id, wanted.engagement_id, wanted.advice_id, wanted.language)
        if of == self._letter_of:
            return
        if self._letter_of and self._is_own():
            self._written[self._letter_of] = self.letter.value()
        self._letter_of, self._usual = of, ""
        self._show_letter(self._written.get(of, ""))

    def take_wording(self, usual: str) -> None:
        """The usual words of the letter in view are these; they are shown unless others were written."""
        untouched = not self._is_own()
        self._usual = usual
        if untouched and self.letter.value() != usual.strip():
            self._show_letter(usual)

    def _is_own(self) -> bool:
        return self.letter.value() not in ("", self._usual.strip())

    def _show_letter(self, words: str) -> None:
        self.letter.page.blockSignals(True)
        self.letter.set_value(words)
        self.letter.page.blockSignals(False)

    # ------------------------------------------------------------------ what is asked for

    def say_language(self, spoken: str) -> None:
        """Say beneath which language the reader's is."""
        self.language.note(spoken if not self.language.value() else "")

    def is_half_typed(self) -> bool:
        """Whether a name or a day stands there that cannot be read yet."""
        fields: list[Field] = [self.client] if self.kind.about != "practice" else []
        if self.kind.has_period and self.period.value() == "days":
            fields += [self.since, self.until]
        try:
            for field in fields:
                field.value()
        except ValueError:
            return True
        return False

    def wanted(self, today: dt.date) -> Wanted | None:
        """What is asked for now; None while something is missing, or half typed and cannot be read yet."""
        kind = self.kind
        try:
            client = self.client.value() if kind.about != "practice" else None
            since, until = span(self.period.value(), today) if kind.has_period else (None, None)
            if kind.has_period and self.period.value() == "days":
                since, until = self.since.value(), self.until.value()
        except ValueError:
            return None
        if client is None and kind.about not in ("practice", "check") and not kind.or_practice:
            return None
        subject = {"engagement": self.engagement, "advice": self.advice, "check": self.check}.get(kind.about)
        about: int | None = subject.value() if subject is not None else None
        if subject is not None and about is None:
            return None
        found = Wanted(
            kind=kind.name,
            client_id=client,
            engagement_id=about if kind.about == "engagement" else None,
            advice_id=about if kind.about == "advice" else None,
            check_id=about if kind.about == "check" else None,
            since=since,
            until=until,
            language=self.language.value(),
            paper=self.paper.value(),
        )
        if self.is_letter():
            self.turn_letter(found)
        words = self._own_words() if kind.has_words else ""
        return Wanted(**{**found.__dict__, "words": words})

    def _own_words(self) -> str:
        if not self.is_letter():
            return str(self.summary.value())
        return str(self.letter.value()) if self._is_own() else ""
