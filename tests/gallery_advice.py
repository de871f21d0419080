"""Pictures of *Log advice* in its own window and of the room of advice: filled, understood, refused, amended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app import App

Picture = tuple[str, Callable[[], object], int, "Callable[[], QWidget] | None"]
MOMENT = 400
TOLD = "Settle below €180,000. Two of the three precedents go against us."
SAID = f"{TOLD}\n!send the draft by Thursday\n?ask counsel again in two weeks\n~His brother wants to sell"


def pictures(app: App) -> Iterator[Picture]:
    """What to take, in order: a name, how to arrange it, how long to wait, and of which window."""
    from db.advice import list_advice_ids, list_advice_rows
    from desktop.rooms.advice import acts, writing

    desk = app.desk
    assert desk is not None
    room: Any = app.window.open_room("advice")
    window: Any = None

    def shown() -> QWidget:
        found: QWidget = window
        found.resize(max(found.sizeHint().width(), 900), found.sizeHint().height())
        return found

    def fresh() -> None:
        nonlocal window
        window = writing.open_window(desk, app.window, 1)

    def filled() -> None:
        window.form.set_values(
            {
                "question": "Accept the €165,000 offer, or go to trial in March?",
                "advice": TOLD,
                "basis": "Counsel’s note of 14 Nov; client’s figures for 2025, unaudited",
                "risks": "Adverse costs to €40k; precedent for two further claims",
                "text": "Call before the hearing",
            }
        )
        window.form.fields["due_on"].line.setText("today, 16:00")

    def refused() -> None:
        window.form.fields["response"].set_value("against advice")
        given = window.form.fields["given_at"]
        given.line.setText("3 days ago 10:00")
        given.changed.emit()
        window.form.submitted.emit()

    def naming() -> None:
        page = window.form.box.page
        window.activateWindow()
        page.setFocus()
        page.setPlainText("Spoke with ")
        page.moveCursor(page.textCursor().MoveOperation.End)
        page.insertPlainText("@ina")

    yield "advice-window-empty", fresh, MOMENT, shown
    yield "advice-window-filled", filled, MOMENT, shown
    yield "advice-window-understood", lambda: window.form.box.page.show_plain(SAID), MOMENT, shown
    yield "advice-window-call", lambda: window.form.fields["channel"].set_value("call"), 1500, shown
    yield "advice-window-refused", refused, MOMENT, shown
    yield "advice-window-naming", naming, MOMENT, None
    yield "advice-drafts", lambda: (window.close(), room.narrowing.drafts.setChecked(True)), MOMENT, None
    rows = desk.ask(list_advice_rows, desk.ask(list_advice_ids, state="recorded"))
    first = next(row.id for row in rows if row.response == "awaiting" and row.amended_by is None)

    def show(record: int) -> None:
        room.narrowing.clear()
        room.show_record(record)

    def amend() -> None:
        show(first)
        acts.amend(room, room.view.entry)

    def decide() -> None:
        room.take_off()
        acts.respond(room, room.view.entry, "against advice")

    def letter() -> None:
        room.take_off()
        show(first)
        acts.write_letter(room, room.view.entry)

    def printed() -> None:
        room.form.page.sent.offer("letter")

    def menu() -> None:
        made = room.table.menu()
        made.popup(room.table.mapToGlobal(room.table.rect().center()))

    def versions() -> None:
        room.take_off()
        show(next((row.id for row in rows if row.amends_id is not None), first))

    yield "advice-amend", amend, MOMENT, None
    yield "advice-decision", decide, MOMENT, None
    yield "advice-decision-refused", lambda: room.form.submitted.emit(), MOMENT, None
    yield "advice-letter", letter, 2500, None
    yield "advice-letter-printed", printed, MOMENT, None
    yield "advice-amended", versions, MOMENT, None
    yield "advice-against", lambda: room.narrowing.against.setChecked(True), MOMENT, None
    yield "advice-menu", menu, MOMENT, None
