"""A continuation review, a decision and a change of mind, feedback, a request about data: J9, J11 and J12."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog

from tests.journeys.hands import Count, Enter


def test_review_says_whether_both_sides_go_on(hands_in: Enter, count: Count) -> None:
    """J9, an accountant."""
    hands = hands_in("accounting")
    hands.press("Ctrl+8")
    room = hands.room("reviews")
    client = room.current()
    hands.press("R")
    hands.wait(lambda: room.form is not None)
    hands.tab_to("Do they choose to go on?")
    hands.choose("Continues")
    hands.fill(
        **{"What could make them say No?": "A cheaper offer of the bank", "Their words": "You always ring back."}
    )
    hands.tab_to("Do we go on?")
    hands.choose("We continue")
    hands.fill(Next_review="in six months", Reasons="Pays, takes advice, good work.")
    first = room.form
    hands.press("Ctrl+Return")
    # The next one that is due follows at once.
    hands.wait(lambda: room.form is not None and room.form is not first)
    count("J9 continuation review", hands.split(), "both sides, what could end it, next date")
    assert hands.facts("SELECT they, we, could_say_no, their_words FROM review WHERE client_id = ?", client) == [
        ("continues", "continue", "A cheaper offer of the bank", "You always ring back.")
    ]
    ((following,),) = hands.facts("SELECT next_review_on FROM client WHERE id = ?", client)
    assert dt.date.fromisoformat(following) > dt.date.today() + dt.timedelta(days=170)
    assert room.current() not in (client, None)


def test_change_of_mind_supersedes_and_the_sheet_shows_both(
    hands_in: Enter, count: Count, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """J11, a studio."""
    hands = hands_in("design")
    pdf = tmp_path / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(pdf), ""))
    hands.go("signs for the", "Signs for the new wing")
    room = hands.room("engagements")
    hands.split()
    hands.press("Ctrl+Shift+G")
    for item, choice, who, cost, days in (
        ("Door fronts", "Oak, oiled", "Ada Lantern", "1200", "3"),
        ("Handles", "Brass", "", "", ""),
    ):
        hands.tab_to("Item")
        hands.type(item)
        hands.press("Tab")
        hands.type(choice)
        if who:
            hands.press("Tab")
            hands.type(who)
            hands.press("Tab")
            hands.type(cost)
            hands.press("Tab")
            hands.type(days)
        hands.press("Return")
    assert hands.facts("SELECT item, decided_by, cost_minor, days FROM decision ORDER BY id DESC LIMIT 2") == [
        ("Handles", "Ada Lantern", None, None),
        ("Door fronts", "Ada Lantern", 120_000, 3),
    ]
    hands.tab_to("Change of mind: Door fronts")
    hands.press("Space")
    hands.wait(lambda: room.form is not None)
    hands.fill(The_new_choice="Walnut", Why="Oak looked too light", Effect_on_the_cost="2100")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    hands.go("save the dec", "Save the decision sheet")
    hands.wait(pdf.exists)
    count("J11 decisions and a change of mind", hands.split(), "two decided, one superseded, sheet saved")
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())
    assert "Walnut" in words
    assert "Oak, oiled" in words
    assert hands.facts("SELECT choice, supersedes_id IS NULL FROM decision WHERE item = 'Door fronts' ORDER BY id") == [
        ("Oak, oiled", 1),
        ("Walnut", 0),
    ]


def test_feedback_is_acted_on_told_and_thanked(hands_in: Enter, count: Count) -> None:
    """J12, a design studio: what was said, what is done, that they were told, who is thanked."""
    hands = hands_in("design")
    hands.press("Ctrl+6")
    room = hands.room("insight")
    hands.press("Ctrl+N")
    hands.wait(lambda: room.form is not None)
    hands.type("The drawings came late, but the idea is ours now.")
    hands.fill(Client="Lantern")
    hands.press("Tab")
    hands.tab_to("Score for")
    hands.press("Down")
    hands.fill(Score="9")
    hands.fill(Themes="Punctuality")
    hands.press("Return")
    hands.fill(What_we_do_about_it="A plan of dates with each project", Until="in two weeks")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    hands.press("D")
    hands.press("T")
    hands.wait(lambda: room.form is not None)
    hands.fill(How_we_told="at the meeting")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    ((heard, said, score),) = hands.facts("SELECT id, verbatim, score FROM insight ORDER BY id DESC LIMIT 1")
    assert (said, score) == ("The drawings came late, but the idea is ours now.", 9)
    assert hands.facts("SELECT what, done_on, told_on, told_how FROM insight_action WHERE insight_id = ?", heard) == [
        ("A plan of dates with each project", *[str(dt.date.today())] * 2, "at the meeting")
    ]
    assert hands.facts("SELECT name FROM insight_theme WHERE insight_id = ?", heard) == [("Punctuality",)]
    count("J12 feedback, acted on and told", hands.split(), "their words, score, theme, action, done, told")

    hands.press("Ctrl+7")
    room = hands.room("referrals")
    assert room.tabs.current() == "owed"
    owed = room.row()
    hands.press("T")
    hands.wait(lambda: room.form is not None)
    hands.type("a card by hand")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    count("J12 thanks for a referral", hands.split(), "the first that is owed, and how")
    assert hands.facts("SELECT thanked_how, thanked_on FROM referral WHERE sent_id = ?", owed.sent_id) == [
        ("a card by hand", str(dt.date.today()))
    ]


def test_request_for_access_is_answered_with_a_pack(
    hands_in: Enter, count: Count, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """J12, a lawyer: the clock, who asks, record by record, the pack, the end."""
    hands = hands_in("law")
    path = tmp_path / "Data.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    hands.go("Requests")
    room = hands.room("privacy")
    hands.press("Ctrl+N")
    hands.wait(lambda: room.form is not None)
    hands.type("Iñaki Larrea")
    hands.fill(How_it_came="by e-mail", In_their_words="What do you hold on me?")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    hands.press("V")
    hands.wait(lambda: room.form is not None)
    hands.type("passport seen")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    hands.press("R")
    hands.wait(lambda: not room.items._looking)
    hands.press("A")
    for _step in range(60):
        if all(item.decision for item in room.items._items):
            break
        hands.press("Shift+W")
        hands.wait(lambda: room.form is not None)
        hands.press("Ctrl+Return")
        hands.wait(lambda: room.form is None)
    assert all(item.decision for item in room.items._items)
    hands.press("Esc")
    hands.press("P")
    hands.wait(path.exists)
    hands.press("C")
    hands.wait(lambda: room.form is not None)
    hands.fill(What_was_told_to_the_person="The pack, and why three records stay.")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    count("J12 a request about data", hands.split(), "clock, identity, every record decided, pack, closed")
    ((kind, verified, closed, outcome),) = hands.facts(
        "SELECT kind, verified_on, closed_on, outcome FROM rights_request ORDER BY id DESC LIMIT 1"
    )
    assert (kind, verified, closed) == ("access", *[str(dt.date.today())] * 2)
    assert outcome == "partly: The pack, and why three records stay."
    withheld = [item for item in room.items._items if item.decision == "withheld"]
    assert {item.noun for item in withheld} >= {"trust_note"}
    with zipfile.ZipFile(path) as zipped:
        pack = "".join(zipped.read(name).decode("utf-8-sig") for name in zipped.namelist())
    assert "Iñaki" in pack
    secrets = hands.facts(
        "SELECT n.text FROM trust_note n JOIN client c ON c.id = n.client_id JOIN party p ON p.id = c.party_id"
        " WHERE n.kind = 'confidence' AND p.name = 'Iñaki Larrea'"
    )
    assert secrets
    assert not [secret for (secret,) in secrets if secret in pack]
