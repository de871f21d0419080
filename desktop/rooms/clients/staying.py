"""How likely a client is to stay: the card with his health, its parts and what shows them, and a word against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from db import health
from db.health import Health, NewOverride, Override, Part
from db.reasons import Reason
from desktop import text
from desktop.health_words import part_word, trend_words
from desktop.reason_words import reason_words
from desktop.rooms import frame
from desktop.rooms.clients.sentence import Act, Line
from desktop.rooms.words import engagement_word, when
from desktop.text import _, joined
from desktop.widgets.card import Card
from desktop.widgets.fields import DateField, LongField
from desktop.widgets.form import Form
from desktop.widgets.ink import Tone
from desktop.widgets.whole import WholeField

if TYPE_CHECKING:
    from desktop.rooms.covered import CoveredRoom

# A score that is no more than this above the threshold is looked at twice.
NEAR = 20
# Where what shows a reason is opened; promises and notes stand beneath, on the same page.
_ROOMS = {
    "advice": "advice",
    "engagement": "engagements",
    "insight": "insight",
    "referral": "referrals",
    "review": "reviews",
}
_LINKS = 2
_OVERRIDE_DAYS = 90


def score_tone(score: int, threshold: int) -> Tone:
    """Green well above the threshold, amber near it, red below."""
    return "red" if score < threshold else "amber" if score < threshold + NEAR else "green"


def fill_health(room: CoveredRoom, card: Card, told: Health, name: str, threshold: int) -> Iterator[QWidget]:
    """Put a client's health into a card, a part in each turn."""
    if told.score is None:
        card.set_title(_("Health"))
        yield card.add(Line(_first(told.reasons), "", "neutral", ""))
    else:
        card.set_title(_("Health"), trend_words(told.trend), str(told.score), score_tone(told.score, threshold))
    if told.override is not None:
        yield card.add(_said_otherwise(room, told.client_id, told.override, threshold))
    known = [part for part in told.parts if part.value is not None]
    low = [part for part in known if part.value != 100] or known
    well = [part for part in known if part not in low]
    for part in low:
        yield card.add(_part(room, part))
    behind = [_part(room, part) for part in well]
    acts: list[Act] = []
    if behind:
        acts.append((_("What is well"), lambda: _turn(behind)))
    if told.override is None and known:
        acts.append((_("Say otherwise"), lambda: ask_override(room, told.client_id, name)))
    unknown = [part_word(part.name) for part in told.parts if part.value is None]
    yield card.add(Line("", "", "neutral", _quiet(well, unknown), acts))
    for line in behind:
        card.add(line).hide()


def _turn(lines: list[Line]) -> None:
    for line in lines:
        line.setVisible(line.isHidden())


def _quiet(well: list[Part], unknown: list[str]) -> str:
    listed = text.current().listed
    told = []
    if well:
        told.append(_("All well: {parts}").format(parts=listed([part_word(part.name) for part in well])))
    if unknown:
        told.append(_("Not known: {parts}").format(parts=listed(unknown)))
    return "\n".join(told)


def _first(reasons: list[Reason]) -> str:
    return _sentence(reasons[0]) if reasons else ""


def _sentence(reason: Reason) -> str:
    words = reason_words(reason)
    return words[:1].upper() + words[1:]


def _part(room: CoveredRoom, part: Part) -> Line:
    value = part.value or 0
    of: Tone = "green" if value >= 75 else "amber" if value >= 50 else "red"
    said = [part_word(part.name)]
    if not part.weight:
        said.append(_("does not count"))
    detail = "\n".join(map(_sentence, part.reasons))
    acts: list[Act] = []
    for reason in part.reasons:
        if reason.noun in _ROOMS and reason.id is not None and len(acts) < _LINKS:
            acts.append((_link(reason), partial(frame.show, room, _ROOMS[reason.noun], reason.id)))
    return Line(joined(" · ", said), str(value), of, detail, acts)


def _link(reason: Reason) -> str:
    if reason.noun == "engagement":
        return engagement_word()
    on = reason.facts.get("on")
    what = {
        "advice": _("The advice"),
        "insight": _("What was said"),
        "referral": _("The referral"),
        "review": _("The review"),
    }[reason.noun]
    return joined(" · ", [what, when(on)]) if isinstance(on, dt.date) else what


def _said_otherwise(room: CoveredRoom, client_id: int, override: Override, threshold: int) -> Line:
    say = text.current()
    words = _("{who} says so until {day}: {reason}").format(
        who=override.set_by, day=say.date(override.until_on), reason=override.reason
    )
    desk = room.desk
    back: Act = (
        _("Back to the reckoned health"),
        lambda: desk.attempt(lambda: desk.do(health.end_override, client_id)),
    )
    again: Act = (_("Change"), lambda: ask_override(room, client_id, "", override))
    said = str(override.score)
    return Line(_("Said otherwise"), said, score_tone(override.score, threshold), words, [again, back])


def ask_override(room: CoveredRoom, client_id: int, name: str, before: Override | None = None) -> None:
    """Say another health than the reckoned one, with the reason and until when; it stands beside the score."""
    form = Form(
        [
            [("score", WholeField(_("Health, 0 to 100")), 1), ("until_on", DateField(_("Until")), 1)],
            [("reason", LongField(_("Why"), 2), 1)],
        ]
    )
    until = before.until_on if before else dt.date.today() + dt.timedelta(days=_OVERRIDE_DAYS)
    form.set_values({"until_on": until} | ({"score": before.score, "reason": before.reason} if before else {}))
    room.ask(
        _("What you know better"),
        form,
        _("Say so"),
        lambda values: room.desk.do(health.override_health, NewOverride(client_id=client_id, **values)),
        note=name,
    )
