"""Moves between settings: who is accountable before and after, and what is handed over.

A move is one act. On one day the person's placement and legal status change, accountability passes
from one office to another, and every open step of the plan is handed over. A move that its rule
does not allow is refused with the verdict, and nothing is changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from attrs import evolve, field

from rehabcore.plans import Plan, Step
from rehabcore.programs import Offer, alive
from rehabcore.questions.counting.stays import stays
from rehabcore.records import CaseFile, Filed, LegalStanding, Placement
from rehabcore.records.changes import held_on
from rehabcore.rules.criteria import About, AllOf, Compare, Criterion, ask, named
from rehabcore.rules.facts import Fact, Operator, Unknown
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.judging.verdicts import Missing, Verdict, missing_facts
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.rules.time.partial import Days, days_between
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.checked import SECRET, checked, codes_only, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, RehabcoreError, refuse
from rehabcore.strict.vocabulary import CaseId, LegalStatus, ProgramId, RecordId, Setting, StepId

T = TypeVar("T", Placement, LegalStanding)


@frozen(kw_only=True)
@checked
class MoveRule:
    """A kind of move that a country knows: from where, to where, and what must hold.

    The person must have one of the legal statuses ``status_from``; the move gives ``status_to``.
    ``guard`` is the rule that must be met on the day besides. ``origin`` is the country pack, with
    its version.
    """

    move_id: str
    title: Text
    setting_from: Setting
    setting_to: Setting
    status_from: frozenset[LegalStatus]
    status_to: LegalStatus
    guard: Criterion
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT
    origin: str = ""

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "move_id")
        if not self.status_from:
            yield Problem.of([], "empty_group", "at least one legal status", path="status_from")


@frozen(kw_only=True)
@checked
class MoveRequest:
    """A request to record a move: which one, on which day, to which office.

    ``record_prefix`` begins the ids of the records that the move files. ``source`` is the office
    that files them, ``recorded_on`` the day of filing.
    """

    move_id: str
    on: date
    to_holder: str
    source: str
    recorded_on: date
    record_prefix: str
    institution: str = ""

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "to_holder", "source", "record_prefix")


@frozen(kw_only=True)
@checked
class HandOverItem:
    """One open step that is handed over, with the offers of its programmes after the move."""

    step_id: StepId
    offers: tuple[Offer, ...] = ()


@frozen(kw_only=True)
@checked
class HandOver:
    """The hand-over from one office to another on one day, with every open step."""

    case_id: CaseId = field(repr=False, metadata=SECRET)
    move_id: str
    on: date
    from_holder: str = field(metadata=SECRET)
    to_holder: str = field(metadata=SECRET)
    items: tuple[HandOverItem, ...]


class TransitionNotAllowed(RehabcoreError):
    """A move is refused by its rule. Nothing was changed.

    ``verdict`` proves why. ``state`` is the code of the setting, ``event`` that of the move.
    """

    def __init__(self, state: str, event: str, verdict: Verdict) -> None:
        self.state, self.event, self.verdict = state, event, verdict
        super().__init__(state, event, verdict)

    def __str__(self) -> str:
        return f"{self.event} is not allowed from {self.state}: {self.verdict.answer.value}"

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The facts that must be known before the move can be allowed; empty if it is refused."""
        return missing_facts(self.verdict)


def holders(view: CaseFile, on: date) -> tuple[str, ...]:
    """The offices that are certainly accountable on a day, in order; there should be one."""
    return tuple(sorted({held.holder for held in _placed(view, on)}))


def _placed(view: CaseFile, on: date) -> list[Placement]:
    """The placements that certainly hold on a day."""
    claims = stays((held.filed, held.span, held.holder) for held in view.placements)
    return _speaking(view.placements, claims, on)


def _speaking(records: Iterable[T], claims: Iterable[Claim], on: date) -> list[T]:
    """The records that say what certainly holds on a day; those that disagree, if they do."""
    cell = settle(claims, Unknown(UnknownKind.MISSING)).at(on)
    if isinstance(cell, Unknown) and cell.kind is UnknownKind.MISSING:
        return []
    return [record for record in records if record.filed.record_id in cell.evidence]


def permission(rule: MoveRule, facts: Mapping[str, Fact]) -> AllOf:
    """The rule of a move: the person lives, and is where it begins, and its guard is met."""
    stated = About(cite=rule.cite, status=rule.status, origin=rule.origin)
    setting = Compare(
        ask(facts["setting"]),
        Operator.IS,
        rule.setting_from.value,
        about=evolve(stated, id="setting_from"),
    )
    status = Compare(
        ask(facts["legal_status"]),
        Operator.IN,
        rule.status_from,
        about=evolve(stated, id="status_from"),
    )
    guard = named("guard", rule.guard)
    about = About(id=rule.move_id, title=rule.title)
    parts = (setting, status, guard)
    return AllOf((*parts, *alive(facts, parts)), about=about)


def require_allowed(
    request: MoveRequest, rule: MoveRule, needed: Criterion, cells: Cells
) -> Verdict:
    """Judge a move, and return the verdict if it is allowed.

    Args:
        request: the request.
        rule: the move, as the country states it.
        needed: the rule of the move (``permission``).
        cells: gives the cells of the person on the day of the move.

    Raises:
        TransitionNotAllowed: the rule is not met, or not certainly.
    """
    verdict = judge(needed, cells, on=request.on)
    if verdict.answer is not Answer.MET:
        raise TransitionNotAllowed(rule.setting_from.value, rule.move_id, verdict)
    return verdict


def advance(case: CaseFile, request: MoveRequest, rule: MoveRule) -> CaseFile:
    """The case file after a move; the given case file is not changed.

    Raises:
        InputError: there is not exactly one accountable office, there are two moves on one day, or
            the file already has one of the record ids.
    """
    view = held_on(case.as_known(date.max), request.on)
    _accountable(view, request.on)
    here = _placed(view, request.on)
    claims = stays((held.filed, held.span, held.status.value) for held in view.legal_standings)
    standing = _speaking(view.legal_standings, claims, request.on)
    return evolve(
        case,
        placements=(*case.placements, *_placements(here, rule, request)),
        legal_standings=(*case.legal_standings, *_standings(standing, rule, request)),
    )


def hand_over(
    case: CaseFile, plan: Plan | None, request: MoveRequest, offers_after: Iterable[Offer]
) -> HandOver:
    """Make the hand-over of a move, with every open step of a plan.

    Args:
        case: the case file before the move.
        plan: the plan whose open steps are handed over, if there is one.
        request: the move.
        offers_after: the offers of programmes after the move.

    Raises:
        InputError: the plan is of another case, or there is not exactly one accountable office.
    """
    if plan is not None and plan.case_id != case.case_id:
        expected = "the id of the same case"
        refuse(plan.case_id, "two_people", expected, path="plan.case_id", secret=True)
    after = {offer.program_id: offer for offer in offers_after}
    steps = plan.open_steps() if plan is not None else ()
    return HandOver(
        case_id=case.case_id,
        move_id=request.move_id,
        on=request.on,
        from_holder=_accountable(held_on(case.as_known(date.max), request.on), request.on),
        to_holder=request.to_holder,
        items=tuple(_item(step, after) for step in steps),
    )


def _accountable(view: CaseFile, on: date) -> str:
    found = holders(view, on)
    if len(found) != 1:
        expected = "one accountable office on the day of the move"
        refuse(None, "two_at_once", expected, path="placements")
    return found[0]


def _item(step: Step, after: Mapping[ProgramId, Offer]) -> HandOverItem:
    offers = tuple(after[program_id] for program_id in step.programs if program_id in after)
    return HandOverItem(step_id=step.step_id, offers=offers)


def _placements(here: list[Placement], rule: MoveRule, request: MoveRequest) -> Iterator[Placement]:
    for number, placement in enumerate(here, start=1):
        yield evolve(
            placement,
            filed=_filed(request, f"placement-{number}-ended", placement.filed.record_id),
            span=_ended(placement.span, request.on, "placements"),
        )
    yield Placement(
        filed=_filed(request, "placement"),
        setting=rule.setting_to,
        span=Span(request.on, OPEN),
        holder=request.to_holder,
        institution=request.institution,
    )


def _standings(
    standing: list[LegalStanding], rule: MoveRule, request: MoveRequest
) -> Iterator[LegalStanding]:
    if all(held.status is rule.status_to for held in standing):
        return
    for number, held in enumerate(standing, start=1):
        yield evolve(
            held,
            filed=_filed(request, f"standing-{number}-ended", held.filed.record_id),
            span=_ended(held.span, request.on, "legal_standings"),
        )
    yield LegalStanding(
        filed=_filed(request, "standing"), status=rule.status_to, span=Span(request.on, OPEN)
    )


def _filed(request: MoveRequest, name: str, corrects: RecordId | None = None) -> Filed:
    return Filed(
        record_id=RecordId(f"{request.record_prefix}-{name}"),
        recorded_on=request.recorded_on,
        source=request.source,
        corrects=corrects,
    )


def _ended(span: Days, on: date, path: str) -> Days:
    if span.start == on:
        refuse(on, "two_at_once", "a day after the one on which this began", path=path)
    return days_between(span.start, on)
