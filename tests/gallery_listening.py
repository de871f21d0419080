"""The pictures of insights, referrals, reviews and requests: their tabs, their forms, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

Picture = tuple[str, Callable[[], object], int]


def pictures(room: Callable[..., Any], moment: int) -> Iterator[Picture]:
    """Each picture's name, what arranges it, and how long that takes to settle in milliseconds."""

    def clean(name: str) -> Any:
        made = room(name)
        made.take_off()
        return made

    def shown(name: str, tab: str) -> None:
        clean(name).tabs.choose(tab)

    for tab in ("complaints", "actions", "to tell", "themes"):
        yield f"insight-{tab.replace(' ', '-')}", partial(shown, "insight", tab), moment
    yield "insight-new", lambda: (clean("insight").tabs.choose("all"), room("insight").write()), moment

    def refused() -> None:
        form = room("insight").form
        form.set_values({"verbatim": "Too slow, but kind.", "kind": "complaint", "metric": "ease", "score": "9"})
        form.set_values({"themes": ["Speed", "Kindness"]})
        form.submitted.emit()
        form.set_values({"kind": "survey"})
        form.submitted.emit()

    yield "insight-refused", refused, moment
    yield "insight-tell", lambda: (clean("insight").tabs.choose("to tell"), room("insight")._tell_them()), moment
    for tab in ("in", "out", "ask"):
        yield f"referrals-{tab}", partial(shown, "referrals", tab), moment
    yield "referral-new", lambda: room("referrals").write(), moment
    yield "referral-thank", lambda: (clean("referrals").tabs.choose("owed"), room("referrals")._thank()), moment
    yield "reviews-all", lambda: clean("reviews").tabs.choose("all"), moment
    for tab, name in (("once", "bought-once"), ("no", "said-no")):
        yield f"reviews-{name}", partial(shown, "reviews", tab), moment
    yield "review-hold", lambda: (clean("reviews").tabs.choose("due"), room("reviews").hold()), moment

    def concerned() -> None:
        form = room("reviews").form
        form.set_values({"fee": "concern", "we": "disengage"})
        form.submitted.emit()

    yield "review-refused", concerned, moment
    yield "review-plan", lambda: (clean("reviews"), room("reviews").plan()), moment
    yield "request-new", lambda: clean("privacy").write(), moment
    yield "request-items", lambda: (clean("privacy"), room("privacy").review()), moment
    yield "request-ground", lambda: room("privacy").items.withhold(True), moment
    yield "request-done", lambda: (clean("privacy"), room("privacy").leave_items()), moment
