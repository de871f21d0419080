"""The sentences for insights, referrals, reviews and requests about data: their refusals, and their steps."""

from __future__ import annotations

from collections.abc import Mapping

from desktop import sentences_next
from desktop.text import _


def refusals() -> Mapping[str, str]:
    """What each refusal of these nouns means."""
    return {
        **sentences_next.refusals(),
        "not-yet": _("This day is still to come."),
        "sent-himself": _("Nobody can send himself. Choose somebody else."),
        "nobody-to-thank": _("Here we were the ones who sent: there is nobody to thank."),
        "sender-no-client": _("{name} has no client file, so this has no place. Leave it out here."),
        "referral-of-file": _("This stands in the client's file. Change there who sent him."),
        "off-the-scale": _("The scale goes from {low} to {high}."),
        "score-of-what": _("Say which question this score answers."),
        "theme-too-long": _("A theme is a few words, {longest} letters at most."),
        "not-done-yet": _("“{what}” is not done yet. Tell the client once it is."),
        "already-told": _("This was told on {on} already."),
        "no-complaint": _("Only a complaint is settled."),
        "review-before": _("The review was held on {held}; the next one comes after it."),
        "request-closed": _("The request was closed on {on}. Undo that first."),
        "identity-first": _("Make sure first who asks: note when and how the identity was verified."),
        "items-open": _("{count} records are not reviewed yet. Give or withhold each of them first."),
        "extended-already": _("It was extended to {on} already; the law allows it once."),
        "too-late-to-extend": _("It was due on {on}. An extension is told within the first month."),
        "no-mark": _("There is nothing to mark here."),
        "not-an-erasure": _("This person did not ask for erasure."),
    }


def verbs() -> Mapping[str, str]:
    """What each step of these nouns did."""
    return {
        **sentences_next.verbs(),
        "record_insight": _("Insight recorded"),
        "edit_insight": _("Insight corrected"),
        "remove_insight": _("Insight removed"),
        "add_insight_action": _("Action noted"),
        "finish_insight_action": _("Action done"),
        "tell_what_was_done": _("Client told what was done"),
        "settle_complaint": _("Complaint settled"),
        "add_referral": _("Referral noted"),
        "add_referral_between": _("Referral noted"),
        "thank_for_referral": _("Thanked for a referral"),
        "tell_outcome": _("Outcome of a referral noted"),
        "remove_referral": _("Referral removed"),
        "part_from_client": _("Work for a client ended"),
        "hold_review": _("Review held"),
        "move_review": _("Review moved"),
        "set_review_plan": _("Plan of reviews changed"),
        "log_request": _("Request about data logged"),
        "verify_identity": _("Identity verified"),
        "extend_request": _("Request extended"),
        "mark_party": _("Mark set on a request"),
        "lift_mark": _("Mark lifted"),
        "decide_items": _("Records given or withheld"),
        "close_request": _("Request closed"),
        "erase_person": _("Data erased on request"),
    }
