"""The pictures of proof: a report that came back, genuine, grown and forged, and the evidence pack of a client."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app import App

Picture = tuple[str, Callable[[], object], int, "Callable[[], QWidget] | None"]
READ = 3500


def pictures(app: App) -> Iterator[Picture]:
    """What to take, in order: a name, how to arrange it, how long to wait, and of which window."""
    yield "verify-ask", partial(_verify, app, ""), 400, None
    for how in ("genuine", "forged", "foreign", "grown"):
        yield f"verify-{how}", partial(_verify, app, how), READ, None
    yield "evidence", partial(_evidence, app), 400, None
    yield "evidence-written", partial(_written, app), READ, None
    _off(app)


def _verify(app: App, how: str) -> None:
    from desktop.reports.family import Asked, kind_of, make
    from desktop.rooms.reports.verify import show_verify
    from tests.reports.sealed import with_another_word

    _off(app)
    desk = app.desk
    assert desk is not None
    room: Any = app.window.open_room("reports")
    client = _client(app)
    path: Path | None = None
    if how:
        pdf = make(desk.ask, kind_of("client"), Asked(dt.datetime.now().astimezone(), client)).paper.pdf
        if how == "forged":
            pdf = with_another_word(pdf)
        if how == "foreign":
            pdf = pdf[:-20]
        if how == "grown":
            _grow(app, client)
        path = Path(tempfile.mkdtemp()) / "Report for the meeting.pdf"
        path.write_bytes(pdf)
    show_verify(room, desk, path)


def _grow(app: App, client: int) -> None:
    from db.advice import Amendment, NewAdvice, amend_advice, log_advice

    assert app.desk is not None
    new = NewAdvice(client_id=client, question="Appeal against the ruling of May?", advice="No.", record=True)
    entry = int(str(app.desk.do(log_advice, new).result))
    app.desk.do(amend_advice, entry, Amendment(reason="the court was clear", advice="Not before the costs are known."))


def _evidence(app: App) -> None:
    from desktop.rooms.reports.evidence import show_evidence

    _off(app)
    assert app.desk is not None
    show_evidence(app.window.open_room("reports"), app.desk, _client(app))


def _written(app: App) -> None:
    from desktop import messages
    from desktop.rooms.reports.evidence import EvidenceSheet

    path, choose = Path(tempfile.mkdtemp()) / "Evidence.zip", messages.choose_new_file
    messages.choose_new_file = lambda *_asked: path
    try:
        app.window.open_room("reports").findChildren(EvidenceSheet)[-1].write()
    finally:
        messages.choose_new_file = choose


def _client(app: App) -> int:
    from db.rows import scalar

    assert app.desk is not None
    found = app.desk.ask(
        lambda session: scalar(session, "SELECT client_id FROM advice WHERE state = 'recorded' LIMIT 1")
    )
    return int(found)


def _off(app: App) -> None:
    from desktop.widgets.overlay import Overlay

    room: Any = app.window.open_room("reports")
    for sheet in room.findChildren(Overlay):
        if sheet.isVisible():
            sheet.take_off()
