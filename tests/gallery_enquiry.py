"""Pictures of an enquiry: the call as it is checked, declined with its letter, taken on, and the room of the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app import App

Picture = tuple[str, Callable[[], object], int, "Callable[[], QWidget] | None"]
CHECKED, PRINTED = 1500, 2500


def pictures(app: App) -> Iterator[Picture]:
    """What to take, in order: a name, how to arrange it, how long to wait, and of which window."""
    from desktop.rooms.frame import decline_enquiry, new_enquiry, take_on

    window: Any = None

    def call(text: str) -> None:
        nonlocal window
        if window is not None:
            window.close()
        window = new_enquiry(app.window, text)
        window.resize(1040, 690)

    def shown() -> QWidget:
        found: QWidget = window
        return found

    yield "enquiry-empty", lambda: call(""), 500, shown
    yield "enquiry-clear", lambda: call("Rosa Benedetti"), CHECKED, shown
    yield "enquiry-look", lambda: call("Ignacia Larrea; opponent: Quay Nine Ltd"), CHECKED, shown

    def stopped() -> None:
        call("Rosa Benedetti; opponent: Iñaki Larea; related: Portus Terminal S.A.; need: Her deposit is not paid back")
        window.form.spread()
        window.form.fields["reach"].set_value("+34 600 100 200")
        window.form.fields["promise"].set_value("Call back with a first view")
        window.form.fields["due_on"].line.setText("Thursday")

    yield "enquiry-stop", stopped, CHECKED, shown

    def known() -> None:
        call("")
        window.form.fields["caller"].line.setText("Iñaki Larrea")
        window._look_up()
        window.form._on_caller()

    yield "enquiry-known", known, CHECKED, shown

    def refused() -> None:
        call("")
        window.submit()

    yield "enquiry-refused", refused, 500, shown

    def kept() -> int:
        from db.enquiries import Named, NewEnquiry, log_enquiry

        assert app.desk is not None
        caller = Named(name="Rosa Benedetti")
        new = NewEnquiry(caller=caller, opponents=[Named(name="Quay Nine Ltd")], area="Tenancy", need="Her deposit")
        return int(str(app.desk.do(log_enquiry, new, "Elena Noriega").result))

    client = 0

    def declined() -> None:
        nonlocal window, client
        window.close()
        client = kept()
        window = decline_enquiry(app.window, client)
        window.resize(*window.SIZE)

    yield "decline", declined, PRINTED, shown

    def taken() -> None:
        nonlocal window
        window.close()
        window = take_on(app.window, client)
        window.resize(*window.SIZE)
        window.form.fields["template"].box.setCurrentIndex(2)

    yield "take-on", taken, PRINTED, shown
    yield "take-on-below", lambda: _scroll(window, 10_000), 500, shown
    yield "take-on-middle", lambda: _scroll(window, 430), 500, shown

    def checks() -> None:
        if window is not None:
            window.close()
        room: Any = app.window.open_room("conflicts")
        room.take_off()
        room.line.setText("Portus Terminal S.A.; Ignacio Larea; Aiko Nakamuro")
        room.check()

    yield "conflicts-mockup", checks, CHECKED, None

    def waiver() -> None:
        room: Any = app.window.open_room("conflicts")
        room.open_waiver()

    yield "conflicts-waiver", waiver, 500, None


def _scroll(window: QWidget, to: int) -> None:
    from PySide6.QtWidgets import QScrollArea

    window.findChildren(QScrollArea)[0].verticalScrollBar().setValue(to)
