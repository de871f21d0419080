"""Any order of verbs, undoings and redoings leaves at each point what stood there before, and a history that holds."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from db import client_bulk, clients, deadlines, engagements, followups, insights, referrals, reviews, scope, set_aside
from db import tags as tag_verbs
from db.clients import ClientEdit, NewClient
from db.deadlines import NewDeadline
from db.engagements import NewEngagement, NewStage
from db.errors import Refused
from db.exchange.content import content_digest
from db.followups import NewFollowUp
from db.insights import NewInsight
from db.parties import NewParty
from db.practice import Practice
from db.referrals import NewReferral
from db.reviews import NewReview
from db.scope import NewOutOfScope
from db.set_aside import NewSetAside
from db.trust import NewPromise, Settling, add_promise, keep_promise
from db.words import Stage
from tests.db.made import misplaced

TODAY = dt.date.today()
STAGES: tuple[Stage, ...] = ("enquiry", "active", "on hold")
VERBS: dict[str, Callable[[Practice, int, int], object]] = {
    "client": lambda p, at, n: p.do(
        clients.add_client, NewClient(party=NewParty(name=f"Client {n}", tags=["port"]), standing="client")
    ),
    "edit": lambda p, at, n: p.do(clients.edit_client, at, ClientEdit(valued=f"Plain words {n}")),
    "engagement": lambda p, at, n: p.do(engagements.add_engagement, NewEngagement(client_id=at, title=f"Work {n}")),
    "stage": lambda p, at, n: p.do(engagements.change_stage, at, NewStage(stage=STAGES[n % 3])),
    "deadline": lambda p, at, n: p.do(
        deadlines.add_deadline, NewDeadline(engagement_id=at, kind="filing", falls_on=TODAY, what=f"File {n}")
    ),
    "outside": lambda p, at, n: p.do(
        scope.log_out_of_scope, NewOutOfScope(engagement_id=at, what=f"Asked {n}", handling="goodwill")
    ),
    "promise": lambda p, at, n: p.do(add_promise, NewPromise(client_id=at, text=f"Send {n}", due_on=TODAY)),
    "keep": lambda p, at, n: p.do(keep_promise, at, Settling()),
    "follow-up": lambda p, at, n: p.do(
        followups.add_follow_up, NewFollowUp(client_id=at, due_on=TODAY, what=f"Ring {n}")
    ),
    "insight": lambda p, at, n: p.do(
        insights.record_insight, NewInsight(client_id=at, kind="praise", verbatim=f"Good {n}", themes=("tone",))
    ),
    "review": lambda p, at, n: p.do(reviews.hold_review, NewReview(client_id=at, they="continues", we="continue")),
    "referral": lambda p, at, n: p.do(
        referrals.add_referral, NewReferral(direction="in", sent_id=at, from_id=at % 3 + 1, what_for=f"Work {n}")
    ),
    "aside": lambda p, at, n: p.do(
        set_aside.drop_row, NewSetAside(noun="client", record_id=at, kind="quiet", why=f"Away {n}")
    ),
    "tag": lambda p, at, n: p.do(client_bulk.tag_clients, [at], f"tag {n % 2}"),
    "rename tag": lambda p, at, n: p.do(tag_verbs.rename_tag, f"tag {n % 2}", "port"),
    "delete": lambda p, at, n: p.do(clients.delete_client, at),
}


class Undoing(RuleBasedStateMachine):
    """Keeps beside the practice what its content was before each step that can be taken back or done again."""

    file: Path

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(prefix="cliens-undo-"))
        # What this computer remembers of the course before would say that this copy is an older one.
        os.environ["CLIENS_HOME"] = str(self._folder / "home")
        path = Path(shutil.copy(self.file, self._folder / "practice.cliens"))
        self.practice = Practice.open_with(path, None, who="Tess", backup=False)
        self.past: list[str] = []
        self.ahead: list[str] = []
        self.now = self.practice.ask(content_digest)
        self._made = 0

    @rule(verb=st.sampled_from(sorted(VERBS)), at=st.integers(1, 3))
    def act(self, verb: str, at: int) -> None:
        """Do a verb; what it refuses has changed nothing."""
        self._made += 1
        try:
            done: Any = VERBS[verb](self.practice, at, self._made)
        except Refused:
            return
        if done.step:
            self.past.append(self.now)
            self.ahead.clear()
            self.now = self.practice.ask(content_digest)

    @rule()
    def undo(self) -> None:
        """Take the latest back."""
        if self.past:
            self.practice.undo()
            self.ahead.append(self.now)
            self.now = self.past.pop()

    @rule()
    def redo(self) -> None:
        """Bring the latest undone back."""
        if self.ahead:
            self.practice.redo()
            self.past.append(self.now)
            self.now = self.ahead.pop()

    @invariant()
    def stands(self) -> None:
        """The content is what the course of steps says, and everything stands in the order of its name."""
        assert self.practice.ask(content_digest) == self.now
        assert misplaced(self.practice) == []

    def teardown(self) -> None:
        """The history holds at the end of every course."""
        problems = self.practice.check().problems
        self.practice.close()
        shutil.rmtree(self._folder)
        assert problems == []


def test_any_course_of_verbs_undoings_and_redoings_holds(empty_file: Path) -> None:
    made = type("Course", (Undoing,), {"file": empty_file})
    quiet = settings(max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(made, settings=quiet)
