"""The client's page in pictures: every tab, the brief on screen and on paper, a file shown, confidences asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

MOMENT = 350
TABS = ("story", "engagements", "trust", "people", "files", "details")


def scroll_to(part: Any) -> None:
    """Scroll a page down to one of its parts, once it is laid out."""
    from PySide6.QtCore import QPoint, QTimer
    from PySide6.QtWidgets import QScrollArea

    area = part.parentWidget()
    while not isinstance(area, QScrollArea):
        area = area.parentWidget()
    page = area.widget()
    QTimer.singleShot(MOMENT, lambda: area.verticalScrollBar().setValue(part.mapTo(page, QPoint()).y()))


def client_pictures(
    open_room: Callable[[str], Any], desk: OpenPractice, home: Path
) -> Iterator[tuple[str, Callable[[], object], int]]:
    """Name, what to arrange, and how long to wait before the picture is taken."""
    from PySide6.QtWidgets import QPushButton

    from desktop.text import _

    name = "Iñaki Larrea"

    def view() -> Any:
        room = open_room("clients")
        room.take_off()
        from db.clients import find_client

        room.show_record(desk.ask(find_client, name))
        return room.view

    def tab(key: str) -> Callable[[], object]:
        return lambda: view().tabs.choose(key)

    for key in TABS:
        yield f"client-{key}", tab(key), MOMENT

    def grade() -> None:
        found = view()
        found.tabs.choose("details")
        assert found.details.form is not None
        scroll_to(found.details.grade)

    yield "client-grade", grade, 2 * MOMENT

    def otherwise() -> None:
        found = view()
        acts = found.trust.findChildren(QPushButton)
        next(act for act in acts if act.accessibleName() == _("Say otherwise")).click()

    yield "client-health", lambda: view()._show_health(), 2 * MOMENT
    yield "client-health-otherwise", otherwise, MOMENT

    def files() -> None:
        found = view()
        found.tabs.choose("files")
        found.files.attach(_sample_files(home))

    def shown(name: str) -> Callable[[], object]:
        def show() -> None:
            files = view().files
            files.show_file(next(row for row in files.rows if row.name == name))

        return show

    def back(act: Callable[[], object]) -> Callable[[], object]:
        def arranged() -> None:
            over = open_room("clients").view.files.viewing
            if over is not None:
                over.take_off()
            act()

        return arranged

    yield "client-files-kept", files, 1200
    yield "client-file-picture", shown("Quay at low tide.png"), 1200
    yield "client-file-pdf", back(shown("Brief.pdf")), 1500
    yield "client-asking-confidences", back(lambda: (view().tabs.choose("story"), view()._ask_confidences())), MOMENT
    yield "client-filtered", lambda: (view().tabs.choose("story"), view().story.choose({"promises"})), MOMENT
    yield "client-add-menu", lambda: (view().story.choose(set()), view()._offer()), MOMENT
    yield "client-brief", lambda: _without_menu(view().show_brief), MOMENT

    def on_paper() -> None:
        from desktop.rooms.brief import BriefSheet
        from desktop.rooms.viewer import PagesView
        from desktop.widgets.overlay import Overlay

        room = open_room("clients")
        sheet = room.findChildren(BriefSheet)[-1]
        over = Overlay(room, "Brief, as it is printed")
        over.set_body(PagesView(sheet._paper().pdf, "Brief"))
        over.lay()

    yield "client-brief-paper", on_paper, 1500
    yield "client-left", lambda: _take_all_off(open_room("clients")), MOMENT


def _take_all_off(room: Any) -> None:
    from desktop.widgets.overlay import Overlay

    for over in room.findChildren(Overlay):
        over.take_off()


def _without_menu(act: Callable[[], object]) -> None:
    from PySide6.QtWidgets import QApplication

    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    act()


def _sample_files(home: Path) -> list[Path]:
    from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

    picture = QImage(900, 600, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    sky = QLinearGradient(0, 0, 0, 600)
    sky.setColorAt(0, QColor("#dfe9ec"))
    sky.setColorAt(0.6, QColor("#8fb3b0"))
    sky.setColorAt(1, QColor("#39504e"))
    painter.fillRect(picture.rect(), sky)
    painter.fillRect(0, 380, 520, 60, QColor("#5b5346"))
    painter.end()
    photo, sheet, letter = home / "Quay at low tide.png", home / "Berths.csv", home / "Brief.pdf"
    picture.save(str(photo))
    sheet.write_text("berth;length\nA1;24\n", "utf-8")
    letter.write_bytes(_pdf())
    return [sheet, letter, photo]


def _pdf() -> bytes:
    import io

    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(72, 760, "Terms of the berth lease")
    canvas.setFont("Helvetica", 11)
    for line in range(24):
        canvas.drawString(72, 720 - line * 22, f"{line + 1}. The harbour and the tenant agree on what is said here.")
    canvas.save()
    return stream.getvalue()
