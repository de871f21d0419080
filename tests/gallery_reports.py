"""The pictures of the reports: letters, work, record and house, what is sought, and what is refused."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QScrollArea

from db.errors import Refused
from desktop.reports.batch import Unmade
from desktop.rooms.reports.batch import BatchSheet
from desktop.text import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app import App

Picture = tuple[str, Callable[[], object], int, "Callable[[], QWidget] | None"]
MADE = 2500


def pictures(app: App) -> Iterator[Picture]:
    """What to take, in order: a name, how to arrange it, how long to wait, and of which window."""
    yield "reports-letter", partial(_about, app, "advice-letter"), MADE, None
    yield "reports-letter-used", partial(_used, app), MADE, None
    yield "reports-letter-kept", partial(_kept, app), MADE, None
    yield "reports-letter-foot", partial(_foot, app), 600, None
    yield "reports-work", partial(_about, app, "decisions"), MADE, None
    yield "reports-record", partial(_about, app, "advice-history"), MADE, None
    yield "reports-house", partial(_about, app, "brief"), MADE, None
    yield "reports-many", partial(_many, app), 600, None
    yield "reports-many-made", partial(_made, app), MADE, None
    yield "reports-sought", partial(_sought, app), MADE, None
    yield "reports-refused", partial(_refused, app), MADE, None


def _page(app: App) -> Any:
    return app.window.open_room("reports")


def _about(app: App, kind: str) -> None:
    _page(app).show_about(kind, client_id=1)


def _used(app: App) -> None:
    page = _page(app)
    page.shown.bar.say(_("Saved as {name}.").format(name="A letter.pdf"), "good", closable=True)
    page.sent.offer("")


def _kept(app: App) -> None:
    page = _page(app)
    page.shown.bar.hide()
    page.sent.bar.asked.emit("e-mail")


def _foot(app: App) -> None:
    page = _page(app)
    over = page.form.sent.parentWidget()
    while over is not None and not isinstance(over, QScrollArea):
        over = over.parentWidget()
    assert isinstance(over, QScrollArea)
    over.ensureWidgetVisible(page.proof)


def _many(app: App) -> None:
    _page(app).show_many([1, 2, 3, 4])


def _made(app: App) -> None:
    sheet = _page(app).findChildren(BatchSheet)[-1]
    folder = Path(tempfile.mkdtemp())
    sheet.folder.set_value(str(folder))
    sheet.batch.written.append(folder / "one.pdf")
    error = Refused("required", "client")
    sheet.batch.unmade += [Unmade(1, "Iñaki Larrea", error), Unmade(2, "Dąbrowska Holding", error)]
    sheet._on_done(None)


def _off(app: App) -> None:
    for sheet in _page(app).findChildren(BatchSheet):
        sheet.take_off()


def _sought(app: App) -> None:
    _off(app)
    page = _page(app)
    _about(app, "client")

    def search() -> None:
        page.maker.made.disconnect(search)
        page.shown.search()
        page.shown.search_line.line.setText("Dąbrowska")

    page.maker.made.connect(search)


def _refused(app: App) -> None:
    page = _page(app)
    page.shown.search_line.close_line()
    page.form.period.set_value("days")
    page.form.since.line.setText("3 March 2026")
    page.form.until.line.setText("1 March 2026")
    page.form.until.changed.emit()
