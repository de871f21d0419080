"""The pictures that belong to no other part: trust by tab and form, the other pages of Settings, notices, contrast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.gallery_client import scroll_to

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app import App

Picture = tuple[str, Callable[[], object], int, "Callable[[], QWidget] | None"]
MOMENT = 400


def pictures(app: App) -> Iterator[Picture]:
    """What to take, in order: a name, how to arrange it, how long to wait, and of which window."""
    yield from _trust(app)
    for tab in ("people", "file", "key"):
        yield f"settings-{tab}", partial(app.show_settings, tab), MOMENT, None
    yield "settings-grades", partial(_criteria, app), 2 * MOMENT, None
    yield from _outside(app)
    yield "notice", partial(_notice, app), MOMENT, None
    yield "refused-in-passing", partial(_refused, app), MOMENT, None
    worn = app.choice.scheme
    for room in ("today", "clients", "advice"):
        yield f"contrast-{room}", lambda room=room: _contrast(app, room), 900, None  # type: ignore[misc]
    app.choose("scheme", worn)


def _criteria(app: App) -> None:
    app.show_settings("practice")
    room: Any = app.window.open_room("settings")
    scroll_to(room.practice.grades)


def _trust(app: App) -> Iterator[Picture]:
    from desktop.rooms import forms_of_trust

    room: Any = app.window.open_room("trust")

    def tab(name: str) -> None:
        shown: Any = app.window.open_room("trust")
        shown.take_off()
        shown.tabs.choose(name)

    def asked(how: Callable[..., None]) -> None:
        from db.trust_lists import list_promise_ids, list_promise_rows

        assert app.desk is not None
        tab("open")
        some = app.desk.ask(list_promise_ids, "open")[:1]
        how(room, app.desk.ask(list_promise_rows, some)[0])

    for name in ("open", "settled", "notes"):
        yield f"trust-{name}", partial(tab, name), MOMENT, None
    yield "trust-kept", partial(asked, forms_of_trust.ask_kept), MOMENT, None
    yield "trust-new-date", partial(asked, forms_of_trust.ask_renegotiation), MOMENT, None
    yield "trust-broken", partial(asked, forms_of_trust.ask_broken), MOMENT, None
    room.take_off()


def _outside(app: App) -> Iterator[Picture]:
    from db.engagements import EngagementEdit, edit_engagement
    from desktop.rooms.advice.writing import open_window

    desk = app.desk
    assert desk is not None
    window: Any = None

    def outside() -> None:
        nonlocal window
        left_out = "Appeals, enforcement, tax questions, and the costs of court and experts"
        desk.do(edit_engagement, 4, EngagementEdit(scope_excluded=left_out))
        window = open_window(desk, app.window, 2, 4)
        window.form.box.page.setPlainText("No tax is due on damages; let your accountant confirm it.")
        window.form.outside.chip.setChecked(True)
        window.form.set_values({"outside": "quote", "outside_minutes": 15})

    def shown() -> QWidget:
        found: QWidget = window
        found.resize(max(found.sizeHint().width(), 900), found.sizeHint().height())
        return found

    yield "advice-window-outside", outside, MOMENT, shown
    if window is not None:
        window.abandon()


def _notice(app: App) -> None:
    app.window.open_room("clients")
    app.window.toast("Due now, 16:00: Call before the hearing · Iñaki Larrea", "Open", lambda: None).stay()


def _refused(app: App) -> None:
    """What is refused where no field stands for it is said in passing."""
    from db.errors import Refused
    from desktop import sentences

    app.window.open_room("engagements")
    app.window.toast(sentences.refusal(Refused("engagement-closed", "engagement_id", title="Berth lease")))


def _contrast(app: App, room: str) -> None:
    if app.choice.scheme != "contrast":
        app.choose("scheme", "contrast")
    app.window.open_room(room)
