"""The sentences for grades, worth, ideal clients and service promises: their refusals, and their steps."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.text import _


def refusals() -> Mapping[str, str]:
    """What each refusal of these nouns means."""
    return {
        "no-grade-suggested": _("No grade is suggested here: too little is known, or we do not serve this client."),
        "same-grade": _("This client has the grade {grade} already."),
        "nothing-weighs": _("At least one criterion has to weigh something."),
        "protected-trait": _(
            "A profile of clients may not decide by “{words}”: article {article} of the GDPR protects what this tells"
            " of a person."
        ),
        "segment-by-silence": _("“{name}” lists those who are silent, so no rhythm can be promised to it."),
        "borders-fall": _("The border of {below} has to lie below that of {above}."),
    }


def verbs() -> Mapping[str, str]:
    """What each step of these nouns did."""
    return {
        "accept_grade": _("Suggested grade taken"),
        "accept_grades": _("Suggested grades taken"),
        "set_grade_criteria": _("Criteria of the grades changed"),
        "set_service_promise": _("Service promise to a segment changed"),
        "set_ideal_profile": _("Profile of ideal clients changed"),
        "remove_ideal_profile": _("Profile of ideal clients removed"),
        "set_lifetime_rate": _("Rate of discount of lifetime values changed"),
    }
