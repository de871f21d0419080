"""The rules of suggestions: those that Cliens brings, switched on or off by the practice, and those of its own.

A rule is data: its conditions from the closed list of db/measures.py, its words, an action and a weight. What Cliens
brings stands in resources/suggestions/rules.toml and can be read there.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from sqlmodel import Session

from db.errors import Refused
from db.firm import get_setting, set_setting
from db.history import about
from db.inputs import Input, Text
from db.measures import MEASURES, Name
from db.words import Standing

RULES_SETTING = "suggestion_rules"
RULES_FILE = Path(__file__).resolve().parent.parent / "resources" / "suggestions" / "rules.toml"
SERVED: tuple[Standing, ...] = ("client", "occasional")
LONGEST_RULE = 120
Action = Literal["keep", "settle", "call", "write", "thank", "tell", "renew", "ask", "try", "standing", "other"]


class RuleCondition(Input):
    """One condition: a measure with the least and the most that it may be, both included."""

    measure: Name
    at_least: int | None = None
    at_most: int | None = None


class NewRule(Input):
    """A rule of the practice's own; `words` say what to do, as it says it itself."""

    words: Text
    when: tuple[RuleCondition, ...]
    action: Action = "other"
    weight: int = Field(default=50, ge=1, le=100)
    rests: int = Field(default=30, ge=1, le=3660)
    standings: tuple[Standing, ...] = SERVED


@dataclass(frozen=True)
class Rule:
    """A rule with its name; `words` by language, '' for a rule of the practice's own, which speaks as it was typed."""

    name: str
    when: tuple[RuleCondition, ...]
    words: dict[str, str]
    action: str
    weight: int
    rests: int
    standings: tuple[str, ...]
    covers: tuple[str, ...] = ()
    own: bool = False
    on: bool = True

    def said(self, language: str) -> str:
        """What to do, in a language of the program; the practice's own words are the same in each."""
        return self.words.get(language) or self.words.get("") or self.words["en"]


@cache
def brought() -> tuple[Rule, ...]:
    """The rules that Cliens brings, the weightiest first."""
    told = tomllib.loads(RULES_FILE.read_text(encoding="utf-8"))["rule"]
    return tuple(sorted((_read(each) for each in told), key=lambda rule: -rule.weight))


def _read(told: dict[str, Any]) -> Rule:
    return Rule(
        name=told["name"],
        when=tuple(RuleCondition(**each) for each in told["when"]),
        words={language: told[language] for language in ("en", "es", "pl")},
        action=told["action"],
        weight=told["weight"],
        rests=told["rests"],
        standings=tuple(told.get("standings", SERVED)),
        covers=tuple(told.get("covers", ())),
    )


def list_rules(session: Session) -> list[Rule]:
    """Every rule, also those switched off, the weightiest first."""
    kept = _kept(session)
    own = []
    for name, told in kept["own"].items():
        new = NewRule(**told)
        rule = Rule(
            *(name, new.when, {"": new.words}, new.action, new.weight, new.rests, new.standings),
            own=True,
            on=name not in kept["off"],
        )
        own.append(rule)
    off = [Rule(**{**vars(rule), "on": rule.name not in kept["off"]}) for rule in brought()]
    return sorted([*off, *own], key=lambda rule: (-rule.weight, rule.own, rule.name))


def _kept(session: Session) -> dict[str, Any]:
    return {"off": [], "own": {}, **get_setting(session, RULES_SETTING, {})}


def switch_rule(session: Session, name: str, on: bool) -> None:
    """Let a rule speak, or be silent."""
    kept = _kept(session)
    if name not in {rule.name for rule in list_rules(session)}:
        raise Refused("no-such-rule", "rule", name=name)
    off = sorted({*kept["off"]} - {name} if on else {*kept["off"], name})
    set_setting(session, RULES_SETTING, {**kept, "off": off})
    about(session, name)


def add_rule(session: Session, new: NewRule) -> str:
    """Add a rule of the practice's own; gives its name, by which it is switched off or removed."""
    _require_sense(new)
    kept = _kept(session)
    number = 1 + max((int(name.removeprefix("own-")) for name in kept["own"]), default=0)
    name = f"own-{number}"
    set_setting(session, RULES_SETTING, {**kept, "own": {**kept["own"], name: new.model_dump()}})
    about(session, new.words)
    return name


def edit_rule(session: Session, name: str, new: NewRule) -> str:
    """Change a rule of the practice's own."""
    _require_sense(new)
    kept = _kept(session)
    if name not in kept["own"]:
        raise Refused("no-such-rule", "rule", name=name)
    set_setting(session, RULES_SETTING, {**kept, "own": {**kept["own"], name: new.model_dump()}})
    about(session, new.words)
    return name


def remove_rule(session: Session, name: str) -> None:
    """Remove a rule of the practice's own; one that Cliens brings is switched off instead."""
    kept = _kept(session)
    if name not in kept["own"]:
        raise Refused("no-such-rule", "rule", name=name)
    left = {each: told for each, told in kept["own"].items() if each != name}
    set_setting(session, RULES_SETTING, {"off": [each for each in kept["off"] if each != name], "own": left})
    about(session, kept["own"][name]["words"])


def _require_sense(new: NewRule) -> None:
    if len(new.words) > LONGEST_RULE or re.search(r"[\r\n]", new.words):
        raise Refused("rule-too-long", "words", longest=LONGEST_RULE)
    if not new.when:
        raise Refused("required", "when")
    for condition in new.when:
        least, most = condition.at_least, condition.at_most
        if least is None and most is None:
            raise Refused("condition-without-number", "when")
        if least is not None and most is not None and least > most:
            raise Refused("condition-impossible", "when", least=least, most=most)
    if all(MEASURES[each.measure].absent == 0 and (each.at_least or 0) <= 0 for each in new.when):
        # Such a rule would hold of everybody of whom nothing at all is known.
        raise Refused("condition-of-all", "when")
    if len({condition.measure for condition in new.when}) < len(new.when):
        raise Refused("condition-twice", "when")
