"""A prospect calls, is declined, or becomes a client: jobs J1 to J3, by keyboard alone."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from pypdf import PdfReader

from db.attachments import read_attachment
from db.conflicts import check_names
from tests.journeys.hands import Count, Enter, Hands

CALL = (
    "Rosa Benedetti; opponent: Iñaki Larea; related: Quay Nine Ltd; phone: +34 600 100 200; "
    "need: Her deposit is not paid back; from: Zofia Kamińska"
)


def letter_words(hands: Hands, about: str) -> str:
    """The words of the one letter that is kept with a client, as its PDF says them."""
    ((number,),) = hands.facts(
        "SELECT a.id FROM attachment a JOIN client c ON c.id = a.client_id JOIN party p ON p.id = c.party_id"
        " WHERE p.name = ? AND a.name LIKE '%.pdf'",
        about,
    )
    content = hands.desk.ask(lambda session: b"".join(read_attachment(session, number)))
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def prospect_calls(hands: Hands) -> Any:
    """Everything of the call up to its last key; gives the window it is written in."""
    hands.press("Ctrl+Shift+N")
    window = hands.opened("EnquiryWindow")
    hands.type(CALL)
    hands.wait(window.verdict.is_settled)
    hands.fill(I_promise="Call back with a first view", By_when="Thursday")
    return window


def test_prospects_call_is_a_checked_enquiry_before_he_hangs_up(hands_in: Enter, count: Count) -> None:
    """J1, a lawyer."""
    hands = hands_in("law")
    window = prospect_calls(hands)
    told = {name.name: name.verdict for name in window.verdict.result.names}
    assert told == {"Rosa Benedetti": "clear", "Iñaki Larea": "stop", "Quay Nine Ltd": "clear"}
    assert window.verdict.result.names[1].hits[0].party == "Iñaki Larrea"
    hands.press("Ctrl+Return")
    hands.wait(lambda: hands.front() is hands.app.window)
    keys = hands.split()
    count("J1 a prospect calls", keys, "enquiry, check, referrer and promise in one step")
    assert keys <= 25
    ((client, need, standing),) = hands.facts(
        "SELECT c.id, c.need, c.standing FROM client c JOIN party p ON p.id = c.party_id WHERE p.name = ?",
        "Rosa Benedetti",
    )
    assert (need, standing) == ("Her deposit is not paid back", "enquiry")
    ((text, due),) = hands.facts("SELECT text, due_on FROM promise WHERE client_id = ?", client)
    assert text == "Call back with a first view"
    assert dt.date.fromisoformat(due).weekday() == 3
    ((verdict, decision, names),) = hands.facts(
        "SELECT verdict, decision, names FROM conflict_check ORDER BY id DESC LIMIT 1"
    )
    assert (verdict, decision) == ("stop", "open")
    assert "Rosa Benedetti" in names
    assert hands.facts(
        "SELECT s.name FROM client c JOIN party s ON s.id = c.referred_by_id WHERE c.id = ?", client
    ) == [("Zofia Kamińska",)]
    hands.press("Ctrl+Z")
    hands.wait(lambda: not hands.facts("SELECT 1 FROM party WHERE name = 'Rosa Benedetti'"))


def test_declining_leaves_a_letter_a_date_and_the_name_in_every_check(hands_in: Enter, count: Count) -> None:
    """J2, a lawyer: the enquiry is on file already."""
    hands = hands_in("law")
    prospect_calls(hands)
    hands.press("Ctrl+Return")
    hands.wait(lambda: hands.front() is hands.app.window)
    hands.split()
    hands.go("rosa b", "Rosa Benedetti")
    assert hands.room("clients").current_client()
    hands.press("Alt+D")
    hands.opened("DeclineWindow")
    hands.choose("Conflict of interest")
    hands.fill(**{"Sent_on_(empty:_not_yet)": "today"})
    hands.press("Ctrl+Return")
    hands.wait(lambda: hands.front() is hands.app.window)
    count("J2 decline safely", hands.split(), "reason, letter with its warning, sent, kept until")
    ((_client, standing, until),) = hands.facts(
        "SELECT c.id, c.standing, c.retain_until FROM client c JOIN party p ON p.id = c.party_id WHERE p.name = ?",
        "Rosa Benedetti",
    )
    assert standing == "declined"
    assert dt.date.fromisoformat(until) > dt.date.today()
    words = letter_words(hands, "Rosa Benedetti")
    assert "time limit" in words.lower()
    result = hands.desk.ask(check_names, ["Quay Nine Limited", "Rosa Beneditti"])
    assert [name.hits[0].party for name in result.names] == ["Quay Nine Ltd", "Rosa Benedetti"]


def test_enquiry_becomes_a_client_and_nothing_is_typed_twice(hands_in: Enter, count: Count) -> None:
    """J3, an accountant: the enquiry of a greengrocer about a till."""
    hands = hands_in("accounting")
    hands.go("warzy", "Warzywniak u Sąsiada")
    hands.press("Alt+T")
    window = hands.opened("TakeOnWindow")
    assert hands.focused() == "Decides"
    hands.type("Wanda Gzik")
    hands.fill(Pays="Wanda Gzik", Uses="Hubert Gzik")
    hands.press("Alt+Y")
    assert window.fields.checked.text() == "Nothing speaks against it."
    assert window.form.fields["title"].value() == "Till and VAT"
    assert hands.focused() == "From a template"
    hands.choose("Monthly bookkeeping and payroll")
    hands.fill(Amount="900")
    hands.press("Alt+L")
    hands.choose("Sent")
    hands.press("Ctrl+Return")
    hands.wait(lambda: hands.front() is hands.app.window)
    keys = hands.split()
    ((client, standing),) = hands.facts(
        "SELECT c.id, c.standing FROM client c JOIN party p ON p.id = c.party_id WHERE p.name = ?",
        "Warzywniak u Sąsiada",
    )
    assert standing == "client"
    ((work, included, duties, fee, review, letter),) = hands.facts(
        "SELECT id, scope_included, client_duties, fee_minor, next_review_on, letter FROM engagement"
        " WHERE client_id = ? AND title = 'Till and VAT'",
        client,
    )
    assert included
    assert duties
    assert (fee, letter) == (90_000, "sent")
    assert dt.date.fromisoformat(review) > dt.date.today()
    roles = hands.facts(
        "SELECT r.kind, p.name FROM role r JOIN party p ON p.id = r.party_id WHERE r.engagement_id = ?", work
    )
    assert {("decides", "Wanda Gzik"), ("pays", "Wanda Gzik"), ("uses", "Hubert Gzik")} <= set(roles)
    assert hands.facts(
        "SELECT DISTINCT integrity, competence, independence, fee, identity FROM acceptance WHERE client_id = ?", client
    ) == [("yes",) * 5]
    assert "900" in letter_words(hands, "Warzywniak u Sąsiada")

    # The alarm runs until the letter is signed.
    hands.press("Ctrl+1")
    today = hands.room("today")
    hands.wait(lambda: not today.is_reading() and work in [row.about_id for row in today.kinds["letter"].rows])
    hands.split()
    hands.go("till", "Till and VAT")
    hands.room("engagements")
    hands.go("letter signed", "Letter signed today")
    hands.wait(lambda: hands.facts("SELECT letter FROM engagement WHERE id = ?", work) == [("signed",)])
    keys += hands.split()
    count("J3 enquiry becomes client", keys, "roles, checklist, template, fee, letter sent and signed")
    hands.press("Ctrl+1")
    hands.wait(lambda: not today.is_reading() and work not in [row.about_id for row in today.kinds["letter"].rows])
