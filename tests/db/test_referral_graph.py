"""The graph of referrals: who sent whom, what came of it, each once, also where people sent each other in a circle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from db.fees import NewFee, add_fee
from db.practice import Practice
from db.referral_graph import _lines, list_senders, referral_graph
from db.referrals import NewReferral, Thanks, add_referral, thank_for_referral
from tests.db.lived import day, did, someone
from tests.db.made import value


def party(practice: Practice, client: int) -> int:
    """The party of a client."""
    return int(str(value(practice, "SELECT party_id FROM client WHERE id = ?", client)))


def sent(practice: Practice, sender: int, *names: str, fee: int = 1000, on: int = -30) -> list[int]:
    """Clients sent by a party, each billed a fee; gives their parties."""
    found = []
    for name in names:
        client = someone(practice, "client", name)
        practice.do(add_fee, NewFee(client_id=client, amount_minor=fee, charged_on=day(-20)))
        found.append(party(practice, client))
        new = NewReferral(direction="in", sent_id=found[-1], from_id=sender, referred_on=day(on))
        practice.do(add_referral, new)
    return found


def test_sender_is_told_with_what_came_of_him_and_of_his_line(practice: Practice) -> None:
    root = party(practice, someone(practice, "client", "Root"))
    one, _two = sent(practice, root, "One", "Two")
    sent(practice, one, "Three", fee=5000)
    first, second = practice.ask(list_senders)
    assert (first.name, first.sent, first.became, first.fees_minor) == ("Root", 2, 2, 2000)
    assert (first.line, first.line_fees_minor, first.owed) == (3, 7000, 2)
    assert (second.name, second.fees_minor, second.line_fees_minor) == ("One", 5000, 5000)
    assert practice.ask(list_senders, None, one) == [second]


def test_who_was_sent_later_was_not_sent_yet(practice: Practice) -> None:
    sent(practice, party(practice, someone(practice)), "One", on=-5)
    assert practice.ask(list_senders, day(-6)) == []
    assert len(practice.ask(list_senders, day(-5))) == 1


def test_thanks_are_owed_until_their_day(practice: Practice) -> None:
    sent(practice, party(practice, someone(practice)), "One")
    practice.do(thank_for_referral, 1, Thanks(how="A card", on=day(-2)))
    assert practice.ask(list_senders)[0].owed == 0
    assert practice.ask(list_senders, day(-3))[0].owed == 1


def test_graph_is_walked_up_and_down_and_says_what_is_out_of_view(practice: Practice) -> None:
    root = party(practice, someone(practice, "client", "Root"))
    (one,) = sent(practice, root, "One")
    (two,) = sent(practice, one, "Two")
    sent(practice, two, "Three")
    graph = practice.ask(referral_graph, one, generations=1)
    assert [(node.name, node.generation) for node in graph.nodes] == [("Root", -1), ("One", 0), ("Two", 1)]
    assert [(edge.from_id, edge.sent_id) for edge in graph.edges] == [(root, one), (one, two)]
    assert {node.name: node.further for node in graph.nodes} == {"Root": 0, "One": 0, "Two": 1}
    assert len(practice.ask(referral_graph, one).nodes) == 4
    assert len(practice.ask(referral_graph, one, most=2).nodes) == 2


def test_circle_is_harmless(practice: Practice) -> None:
    root = party(practice, someone(practice, "client", "Root"))
    (one,) = sent(practice, root, "One")
    did(practice, add_referral, NewReferral(direction="in", sent_id=root, from_id=one, referred_on=day(-10)))
    told = {row.name: row for row in practice.ask(list_senders)}
    assert told.keys() == {"Root", "One"}
    # One of the two referrals closes the circle, and counts for nobody's line.
    assert sorted(row.line for row in told.values()) == [0, 1]
    assert {node.name for node in practice.ask(referral_graph, root).nodes} == {"Root", "One"}


people = st.integers(1, 12)


@given(st.dictionaries(people, people, max_size=12), st.dictionaries(people, st.integers(0, 900), max_size=12))
def test_nobody_counts_twice_whoever_sent_whom(first: dict[int, int], fees: dict[int, int]) -> None:
    first = {sent: sender for sent, sender in first.items() if sent != sender}
    lines = _lines(first, fees)
    for who, (count, brought) in lines.items():
        assert count <= len(first)
        assert 0 <= brought <= sum(fees.values()), who
    roots = {who for who in {*first, *first.values()} if who not in first}
    assert sum(lines[who][0] for who in roots if who in lines) <= len(first)
    if all(_top(first, who) in roots for who in first):
        # Where there is no circle, all that was sent is in exactly one line from its top.
        assert sum(lines[who][1] for who in roots if who in lines) == sum(fees.get(who, 0) for who in first)


def _top(first: dict[int, int], who: int) -> int:
    for _step in range(len(first) + 1):
        if who not in first:
            return who
        who = first[who]
    return -1
