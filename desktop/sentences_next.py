"""The sentences for suggestions, their rules, attempts and standing: their refusals, and their steps."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.text import _


def refusals() -> Mapping[str, str]:
    """What each refusal of these nouns means."""
    return {
        "no-such-rule": _("There is no rule “{name}”."),
        "rule-too-long": _("A suggestion is one line, {longest} letters at most."),
        "condition-without-number": _("Say from which number on, or up to which, the condition holds."),
        "condition-impossible": _("Nothing is at least {least} and at most {most}."),
        "condition-of-all": _("This would hold of everybody. Add a condition that needs a fact."),
        "condition-twice": _("Each condition stands once. Give it both numbers instead."),
    }


def verbs() -> Mapping[str, str]:
    """What each step of these nouns did."""
    return {
        "answer_suggestion": _("Suggestion answered"),
        "take_back_answer": _("Suggestion lets itself be heard again"),
        "switch_rule": _("Rule of suggestions switched"),
        "add_rule": _("Rule of suggestions added"),
        "edit_rule": _("Rule of suggestions changed"),
        "remove_rule": _("Rule of suggestions removed"),
        "add_attempt": _("Attempt noted"),
        "finish_attempt": _("What came of an attempt noted"),
        "remove_attempt": _("Attempt removed"),
        "convert_party": _("Made a client"),
        "set_may_cite": _("Consent to be named changed"),
    }
