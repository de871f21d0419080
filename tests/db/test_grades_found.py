"""What the grades find in a practice of which is known who is worth what: hits, misses, and no grade without ground."""

from __future__ import annotations

from db.grades import accept_grades, list_suggested
from db.portfolio import list_grades
from db.practice import Practice
from tests.db.known_worth import known_worth
from tests.db.lived import TODAY


def test_the_best_the_solid_and_the_small_are_told_apart(practice: Practice) -> None:
    worths = known_worth(practice)
    found = {row.client_id: row.suggested for row in practice.ask(list_suggested, None, TODAY)}
    expected = {
        **dict.fromkeys(worths.best, "A"),
        **dict.fromkeys(worths.solid, "B"),
        **dict.fromkeys(worths.small, "D"),
    }
    hits = sum(found.get(client) == grade for client, grade in expected.items())
    misses = {client: found.get(client) for client, grade in expected.items() if found.get(client) != grade}
    # One of the best, whose fees fell and who paid some bills late, is taken for a solid one.
    assert (hits, list(misses.values())) == (23, ["B"])
    assert set(misses) <= set(worths.best)
    # No grade is made up for those of whom nothing is known but that they came.
    assert set(found) & set(worths.new) == set()
    assert practice.do(accept_grades, list(expected)).result == 24
    told = {row.grade: (row.clients, row.fees_year > 0) for row in practice.ask(list_grades, TODAY)}
    assert told == {"A": (7, True), "B": (9, True), "D": (8, True), "": (8, False)}
