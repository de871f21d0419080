"""The sentences for what is reckoned of a client, such as his health: refusals, and steps."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.text import _


def refusals() -> Mapping[str, str]:
    """What each refusal of these means."""
    return {
        "no-weight": _("Let at least one part count."),
        "end-has-passed": _("Choose a day to come: until then it holds."),
        "end-too-far": _("It holds for a year at most. Look again then."),
        "no-override": _("Nothing stands in place of this score."),
    }


def verbs() -> Mapping[str, str]:
    """What each step of these did."""
    return {
        "set_health_weights": _("Weights of health changed"),
        "override_health": _("Another health than the reckoned one noted"),
        "end_override": _("Back to the reckoned health"),
    }
