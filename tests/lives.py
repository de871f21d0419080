"""The whole life of a practice, verb by verb: what it may take back without a trace, and what it seals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from db import (
    acceptance,
    advice,
    attachments,
    attempts,
    capture,
    capture_referral,
    client_bulk,
    clients,
    conversion,
    custom_fields,
    deadlines,
    decisions,
    engagement_review,
    engagements,
    enquiries,
    experience,
    fees,
    firm,
    followups,
    grade_criteria,
    grades,
    health,
    ideal,
    insights,
    lifetime,
    parties,
    people,
    periods,
    privacy,
    referrals,
    reviews,
    scope,
    segments,
    set_aside,
    suggestion_rules,
    suggestions,
    tags,
    trash,
    trust,
    views,
)
from db.acceptance import Checklist, TakeOn, Template
from db.attachments import NewAttachment
from db.clients import ClientEdit, NewClient, NewStanding
from db.conflicts import NewConflictCheck, record_decision
from db.engagements import EngagementEdit, NewEngagement, NewRole, NewStage
from db.enquiries import Decline, Named, NewEnquiry
from db.history import list_steps
from db.insights import NewAction, NewInsight, Telling
from db.letters import NewLetter
from db.parties import NewContact, NewLink, NewParty, PartyEdit
from db.practice import Practice
from db.scope import NewOutOfScope, OutOfScopeEdit
from db.set_aside import Call, NewSetAside
from db.trust import NewPromise, NewTrustNote, Renegotiation, Resolution, Settling

TODAY = dt.date.today()
LETTER = NewLetter(name="No.pdf", title="We cannot act", text="With regret.", pdf=b"%PDF-1.4 nothing")


def day(offset: int) -> dt.date:
    """A day so many days from today."""
    return TODAY + dt.timedelta(days=offset)


class Life:
    """Does verbs one after the other, each as its own step."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice

    def do(self, action: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Do one verb; gives what it gave."""
        done = self.practice.do(action, *given, **named)
        assert done.step, f"{action.__name__} did nothing"
        return done.result

    def latest(self) -> int:
        """The latest step."""
        return self.practice.ask(list_steps, limit=1)[0].id

    # ------------------------------------------------------------------ what may be taken back without a trace

    def erasable(self) -> None:
        """Everything that Undo takes away wholly."""
        client, other = self._people()
        work = self._work(client)
        self._trust(client, work)
        self._listening(client, other, work)
        self._rights(client)
        self._knowing(client)
        self._worth(client)
        self._lists(client, other)

    def _people(self) -> tuple[int, int]:
        do = self.do
        do(firm.edit_practice, firm.PracticeEdit(profession="accounting", phone="+44 20 7946 0123"))
        responsible = do(people.add_person, people.NewPerson(name="Marta Dąbrowska"))
        do(people.edit_person, responsible, people.NewPerson(name="Marta Dąbrowska-Lis", initials="ML"))
        phone = [NewContact(kind="phone", value="+34 600 100 200")]
        party = NewParty(given_name="Iñaki", family_name="Larrea", tags=["port"], contacts=phone)
        client = do(clients.add_client, NewClient(party=party, standing="client", grade="A", since=day(-800)))
        other = do(clients.add_client, NewClient(party=NewParty(name="Łódź Looms"), standing="prospect"))
        do(parties.edit_party, 1, PartyEdit(notes="Prefers calls", tags=["port", "family"]))
        do(parties.link_parties, NewLink(from_id=1, to_id=2, kind="owns"))
        do(parties.unlink_parties, do(parties.link_parties, NewLink(from_id=2, to_id=1, kind="advises")))
        do(capture.link_parties, NewLink(from_id=1, to_id=1, kind="spouse"), NewParty(name="Ana Vega"))
        do(capture.edit_client, client, ClientEdit(valued="Plain words"), PartyEdit(job_title="Owner"))
        do(clients.edit_client, client, ClientEdit(rhythm_days=40, responsible_id=responsible))
        do(clients.change_standing, other, NewStanding(standing="occasional"))
        return int(client), int(other)

    def _work(self, client: int) -> int:
        do = self.do
        template = Template(name="Yearly accounts", scope_included="Accounts", fee_minor=120000)
        do(acceptance.save_template, template)
        do(acceptance.save_template, template.model_copy(update={"name": "Payroll"}))
        do(acceptance.remove_template, "Payroll")
        new = NewEngagement(client_id=client, title="Accounts 2025", stage="proposed", recurs="yearly")
        work = int(do(engagements.add_engagement, new))
        edit = EngagementEdit(scope_excluded="Tax advice", period_from=dt.date(2025, 1, 1))
        do(engagements.edit_engagement, work, edit.model_copy(update={"period_until": dt.date(2025, 12, 31)}))
        dated = EngagementEdit(period_until=dt.date(2025, 12, 31), next_review_on=day(-2))
        do(engagements.edit_engagement, work, dated)
        do(engagements.set_letter, work, engagements.NewLetter(letter="sent", on=day(-20)))
        do(engagements.change_stage, work, NewStage(stage="active"))
        do(engagements.add_role, NewRole(engagement_id=work, party_id=2, kind="pays"))
        role = do(capture.add_role, NewRole(engagement_id=work, party_id=1, kind="counsel"), NewParty(name="J. Ruiz"))
        do(engagements.remove_role, role)
        do(engagement_review.move_engagement_review, work, day(10))
        do(engagement_review.hold_engagement_review, work)
        do(periods.begin_next_period, work)
        gone = do(engagements.add_engagement, NewEngagement(client_id=client, title="Never mind"))
        do(engagements.delete_engagement, gone)
        do(trash.put_back, self.latest())
        limit = deadlines.NewDeadline(engagement_id=work, kind="filing", falls_on=day(30), what="File the return")
        first = do(deadlines.add_deadline, limit)
        do(deadlines.edit_deadline, first, deadlines.DeadlineEdit(falls_on=day(31), at_time="17:00"))
        do(deadlines.finish_deadline, first)
        do(deadlines.remove_deadline, do(deadlines.add_deadline, limit))
        do(deadlines.note_no_limitation, work, "No claim can arise")
        asked = NewOutOfScope(engagement_id=work, what="A quick question", handling="quote", amount_minor=9000)
        outside = do(scope.log_out_of_scope, asked)
        do(scope.edit_out_of_scope, outside, OutOfScopeEdit(minutes=25))
        do(scope.settle_out_of_scope, outside)
        do(fees.add_fee, fees.NewFee(client_id=client, engagement_id=work, amount_minor=120000))
        do(fees.delete_fee, do(fees.add_fee, fees.NewFee(client_id=client, amount_minor=1)))
        file = NewAttachment(name="notes.txt", content=b"what was said", client_id=client)
        kept = do(attachments.attach, file)
        do(attachments.delete_attachment, do(attachments.attach, file.model_copy(update={"engagement_id": work})))
        assert kept
        return work

    def _trust(self, client: int, work: int) -> None:
        do = self.do
        drafted = advice.NewAdvice(client_id=client, question="Is it due?", advice="Not yet.")
        draft = do(advice.log_advice, drafted)
        do(advice.edit_advice, draft, advice.AdviceEdit(advice="Not before May."))
        do(capture.discard_draft, do(capture.keep_draft, drafted, {"text": "call"}))
        promised = NewPromise(client_id=client, engagement_id=work, text="Send it", made_on=day(-9), due_on=day(3))
        do(trust.keep_promise, do(trust.add_promise, promised), Settling(words="By courier"))
        do(trust.break_promise, do(trust.add_promise, promised), Settling(words="Forgotten"))
        do(trust.release_promise, do(trust.add_promise, promised), Settling(words="No longer needed"))
        again = Renegotiation(due_on=day(9), agreed_with="Iñaki")
        do(trust.renegotiate_promise, do(trust.add_promise, promised), again)
        do(trust.delete_promise, do(trust.add_promise, promised))
        told = NewTrustNote(client_id=client, kind="concern", effect=-1, text="Late twice")
        do(trust.resolve_note, do(trust.note_trust, told), Resolution(learned="Call before"))
        do(trust.note_trust, told.model_copy(update={"kind": "confidence", "restricted": True}))
        do(trust.delete_trust_note, do(trust.note_trust, told))
        step = followups.NewFollowUp(client_id=client, due_on=day(2), what="Ring him")
        do(followups.finish_follow_up, do(followups.add_follow_up, step), followups.Finish(outcome="Rang"))
        do(followups.move_follow_up, do(followups.add_follow_up, step), day(5))
        do(followups.delete_follow_up, do(followups.add_follow_up, step))

    def _listening(self, client: int, other: int, work: int) -> None:
        do = self.do
        heard = NewInsight(client_id=client, engagement_id=work, kind="complaint", verbatim="Slow", themes=("speed",))
        insight = do(insights.record_insight, heard.model_copy(update={"action": NewAction(what="Answer in a day")}))
        do(insights.edit_insight, insight, heard.model_copy(update={"themes": ("speed", "tone")}))
        action = do(insights.add_insight_action, insight, NewAction(what="Say when"))
        do(insights.finish_insight_action, action)
        do(insights.tell_what_was_done, action, Telling(how="By phone"))
        do(insights.settle_complaint, insight)
        do(insights.remove_insight, do(insights.record_insight, heard))
        sent = referrals.NewReferral(direction="in", sent_id=2, from_id=1, referred_on=day(-5))
        referral = do(referrals.add_referral, sent)
        thanks = referrals.Thanks(how="A call", trust_note=True, follow_up_on=day(30))
        do(referrals.thank_for_referral, referral, thanks)
        do(referrals.tell_outcome, referral, referrals.Outcome(outcome="Engaged"))
        do(referrals.remove_referral, do(referrals.add_referral, sent))
        out = referrals.NewReferral(direction="out", sent_id=1, to_id=2)
        do(capture_referral.add_referral_between, out, 1, NewParty(name="Notary Sol"))
        do(reviews.set_review_plan, reviews.ReviewPlan(A=2, B=4, C=8, D=12, none=12))
        held = reviews.NewReview(client_id=client, they="continues", we="continue", fee="concern", fee_words="Too low")
        do(reviews.hold_review, held)
        do(reviews.move_review, client, day(50))
        do(set_aside.set_aside, NewSetAside(noun="client", record_id=other, kind="quiet", until=day(7), why="Away"))
        do(set_aside.drop_row, NewSetAside(noun="engagement", record_id=work, kind="letter", why="By word of mouth"))
        call = Call(noun="client", record_id=client, kind="quiet", client_id=client, what="Called")
        do(set_aside.log_call, call)

    def _knowing(self, client: int) -> None:
        do = self.do
        do(suggestions.answer_suggestion, suggestions.NewAnswer(client_id=client, rule="quiet", answer="never"))
        do(suggestions.take_back_answer, client, "quiet")
        do(suggestions.answer_suggestion, suggestions.NewAnswer(client_id=client, rule="quiet", answer="done"))
        do(suggestion_rules.switch_rule, "quiet", False)
        kept = health.NewOverride(client_id=client, score=40, reason="He told me so", until_on=day(60))
        do(health.override_health, kept)
        do(health.end_override, client)
        do(health.override_health, kept)
        late = suggestion_rules.RuleCondition(measure="silent_days", at_least=100)
        own = suggestion_rules.NewRule(words="Send the calendar", when=(late,))
        rule = do(suggestion_rules.add_rule, own)
        do(suggestion_rules.edit_rule, rule, own.model_copy(update={"words": "Send a card"}))
        do(suggestion_rules.remove_rule, do(suggestion_rules.add_rule, own))
        attempt = do(attempts.add_attempt, attempts.NewAttempt(client_id=client, what="A free review"))
        do(attempts.finish_attempt, attempt, attempts.AttemptEdit(came_of_it="Came in May"))
        do(attempts.remove_attempt, do(attempts.add_attempt, attempts.NewAttempt(client_id=client, what="Lunch")))
        work = do(engagements.add_engagement, NewEngagement(client_id=client, title="Audit", stage="active"))
        do(experience.set_may_cite, work, True)
        user = do(parties.add_party, NewParty(name="Nora Quill"))
        do(conversion.convert_party, conversion.Conversion(party_id=user, words="Asked", title="Her own lease"))

    def _worth(self, client: int) -> None:
        do = self.do
        own = self.practice.ask(grade_criteria.grade_criteria)
        do(grade_criteria.set_grade_criteria, own.model_copy(update={"fees_year": 60, "full_year": 100}))
        do(fees.add_fee, fees.NewFee(client_id=client, charged_on=day(-30), amount_minor=90_000))
        do(grades.accept_grade, client)
        do(clients.edit_client, client, ClientEdit(grade="D"))
        do(grades.accept_grades, [client])
        do(lifetime.set_lifetime_rate, lifetime.LifetimeRate(discount=12))
        view = do(views.save_view, "clients", "Best", {"conditions": [["grade", "A"]], "sort": "name"})
        do(segments.set_service_promise, segments.ServicePromise(view_id=view, rhythm_days=30, review_months=2))
        do(segments.set_service_promise, segments.ServicePromise(view_id=view, who="Marta"))
        do(views.rename_view, view, "First")
        do(segments.set_service_promise, segments.ServicePromise(view_id=view))
        profile = ideal.IdealProfile(name="Harbour", wants=[ideal.Want(trait="city", value="Cartagena")])
        do(ideal.set_ideal_profile, profile)
        do(ideal.remove_ideal_profile, "Harbour")

    def _rights(self, client: int) -> None:
        do = self.do
        request = do(privacy.log_request, privacy.NewRequest(party_id=1, kind="access", words="All of it"))
        do(privacy.verify_identity, request, privacy.Verification(how="Passport seen"))
        do(privacy.extend_request, request, "Much to go through")
        do(privacy.decide_items, request, [("client", client)], "given")
        objection = do(privacy.log_request, privacy.NewRequest(party_id=1, kind="objection"))
        do(privacy.mark_party, objection)
        do(privacy.lift_mark, objection)
        do(privacy.close_request, objection, privacy.Closing(outcome="refused", words="Needed for a claim"))

    def _lists(self, client: int, other: int) -> None:
        do = self.do
        view = do(views.save_view, "clients", "A clients", {"grade": "A"})
        do(views.rename_view, view, "The A list")
        do(views.delete_view, do(views.save_view, "clients", "Gone", {}))
        do(custom_fields.define_field, custom_fields.NewField(name="Shoe size"))
        do(custom_fields.set_value, "client", client, "Shoe size", "43")
        do(custom_fields.rename_field, "client", "Shoe size", "Shoes")
        do(custom_fields.define_field, custom_fields.NewField(noun="engagement", name="Box"))
        do(custom_fields.drop_field, "engagement", "Box")
        both = [client, other]
        do(client_bulk.tag_clients, both, "harbour")
        do(client_bulk.untag_clients, [other], "harbour")
        do(client_bulk.grade_clients, both, "B")
        do(client_bulk.assign_clients, both, 1)
        do(client_bulk.change_standings, both, NewStanding(standing="former", reason="moved"))
        do(tags.rename_tag, "harbour", "port")
        do(tags.delete_tag, "family")
        gone = do(clients.add_client, NewClient(party=NewParty(name="Passing By")))
        do(clients.delete_client, gone)
        do(trash.put_back, self.latest())
        do(client_bulk.delete_clients, [gone])

    # ------------------------------------------------------------------ what is withdrawn and kept

    def sealed(self) -> None:
        """What Undo withdraws and keeps: recorded advice, answers, conflict checks, decisions."""
        do = self.do
        call = NewEnquiry(caller=Named(name="Elena Ruiz"), need="Her lease", title="The lease", promise="Call back")
        call = call.model_copy(update={"due_on": day(2), "opponents": [Named(name="Portus")]})
        asked = do(enquiries.log_enquiry, call, "Tess")
        agreed = EngagementEdit(title="The lease", letter="draft", scope_excluded="Tax")
        points = Checklist(integrity="yes", competence="yes", independence="yes", fee="yes", identity="open")
        roles: list[Any] = [("pays", Named(name="Ruiz Holdings"))]
        work = do(
            acceptance.take_on, asked, TakeOn(agreed=agreed, checklist=points, roles=roles, letter=LETTER), "Tess"
        )
        second = do(enquiries.log_enquiry, NewEnquiry(caller=Named(name="Bo Xu"), need="A will"), "Tess")
        no = Decline(reason="no capacity", outcome="Too much work", letter=LETTER, reminder="Send the letter")
        do(enquiries.decline, second, no)
        check = NewConflictCheck(names=["Portus"], decision="clear", reason="Another Portus", client_id=asked)
        do(record_decision, check, "Tess")
        told = advice.NewAdvice(client_id=asked, engagement_id=work, question="Sign?", advice="Wait.")
        first = do(advice.log_advice, told)
        do(advice.record_advice, first)
        against = advice.NewResponse(response="against advice", consequence="She may lose it", reason="No time")
        do(advice.respond_to_advice, first, against.model_copy(update={"words": "Sign today"}))
        do(advice.amend_advice, first, advice.Amendment(reason="New facts", advice="Sign now."))
        do(advice.confirm_advice, first)
        question = NewOutOfScope(engagement_id=work, what="Tax too?", handling="goodwill", minutes=10)
        promise = NewPromise(client_id=asked, text="Send the draft", due_on=day(4))
        do(capture.log_with_promise, told, promise, advice.NewResponse(response="accepted"), beside=[question])
        item = decisions.NewDecision(engagement_id=work, item="Floor", choice="Oak", decided_by="Elena", cost_minor=500)
        decision = do(decisions.log_decision, item)
        do(decisions.log_decisions, [item.model_copy(update={"item": "Door"})])
        change = decisions.Reversal(choice="Pine", decided_by="Elena", reason="Cheaper", cost_minor=-200)
        do(decisions.supersede_decision, decision, change)
