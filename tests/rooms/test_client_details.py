"""Proof that what the practice knows of a client beyond his name is changed where it stands."""

from __future__ import annotations

import datetime as dt

from pytestqt.qtbot import QtBot

from db import clients, parties
from db.reviews import get_next_review
from desktop.practice import OpenPractice
from desktop.shell.window import Window
from tests.rooms.test_client_page import opened_on


def test_need_reviews_and_retention_are_changed_in_place(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    view = opened_on(window, client, qtbot).view
    view.tabs.choose("details")
    form = view.details.form
    assert form is not None
    form.set_values({"need": "His pension", "review_months": "4", "next_review_on": dt.date(2031, 5, 6)})
    form.set_values({"retain_until": dt.date(2041, 1, 1)})
    form.submitted.emit()
    file = desk.ask(clients.get_client_file, client)
    assert (file.need, file.review_months, file.retain_until) == ("His pension", 4, dt.date(2041, 1, 1))
    assert desk.ask(get_next_review, client) == dt.date(2031, 5, 6)
    form.set_values({"review_months": ""})
    form.submitted.emit()
    assert desk.ask(clients.get_client_file, client).review_months is None


def test_a_number_of_months_that_is_none_is_refused_beside_its_field(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    view = opened_on(window, client, qtbot).view
    view.tabs.choose("details")
    form = view.details.form
    assert form is not None
    form.set_values({"review_months": "often"})
    form.submitted.emit()
    assert form.fields["review_months"].error()
    assert desk.ask(clients.get_client_file, client).review_months is None


def test_a_client_has_several_addresses(window: Window, desk: OpenPractice, client: int, qtbot: QtBot) -> None:
    view = opened_on(window, client, qtbot).view
    view.tabs.choose("details")
    form = view.details.form
    assert form is not None
    form.set_values({"street": "Calle Mayor 1", "city": "Murcia"})
    form.set_values({"addresses": "Quay 3; 30201; Cartagena; ES (office)\nVilla Sol; Mazarrón"})
    form.submitted.emit()
    held = desk.ask(parties.get_party, 1).party.addresses
    assert [(each.street, each.city, each.purpose) for each in held] == [
        ("Calle Mayor 1", "Murcia", ""),
        ("Quay 3", "Cartagena", "office"),
        ("Villa Sol", "Mazarrón", ""),
    ]
