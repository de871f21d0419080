"""Proof that contacts, names and numbers typed one on a line are read as meant and written back."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.rooms.clients import lines


@pytest.mark.parametrize(
    ("line", "kind", "value", "purpose", "preferred"),
    [
        ("ana@example.org", "email", "ana@example.org", "", False),
        ("ana@example.org (work) *", "email", "ana@example.org", "work", True),
        ("+34 (600) 100 200", "phone", "+34 (600) 100 200", "", False),
        ("Fax: 91 100 200", "fax", "91 100 200", "", False),
        ("https://example.org/ana", "web", "https://example.org/ana", "", False),
        ("Signal: ana.17", "other", "Signal: ana.17", "", False),
    ],
)
def test_a_contact_is_read_from_its_line_and_written_back(
    line: str, kind: str, value: str, purpose: str, preferred: bool
) -> None:
    contact = lines.read_contact(line)
    assert (contact.kind, contact.value, contact.purpose, contact.preferred) == (kind, value, purpose, preferred)
    assert lines.read_contact(lines.write_contact(contact)) == contact


def test_a_line_left_alone_keeps_what_is_not_written_on_it() -> None:
    before = [lines.read_name("Maiden: Kowalska").model_copy(update={"until": dt.date(2001, 5, 1)})]
    text = lines.written(before, lines.write_name) + "\nTrading: Atelier K"
    after = lines.read(text, before, lines.write_name, lines.read_name)
    assert [(name.kind, name.name, name.until) for name in after] == [
        ("maiden", "Kowalska", dt.date(2001, 5, 1)),
        ("trading", "Atelier K", None),
    ]


@pytest.mark.parametrize(
    ("line", "street", "postal_code", "city", "region", "country", "purpose"),
    [
        ("Quay 3", "Quay 3", "", "", "", "", ""),
        ("Quay 3; Cartagena", "Quay 3", "", "Cartagena", "", "", ""),
        ("Quay 3; 30201; Cartagena", "Quay 3", "30201", "Cartagena", "", "", ""),
        ("Quay 3; 30201; Cartagena; ES (office)", "Quay 3", "30201", "Cartagena", "", "ES", "office"),
        ("Quay 3; 30201; Cartagena; Murcia; ES", "Quay 3", "30201", "Cartagena", "Murcia", "ES", ""),
        ("Quay 3; ; Cartagena; ; ES", "Quay 3", "", "Cartagena", "", "ES", ""),
    ],
)
def test_an_address_is_read_from_its_line_and_written_back(
    line: str, street: str, postal_code: str, city: str, region: str, country: str, purpose: str
) -> None:
    address = lines.read_address(line)
    assert (address.street, address.postal_code, address.city) == (street, postal_code, city)
    assert (address.region, address.country, address.purpose) == (region, country, purpose)
    assert lines.read_address(lines.write_address(address)) == address
