"""How long each order and each filter of each list takes on the large practice: python -m tests.benchmarks.lists FILE.

One line a question, in milliseconds: the first time it is asked, median and worst of the times after that, and the
median of its processor time, the honest figure where others use the machine. A list's ids are asked for beside the
window; `over` marks what takes the processor more than a second, `slow` more than 300 ms. `--only advice,trust` asks of
some lists.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.large import PASSPHRASE

GOAL_MS, LIMIT_MS = 300, 1000
Question = tuple[str, Callable[..., Any], dict[str, Any]]


def _advice() -> Iterator[Question]:
    from db.advice import list_advice_ids as ask

    for sort in ("given_at", "client", "question", "response"):
        for descending in (False, True):
            yield f"by {sort}{' down' if descending else ''}", ask, {"sort": sort, "descending": descending}
    today = dt.date.today()
    year = today.replace(month=1, day=1)
    narrow: dict[str, dict[str, Any]] = {
        "mine": {"author": "Ana Vega"},
        "drafts": {"drafts": True},
        "awaiting": {"response": "awaiting"},
        "accepted": {"response": "accepted"},
        "against advice": {"response": "against advice"},
        "one client": {"client_id": 17},
        "last 7 days": {"since": today - dt.timedelta(days=6)},
        "this year": {"since": year},
        "last year": {"since": year.replace(year=year.year - 1), "until": year - dt.timedelta(days=1)},
        "mine, awaiting": {"author": "Ana Vega", "response": "awaiting"},
        "mine, this year": {"author": "Ana Vega", "since": year},
        **{f"“{typed}”": {"text": typed} for typed in _TYPED},
        "mine, “larr”": {"author": "Ana Vega", "text": "larr"},
        "awaiting, “settle”": {"response": "awaiting", "text": "settle"},
    }
    for words, asked in narrow.items():
        yield words, ask, asked
        if words != "one client":
            yield f"{words}, by client", ask, asked | {"sort": "client", "descending": False}
    yield "against advice, by decision", ask, {"response": "against advice", "sort": "response"}


_TYPED = ("s", "la", "larr", "settle", "settle appeal", "larrea settle", "Ana Vega Larrea", "nowhere")


def _engagements() -> Iterator[Question]:
    from db import engagement_lists as lists

    for sort in lists._ORDERS:
        for descending in (False, True):
            asked = {"sort": sort, "descending": descending}
            yield f"by {sort}{' down' if descending else ''}", lists.list_engagement_ids, asked
    today = dt.date.today()
    narrow = {
        "open": lists.Wanted(open_only=True),
        "one stage": lists.Wanted(stages=("proposed",)),
        "two stages": lists.Wanted(stages=("active", "completed")),
        "one person’s": lists.Wanted(responsible_id=1),
        "one area": lists.Wanted(area="appeal"),
        "unsigned": lists.Wanted(unsigned=True),
        "to be reviewed": lists.Wanted(review_by=today + dt.timedelta(days=30)),
    }
    for words, wanted in narrow.items():
        for sort in ("opened_on", "client", "next_on"):
            yield f"{words}, by {sort}", lists.list_engagement_ids, {"wanted": wanted, "sort": sort}
    for typed in ("l", "larr", "settle", "E-0001"):
        yield f"“{typed}”", lists.list_engagement_ids, {"text": typed}
        yield f"“{typed}”, board", lists.list_board, {"text": typed}
    yield "board", lists.list_board, {}
    yield "board, open", lists.list_board, {"wanted": lists.Wanted(open_only=True)}
    yield "stages counted", lists.count_stages, {}
    yield "areas", lists.list_areas, {}


def _trust() -> Iterator[Question]:
    from db import trust_lists as lists

    for which in ("due", "open", "settled", "kept rate"):
        for sort in ("", *lists._PROMISE_ORDERS):
            yield f"{which}, by {sort or 'itself'}", lists.list_promise_ids, {"which": which, "sort": sort}
        yield f"{which}, “larr”", lists.list_promise_ids, {"which": which, "text": "larr"}
    for sort in lists._NOTE_ORDERS:
        yield f"notes, by {sort}", lists.list_note_ids, {"sort": sort}
    yield "notes, “larr”", lists.list_note_ids, {"text": "larr"}
    yield "counted", lists.count_promises, {}
    yield "kept rate", lists.kept_rate_of_all, {}
    yield "notes counted", lists.count_notes, {}


def _clients() -> Iterator[Question]:
    from db import client_lists as lists

    for sort in ("name", *lists._ORDERS, "custom:shoe size"):
        for descending in (False, True):
            asked = {"sort": sort, "descending": descending}
            yield f"by {sort}{' down' if descending else ''}", lists.list_client_ids, asked
    narrow = {
        "standing": lists.Condition("standing", "client"),
        "quiet": lists.Condition("standing", "quiet"),
        "grade": lists.Condition("grade", "A"),
        "tag": lists.Condition("tag", "vip"),
        "responsible": lists.Condition("responsible", 1),
        "city": lists.Condition("city", "Bilbao"),
        "custom": lists.Condition("custom", ("shoe size", "44")),
        "no engagement": lists.Condition("no engagement"),
        "no contact": lists.Condition("no contact", 90),
        "concern": lists.Condition("concern"),
        "“l”": lists.Condition("text", "l"),
        "“larr”": lists.Condition("text", "larr"),
    }
    for words, condition in narrow.items():
        yield words, lists.list_client_ids, {"conditions": [condition]}
    yield "cities", lists.list_cities, {"limit": 12}


def _referrals() -> Iterator[Question]:
    from db import referrals as lists

    for which in ("", "in", "out", "owed"):
        for sort in ("", *lists._ORDERS):
            yield f"{which or 'all'}, by {sort or 'itself'}", lists.list_referral_ids, {"which": which, "sort": sort}
    yield "“larr”", lists.list_referral_ids, {"text": "larr"}
    yield "counted", lists.count_referrals, {}


def _reviews() -> Iterator[Question]:
    from db import reviews as lists

    for which in ("due", "all"):
        for sort in ("name", "grade", "due_on", "last_on"):
            yield f"{which}, by {sort}", lists.list_review_ids, {"which": which, "sort": sort}
        yield f"{which}, “larr”", lists.list_review_ids, {"which": which, "text": "larr"}
    yield "counted", lists.count_reviews, {}


def _insight() -> Iterator[Question]:
    from db import insight_lists as lists

    for sort in lists._ORDERS:
        yield f"by {sort}", lists.list_insight_ids, {"sort": sort}
    yield "“larr”", lists.list_insight_ids, {"text": "larr"}
    for state in lists.STATES:
        yield state, lists.list_insight_ids, {"state": state}
    yield "counted", lists.count_insights, {}
    yield "themes", lists.list_themes, {}
    yield "scores", lists.list_scores, {}


LISTS: dict[str, Callable[[], Iterator[Question]]] = {
    "advice": _advice,
    "engagements": _engagements,
    "trust": _trust,
    "clients": _clients,
    "referrals": _referrals,
    "reviews": _reviews,
    "insight": _insight,
}


def main() -> None:
    """Ask every question, and print the table."""
    asked = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.lists", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("file", type=Path, help="a copy of the large practice")
    asked.add_argument("--times", type=int, default=3)
    asked.add_argument("--only", default=",".join(LISTS))
    chosen = asked.parse_args()
    os.environ["CLIENS_HOME"] = tempfile.mkdtemp(prefix="cliens-benchmark-")
    from db.practice import Practice

    with Practice.open(chosen.file, PASSPHRASE, accept_older=True, backup=False) as practice:
        print(f"{'list':<44}{'rows':>9}{'first':>8}{'median':>8}{'worst':>8}{'own':>8}   milliseconds")
        for name in chosen.only.split(","):
            for words, query, named in LISTS[name]():
                _ask(f"{name}: {words}", partial(practice.ask, query, **named), chosen.times)


def _ask(name: str, ask: Callable[[], Any], times: int) -> None:
    took, own = [], []
    for _ in range(times + 1):
        began, busy = time.perf_counter(), time.process_time()
        found = ask()
        took.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - busy) * 1000)
    rest, middle = took[1:], statistics.median(own[1:])
    mark = "over" if middle > LIMIT_MS else "slow" if middle > GOAL_MS else ""
    rows = len(found) if isinstance(found, list) else ""
    print(
        f"{name:<44}{rows:>9}{took[0]:>8.0f}{statistics.median(rest):>8.0f}{max(rest):>8.0f}{middle:>8.0f}   {mark}",
        flush=True,
    )


if __name__ == "__main__":
    main()
