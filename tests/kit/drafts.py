"""Small invented catalogues and people, to draft plans for."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve

from rehabcore.care.needs import NeedSeen, NeedsProfile, RnrPolicy
from rehabcore.care.needs.dosage import Criminogenic, DosagePolicy, DosageRow, DosageTable
from rehabcore.care.needs.sequence import SequenceClass, SequencePolicy
from rehabcore.care.plans.drafting.drafts import Draft
from rehabcore.care.plans.drafting.given import DraftGiven
from rehabcore.care.plans.drafting.making import drafted
from rehabcore.care.plans.policy import PlanPolicy
from rehabcore.programs import Dose, Offer, Program
from rehabcore.rules.criteria import About, AllOf, Asked, Compare, ask
from rehabcore.rules.facts import Cell, Fact, Known, Operator, Shape, Unknown
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.versions import Version, Versions
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import OPEN, Span, Term
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.vocabulary import Basis, Kind, Modality, ProgramId, Setting, Stability

ON = date(2026, 11, 16)
LEVELS = ("none", "some", "high")
POLICY = PlanPolicy(
    component_of=Text.of(en="Sentence plan"),
    goal_from="some",
    review_every=Term(months=6),
    answer_within=Term(months=1),
)
ORDER = SequencePolicy(
    classes=(
        SequenceClass(
            id="acute",
            title=Text.of(en="Acute"),
            domains=frozenset({"housing"}),
            takes_acute=True,
            open_from="high",
        ),
        SequenceClass(
            id="criminogenic",
            title=Text.of(en="Criminogenic"),
            domains=frozenset({"peers", "drugs"}),
            waits_for=("acute",),
        ),
    )
)
HOURS = DosagePolicy(
    criminogenic=Criminogenic(domains=frozenset({"peers", "drugs"}), count_from="some"),
    targets=Versions(
        name="hours",
        versions=(
            Version(
                in_force=Span(date(2000, 1, 1), OPEN),
                value=DosageTable(
                    levels=("low", "high"),
                    rows=(DosageRow(risk="high", needs_from=1, hours=Decimal(100)),),
                ),
            ),
        ),
    ),
)

_OPEN = Fact(name="open", shape=Shape.FLAG, about="Whether it is open.")


def program(own: str, *serves: str, **more: Any) -> Program:
    """A programme that serves some needs, alone or in a group, on any basis."""
    stated: dict[str, Any] = {
        "kind": Kind.PROGRAM,
        "title": Text.of(en=own.replace("_", " ").capitalize()),
        "area": "area",
        "modality": frozenset(Modality),
        "basis": frozenset(Basis),
        **more,
    }
    return Program(program_id=ProgramId(own), serves=frozenset(serves), **stated)


def dose(hours: int | None = None, **length: int) -> Dose:
    """So many hours over a length, such as ``months=3``."""
    return Dose(
        hours=None if hours is None else Decimal(hours),
        length=Term(**length) if length else None,
    )


def need(domain: str, level: str | None = "some", *, acute: bool = False, **more: Any) -> NeedSeen:
    """A need that one assessment found; without a level it is past its validity."""
    return NeedSeen(
        domain=domain,
        level=level,
        unknown=None if level else UnknownKind.STALE,
        stability=Stability.ACUTE if acute else None,
        evidence=("assessment",),
        **more,
    )


def offer(own: str, answer: Answer = Answer.MET, *, closed_by: str = "", on: date = ON) -> Offer:
    """The answer of a programme; ``closed_by`` names the part of its rule that does not hold."""
    values = {Answer.MET: Known(True), Answer.NOT_MET: Known(False)}
    cell = values.get(answer, Unknown(UnknownKind.MISSING))
    part = Compare(ask(_OPEN), Operator.IS, True, about=About(id=closed_by or "entry"))
    return _answered(own, part, cell, answer, on)


def waiting_for(own: str, asked: Asked) -> Offer:
    """The answer of a programme for which a fact is missing."""
    part = Compare(asked, Operator.IS, "some")
    return _answered(own, part, Unknown(UnknownKind.MISSING), Answer.UNKNOWN)


def _answered(own: str, part: Compare, cell: Cell, answer: Answer, on: date = ON) -> Offer:
    rule = AllOf((part,), about=About(id=own))
    leaf = Verdict(answer=answer, criterion=part, on=on, cell=cell)
    verdict = Verdict(answer=answer, criterion=rule, on=on, children=(leaf,))
    return Offer(program_id=ProgramId(own), verdict=verdict)


def given(
    needs: tuple[NeedSeen, ...],
    programs: tuple[Program, ...],
    answers: Mapping[str, Offer | Answer] | None = None,
    **more: Any,
) -> DraftGiven:
    """A person of low risk in the community, to whom all programmes are open but for some."""
    told = {p.program_id: (answers or {}).get(p.program_id, Answer.MET) for p in programs}
    return DraftGiven(
        on=ON,
        programs=programs,
        offers=tuple(
            one if isinstance(one, Offer) else offer(own, one) for own, one in told.items()
        ),
        profile=NeedsProfile(on=ON, levels=LEVELS, needs=needs),
        titles=(("peers", Text.of(en="Peers")),),
        **{"setting": Setting.COMMUNITY, "holder": "office-1", "risk": "low", **more},
    )


def with_hours(one: DraftGiven) -> DraftGiven:
    """The same for a person of high risk in a country that calls for 100 hours and has an order."""
    return evolve(one, rnr=RnrPolicy(dosage=HOURS, sequence=ORDER), risk="high")


def draft_of(one: DraftGiven) -> Draft:
    """The draft by a policy that reviews in half a year and answers in a month."""
    return drafted(one, POLICY)
