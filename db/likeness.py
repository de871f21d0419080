"""Who looks like the best clients: what those of grade A have more often than all whom we serve, as a profile."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from db.ideal import IdealProfile, Trait, Want
from db.rows import fetch
from db.sensitive import protected_trait

# Fewer best clients than these have nothing in common but chance.
BEST_NEEDED, SHARING_NEEDED = 5, 3
LIFT_NEEDED = 1.5
_HEAVIEST = 5
_SERVED = "c.standing IN ('client', 'occasional')"
_TRAITS: dict[Trait, str] = {
    "kind": "SELECT b.id, p.kind AS value FROM best b JOIN party p ON p.id = b.party_id",
    "language": "SELECT b.id, p.language AS value FROM best b JOIN party p ON p.id = b.party_id",
    "source": "SELECT b.id, p.source AS value FROM best b JOIN party p ON p.id = b.party_id",
    "area": "SELECT b.id, e.area AS value FROM best b JOIN engagement e ON e.client_id = b.id",
    "city": "SELECT b.id, a.city AS value FROM best b JOIN address a ON a.party_id = b.party_id",
    "country": "SELECT b.id, a.country AS value FROM best b JOIN address a ON a.party_id = b.party_id",
}


@dataclass(frozen=True)
class Shared:
    """A trait: how many of the best have it (`best` of `of_best`), and how many of all whom we serve."""

    trait: Trait
    value: str
    best: int
    of_best: int
    all: int
    of_all: int

    @property
    def lift(self) -> float:
        """How many times as often the best have it: (best / of best) / (all / of all)."""
        return (self.best / self.of_best) / (self.all / self.of_all)


def shared_by_best(session: Session, grade: str = "A") -> list[Shared]:
    """What clients of a grade share at least one and a half times as often as all, the clearest first.

    Empty where fewer than five have the grade; a trait counts from three of them on, and never a protected one.
    """
    count = fetch(session, f"SELECT sum(c.grade = ?), count(*) FROM client c WHERE {_SERVED}", grade)[0]
    of_best, of_all = count[0] or 0, count[1]
    if of_best < BEST_NEEDED:
        return []
    found = []
    for trait, query in _TRAITS.items():
        rows = fetch(
            session,
            f"""WITH best AS MATERIALIZED (SELECT c.id, c.party_id FROM client c WHERE {_SERVED}),
                told AS (SELECT DISTINCT id, value FROM ({query}) WHERE value <> '')
            SELECT t.value, sum(c.grade = ?), count(*) FROM told t JOIN client c ON c.id = t.id
            GROUP BY t.value HAVING sum(c.grade = ?) >= {SHARING_NEEDED}""",
            *(grade, grade),
        )
        found += [Shared(trait, value, best, of_best, all_, of_all) for value, best, all_ in rows]
    clear = [each for each in found if each.lift >= LIFT_NEEDED and protected_trait(each.value) is None]
    return sorted(clear, key=lambda each: (-each.lift, -each.best, each.trait, each.value))


def profile_of_best(session: Session, name: str, grade: str = "A") -> IdealProfile | None:
    """A profile of what the best share, of each trait the clearest; None where they share nothing.

    A trait weighs as many times as the best have it more often, at most five. `list_fits` says who looks like them.
    """
    clearest: dict[str, Shared] = {}
    for each in shared_by_best(session, grade):
        clearest.setdefault(each.trait, each)
    if not clearest:
        return None
    wants = [
        Want(trait=each.trait, value=each.value, weight=min(_HEAVIEST, round(each.lift))) for each in clearest.values()
    ]
    return IdealProfile(name=name, wants=wants)
