"""The form of a client: who it is, how to reach him, and where he stands with the practice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from db import people
from db.clients import ClientEdit, NewClient, get_client_file
from db.errors import Refused
from db.overview import Head
from db.parties import (
    NewAddress,
    NewContact,
    NewName,
    NewParty,
    NewTaxId,
    PartyEdit,
    get_party,
    suggest_parties,
)
from db.words import Grade, LawfulBasis, PartyKind, Standing
from desktop.rooms.clients import lines
from desktop.rooms.words import choices
from desktop.text import _
from desktop.widgets.bar import Action, MessageBar
from desktop.widgets.fields import ChoiceField, DateField, LongField, TextField
from desktop.widgets.form import Form, Place
from desktop.widgets.keys import on_key
from desktop.widgets.picker import RecordField, Suggestion

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

_OF_CLIENT = (
    *("number", "grade", "responsible_id", "since", "referred_by_id", "rhythm_days", "valued", "notes"),
    *("need", "review_months", "next_review_on", "retain_until"),
)
_NUMBERS = ("rhythm_days", "review_months")
_OF_PARTY = (
    *("kind", "name", "prefix", "given_name", "middle_name", "family_name", "suffix", "began_on", "language"),
    *("job_title", "organisation", "lawful_basis", "source"),
)
_OF_ADDRESS = ("street", "postal_code", "city", "region", "country")


class ClientForm(Form):
    """A new client, or one that is `known`, with everything that is kept of him: that form grows row by row.

    While the name of a new one is typed, whoever is on file by that name is shown: `met` says who was meant.
    """

    met = Signal(object)

    def __init__(self, desk: OpenPractice, known: bool = False) -> None:
        self._desk = desk
        self._kind = ChoiceField(_("Kind"), choices(PartyKind))
        rows = _rows(desk, self._kind, new=not known)
        super().__init__([next(rows)] if known else list(rows))
        self._left = rows
        self.on_file = MessageBar()
        if not known:
            self._column.insertWidget(2, self.on_file)
            for name in ("given_name", "family_name", "name"):
                self.fields[name].changed.connect(self._look_up)
                on_key("Down", self.fields[name], self.on_file.take_focus, "inside")
        self._kind.changed.connect(self._on_kind)
        self._party: PartyEdit | None = None
        self._on_kind()

    def grow(self) -> Iterator[list[str]]:
        """Make the rows that are not there yet, one for each step; gives the names of its fields."""
        for row in self._left:
            self.add_row(row)
            self._on_kind()
            yield [name for name, _field, _share in row]

    def known(self, head: Head) -> dict[str, Any]:
        """What the file holds of a client, by field; `edits` compares with it."""
        self._party = party = self._desk.ask(get_party, head.client.party_id).party
        record = self._desk.ask(get_client_file, head.client.id)
        values = {name: getattr(party, name) for name in (*_OF_PARTY, "notes")} | {
            name: getattr(record, name) for name in _OF_CLIENT
        }
        values |= {
            **{name: str(getattr(record, name) or "") for name in _NUMBERS},
            "referred_by_id": (record.referred_by_id, head.referred_by) if record.referred_by_id else None,
            "contacts": lines.written(party.contacts, lines.write_contact),
            "other_names": lines.written(party.other_names, lines.write_name),
            "tax_ids": lines.written(party.tax_ids, lines.write_tax_id),
            "tags": ", ".join(party.tags),
        }
        first = party.addresses[0] if party.addresses else NewAddress()
        values |= {name: getattr(first, name) for name in _OF_ADDRESS}
        values["addresses"] = lines.written(party.addresses[1:], lines.write_address)
        return values

    def show_kind(self) -> None:
        """Offer the fields that a person, or an organisation, has."""
        self._on_kind()

    def _on_kind(self) -> None:
        person = self._kind.value() == "person"
        shown = dict.fromkeys(("given_name", "family_name", "prefix", "middle_name", "suffix", "job_title"), person)
        for name, on in (shown | {"name": not person or self._named_in_one}).items():
            if name in self.fields:
                self.fields[name].setVisible(on)

    def _look_up(self) -> None:
        shown = ("given_name", "family_name") if self._kind.value() == "person" else ("name",)
        typed = " ".join(str(self.fields[name].value()) for name in shown).strip()
        found = self._desk.ask(suggest_parties, typed, limit=3) if len(typed) > 2 else []
        if not found:
            self.on_file.hide()
            return
        acts: list[Action] = []
        for row in found:
            said = _("Open a file on {name}") if row.client_id is None else _("Go to {name}, a client already")
            acts.append((said.format(name=row.name), partial(self.met.emit, row)))
        names = ", ".join(row.name for row in found)
        self.on_file.say(names, title=_("On file already"), actions=acts, icon_name="user")

    @property
    def _named_in_one(self) -> bool:
        return self._party is not None and not (self._party.given_name or self._party.family_name)

    # ------------------------------------------------------------------ what was entered

    def new_client(self, values: Mapping[str, Any]) -> NewClient:
        """The client to be added."""
        self._require_name(values)
        party = {name: values[name] for name in _OF_PARTY if name in values}
        lists = self._lists(values)
        client = {name: values[name] for name in _OF_CLIENT if name in values}
        client |= {name: values[name] or None for name in _NUMBERS if name in values}
        return NewClient(party=NewParty(**party, **lists), **client | {"standing": values["standing"]})

    def edits(self, values: Mapping[str, Any], changed: Set[str]) -> tuple[ClientEdit, PartyEdit]:
        """The fields that were changed, as edits of the client's file and of the party behind it."""
        self._require_name(values)
        party = {name: values[name] for name in _OF_PARTY if name in changed}
        if values["kind"] == "person" and changed & {"given_name", "family_name", "prefix", "middle_name", "suffix"}:
            party.pop("name", None)
        lists = self._lists(values)
        party |= {name: lists[name] for name in ("contacts", "other_names", "tax_ids", "tags") if name in changed}
        if changed & {*_OF_ADDRESS, "addresses"}:
            party["addresses"] = lists["addresses"]
        client = {name: values[name] for name in _OF_CLIENT if name in changed}
        client |= {name: client[name] or None for name in _NUMBERS if name in client}
        return ClientEdit(**client), PartyEdit(**party)

    def _require_name(self, values: Mapping[str, Any]) -> None:
        if values["kind"] == "person" and not (values["given_name"] or values["family_name"] or self._party):
            raise Refused("required", "given_name")
        if values["kind"] == "organisation" and not values["name"]:
            raise Refused("required", "name")

    def _lists(self, values: Mapping[str, Any]) -> dict[str, Any]:
        before = self._party or PartyEdit()
        contacts: Sequence[NewContact] = before.contacts
        names: Sequence[NewName] = before.other_names
        numbers: Sequence[NewTaxId] = before.tax_ids
        address = {name: values[name] for name in _OF_ADDRESS if name in values}
        first = before.addresses[0] if before.addresses else NewAddress()
        addresses = [first.model_copy(update=address)] if any(address.values()) else []
        further = lines.read(values.get("addresses", ""), before.addresses[1:], lines.write_address, lines.read_address)
        return {
            "contacts": lines.read(values["contacts"], contacts, lines.write_contact, lines.read_contact),
            "other_names": lines.read(values.get("other_names", ""), names, lines.write_name, lines.read_name),
            "tax_ids": lines.read(values.get("tax_ids", ""), numbers, lines.write_tax_id, lines.read_tax_id),
            "tags": list(dict.fromkeys(tag.strip() for tag in values["tags"].split(",") if tag.strip())),
            "addresses": [*addresses, *further],
        }


def file_form(desk: OpenPractice) -> Form:
    """The form that opens a client's file on a party whose name and contacts are known already."""
    whole = _rows(desk, ChoiceField("", []), new=True)
    wanted = ("standing", "grade", "since", "responsible_id", "valued", "referred_by_id", "notes")
    rows = [kept for row in whole if (kept := [place for place in row if place[0] in wanted])]
    return Form([row[at : at + 2] for row in rows for at in range(0, len(row), 2)])


def _rows(desk: OpenPractice, kind: ChoiceField, new: bool) -> Iterator[list[Place]]:
    """The rows of the form, each made when it is asked for."""
    if new:
        yield _name(kind)
        yield _standing(desk, new)
        yield _reach()
        yield _place()
        yield _tied(desk)
        yield _notes()
        return
    # Beside the table there is room for two fields in a row.
    kind_and_names = _name(kind)
    yield kind_and_names[:1]
    yield kind_and_names[1:3]
    yield kind_and_names[3:]
    known: list[Callable[[], list[Place]]] = [_more_names, partial(_standing, desk, new), _reach, _place]
    known += [partial(_tied, desk), _review, _other_names, _work, _notes, _kept]
    for make in known:
        yield from _pairs(make())


def _pairs(row: list[Place]) -> list[list[Place]]:
    return [row[at : at + 2] for at in range(0, len(row), 2)]


def _name(kind: ChoiceField) -> list[Place]:
    return [
        ("kind", kind, 3),
        ("given_name", TextField(_("Given name")), 4),
        ("family_name", TextField(_("Family name")), 4),
        ("name", TextField(_("Name")), 8),
    ]


def _more_names() -> list[Place]:
    return [
        ("prefix", TextField(_("Title before the name")), 1),
        ("middle_name", TextField(_("Middle name")), 1),
        ("suffix", TextField(_("After the name")), 1),
        ("began_on", DateField(_("Born or founded")), 1),
    ]


def _standing(desk: OpenPractice, new: bool) -> list[Place]:
    everybody = [(person.id, person.name) for person in desk.ask(people.list_people)]
    return [
        ("standing", ChoiceField(_("Standing"), choices(Standing)), 2)
        if new
        else ("number", TextField(_("Number")), 2),
        ("grade", ChoiceField(_("Grade"), choices(Grade, "—")), 2),
        ("since", DateField(_("Client since")), 2),
        ("responsible_id", ChoiceField(_("Responsible"), [(None, "—"), *everybody]), 2),
    ]


def _reach() -> list[Place]:
    return [
        (
            "contacts",
            LongField(_("Contacts, one on each line"), 3, _("ana@example.org\n+34 600 100 200 (mobile) *")),
            1,
        ),
        ("valued", LongField(_("What they value, in their own words"), 3), 1),
    ]


def _place() -> list[Place]:
    return [
        ("street", TextField(_("Street")), 3),
        ("postal_code", TextField(_("Postcode")), 2),
        ("city", TextField(_("City")), 2),
        ("country", TextField(_("Country")), 2),
    ]


def _tied(desk: OpenPractice) -> list[Place]:
    def suggest(typed: str) -> Sequence[Suggestion]:
        return [(row.id, row.name, row.number) for row in desk.ask(suggest_parties, typed)]

    return [
        ("referred_by_id", RecordField(_("Referred by"), suggest, _("Type a name")), 3),
        ("tags", TextField(_("Tags"), _("separated by commas")), 3),
        ("language", TextField(_("Language"), "en"), 1),
        ("rhythm_days", TextField(_("Agreed rhythm, in days")), 2),
    ]


def _review() -> list[Place]:
    return [
        ("next_review_on", DateField(_("Next review")), 1),
        ("review_months", TextField(_("Reviewed every, in months"), _("by the plan of the grade")), 1),
        ("need", LongField(_("What they came for, in their own words"), 2), 1),
        ("addresses", LongField(_("Further addresses, one on each line"), 2, _("Quay 3; 30201; Cartagena; ES")), 1),
    ]


def _other_names() -> list[Place]:
    return [
        ("other_names", LongField(_("Other names, one on each line"), 2, _("Maiden: Kowalska")), 1),
        ("tax_ids", LongField(_("Tax numbers, one on each line"), 2, _("NIP: 525-000-11-22 (PL)")), 1),
    ]


def _work() -> list[Place]:
    return [
        ("job_title", TextField(_("Job title")), 1),
        ("organisation", TextField(_("Organisation")), 1),
        ("source", TextField(_("Where we have this from")), 1),
        ("lawful_basis", ChoiceField(_("Lawful basis"), choices(LawfulBasis, "—")), 1),
    ]


def _notes() -> list[Place]:
    return [("notes", LongField(_("Notes"), 3), 1)]


def _kept() -> list[Place]:
    return [("retain_until", DateField(_("Kept until")), 1)]
