"""Rules on fees for referrals, by profession: what each named source says, in plain words; a reminder, not advice."""

from __future__ import annotations

from dataclasses import dataclass

from desktop import profession
from desktop.text import _


@dataclass(frozen=True)
class FeeRule:
    """What one body says: `source` names it and the place in its rules, `where` whom it binds."""

    source: str
    where: str
    words: str


def fee_rules(of: str = "") -> list[FeeRule]:
    """The rules that are known for a profession, by default that of the open practice."""
    return {"law": _law, "accounting": _accounting, "design": _design}.get(of or profession.current(), _accounting)()


def _law() -> list[FeeRule]:
    return [
        FeeRule(
            "SRA Code of Conduct for Solicitors, 5.1",
            _("England and Wales"),
            _(
                "Clients are told of every interest in sending them and of every sharing of fees, which is agreed in"
                " writing. Nothing is paid or taken for clients in criminal proceedings; for claims of personal injury"
                " the law forbids such fees altogether."
            ),
        ),
        FeeRule(
            "ABA Model Rule 7.2(b)",
            _("United States, as each state adopts it"),
            _(
                "Nothing of value is given for a recommendation, except the usual charges of a lawful referral service,"
                " an open agreement to refer to each other that binds nobody alone, and small gifts of thanks that are"
                " no reward."
            ),
        ),
        FeeRule(
            "CCBE Code of Conduct, 5.4",
            _("European Union, between its lawyers"),
            _("No fee, commission or other reward is asked, taken or paid for sending a client."),
        ),
    ]


def _accounting() -> list[FeeRule]:
    return [
        FeeRule(
            "AICPA Code of Professional Conduct, 1.520",
            _("United States"),
            _(
                "No commission is taken where the firm also audits, reviews or examines for that client. A fee for a"
                " referral, taken or paid, is told to the client."
            ),
        ),
        FeeRule(
            "ICAEW Code of Ethics, section 330",
            _("England and Wales"),
            _(
                "A fee or commission for a referral threatens objectivity. Tell the client of it in writing, and agree"
                " on it with him beforehand."
            ),
        ),
    ]


def _design() -> list[FeeRule]:
    return [
        FeeRule(
            "AIGA Standards of Professional Practice",
            _("United States"),
            _(
                "No hidden discounts, commissions or kickbacks are kept from suppliers, and clients know of every"
                " interest in somebody who is recommended to them."
            ),
        )
    ]
