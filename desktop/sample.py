"""The sample practices: invented people and lively work for law, accounting and design, seen from today."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from db import advice, clients, deadlines, engagements, fees, followups, parties, people, trust
from db.firm import PracticeEdit, edit_practice
from db.history import about
from db.practice import NewPractice, Practice
from db.rows import utc_now
from db.tables import Advice, Party
from db.words import CLOSED_STAGES
from desktop.sample_listening import fill_listening

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sample"
_WRITTEN_AFTER = dt.timedelta(minutes=35)
_LATE_BY = dt.timedelta(days=3)


def sample_practice(path: Path, profession: str, passphrase: str | None = None) -> Practice:
    """Make a new file with the sample practice of a profession in it, and open it. Never replaces a file."""
    name = str(_told(profession)["practice"]["name"])
    new = NewPractice.model_validate({"name": name, "profession": profession, **place_of(profession)})
    practice = Practice.create(path, new, passphrase)
    try:
        practice.do(fill_sample, profession, dt.date.today())
    except BaseException:
        practice.close()
        path.unlink(missing_ok=True)
        raise
    return practice


def place_of(profession: str) -> dict[str, str]:
    """The country, currency and language of the sample practice of a profession."""
    told = _told(profession)["practice"]
    return {name: told[name] for name in ("country", "currency", "language")}


def fill_sample(session: Session, profession: str, today: dt.date) -> None:
    """Put the sample's people and work into a practice, dated back from `today`; to be done as one step."""
    told = _told(profession)
    filling = _Filling(session, told, today)
    filling.fill()
    fill_listening(session, profession, today, filling.parties, filling.authors)
    about(session, told["practice"]["name"])


@cache
def _told(profession: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FOLDER / f"{profession}.json").read_text(encoding="utf-8"))
    return told


class _Filling:
    """One filling of one practice. In the data a number stands for so many days before today; negative is to come."""

    def __init__(self, session: Session, told: dict[str, Any], today: dt.date) -> None:
        self.session = session
        self.told = told
        self.today = today
        self.zone = ZoneInfo(told["practice"]["zone"])
        self.people: dict[str, int] = {}
        self.authors: dict[str, str] = {}
        self.parties: dict[str, int] = {}
        self.now = utc_now()

    def fill(self) -> None:
        """Everything, in the order in which one thing needs another."""
        firm = self.told["practice"]
        kept = ("address", "registration", "email", "phone", "website", "colour")
        edit_practice(self.session, PracticeEdit(**{name: firm[name] for name in kept if name in firm}))
        for name, initials, email, colour in self.told["people"]:
            person = people.NewPerson(name=name, initials=initials, email=email, colour=colour)
            self.people[initials] = people.add_person(self.session, person)
            self.authors[initials] = name
        for party in self.told["parties"]:
            self._party(party)
        for client in self.told["clients"]:
            self._party(client)
        for first, kind, second in self.told["links"]:
            link = {"from_id": self.parties[first], "to_id": self.parties[second], "kind": kind}
            parties.link_parties(self.session, parties.NewLink.model_validate(link))
        for client in self.told["clients"]:
            self._client(client)

    def _day(self, ago: int) -> dt.date:
        return self.today - dt.timedelta(days=ago)

    def _moment(self, ago: int, clock: str) -> dt.datetime:
        """A time of day in the sample's place, never in the future."""
        moment = dt.datetime.combine(self._day(ago), dt.time.fromisoformat(clock), self.zone)
        return min(moment.astimezone(dt.UTC), self.now - dt.timedelta(minutes=1))

    # ------------------------------------------------------------------ who

    def _party(self, told: dict[str, Any]) -> None:
        given: dict[str, Any] = {name: told[name] for name in _PARTY_FIELDS if name in told}
        given["kind"] = "person" if "family_name" in told else "organisation"
        given["contacts"] = [
            {"kind": kind, "value": told[kind], "preferred": kind == "email"}
            for kind in ("email", "phone", "web")
            if kind in told
        ]
        given["other_names"] = [{"kind": kind, "name": name} for kind, name in told.get("other_names", [])]
        if "city" in told:
            given["addresses"] = [{"city": told["city"], "street": told.get("street", ""), "country": told["country"]}]
        if "tax_id" in told:
            given["tax_ids"] = [{"value": told["tax_id"]}]
        party_id = parties.add_party(self.session, parties.NewParty.model_validate(given))
        met = dt.datetime.combine(self._day(told.get("met", told.get("since", 200))), dt.time(9), dt.UTC)
        self.session.exec(select(Party).where(Party.id == party_id)).one().created_at = met
        self.parties[told["name"]] = party_id

    def _client(self, told: dict[str, Any]) -> None:
        since = self._day(told["since"])
        given: dict[str, Any] = {"party_id": self.parties[told["name"]], "since": since}
        given |= {name: told[name] for name in ("number", "grade", "valued", "notes", "rhythm_days") if name in told}
        given["standing"] = told.get("began", told["standing"])
        given["responsible_id"] = self.people[told["by"]]
        if "referred_by" in told:
            given["referred_by_id"] = self.parties[told["referred_by"]]
        client_id = clients.add_client(self.session, clients.NewClient.model_validate(given))
        if given["standing"] != told["standing"]:
            ago, reason, words = told["turned"]
            turned = {"standing": told["standing"], "reason": reason, "words": words, "changed_on": self._day(ago)}
            clients.change_standing(self.session, client_id, clients.NewStanding.model_validate(turned))
        works = [self._engagement(client_id, told["by"], one) for one in told.get("work", [])]
        # Without a place in the list, an entry belongs to the client alone.
        place: dict[int, int | None] = {0: None, **dict(enumerate(works, 1))}
        for entry in told.get("advice", []):
            self._advice(client_id, told["by"], place, *entry)
        for entry in told.get("promises", []):
            self._promise(client_id, told, place, *entry)
        for entry in told.get("trust", []):
            self._trust(client_id, told["name"], *entry)
        for ago, what, *done in told.get("follow_ups", []):
            follow_up = followups.NewFollowUp(client_id=client_id, due_on=self._day(ago), what=what)
            follow_up_id = followups.add_follow_up(self.session, follow_up)
            if done:
                finish = followups.Finish(on=self._day(done[0]), outcome=done[1])
                followups.finish_follow_up(self.session, follow_up_id, finish)
        for work, one in zip(works, told.get("work", []), strict=True):
            if one["stage"] in CLOSED_STAGES:
                stage = {"stage": one["stage"], "on": self._day(one["closed"]), "outcome": one["outcome"]}
                engagements.change_stage(self.session, work, engagements.NewStage.model_validate(stage))

    # ------------------------------------------------------------------ what was done

    def _engagement(self, client_id: int, by: str, told: dict[str, Any]) -> int:
        given: dict[str, Any] = {name: told[name] for name in _WORK_FIELDS if name in told}
        given |= {"client_id": client_id, "opened_on": self._day(told["opened"])}
        given["responsible_id"] = self.people[told.get("by", by)]
        # A closed engagement is worked on first, and closed when all of it is told.
        given["stage"] = "active" if told["stage"] in CLOSED_STAGES else told["stage"]
        given["fee_minor"] = told["fee"] * 100 if "fee" in told else None
        for name, days in (("letter_sent_on", "sent"), ("letter_signed_on", "signed"), ("next_review_on", "review")):
            given[name] = self._day(told[days]) if days in told else None
        work = engagements.add_engagement(self.session, engagements.NewEngagement.model_validate(given))
        for name, kind in told.get("roles", []):
            role = {"engagement_id": work, "party_id": self.parties[name], "kind": kind}
            engagements.add_role(self.session, engagements.NewRole.model_validate(role))
        for kind, ago, what, *more in told.get("deadlines", []):
            clock, warn = more or ("", 14)
            date = {"engagement_id": work, "kind": kind, "falls_on": self._day(ago), "what": what}
            date |= {"at_time": clock, "warn_days": warn}
            deadlines.add_deadline(self.session, deadlines.NewDeadline.model_validate(date))
        for ago, amount, *kind in told.get("fees", []):
            fee = {"client_id": client_id, "engagement_id": work, "charged_on": self._day(ago), "currency": ""}
            fee |= {"amount_minor": round(amount * 100), "kind": kind[0] if kind else "billed"}
            fees.add_fee(self.session, fees.NewFee.model_validate(fee))
        return work

    def _advice(
        self,
        client_id: int,
        by: str,
        place: dict[int, int | None],
        work: int,
        ago: int,
        channel: str,
        question: str,
        words: str,
        more: dict[str, Any] | None = None,
    ) -> None:
        more = more or {}
        given = self._moment(ago, more.get("at", f"{9 + (ago + len(question)) % 8:02d}:{(ago * 7) % 60:02d}"))
        late = bool(more.get("late"))
        # Written straight into the table: the action would stamp today's hour on what was recorded long ago.
        entry = Advice(
            client_id=client_id,
            engagement_id=place[work],
            given_at=given,
            zone=self.zone.key,
            author=self.authors[more.get("by", by)],
            channel=channel,
            question=question,
            advice=words,
            state="draft",
            **{name: more[name] for name in _ADVICE_FIELDS if name in more},
        )
        if not more.get("draft"):
            entry.state = "recorded"
            entry.recorded_at = min(given + (_LATE_BY if late else _WRITTEN_AFTER), self.now)
            entry.late_entry = late
        self.session.add(entry)
        self.session.flush()
        assert entry.id is not None
        if "response" in more:
            answer, when, *rest = more["response"]
            told = {"response": answer, "responded_on": self._day(when), **(rest[0] if rest else {})}
            advice.respond_to_advice(self.session, entry.id, advice.NewResponse.model_validate(told))
        if "amended" in more:
            when, reason, now_holds = more["amended"]
            later = Advice(
                **entry.model_dump(include=_CARRIED),
                given_at=self._moment(when, "16:20"),
                recorded_at=self._moment(when, "16:40"),
                state="recorded",
                advice=now_holds,
                amends_id=entry.id,
                amend_reason=reason,
            )
            self.session.add(later)

    def _promise(
        self,
        client_id: int,
        told: dict[str, Any],
        place: dict[int, int | None],
        work: int,
        by: str,
        words: str,
        made: int,
        due: int | None,
        more: dict[str, Any] | None = None,
    ) -> None:
        more = more or {}
        us, them = self.authors[told["by"]], more.get("whom", told["name"])
        given = {
            "client_id": client_id,
            "engagement_id": place[work],
            "by": by,
            "by_whom": us if by == "us" else them,
            "to_whom": them if by == "us" else us,
            "text": words,
            "made_on": self._day(made),
            "due_on": None if due is None else self._day(due),
            "due_time": more.get("time", ""),
            "undertaking": bool(more.get("undertaking")),
        }
        promise_id = trust.add_promise(self.session, trust.NewPromise.model_validate(given))
        if "kept" in more:
            settling = trust.Settling(on=self._day(more["kept"]), words=more.get("evidence", ""))
            trust.keep_promise(self.session, promise_id, settling)
        elif "broken" in more:
            trust.break_promise(self.session, promise_id, trust.Settling(words=more["broken"]))
        elif "released" in more:
            trust.release_promise(self.session, promise_id, trust.Settling(words=more["released"]))
        elif "moved" in more:
            on, until, whom = more["moved"]
            new = trust.Renegotiation(due_on=self._day(until), agreed_with=whom)
            trust.renegotiate_promise(self.session, promise_id, new, self._day(on))

    def _trust(
        self,
        client_id: int,
        name: str,
        ago: int,
        kind: str,
        effect: int,
        words: str,
        more: dict[str, Any] | None = None,
    ) -> None:
        more = more or {}
        given = {"client_id": client_id, "noted_at": self._moment(ago, "17:30"), "kind": kind, "effect": effect}
        given |= {"text": words, "facet": more.get("facet"), "told_by": more.get("told_by", name)}
        note = trust.note_trust(self.session, trust.NewTrustNote.model_validate(given))
        if "learned" in more:
            resolution = trust.Resolution(learned=more["learned"], on=self._day(more["on"]))
            trust.resolve_note(self.session, note, resolution)


_PARTY_FIELDS = (
    *("name", "given_name", "family_name", "prefix", "language", "job_title", "organisation"),
    *("lawful_basis", "source", "notes", "tags"),
)
_WORK_FIELDS = (
    *("title", "area", "scope_included", "scope_excluded", "assumptions", "client_duties", "fee_basis", "letter"),
    *("value_sought", "value_delivered"),
)
_ADVICE_FIELDS = ("basis", "options", "risks", "minutes", "present", "privileged", "direction")
_CARRIED = {"client_id", "engagement_id", "zone", "author", "channel", "question", "basis", "risks", "privileged"}
