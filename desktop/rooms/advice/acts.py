"""What is done to a recorded entry, each with its form: decision, amendment, confirmation in writing."""

from __future__ import annotations

from typing import Any

from db import advice
from db.advice import AdviceRow, Amendment, NewResponse
from db.words import Response
from desktop.rooms.advice.entering import insist
from desktop.rooms.covered import WIDE, CoveredRoom
from desktop.rooms.words import choices
from desktop.text import _
from desktop.widgets.fields import ChoiceField, DateField, LongField, TextField
from desktop.widgets.form import Form


def confirm(room: CoveredRoom, entry: AdviceRow) -> None:
    """Ask on which day the advice was confirmed to the client in writing."""
    form = Form([[("on", DateField(_("Confirmed to the client in writing on")), 1)]])
    room.ask(
        f"{entry.number} · {entry.question}",
        form,
        _("Confirm"),
        lambda values: room.desk.do(advice.confirm_advice, entry.id, values["on"]),
    )


def write_letter(room: CoveredRoom, entry: AdviceRow) -> None:
    """Write the letter that confirms the advice, for signature."""
    # With it comes all that prints, which takes a moment to load.
    from desktop.rooms.advice.letter import ask_letter

    ask_letter(room, entry)


def respond(room: CoveredRoom, entry: AdviceRow, answer: str = "") -> None:
    """Ask what the client decided; against advice insists on the consequence explained and his reason."""
    response = ChoiceField(_("Client’s decision"), [pair for pair in choices(Response) if pair[0] != "awaiting"])
    consequence = LongField(_("The consequence that was explained"), 2)
    reason = LongField(_("Why the client decided against it"), 2)
    words = LongField(_("In the client’s words"), 2)
    form = Form(
        [
            [("response", response, 1), ("responded_on", DateField(_("Decided on")), 1)],
            [("words", words, 1)],
            [("consequence", consequence, 1), ("reason", reason, 1)],
        ]
    )

    def on_response() -> None:
        against = response.value() == "against advice"
        words.set_title(_("What the client told us to do") if against else _("In the client’s words"))
        for field in (consequence, reason):
            field.setVisible(against)

    response.changed.connect(on_response)
    response.set_value(answer or "accepted")
    on_response()

    def work(values: dict[str, Any]) -> object:
        if values["response"] == "against advice":
            insist(values)
        return room.desk.do(advice.respond_to_advice, entry.id, NewResponse(**values))

    room.ask(
        _("Client’s decision"),
        form,
        _("Record"),
        work,
        note=f"{entry.number} · {entry.client}",
    )


def amend(room: CoveredRoom, entry: AdviceRow) -> None:
    """Ask what was wrong and what holds now; the first text stays as it was."""
    form = Form(
        [
            [("reason", TextField(_("What was wrong, and why it changes")), 1)],
            [("advice", LongField(_("What we advise now"), 6), 1)],
            [("basis", LongField(_("What it rests on"), 2), 1), ("risks", LongField(_("Risks explained"), 2), 1)],
        ]
    )
    form.set_values({name: getattr(entry, name) for name in ("advice", "basis", "risks")})

    def work(values: dict[str, Any]) -> object:
        return room.desk.do(advice.amend_advice, entry.id, Amendment(**values, author=room.desk.practice.who))

    room.ask(
        _("Amend {number}").format(number=entry.number),
        form,
        _("Record the amendment"),
        work,
        note=_("The first text stays as it was"),
        width=WIDE,
    )
