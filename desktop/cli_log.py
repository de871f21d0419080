"""The verbs that write: `log`, whose options are the fields of the inputs, and record, amend, respond."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from db.errors import Refused
from desktop.cli_terminal import Answer
from desktop.text import _

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from sqlmodel import Session

    from db.inputs import Input
    from db.practice import Practice

NOUNS = ("advice", "promise", "trust", "follow-up", "fee", "client", "engagement", "party", "role")
# Fields that are not typed as they are: they stand for other records, or are lists.
_IDS = {"client_id", "engagement_id", "advice_id", "responsible_id", "referred_by_id", "party_id", "party"}
_LISTS = {"other_names", "contacts", "addresses", "tax_ids", "tags"}
# Shorter words for some fields, as the columns of a table say them.
_ALSO = {
    "given_at": "--given",
    "due_on": "--due",
    "noted_at": "--noted",
    "charged_on": "--date",
    "opened_on": "--opened",
    "amount_minor": "--amount",
    "fee_minor": "--fee",
    "next_review_on": "--review",
}
_CONTACTS = {"email": "email", "phone": "phone", "web": "web"}
_ADDRESS = ("street", "city", "region", "postal_code", "country")


@dataclass(frozen=True)
class Noun:
    """What can be logged: its input, its action, and which other records its options may name."""

    input: type[Input]
    action: Callable[..., int]
    names: tuple[str, ...] = ("client", "engagement")
    needs: tuple[str, ...] = ("client",)


def _nouns() -> dict[str, Noun]:
    from db import advice, clients, engagements, fees, followups, parties, trust

    return {
        "advice": Noun(advice.NewAdvice, advice.log_advice),
        "promise": Noun(trust.NewPromise, trust.add_promise, ("client", "engagement", "advice")),
        "trust": Noun(trust.NewTrustNote, trust.note_trust),
        "follow-up": Noun(followups.NewFollowUp, followups.add_follow_up, ("client", "engagement", "advice")),
        "fee": Noun(fees.NewFee, fees.add_fee),
        "client": Noun(clients.NewClient, clients.add_client, ("party", "responsible", "referred_by"), ()),
        "engagement": Noun(engagements.NewEngagement, engagements.add_engagement, ("client", "responsible")),
        "party": Noun(parties.NewParty, parties.add_party, (), ()),
        "role": Noun(engagements.NewRole, engagements.add_role, ("engagement", "party"), ("engagement", "party")),
    }


# ---------------------------------------------------------------------- what may be typed


def parse_log(arguments: list[str]) -> argparse.Namespace | None:
    """What `log` is asked for; None where help was asked for and printed. Raises Usage."""
    from desktop.cli_options import Parser, Usage, common

    first = Parser(prog="cliens log", add_help=False, allow_abbrev=False, parents=[common()])
    first.add_argument("file", nargs="?")
    first.add_argument("noun", nargs="?")
    first.add_argument("--help", "-h", action="store_true")
    known, _rest = first.parse_known_args(arguments)
    usage = _("cliens log FILE NOUN [--field value …], with NOUN one of {nouns}").format(nouns=", ".join(NOUNS))
    if known.help and known.noun not in NOUNS:
        print(_("usage: ") + f"{usage}\n\n" + _("cliens log FILE NOUN --help lists the fields of a noun."))
        return None
    if known.noun not in NOUNS:
        raise Usage(_("“{noun}” cannot be logged.").format(noun=known.noun or "") + f"\n{usage}")
    # A client's or a party's language is a field of theirs.
    spoken = common(language=known.noun not in ("client", "party"))
    parser = Parser(prog="cliens log", allow_abbrev=False, parents=[spoken])
    parser.add_argument("file", metavar="FILE", help=_("the practice file"))
    parser.add_argument("noun", metavar="NOUN", help=", ".join(NOUNS))
    _add_fields(parser, known.noun)
    options = parser.parse_args(arguments)
    options.verb = "log"
    return options


def _references() -> dict[str, tuple[str, str]]:
    return {
        "client": ("C", _("number or name of the client")),
        "engagement": ("E", _("number or title of the engagement")),
        "advice": ("A", _("number of the advice, such as A-0012")),
        "party": ("NAME", _("name of somebody who is on file already")),
        "responsible": ("NAME", _("name or initials of the person responsible")),
        "referred_by": ("NAME", _("name of whoever referred the client")),
    }


def _add_fields(parser: argparse.ArgumentParser, noun: str) -> None:
    kind, references = _nouns()[noun], _references()
    for name in kind.names:
        metavar, line = references[name]
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            dest=f"named_{name}",
            metavar=metavar,
            help=line,
            required=name in kind.needs,
        )
    group = parser.add_argument_group(_("fields of {noun}").format(noun=noun))
    for name, field in _fields(kind).items():
        flags = [f"--{name.removesuffix('_minor').replace('_', '-')}"]
        if name in _ALSO and _ALSO[name] not in flags:
            flags.append(_ALSO[name])
        more: dict[str, Any] = {"nargs": "?", "const": "yes"} if field.annotation is bool else {}
        group.add_argument(*flags, dest=f"field_{name}", metavar=_shape(field), help=_choices(field), **more)
    if noun in ("client", "party"):
        for name in (*_CONTACTS, *_ADDRESS):
            group.add_argument(f"--{name.replace('_', '-')}", dest=f"place_{name}")
        group.add_argument("--tag", dest="place_tags", action="append")


def _fields(kind: Noun) -> dict[str, FieldInfo]:
    from db.parties import NewParty

    fields = dict(kind.input.model_fields)
    if "party" in fields:
        fields = {**NewParty.model_fields, **fields}
    return {name: field for name, field in fields.items() if name not in _IDS | _LISTS}


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)


def _choices(field: FieldInfo) -> str:
    for one in _alternatives(field.annotation):
        if get_origin(one) is Literal:
            return ", ".join(get_args(one))
    return ""


def _shape(field: FieldInfo) -> str:
    kinds = _alternatives(field.annotation)
    if dt.date in kinds:
        return "DATE"
    if bool in kinds:
        return "yes|no"
    return "NUMBER" if int in kinds else "MOMENT" if "datetime" in str(field.annotation).lower() else "TEXT"


# ---------------------------------------------------------------------- doing it


def log(options: argparse.Namespace) -> Answer:
    """Write what was typed as one step."""
    from desktop.cli_file import opened

    kind = _nouns()[options.noun]
    with opened(options) as practice:
        values = practice.ask(partial(_values, options=options, kind=kind))
        return _written(practice, options.noun, kind.action, kind.input(**values))


def _values(session: Session, options: argparse.Namespace, kind: Noun) -> dict[str, Any]:
    from db.firm import get_practice
    from desktop.cli_names import here

    given = vars(options)
    values = _named(session, given)
    currency = given.get("field_currency") or get_practice(session).currency
    for name in _fields(kind):
        typed = given.get(f"field_{name}")
        if typed is None:
            continue
        values[name] = _typed(name, typed, currency)
    if "zone" in kind.input.model_fields:
        values.setdefault("zone", here())
    if "author" in kind.input.model_fields and options.who:
        values.setdefault("author", options.who)
    if options.noun in ("client", "party"):
        return _with_party(values, given, options.noun)
    return values


def _typed(name: str, typed: str, currency: str) -> Any:
    if name.endswith("_minor"):
        from db.exchange.values import minor_of

        if not re.fullmatch(r"-?[\d.,\s]+", typed):
            raise Refused("not-an-amount", name.removesuffix("_minor"), value=typed)
        return minor_of(typed, currency.upper(), ".")
    if name in ("given_at", "noted_at"):
        from desktop.cli_names import moment

        return moment(typed)
    return typed


def _named(session: Session, given: dict[str, Any]) -> dict[str, Any]:
    from db.advice import find_advice
    from db.clients import find_client
    from db.engagements import find_engagement
    from desktop.cli_names import party_called, person_called

    values: dict[str, Any] = {}
    if given.get("named_client"):
        values["client_id"] = find_client(session, given["named_client"])
    if given.get("named_engagement"):
        values["engagement_id"] = find_engagement(session, given["named_engagement"], values.get("client_id"))
    if given.get("named_advice"):
        values["advice_id"] = find_advice(session, given["named_advice"])
    if given.get("named_party"):
        values["party_id"] = party_called(session, given["named_party"])
    if given.get("named_referred_by"):
        values["referred_by_id"] = party_called(session, given["named_referred_by"])
    if given.get("named_responsible"):
        values["responsible_id"] = person_called(session, given["named_responsible"])
    return values


def _with_party(values: dict[str, Any], given: dict[str, Any], noun: str) -> dict[str, Any]:
    from db.parties import NewAddress, NewContact, NewParty

    told: dict[str, Any] = {name: values[name] for name in NewParty.model_fields if name in values}
    contacts = [
        NewContact.model_validate({"kind": kind, "value": given[f"place_{name}"]})
        for name, kind in _CONTACTS.items()
        if given.get(f"place_{name}")
    ]
    address = {name: given[f"place_{name}"] for name in _ADDRESS if given.get(f"place_{name}")}
    lists = {
        "contacts": contacts,
        "addresses": [NewAddress(**address)] if address else [],
        "tags": given.get("place_tags") or [],
    }
    told.update({name: value for name, value in lists.items() if value})
    if noun == "party":
        return told
    rest = {name: value for name, value in values.items() if name not in told or name == "notes"}
    if "party_id" not in rest:
        # A note on the form is about the client's file; the party is only named.
        told.pop("notes", None)
        rest["party"] = NewParty(**told)
    return rest


def _written(practice: Practice, noun: str, action: Callable[..., int], *given: Any) -> Answer:
    done = practice.do(action, *given)
    row_id = int(str(done.result))
    return _answer(practice, noun, row_id, done.step)


def _answer(practice: Practice, noun: str, row_id: int, step: int) -> Answer:
    from db.history import list_steps
    from desktop.sentences import step_words

    number = practice.ask(partial(_number, noun=noun, row_id=row_id))
    row = next(iter(practice.ask(list_steps, limit=1)), None)
    words = step_words(row) if row is not None else ""
    if number:
        words += f" ({number})"
    return Answer({"id": row_id, "number": number, "step": step}, [words])


def _number(session: Session, noun: str, row_id: int) -> str:
    from db.advice import number_of
    from db.clients import list_client_rows
    from db.engagements import list_engagement_rows

    if noun == "advice":
        return number_of(row_id)
    if noun == "client":
        return list_client_rows(session, [row_id])[0].number
    if noun == "engagement":
        return list_engagement_rows(session, [row_id])[0].number
    return ""


def _about(options: argparse.Namespace, action: Callable[..., int], given: Any = None) -> Answer:
    from db.advice import find_advice
    from desktop.cli_file import opened

    with opened(options) as practice:
        advice_id = practice.ask(find_advice, options.advice_number)
        done = practice.do(action, advice_id, *([] if given is None else [given]))
        # A response belongs to the entry it answers; an amendment is an entry of its own.
        row_id = int(str(done.result)) if options.verb == "amend" else advice_id
        return _answer(practice, "advice", row_id, done.step)


def record(options: argparse.Namespace) -> Answer:
    """Record a draft."""
    from db.advice import record_advice

    return _about(options, record_advice)


def amend(options: argparse.Namespace) -> Answer:
    """Amend a recorded entry; the answer names the new entry."""
    from db.advice import Amendment, amend_advice

    return _about(options, amend_advice, Amendment(**_given(options, Amendment.model_fields)))


def respond(options: argparse.Namespace) -> Answer:
    """Add the client's answer."""
    from db.advice import NewResponse, respond_to_advice

    return _about(options, respond_to_advice, NewResponse(**_given(options, NewResponse.model_fields)))


def _given(options: argparse.Namespace, names: Any) -> dict[str, Any]:
    typed = vars(options)
    return {name: typed[name] for name in names if typed.get(name) is not None}
