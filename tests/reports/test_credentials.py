"""The statement of experience: counts of what was done, and no name of anybody who did not agree to it."""

from __future__ import annotations

import datetime as dt
import io

from pypdf import PdfReader

from db.engagements import EngagementEdit, edit_engagement
from db.experience import set_may_cite
from db.practice import Practice
from desktop.reports.family import Asked, Made, kind_of, make
from tests.db.lived import someone, worked

AT = dt.datetime.now(dt.UTC)


def told(made: Made) -> str:
    """The words on all pages."""
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.paper.pdf)).pages)


def done(practice: Practice, client: str, title: str, area: str = "Leases") -> int:
    """Work that came to its end; gives its id."""
    engagement = worked(practice, someone(practice, name=client), -90, "completed", title=title)
    practice.do(edit_engagement, engagement, EngagementEdit(area=area))
    return engagement


def statement(practice: Practice, engagement: int | None = None, language: str = "en") -> Made:
    """The statement as of now."""
    return make(practice.ask, kind_of("credentials"), Asked(AT, engagement_id=engagement, language=language))


def test_client_is_named_only_where_he_agreed(practice: Practice) -> None:
    named, silent = done(practice, "Portus", "Berth at the old quay"), done(practice, "Ada Brook", "A quiet matter")
    made = statement(practice, silent)
    assert "Portus" not in told(made)
    assert made.left_out == {"unnamed": 2}
    practice.do(set_may_cite, named, True)
    made = statement(practice, silent)
    words = told(made)
    assert "Portus" in words
    assert "Berth at the old quay" in words
    assert "Ada Brook" not in words
    assert "A quiet matter" not in words
    assert made.left_out == {"unnamed": 1}


def test_statement_is_about_work_like_the_one_asked_for_or_about_all(practice: Practice) -> None:
    lease = done(practice, "Portus", "Berth")
    done(practice, "Ada Brook", "Divorce", "Family")
    assert statement(practice, lease).facts.count == 1
    assert statement(practice).facts.count == 2
    assert "Leases" in told(statement(practice, lease))


def test_practice_without_work_says_so_in_each_language(practice: Practice) -> None:
    assert "No work of this kind" in told(statement(practice))
    assert "No work of this kind" not in told(statement(practice, language="pl"))
