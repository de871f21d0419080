"""The conflict check: whom a name may be among all the practice ever met, and what was decided on it."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlmodel import Session

from db.conflict_roles import NO_ROLE, Known, roles_of
from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional
from db.known_names import find_known
from db.matching import LEAST_SCORE, Reason
from db.names import tokens
from db.rows import among, fetch, get, scalar
from db.tables import Client, ConflictCheck, Engagement
from db.words import REVERSE_LINK, ConflictDecision, Verdict

STRONG_SCORE = 85
MOST_HITS = 50
MOST_NAMES = 1_000
# A link of these kinds joins interests; any other only says that the two know each other.
_CLOSE_LINKS = frozenset(
    {"spouse", "partner", "director of", "directed by", "owns", "owned by", "parent company of", "subsidiary of"}
)
_CLOSE_POINTS, _LOOSE_POINTS, _LINK_STEPS = 12, 20, 2
_NAME_REASONS = {
    "former": "former-name",
    "maiden": "maiden-name",
    "trading": "trading-name",
    "nickname": "nickname",
    "script": "other-script",
    "other": "other-name",
}


@dataclass(frozen=True)
class ConflictHit:
    """A party that may be the one asked for; `matched` is the name that matched, `where` its engagement ('' none).

    `role` is a kind of role, or client, linked, known; `status` open or closed by that engagement ('' none);
    `standing` the client's, if it is one; `met_on` the day the party was entered; `conflict` says whether this hit
    alone makes the verdict 'stop'.
    """

    party: str
    party_id: int
    matched: str
    score: int
    why: tuple[Reason, ...]
    role: str
    where: str
    status: str
    standing: str
    client_id: int | None
    engagement_id: int | None
    met_on: str
    conflict: bool


@dataclass(frozen=True)
class NameResult:
    """What is known of one name: the gravest hits first; `left_off` counts those that were not listed."""

    name: str
    verdict: Verdict
    hits: tuple[ConflictHit, ...]
    left_off: int = 0


@dataclass(frozen=True)
class ConflictResult:
    """A check of several names against `universe` names, in `took_ms` milliseconds."""

    universe: int
    took_ms: float
    names: tuple[NameResult, ...]

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict of all names."""
        found = {name.verdict for name in self.names}
        return "stop" if "stop" in found else "look" if "look" in found else "clear"


class NewConflictCheck(Input):
    """A check to be kept: the names, what was decided, why, and what it was for."""

    names: list[str]
    decision: ConflictDecision
    reason: Optional = ""
    client_id: int | None = None
    engagement_id: int | None = None


@dataclass(frozen=True)
class CheckRow:
    """A conflict check as it was kept."""

    id: int
    checked_at: dt.datetime
    checked_by: str
    names: tuple[str, ...]
    universe: int
    verdict: Verdict
    decision: str
    reason: str
    client_id: int | None
    engagement_id: int | None


@dataclass(frozen=True)
class CheckPage:
    """A kept check with all that it found then."""

    row: CheckRow
    result: ConflictResult


@dataclass(frozen=True)
class _Candidate:
    party_id: int
    matched: str
    score: int
    why: tuple[Reason, ...]
    linked: bool = False


# ---------------------------------------------------------------------- checking


def check_names(session: Session, names: list[str]) -> ConflictResult:
    """Search every name ever met; 'stop' is a strong match with an opponent in open work or with a present client.

    Raises `Refused`: required (no name), not-a-name (nothing in it can be compared), too-many.
    """
    began = time.perf_counter()
    wanted = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    if not wanted:
        raise Refused("required", "names")
    if len(wanted) > MOST_NAMES:
        raise Refused("too-many", "names", most=MOST_NAMES)
    for name in wanted:
        if not tokens(name):
            raise Refused("not-a-name", "names", value=name)
    universe, found = find_known(session, wanted)
    results = []
    for name, matches in zip(wanted, found, strict=True):
        direct = _best_by_party(name, matches)
        candidates = _with_links(session, direct)
        results.append(_judged(session, name, candidates))
    return ConflictResult(universe, round((time.perf_counter() - began) * 1000, 1), tuple(results))


def without_party(result: ConflictResult, party_id: int) -> ConflictResult:
    """The same check without one party's own matches: whoever calls is no conflict with himself."""
    names = []
    for name in result.names:
        hits = tuple(hit for hit in name.hits if hit.party_id != party_id)
        verdict: Verdict = "stop" if any(hit.conflict for hit in hits) else "look" if hits or name.left_off else "clear"
        names.append(replace(name, hits=hits, verdict=verdict))
    return replace(result, names=tuple(names))


def _best_by_party(name: str, matches: list[tuple[Any, Any]]) -> dict[int, _Candidate]:
    best: dict[int, _Candidate] = {}
    for known, match in matches:
        why = tuple(
            replace(reason, said=_typed(reason.said, name), found=_typed(reason.found, known.text))
            for reason in match.reasons
        )
        score = match.score
        if known.kind == "employer":
            score -= _CLOSE_POINTS
            why = (Reason("works-at", _CLOSE_POINTS, found=known.text), *_costly(why))
        elif known.kind:
            why = (Reason(_NAME_REASONS.get(known.kind, "other-name")), *_costly(why))
        old = best.get(known.party_id)
        if score >= LEAST_SCORE and (old is None or score > old.score):
            best[known.party_id] = _Candidate(known.party_id, known.text, score, why, known.kind == "employer")
    return best


def _costly(why: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(reason for reason in why if reason.points or reason.code == "other-script")


def _typed(words: str, text: str) -> str:
    """Folded words as they stand in the typed text."""
    typed = {"".join(tokens(part)): part for part in re.split(r"[\s,\-–/]+", text)}
    return " ".join(typed.get(word, word) for word in words.split())


def _with_links(session: Session, direct: dict[int, _Candidate]) -> list[_Candidate]:
    """The matches and those who are linked to a strong one, up to two steps away."""
    reached = dict(direct)
    edge = {party: one for party, one in direct.items() if one.score >= STRONG_SCORE and not one.linked}
    for _ in range(_LINK_STEPS):
        following: dict[int, _Candidate] = {}
        for near, far, kind, near_name, far_name in _links(session, list(edge)):
            points = _CLOSE_POINTS if kind in _CLOSE_LINKS else _LOOSE_POINTS
            score = edge[near].score - points
            if score >= LEAST_SCORE and (far not in reached or reached[far].score < score):
                why = (Reason("linked", points, kind, near_name), *_costly(edge[near].why))
                reached[far] = following[far] = _Candidate(far, far_name, score, why, linked=True)
        edge = following
    return list(reached.values())


def _links(session: Session, parties: list[int]) -> list[tuple[int, int, str, str, str]]:
    """The links of parties: near id, far id, what the far one is to the near one, both names."""
    if not parties:
        return []
    some = among(parties)
    rows = fetch(
        session,
        f"""SELECT l.from_id, l.to_id, l.kind, f.name, t.name FROM party_link l
            JOIN party f ON f.id = l.from_id JOIN party t ON t.id = l.to_id
            WHERE l.from_id IN ({some}) OR l.to_id IN ({some})""",
    )
    near = set(parties)
    ends = []
    for source, target, kind, source_name, target_name in rows:
        if target in near:
            ends.append((target, source, kind, target_name, source_name))
        if source in near:
            ends.append((source, target, REVERSE_LINK.get(kind, "other"), source_name, target_name))
    return ends


def _judged(session: Session, name: str, candidates: list[_Candidate]) -> NameResult:
    if not candidates:
        return NameResult(name, "clear", ())
    roles = roles_of(session, [one.party_id for one in candidates])
    # A party that an erasure or an undo took away since the index was read has no row any more.
    pairs = [(one, roles[one.party_id]) for one in candidates if one.party_id in roles]

    hits = sorted((_hit(*pair) for pair in pairs), key=lambda hit: (not hit.conflict, -hit.score, hit.party))
    verdict: Verdict = "stop" if any(hit.conflict for hit in hits) else "look" if hits else "clear"
    return NameResult(name, verdict, tuple(hits[:MOST_HITS]), max(0, len(hits) - MOST_HITS))


def _hit(one: _Candidate, known: Known) -> ConflictHit:
    return ConflictHit(
        party=known.party,
        party_id=one.party_id,
        matched=one.matched,
        score=one.score,
        why=one.why,
        role="linked" if one.linked and known.role == NO_ROLE else known.role,
        where=known.where,
        status=known.status,
        standing=known.standing,
        client_id=known.client_id,
        engagement_id=known.engagement_id,
        met_on=known.met_on,
        conflict=one.score >= STRONG_SCORE and known.opposed,
    )


# ---------------------------------------------------------------------- deciding


def record_decision(session: Session, new: NewConflictCheck, checked_by: str) -> int:
    """Check anew and keep what was found with the decision; a decision on anything but 'clear' needs its reason."""
    if new.client_id is not None:
        get(session, Client, new.client_id, "client_id")
    client_id = new.client_id
    if new.engagement_id is not None:
        engagement = get(session, Engagement, new.engagement_id, "engagement_id")
        client_id = client_id or engagement.client_id
        if client_id != engagement.client_id:
            raise Refused("other-clients-engagement", "engagement_id", title=engagement.title)
    result = check_names(session, new.names)
    if result.verdict != "clear" and not new.reason:
        raise Refused("required", "reason")
    told = (new.decision, new.reason, checked_by)
    return keep_check(session, result, *told, client_id=client_id, engagement_id=new.engagement_id)


def keep_check(
    session: Session,
    result: ConflictResult,
    decision: str,
    reason: str,
    checked_by: str,
    *,
    client_id: int | None = None,
    engagement_id: int | None = None,
) -> int:
    """Keep what a check found; the decision 'open' is one still to be taken. Gives the id."""
    check = ConflictCheck(
        checked_at=dt.datetime.now(dt.UTC),
        checked_by=checked_by,
        names="\n".join(name.name for name in result.names),
        universe=result.universe,
        results=json.dumps(asdict(result), ensure_ascii=False),
        verdict=result.verdict,
        decision=decision,
        reason=reason,
        client_id=client_id,
        engagement_id=engagement_id,
    )
    session.add(check)
    session.flush()
    about(session, ", ".join(name.name for name in result.names))
    assert check.id is not None
    return check.id


# The check of a first enquiry names no client, because it came before him: it is his by their common step.
CHECKS_OF_ENQUIRY = """SELECT k.row_id FROM change c JOIN step s ON s.id = c.step_id AND s.verb = 'log_enquiry'
    JOIN change k ON k.step_id = c.step_id AND +k.noun = 'conflict_check'
    WHERE c.noun = 'client' AND c.row_id = ?1 AND c.kind = 'insert'"""
_WHO_ASKED = """SELECT c.row_id FROM change k JOIN step s ON s.id = k.step_id AND s.verb = 'log_enquiry'
    JOIN change c ON c.step_id = k.step_id AND +c.noun = 'client' AND c.kind = 'insert'
    JOIN client l ON l.id = c.row_id WHERE k.noun = 'conflict_check' AND k.row_id = ?"""
_ROW = (
    "SELECT id, checked_at, checked_by, names, universe, verdict, decision, reason, client_id, engagement_id"
    " FROM conflict_check "
)


def list_checks(session: Session, limit: int = 50, client_id: int | None = None) -> list[CheckRow]:
    """The latest checks that were kept, newest first; with `client_id` only those for that client."""
    rows = fetch(
        session,
        _ROW + f"WHERE withdrawn_at IS NULL AND (?1 IS NULL OR client_id = ?1 OR id IN ({CHECKS_OF_ENQUIRY}))"
        " ORDER BY id DESC LIMIT ?2",
        client_id,
        limit,
    )
    return [_row(row) for row in rows]


def get_check(session: Session, check_id: int) -> CheckPage:
    """One kept check with what it found; refuses an id that there is not."""
    get(session, ConflictCheck, check_id)
    row = fetch(session, _ROW + "WHERE id = ?", check_id)[0]
    told = fetch(session, "SELECT results FROM conflict_check WHERE id = ?", check_id)[0][0]
    kept = _row(row)
    if kept.client_id is None:
        kept = replace(kept, client_id=scalar(session, _WHO_ASKED, check_id))
    return CheckPage(kept, _result(json.loads(told)))


def _row(row: Any) -> CheckRow:
    number, at, by, names, *rest = row
    moment = dt.datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
    return CheckRow(number, moment, by, tuple(names.split("\n")), *rest)


def _result(told: dict[str, Any]) -> ConflictResult:
    names = []
    for name in told["names"]:
        hits = [ConflictHit(**{**hit, "why": tuple(Reason(**reason) for reason in hit["why"])}) for hit in name["hits"]]
        names.append(NameResult(name["name"], name["verdict"], tuple(hits), name["left_off"]))
    return ConflictResult(told["universe"], told["took_ms"], tuple(names))
