"""What the verbs that know the client share: which may be typed, as of which day, about whom, and how they answer."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from desktop.cli_terminal import Answer
from desktop.text import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.reasons import Reason

# Each verb, and where its function is.
KNOWING: dict[str, str] = {
    "health": "desktop.cli_health:health_of",
    "quiet": "desktop.cli_health:quiet",
    "suggest": "desktop.cli_next:suggestions",
    "today": "desktop.cli_next:today",
    "insight": "desktop.cli_next:insight",
    "referrals": "desktop.cli_next:referrals",
    "grade": "desktop.cli_worth:grade",
    "portfolio": "desktop.cli_worth:portfolio",
    "definitions": "desktop.cli_definitions:definitions",
}


def knowing_lines() -> dict[str, str]:
    """What each of these verbs does, for the help."""
    return {
        "health": _("how likely each client is to stay, with its parts and reasons"),
        "quiet": _("who is silent for longer than his own rhythm"),
        "suggest": _("the next right thing to do for each client, with its reasons"),
        "today": _("what needs the practice on a day"),
        "insight": _("what clients told or showed, and what is done about it"),
        "referrals": _("who sent whom, and what came of it"),
        "grade": _("the grade of a client by the practice's criteria, and what would change it"),
        "portfolio": _("the clients as a whole: value against attention, fees by grade, the largest"),
        "definitions": _("what each of these numbers means, with the SQL that reckons it"),
    }


def about_clients(parser: argparse.ArgumentParser, *, limit: bool = True, one: bool = True) -> None:
    """The options of a verb that tells something of one client or of many, as of a day."""
    parser.add_argument("file", metavar="FILE", help=_("the practice file"))
    if one:
        parser.add_argument("--client", metavar="C", help=_("only this client: number or name"))
    parser.add_argument("--as-of", metavar="DATE", help=_("as it was on this day, such as 2026-01-31 (else today)"))
    if limit:
        parser.add_argument("--limit", type=count, default=50, metavar="N", help=_("at most so many clients (else 50)"))


def _health(parser: argparse.ArgumentParser) -> None:
    about_clients(parser)
    parser.add_argument("--back-test", action="store_true", help=_("what it said 90 days before clients left"))


def _portfolio(parser: argparse.ArgumentParser) -> None:
    about_clients(parser, one=False)


def _definitions(parser: argparse.ArgumentParser) -> None:
    about_clients(parser, limit=False, one=False)


KNOWING_OPTIONS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "health": _health,
    "quiet": about_clients,
    "suggest": about_clients,
    "today": about_clients,
    "insight": about_clients,
    "referrals": about_clients,
    "grade": about_clients,
    "portfolio": _portfolio,
    "definitions": _definitions,
}


def count(typed: str) -> int:
    """A number of lines as typed, from 1 on."""
    if not typed.isdecimal() or int(typed) < 1:
        raise argparse.ArgumentTypeError(_("“{typed}” is not a number from 1 on.").format(typed=typed))
    return min(int(typed), 1_000_000)


def day_asked(options: argparse.Namespace) -> dt.date:
    """The day of `--as-of`, or today."""
    from db.errors import Refused

    if options.as_of is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(options.as_of)
    except ValueError:
        raise Refused("not-a-date", "as_of", value=options.as_of) from None


def client_asked(session: Session, options: argparse.Namespace) -> int | None:
    """The client of `--client`; None where none was named."""
    from db.clients import find_client

    return None if options.client is None else find_client(session, options.client)


def lines_of(reasons: Sequence[Reason]) -> list[str]:
    """Reasons under the line that they belong to."""
    from desktop.reason_words import reason_words

    return [f"    {reason_words(reason)}" for reason in reasons]


def answered(on: dt.date, clients: list[dict[str, Any]], lines: list[str], **more: Any) -> Answer:
    """The answer of such a verb: the day it holds for, and the clients in order."""
    return Answer({"as_of": on.isoformat(), **more, "clients": clients}, lines)
