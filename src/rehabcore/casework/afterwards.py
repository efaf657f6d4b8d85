"""Answers of programmes once the person has left custody, or once the sentence is over."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from rehabcore.care.release_days import ReleaseDay
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.programs import Offer
from rehabcore.questions import CaseFacts
from rehabcore.rules.criteria import Asked, Criterion, comparisons
from rehabcore.rules.facts import Cell, Known, Unknown
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.judging.proving import judge_all
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.vocabulary import ProgramId, Setting

MOST_RULES_OF_STATUS = 4_096
"""For how many rules it is kept whether they ask for the legal status."""
LOOK_AHEAD = Term(years=2)
"""How far ahead a plan looks: about as long as the longest programmes take."""


def outside(
    facts: CaseFacts,
    jurisdiction: Jurisdiction,
    offers: tuple[Offer, ...],
    release: ReleaseDay,
    *,
    on: date,
) -> tuple[Offer, ...]:
    """The answers on the day of release, by its law, of what is closed to a person in custody.

    All else is taken as it is known today. None if the release is further ahead than a plan looks.

    Args:
        facts: what the case file tells.
        jurisdiction: the country.
        offers: the answers of today.
        release: the release that lies ahead.
        on: today.
    """
    gate, rules = last_of(release.day), jurisdiction.admissions_on_any_day
    if not on <= gate <= LOOK_AHEAD.after(on):
        return ()
    closed = [offer.program_id for offer in offers if offer.answer is Answer.NOT_MET]
    cells = _but_for(facts.on(on), _known_outside(facts, jurisdiction, release, on))
    judged = judge_all([rules[own] for own in closed], cells, on=gate)
    return tuple(
        Offer(program_id=own, verdict=verdict) for own, verdict in zip(closed, judged, strict=True)
    )


def bound(
    facts: CaseFacts, jurisdiction: Jurisdiction, offers: tuple[Offer, ...], end: Day, *, on: date
) -> frozenset[ProgramId]:
    """The programmes that are open now, and of which that is not sure once the sentence is over.

    None if its end is further ahead than a plan looks.

    Args:
        facts: what the case file tells.
        jurisdiction: the country.
        offers: the answers of today.
        end: the end of the sentence.
        on: today.
    """
    rules = jurisdiction.admissions_on_any_day
    if not on < first_of(end) <= LOOK_AHEAD.after(on):
        return frozenset()
    # All that ask are judged, so that the next person finds the same rules prepared.
    asking = [own for own, rule in rules.items() if _asks_status(rule)]
    open_now = {offer.program_id for offer in offers if offer.answer is Answer.MET}
    cells = _but_for(facts.on(on), {"legal_status": Unknown(UnknownKind.MISSING)})
    judged = judge_all([rules[own] for own in asking], cells, on=on)
    told = zip(asking, judged, strict=True)
    unsure = frozenset(own for own, verdict in told if verdict.answer is not Answer.MET)
    return unsure & open_now


def _but_for(cells: Cells, others: Mapping[str, Cell]) -> Cells:
    """The cells of a day, but for some facts."""

    def cell(asked: Asked) -> Cell:
        return others.get(asked.fact.name) or cells(asked)

    return cell


def _known_outside(
    facts: CaseFacts, jurisdiction: Jurisdiction, release: ReleaseDay, on: date
) -> dict[str, Cell]:
    """The facts that a release makes known: where the person lives, and the legal status."""
    (view,) = facts.views(on=on)
    evidence = () if release.transition is None else (release.transition,)
    moves = {one.move for one in view.transitions if one.filed.record_id == release.transition}
    told = [one.status_to for one in jurisdiction.moves if one.move_id in moves]
    status = told[0] if told else None
    return {
        "setting": Known(Setting.COMMUNITY.value, evidence=evidence),
        "former_prisoner": Known(True, evidence=evidence),
        "legal_status": Unknown(UnknownKind.MISSING)
        if status is None
        else Known(status.value, evidence=evidence),
    }


@lru_cache(maxsize=MOST_RULES_OF_STATUS)
def _asks_status(rule: Criterion) -> bool:
    """Whether a rule asks for the legal status."""
    return any(compare.asked.fact.name == "legal_status" for compare in comparisons(rule))
