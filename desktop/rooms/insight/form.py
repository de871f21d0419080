"""The forms of insights: what was said, what is done about it, and the words in which the client is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from db import clients, engagements, insight_lists, insights, parties
from db.insights import SCALES, ActionRow, InsightRow, NewAction, NewInsight, Telling
from db.words import InsightKind
from desktop import text
from desktop.rooms.covered import WIDE, CoveredRoom
from desktop.rooms.words import choices, word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.fields import ChipsField, ChoiceField, DateField, LongField, TextField
from desktop.widgets.form import Form
from desktop.widgets.picker import RecordField, Suggestion
from desktop.widgets.tokens import TokensField

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


def metric_words(metric: str) -> str:
    """A question with its scale written: 'Would recommend us, 0 to 10'."""
    if not metric:
        return _("No score")
    low, high = SCALES[metric]
    return _("{question}, {low} to {high}").format(question=word(metric), low=low, high=high)


class InsightForm(Form):
    """Verbatim first; everything else is short."""

    def __init__(self, desk: OpenPractice, action: bool = True) -> None:
        self._desk = desk
        self.verbatim = LongField(_("What was said, word for word"), 5, _("Their words, not ours"))
        self.client = RecordField(_("Client"), self._suggest, _("Type a name or a number"))
        self.said_by = TextField(_("Who said it"), _("if not the client in person"))
        self.engagement = ChoiceField(_("About"), [(None, _("Nothing in particular"))])
        self.question = ChoiceField(_("Score for"), [(each, metric_words(each)) for each in ("", *SCALES)])
        self.score = TextField(_("Score"))
        quote = ChipsField(_("Quoting"), [("may_quote", _("May be quoted"))])
        themes = TokensField(
            _("Themes"), lambda typed: desk.ask(insight_lists.suggest_themes, typed), _("Type one, then Return")
        )
        rows: list[Sequence[tuple[str, Any, int]]] = [
            [("verbatim", self.verbatim, 1)],
            [("client_id", self.client, 3), ("said_by", self.said_by, 3), ("heard_on", DateField(_("When")), 2)],
            [
                ("kind", ChoiceField(_("How we heard it"), choices(InsightKind)), 3),
                ("engagement_id", self.engagement, 3),
                ("feeling", ChoiceField(_("Feeling"), feelings()), 2),
            ],
            [("metric", self.question, 3), ("score", self.score, 1), ("marks", quote, 2)],
            [("themes", themes, 1)],
        ]
        if action:
            rows.append(
                [
                    ("what", TextField(_("What we do about it"), _("leave empty if nothing")), 3),
                    ("owner", TextField(_("Who does it")), 2),
                    ("due_on", DateField(_("Until")), 3),
                ]
            )
        super().__init__(rows)
        self.client.changed.connect(self._on_client)
        self.question.changed.connect(self._on_metric)
        self._on_metric()

    def _suggest(self, typed: str) -> Sequence[Suggestion]:
        found = self._desk.ask(clients.suggest_clients, typed)
        return [(row.client_id, row.name, row.number) for row in found]

    def _rows(self, some: list[int]) -> Sequence[clients.ClientRow]:
        return self._desk.ask(clients.list_client_rows, some)

    def _on_client(self) -> None:
        try:
            client_id = self.client.value()
        except ValueError:
            client_id = None
        rows = []
        if client_id is not None:
            some = self._desk.ask(engagements.list_engagement_ids, client_id=client_id)
            rows = self._desk.ask(engagements.list_engagement_rows, some)
        nothing = (None, _("Nothing in particular"))
        self.engagement.set_choices([nothing, *((row.id, row.title) for row in rows)])

    def _on_metric(self) -> None:
        self.score.setEnabled(bool(self.question.value()))
        if not self.question.value():
            self.score.set_value("")

    def fill_client(self, client_id: int | None) -> None:
        """Choose the client."""
        found = self._rows([client_id]) if client_id else []
        self.client.set_value((found[0].id, found[0].name) if found else None)
        self._on_client()

    def new_insight(self, values: dict[str, Any]) -> NewInsight:
        """What was entered as the input of the action."""
        what, owner, due_on = (values.pop(name, None) for name in ("what", "owner", "due_on"))
        action = NewAction(what=what, owner=owner or "", due_on=due_on) if what else None
        quote = "may_quote" in values.pop("marks")
        score = values.pop("score") or None
        given = {**values, "score": score, "themes": tuple(values["themes"]), "may_quote": quote, "action": action}
        return NewInsight.model_validate({**given, "heard_by": self._desk.practice.who})


def feelings() -> list[tuple[Any, str]]:
    """The feelings as choices."""
    return [("", "—"), *((code, word(code)) for code in ("pleased", "neutral", "displeased"))]


def ask_insight(room: CoveredRoom, client_id: int | None = None) -> None:
    """Record what was heard."""
    form = InsightForm(room.desk)
    form.set_values({"heard_on": dt.date.today()})
    form.fill_client(client_id)

    def record(values: dict[str, Any]) -> Any:
        done = room.desk.do(insights.record_insight, form.new_insight(values))
        room.show_record(int(str(done.result)))
        return done

    note = _("Not for confidences: those are trust notes")
    room.ask(_("What we heard"), form, _("Record it"), record, note, WIDE)


def ask_correction(room: CoveredRoom, row: InsightRow) -> None:
    """Correct what was written down."""
    form = InsightForm(room.desk, action=False)
    form.fill_client(row.client_id)
    kept = ("verbatim", "said_by", "heard_on", "kind", "feeling", "metric")
    form.set_values({name: getattr(row, name) for name in kept})
    form.set_values(
        {
            "engagement_id": row.engagement_id,
            "score": "" if row.score is None else str(row.score),
            "themes": row.themes,
            "marks": {"may_quote"} if row.may_quote else set(),
        }
    )

    def correct(values: dict[str, Any]) -> Any:
        new = form.new_insight(values)
        return room.desk.do(insights.edit_insight, row.id, new.model_copy(update={"heard_by": row.heard_by}))

    room.ask(_("What we heard"), form, _("Save"), correct, _("The history keeps what stood here before"), WIDE)


def ask_action(room: CoveredRoom, row: InsightRow) -> None:
    """Say what is done about it."""
    form = Form(
        [
            [("what", TextField(_("What we do about it")), 1)],
            [("owner", TextField(_("Who does it")), 1), ("due_on", DateField(_("Until")), 1)],
        ]
    )
    form.set_values({"owner": room.desk.practice.who})

    def add(values: dict[str, Any]) -> object:
        return room.desk.do(insights.add_insight_action, row.id, NewAction(**values))

    room.ask(_("You said, we do"), form, _("Note it"), add, row.client or row.said_by)


def told_words(row: InsightRow, action: ActionRow, firm: str) -> str:
    """A first draft of what the client is told, to be changed at will."""
    quote = text.current().quoted(" ".join(row.verbatim.split()))
    words = _("You told us: {quote}\n\nThis is what we have done: {what}.\n\nThank you for saying so.\n\n{firm}")
    return words.format(quote=quote, what=action.what.rstrip("."), firm=firm)


def ask_telling(room: CoveredRoom, row: InsightRow, action: ActionRow, firm: str) -> None:
    """Tell the client what was done: words to copy or to send, and how he was told."""
    said = LongField(_("What to say"), 8)
    said.set_value(told_words(row, action, firm))
    how = TextField(_("How we told"), _("by e-mail, at the meeting, on the phone …"))
    form = Form([[("said", said, 1)], [("how", how, 2), ("on", DateField(_("When")), 1)]])
    form.set_values({"on": dt.date.today()})

    def copied() -> None:
        QApplication.clipboard().setText(said.value())
        form.bar.say(_("Copied. Paste it where you write to them."), "good")

    def mailed() -> None:
        QDesktopServices.openUrl(mail_draft(_address(room.desk, row.client_id), _("You said, we did"), said.value()))
        how.set_value(_("By e-mail"))

    def tell(values: dict[str, Any]) -> object:
        return room.desk.do(insights.tell_what_was_done, action.id, Telling(how=values["how"], on=values["on"]))

    others = [button(_("Copy"), copied, icon_name="copy"), button(_("As an e-mail"), mailed, icon_name="mail")]
    room.ask(_("You said, we did"), form, _("They were told"), tell, row.client or row.said_by, WIDE, others)


def mail_draft(address: str, subject: str, words: str) -> QUrl:
    """A draft for the computer's own mail program; every sign of the words is literal."""
    part = QUrl.toPercentEncoding
    query = f"subject={bytes(part(subject).data()).decode()}&body={bytes(part(words).data()).decode()}"
    return QUrl(f"mailto:{bytes(part(address, b'@').data()).decode()}?{query}")


def _address(desk: OpenPractice, client_id: int | None) -> str:
    rows = desk.ask(clients.list_client_rows, [client_id]) if client_id is not None else []
    if not rows:
        return ""
    points = desk.ask(parties.get_party, rows[0].party_id).party.contacts
    mails = sorted((point for point in points if point.kind == "email"), key=lambda point: not point.preferred)
    return mails[0].value if mails else ""
