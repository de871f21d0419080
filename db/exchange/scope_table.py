"""The work outside scope of a span as a table in CSV, one line for each client and currency."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from sqlmodel import Session

from db.engine import told_by_system
from db.exchange.values import harmless, minor_digits
from db.scope import sum_out_of_scope

COLUMNS = ("client", "times", "minutes", "given", "asked", "currency", "since", "until")


def write_scope_table(session: Session, path: Path, since: dt.date, until: dt.date) -> int:
    """Write the totals of a span, both days within it, into a file; gives how many lines. Raises Trouble disk."""
    totals = sum_out_of_scope(session, since=since, until=until)
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerow(COLUMNS)
            for total in totals:
                unit = 10 ** minor_digits(total.currency)
                amounts = (total.given_minor, total.asked_minor)
                money = [f"{amount / unit:.{minor_digits(total.currency)}f}" for amount in amounts]
                row = [total.client, total.times, total.minutes, *money, total.currency, since, until]
                sheet.writerow([harmless(str(cell)) for cell in row])
    except OSError as error:
        raise told_by_system(error, path) from None
    return len(totals)
