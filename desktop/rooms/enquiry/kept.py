"""A call half written down: kept in the file while one types, and given back when the practice is opened again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from db.drafts import list_jottings
from db.enquiries import Named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.practice import OpenPractice
    from desktop.rooms.enquiry.window import EnquiryForm, EnquiryWindow
    from desktop.widgets.picker import RecordField

FORM = "enquiry"
_TEXTS = ("reach", "need", "promise", "area", "note")


def content_of(form: EnquiryForm) -> dict[str, str]:
    """Everything that was written, as texts by name; nothing where nothing was written yet."""
    found = {name: str(form.fields[name].value()) for name in _TEXTS}
    found |= {"caller": form.caller.typed(), "referrer": form.referrer.typed(), "due": form.due.line.text().strip()}
    for name, field in (("opponents", form.opponents), ("related", form.related)):
        told = [one.model_dump() for one in field.value()]
        found[name] = json.dumps(told, ensure_ascii=False) if told else ""
    found = {name: value for name, value in found.items() if value}
    if not found:
        return {}
    ids = {"caller_id": form.caller.value(), "referrer_id": form.referrer.value()}
    ids["responsible_id"] = form.fields["responsible_id"].value()
    return {"form": FORM, **found, **{name: str(value) for name, value in ids.items() if value is not None}}


def fill(form: EnquiryForm, content: Mapping[str, str]) -> None:
    """Go on with what `content_of` gave."""
    form.set_values({name: content.get(name, "") for name in _TEXTS})
    _name(form.caller, content, "caller")
    _name(form.referrer, content, "referrer")
    form.due.line.setText(content.get("due", ""))
    for name, field in (("opponents", form.opponents), ("related", form.related)):
        field.set_value([Named(**one) for one in json.loads(content.get(name, "[]"))])
    if responsible := content.get("responsible_id"):
        form.fields["responsible_id"].set_value(int(responsible))


def _name(field: RecordField, content: Mapping[str, str], name: str) -> None:
    typed, known = content.get(name, ""), content.get(f"{name}_id")
    field.set_value((int(known), typed) if known else None)
    field.line.setText(typed)


def give_back(desk: OpenPractice, asker: QWidget) -> list[EnquiryWindow]:
    """Open again each call that was being written down when the practice was closed."""
    left = desk.ask(list_jottings, FORM)
    if not left:
        return []
    from desktop.rooms.enquiry.window import HEIGHT, WIDTH, EnquiryWindow

    opened = []
    for jotted in reversed(left):
        window = EnquiryWindow(desk, asker)
        window.go_on(jotted.content, jotted.id)
        window.open(WIDTH, HEIGHT)
        opened.append(window)
    return opened
