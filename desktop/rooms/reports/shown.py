"""The right half of the reports: the pages as they will be printed, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from db.errors import Trouble
from desktop import look, messages, text
from desktop.reports import naming
from desktop.rooms import frame
from desktop.rooms.reports import keep
from desktop.text import _, joined, ngettext
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.empty import Empty
from desktop.widgets.ink import icon, tip
from desktop.widgets.label import label
from desktop.widgets.pane import Pane

if TYPE_CHECKING:
    from desktop.reports.family import Kind, Made
    from desktop.rooms.reports.searching import SearchLine
    from desktop.rooms.room import Room
    from desktop.widgets.preview import Preview


class Shown(QObject):
    """Shows what is made; `given_up` says that a long one is not to be waited for.

    `used` comes once it was printed ("letter"), put into an e-mail ("e-mail") or saved ("").
    """

    given_up = Signal()
    used = Signal(str)

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._room, self._desk = room, room.desk
        self.preview: Preview | None = None
        self.search_line: SearchLine | None = None
        self._made: Made | None = None
        self.bar = MessageBar()
        self._place = QWidget()
        self._column = QVBoxLayout(self._place)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._said, self._bars = QVBoxLayout(), list[MessageBar]()
        self._said.setSpacing(6)
        self._column.addLayout(self._said)
        self.add_bar(self.bar)
        self.pane = Pane(_("Preview"), self._place)
        self._waiting = _Waiting(self.given_up.emit)
        self.pane.add_under_head(self._waiting)
        self._waiting.hide()
        self._nothing = _nothing_shown(lambda: frame.show(room, "clients"))
        self.pane.set_empty(self._nothing)
        self.pane.show_empty(True)
        self.zoom = [
            self._tool("zoom-out", _("Smaller"), "Ctrl+-", lambda: self._near(1 / 1.25)),
            self._tool("zoom-in", _("Larger"), "Ctrl+=", lambda: self._near(1.25)),
            self._words(_("Width"), _("Fit the page to the width"), self._fit_width),
            self._words(_("Page"), _("Fit the whole page"), self._fit_page),
        ]
        self.search_button = self._tool("search", _("Search in the report"), "", self.search)
        self.print_button = self._tool("printer", _("Print"), "", self.print_out)
        self.mail_button = self._tool("mail", _("Send by e-mail"), "", self.send)
        self.save_button = button(_("Save as PDF"), self.save, "primary", "file-down")
        tip(self.save_button, "Ctrl+S")
        for tool in self._tools():
            self.pane.add_action(tool)

    def add_bar(self, bar: MessageBar) -> None:
        """Let this bar speak above the pages too."""
        self._bars.append(bar)
        self._said.addWidget(bar)
        bar.installEventFilter(self)
        self._breathe()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._breathe()
        return False

    def _breathe(self) -> None:
        # Room around what is said, and none where nothing is: the pages begin at once.
        around = 0 if all(bar.isHidden() for bar in self._bars) else 10
        self._said.setContentsMargins(14, around, 14, around)

    def _tools(self) -> list[QPushButton]:
        return [*self.zoom, self.search_button, self.print_button, self.mail_button, self.save_button]

    def _tool(self, picture: str, words: str, keys: str, act: Any) -> QPushButton:
        made = button("", act, "quiet")
        made.setIcon(icon(picture))
        made.setProperty("pictured", "true")
        made.setAccessibleName(words)
        made.setFixedWidth(look.px(34))
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        if keys:
            made.setShortcut(QKeySequence(keys))
        tip(made, _("{words} ({keys})").format(words=words, keys=shown) if keys else words)
        return made

    def _words(self, shown: str, words: str, act: Any) -> QPushButton:
        made = button(shown, act, "quiet")
        made.setAccessibleName(words)
        tip(made, words)
        return made

    def _near(self, factor: float) -> None:
        if self.preview is not None:
            self.preview.nearer(factor)

    def _fit_width(self) -> None:
        if self.preview is not None:
            self.preview.fit_width()

    def _fit_page(self) -> None:
        if self.preview is not None:
            self.preview.fit_page()

    # ------------------------------------------------------------------ what is seen

    def show_made(self, made: Made, *, stay: bool) -> None:
        """Show a report in place of the one before; with `stay` at the place where the reader was."""
        self._made = made
        preview = self._pages()
        preview.show_pdf(made.paper.pdf)
        if not stay:
            preview.view.verticalScrollBar().setValue(0)
        if self.search_line is not None and not self.search_line.isHidden():
            self.search_line.look_in(preview)
        self._waiting.hide()
        self._count()
        self.pane.show_empty(False)

    def _pages(self) -> Preview:
        if self.preview is None:
            from desktop.widgets.preview import Preview

            self.preview = Preview(self._place)
            self._column.addWidget(self.preview, 1)
            self.preview.view.pageNavigator().currentPageChanged.connect(self._count)
        return self.preview

    def _count(self) -> None:
        if self._made is None or self.preview is None:
            return
        count = self._made.paper.pages
        page = _("{done} of {all}").format(done=min(self.preview.page() + 1, count), all=count)
        self.pane.set_note(page if count > 1 else ngettext("{n} page", "{n} pages", count))

    def tell(self, done: int, of: int) -> None:
        """Say how far a long report is."""
        self._waiting.tell(done, of)

    def tell_given_up(self, again: Callable[[], object]) -> None:
        """Say that a long report was not waited for."""
        self._waiting.hide()
        self.show_pages()
        self.bar.say(_("The report was given up."), "info", actions=[(_("Make it after all"), again)])

    def show_pages(self) -> None:
        """Show the place of the pages, with what is said above them."""
        self._waiting.hide()
        self.pane.show_empty(False)

    def show_nothing(self) -> None:
        """There is nothing to show yet."""
        self._made = None
        self.bar.hide()
        self._waiting.hide()
        self.pane.set_note("")
        self.pane.show_empty(True)

    def say_nothing(self, kind: Kind, somebody: bool) -> None:
        """What is missing for a report of this kind, where there is none yet."""
        self._nothing.setCurrentIndex({"client": 0, "check": 3}.get(kind.about, 2) if somebody else 1)

    def nothing(self) -> str:
        """What stands where there is no report: "no-client-chosen" or "no-clients"."""
        return "no-clients" if self._nothing.currentIndex() == 1 else "no-client-chosen"

    def wear(self) -> None:
        """Take the colours of the scheme that is worn now."""
        if self.preview is not None:
            self.preview.wear()

    def allow(self, ready: bool) -> None:
        """Whether what is seen is what was asked for, so that it can be used."""
        for tool in self._tools():
            tool.setEnabled(ready)

    def is_ready(self) -> bool:
        """Whether what is seen can be saved."""
        return self._made is not None and self.save_button.isEnabled()

    def has_keyboard(self) -> bool:
        """Whether the keyboard is in the pages."""
        parts = (self.preview and self.preview.view, self.search_line and self.search_line.line)
        return any(part is not None and part.hasFocus() for part in parts)

    def search(self) -> None:
        """Search in the pages."""
        if self.preview is None or not self.is_ready():
            return
        if self.search_line is None:
            from desktop.rooms.reports.searching import SearchLine

            self.search_line = SearchLine()
            self.search_line.closed.connect(self.preview.view.setFocus)
            self._column.insertWidget(1, self.search_line)
        self.search_line.look_in(self.preview)
        self.search_line.open_line()

    # ------------------------------------------------------------------ what is done with it

    def save(self) -> Path | None:
        """Ask for a place and write the report there, whole; gives the path, or None where nothing was written."""
        made = self._made
        if made is None or not self.is_ready():
            return None
        named = self._desk.ask(naming.names, made.kind, made.asked, made.facts)
        proposal = keep.last_folder() / named.file_name
        path = messages.choose_new_file(self._room, _("Save the report"), proposal, "PDF (*.pdf)")
        if path is None:
            return None
        try:
            keep.write_whole(path, made.paper.pdf)
        except OSError as error:
            self.bar.say(_("The report could not be written: {why}").format(why=error.strerror or ""), "error")
            return None
        keep.remember_folder(path.parent)
        self.bar.say(
            _("Saved as {name}.").format(name=path.name),
            "good",
            actions=[(_("Open it"), lambda: open_path(path)), (_("Show the folder"), lambda: open_path(path.parent))],
            closable=True,
        )
        self.used.emit("")
        return path

    def send(self) -> Path | None:
        """Open an e-mail with the report attached in the user's mail program, where he sends it or does not."""
        from desktop.rooms.reports import mail

        made = self._made
        if made is None or not self.is_ready():
            return None
        named = self._desk.ask(naming.names, made.kind, made.asked, made.facts)
        sender = joined("\n", (made.asked.writer, named.practice))
        content = mail.draft(named, sender, made.paper.pdf, to_client=made.kind.for_whom == "client")
        try:
            path = mail.open_draft(Path(named.file_name).with_suffix(".eml").name, content)
        except Trouble as trouble:
            self._desk.troubled.emit(trouble)
            return None
        words = _("The e-mail is open in your mail program, with the PDF attached. Nothing has been sent.")
        if made.kind.for_whom == "house":
            words = joined(" ", (words, _("This report is for the practice alone.")))
        self.bar.say(words, "good" if made.kind.for_whom != "house" else "warn", closable=True)
        self.used.emit("e-mail")
        return path

    def print_out(self) -> None:
        """Print the report as it is seen."""
        if self.preview is None or not self.is_ready():
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from desktop.widgets.preview import print_pages

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self._room).exec():
            assert self.preview.document is not None
            print_pages(self.preview.document, printer)
            self.used.emit("letter")


class _Waiting(QWidget):
    """Says how far a long report is, with the way to give it up."""

    def __init__(self, give_up: Callable[[], object]) -> None:
        super().__init__()
        self.words = label("", "muted")
        self.cancel = button(_("Cancel"), give_up, "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 8, 4)
        row.addWidget(self.words, 1)
        row.addWidget(self.cancel)

    def tell(self, done: int, of: int) -> None:
        """So much is done."""
        number = text.current().number
        self.words.setText(_("The pages are being made: {done} of {all}").format(done=number(done), all=number(of)))
        self.show()


def _nothing_shown(go_to_clients: Callable[[], object]) -> QStackedWidget:
    """What stands in place of the preview, by what is missing: a client, anybody at all, a subject, a check."""
    choose = _("Choose a client: what you did in the period comes together here, ready to be sent.")
    first = _("A report tells a client what you advised, promised and kept. Open the first client to begin.")
    about = _("Choose a client, and what of his the report is to be about.")
    check = _("Choose a conflict check that was kept; its certificate is shown here.")
    states = QStackedWidget()
    states.addWidget(Empty("file-text", _("A report for a client"), choose))
    states.addWidget(Empty("file-text", _("No clients yet"), first, _("Go to Clients"), go_to_clients))
    states.addWidget(Empty("file-text", _("Nothing is chosen yet"), about))
    states.addWidget(Empty("shield-check", _("Nothing is chosen yet"), check))
    return states


def open_path(path: Path) -> None:
    """Let the system open a file or a folder."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
