"""Clients on their way out of the window: dragged or copied as address cards, a file of them, and plain text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl

from db import client_lists
from db.exchange import cards_out
from desktop import opened
from desktop.text import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from desktop.practice import OpenPractice

MOST = 1000  # more are exported to a file, where it is seen how far it is


def carried(desk: OpenPractice, client_ids: Sequence[int], *, as_file: bool = True) -> QMimeData | None:
    """The cards of these clients, their names as text and, `as_file`, the path of a file with them."""
    if not client_ids:
        return None
    ids = list(client_ids[:MOST])

    def cards(session: Session) -> list[bytes]:
        return [card.encode() for card in cards_out.client_cards(session, ids)]

    content = desk.ask(cards)
    rows = desk.ask(client_lists.list_client_rows, ids)
    data = QMimeData()
    data.setData("text/vcard", b"".join(content))
    data.setText("\n".join(row.name for row in rows))
    if as_file:
        name = rows[0].name if len(rows) == 1 else _("Clients")
        data.setUrls([QUrl.fromLocalFile(str(opened.write_copy(f"{name}.vcf", content)))])
    return data
