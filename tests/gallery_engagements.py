"""Pictures of the Engagements room: board, tabs and forms of each profession, and what they say when empty or wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.app import App

Picture = tuple[str, Callable[[], object], int]
MOMENT = 350


def pictures(app: App, profession: str) -> Iterator[Picture]:
    """What to take of a profession's sample, in order: a name, how to arrange it, how long to wait."""
    desk = app.desk
    assert desk is not None

    def room() -> Any:
        return app.window.open_room("engagements")

    def tab(key: str) -> Callable[[], object]:
        return lambda: (room().show_board(False), room().view.choose(key))

    fill = {"law": _law, "accounting": _accounting, "design": _design}[profession]
    yield f"{profession}-engagements-filled", lambda: fill(app), MOMENT
    for key in ("scope", "dates", "decisions", "files"):
        yield f"{profession}-engagement-{key}", tab(key), MOMENT
    yield f"{profession}-engagements-board", lambda: (room().view.choose("overview"), room().show_board(True)), MOMENT
    if profession == "law":
        yield "law-engagements-board-card", lambda: room()._open_card(_first(app).id), MOMENT
        yield "law-engagements-board-outcome", lambda: room().board.move_to(_first(app).id, "completed"), MOMENT
        yield "law-engagements-board-outcome-refused", lambda: room().board.outcome.given.emit(""), MOMENT
        yield "law-engagements-board-by-mouse", lambda: room().board._leave(), MOMENT
    yield f"{profession}-engagement-more", lambda: (tab("overview")(), room().view._offer()), MOMENT
    yield f"{profession}-engagement-filter", lambda: _filtered(app), MOMENT
    if profession == "law":
        yield "law-engagement-deadline", lambda: _asked(app, "note_deadline"), MOMENT
        yield "law-engagement-deadline-refused", lambda: room().form.submitted.emit(), MOMENT
    if profession == "accounting":
        yield "accounting-engagement-outside-scope", lambda: _asked(app, "note_outside"), MOMENT
        yield "accounting-engagement-outside-scope-refused", lambda: room().form.submitted.emit(), MOMENT
        yield "accounting-engagement-next-period", lambda: _asked(app, "begin_period"), MOMENT
        yield "accounting-engagement-periods", lambda: _begun(app), MOMENT

    if profession == "design":
        yield "design-engagement-decision-refused", lambda: _half_a_decision(app), MOMENT
    yield f"{profession}-engagements-left", lambda: _leave(app), MOMENT


def _first(app: App) -> Any:
    from db import engagements

    assert app.desk is not None
    numbers = app.desk.ask(engagements.list_engagement_ids)[:1]
    return app.desk.ask(engagements.list_engagement_rows, numbers)[0]


def _close_menus() -> None:
    from PySide6.QtWidgets import QApplication

    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


def _begun(app: App) -> None:
    room: Any = app.window.open_room("engagements")
    room.form.submitted.emit()
    room.view.choose("overview")


def _leave(app: App) -> None:
    from db.engagement_lists import ALL

    _close_menus()
    room: Any = app.window.open_room("engagements")
    room.take_off()
    room.filters.take(ALL)
    room.show_board(False)


def _filtered(app: App) -> None:
    from db.engagement_lists import Wanted

    _close_menus()
    room: Any = app.window.open_room("engagements")
    room.filters.take(Wanted(stages=("active", "proposed"), unsigned=True))


def _asked(app: App, verb: str) -> None:
    from db.engagement_lists import ALL

    room: Any = app.window.open_room("engagements")
    room.take_off()
    room.filters.take(ALL)
    room.show_record(_first(app).id)
    getattr(room, verb)(room.view.row)


def _half_a_decision(app: App) -> None:
    _asked(app, "change_stage")
    room: Any = app.window.open_room("engagements")
    room.take_off()
    room.view.choose("decisions")
    page = room.view.pages["decisions"]
    page.entries["item"].setText("Window sills")
    page._note()


def _law(app: App) -> None:
    from db import deadlines
    from db.deadlines import NewDeadline

    assert app.desk is not None
    today, which = dt.date.today(), _first(app).id
    for kind, what, days in (("hearing", "Hearing, room 4", 5), ("filing", "Answer to the claim", 40)):
        new: Any = {"kind": kind, "what": what, "falls_on": today + dt.timedelta(days=days)}
        app.desk.do(deadlines.add_deadline, NewDeadline(engagement_id=which, **new))
    app.window.open_room("engagements", which)


def _accounting(app: App) -> None:
    from db import engagements, scope
    from db.engagements import EngagementEdit
    from db.scope import NewOutOfScope

    assert app.desk is not None
    which, year = _first(app).id, dt.date.today().year - 1
    edit = EngagementEdit(recurs="yearly", period_from=dt.date(year, 1, 1), period_until=dt.date(year, 12, 31))
    app.desk.do(engagements.edit_engagement, which, edit)
    gift = NewOutOfScope(engagement_id=which, what="VAT on a gift", handling="goodwill", minutes=15, amount_minor=40_00)
    payroll = NewOutOfScope(
        engagement_id=which, what="Payroll for two more", handling="quote", minutes=45, amount_minor=600_00
    )
    for new in (gift, payroll):
        app.desk.do(scope.log_out_of_scope, new)
    app.window.open_room("engagements", which)


def _design(app: App) -> None:
    from db import decisions
    from db.decisions import NewDecision, Reversal

    assert app.desk is not None
    which, before = _first(app).id, dt.date.today() - dt.timedelta(days=20)
    oak: dict[str, Any] = {"item": "Door fronts", "choice": "Oak, oiled", "cost_minor": 120_000, "days": 3}
    cork: dict[str, Any] = {"item": "Floor", "choice": "Cork, in the kitchen and the hall as well", "days": -1}
    made = [
        app.desk.do(
            decisions.log_decision, NewDecision(engagement_id=which, decided_by="Ana Vega", decided_on=before, **each)
        )
        for each in (oak, cork)
    ]
    walnut = Reversal(choice="Walnut", decided_by="Ben Vega", reason="Oak looked too light", cost_minor=210_000, days=5)
    app.desk.do(decisions.supersede_decision, int(str(made[0].result)), walnut)
    app.window.open_room("engagements", which)
