"""The words of a client's worth: each number with the formula it comes from."""

from __future__ import annotations

from db.lifetime import LifetimeValue, Rfm
from db.portfolio import Dimensions
from db.worth import Worth
from desktop import text
from desktop.text import _, ngettext


def lifetime_words(told: LifetimeValue, currency: str) -> str:
    """A lifetime value with its formula, or why there is none."""
    say = text.current()
    if told.value is None:
        if told.why_not == "too new":
            return _("no lifetime value yet: his first bill is younger than a year")
        return _("no lifetime value: fewer than 20 clients were billed in the year before, to reckon from")
    words = _(
        "{value} = {paid} paid + {yearly} a year × {rate} retention / (1 + {discount} discount − {rate});"
        " Gupta and Lehmann 2003, with fees for profit"
    )
    return words.format(
        value=say.whole_money(told.value, currency),
        paid=say.whole_money(told.paid, currency),
        yearly=say.whole_money(told.yearly, currency),
        rate=say.percent(told.retention.rate or 0),
        discount=say.percent(told.discount / 100),
    )


def rfm_words(told: Rfm) -> str:
    """Recency, frequency and monetary value, each in fifths, with where they come from."""
    words = _("R{recency} F{frequency} M{monetary}, 5 the best fifth of {of} clients billed in 36 months (Hughes 1994)")
    return words.format(
        recency=told.recency, frequency=told.frequency, monetary=told.monetary, of=text.current().number(told.of)
    )


def realisation_words(worth: Worth) -> str:
    """The share paid of what is due, or that nothing is due yet."""
    if worth.realisation is None:
        return _("nothing is due yet")
    return _("{share} = paid / billed, without what was billed in the last 30 days").format(
        share=text.current().percent(worth.realisation)
    )


def left_out_words(count: int) -> str:
    """How many fees are in a currency for which there is no rate."""
    return ngettext("{n} fee in another currency is left out", "{n} fees in another currency are left out", count)


def money_lines(worth: Worth, currency: str) -> list[str]:
    """What a client was billed and what came of it, a line for each number."""
    say = text.current()

    def money(minor: int) -> str:
        return say.whole_money(minor, currency)

    lines = [
        _("Billed: {year} in 12 months, {three} in 36, {all} in all").format(
            year=money(worth.billed_year), three=money(worth.billed_three), all=money(worth.billed)
        ),
        _("Paid: {paid}; written off: {lost}; open: {open}").format(
            paid=money(worth.paid), lost=money(worth.written_off), open=money(worth.open)
        ),
        _("Realisation: {words}").format(words=realisation_words(worth)),
    ]
    return [*lines, left_out_words(worth.other_currency)] if worth.other_currency else lines


def worth_lines(worth: Worth, lifetime: LifetimeValue, rfm: Rfm | None, more: Dimensions, currency: str) -> list[str]:
    """A client's worth, a line for each number."""
    lines = [
        *money_lines(worth, currency),
        _("Lifetime value: {words}").format(words=lifetime_words(lifetime, currency)),
    ]
    if rfm is not None:
        lines.append(_("Recency, frequency, monetary: {words}").format(words=rfm_words(rfm)))
    told = _("Agreed for open work: {budget}; asked for in 12 months: {demand}; entries in 12 months: {frequency}")
    budget = text.current().whole_money(more.budget, currency)
    lines.append(told.format(budget=budget, demand=more.demand, frequency=more.frequency))
    return lines
