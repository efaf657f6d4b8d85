"""Telling each kind of thing: its blocks, in the words of its country, and its citations."""

from collections.abc import Iterator
from importlib import import_module
from typing import TypeAlias

from rehabcore.casework.any_result import PlanResult, Result
from rehabcore.casework.results import (
    Grounds,
    MatchResult,
    MovesResult,
    NearResult,
    NeedsResult,
    TimelineResult,
)
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.programs import Offer, Program, admission
from rehabcore.reports.pages import Block, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.set_aside import describe_set_aside
from rehabcore.reports.sources import cited_by, cited_in
from rehabcore.reports.wording import Wording
from rehabcore.rules.criteria import AllOf, AnyOf, AtLeast, Compare, Criterion, Not
from rehabcore.rules.facts import Unknown
from rehabcore.rules.judging.verdicts import Missing, Verdict
from rehabcore.rules.sources import Citation
from rehabcore.strict.frozen import frozen
from rehabcore.strict.on_demand import class_named
from rehabcore.strict.problems import refuse

TYPE_CHECKING = False  # most explain one kind of thing, and need not wait for the rooms of others

if TYPE_CHECKING:
    from rehabcore.care.plans.book import PlanBook
    from rehabcore.care.plans.differences import PlanDifference
    from rehabcore.care.plans.laws.law import LawFinding
    from rehabcore.care.plans.requests import ContentChanged
    from rehabcore.care.plans.versions import PlanVersion
    from rehabcore.casework.care_results import (
        CareResult,
        ContinuityResult,
        HandOverResult,
        PathwaysResult,
        ReleasePlanResult,
    )
    from rehabcore.casework.decisions import Comparison, Decision
    from rehabcore.casework.difference_results import DifferenceResult
    from rehabcore.casework.reviewing import PlanReview
    from rehabcore.casework.stay_results import (
        CommunityResult,
        DiversionResult,
        ResidencyResult,
        StayResult,
    )
    from rehabcore.instruments import Instrument, ScoreResult
    from rehabcore.plans import PlanContent
    from rehabcore.rules.machines.requests import RequestRefused
else:
    CommunityResult, DiversionResult, ResidencyResult = (
        class_named("rehabcore.casework.stay_results", name)
        for name in ("CommunityResult", "DiversionResult", "ResidencyResult")
    )
    ContinuityResult, HandOverResult, PathwaysResult, ReleasePlanResult = (
        class_named("rehabcore.casework.care_results", name)
        for name in ("ContinuityResult", "HandOverResult", "PathwaysResult", "ReleasePlanResult")
    )
    StayResult = CommunityResult | DiversionResult | ResidencyResult
    CareResult = ContinuityResult | HandOverResult | PathwaysResult | ReleasePlanResult
    PlanReview = class_named("rehabcore.casework.reviewing", "PlanReview")
    PlanBook = class_named("rehabcore.care.plans.book", "PlanBook")
    PlanContent = class_named("rehabcore.plans", "PlanContent")
    PlanVersion = class_named("rehabcore.care.plans.versions", "PlanVersion")
    ContentChanged = class_named("rehabcore.care.plans.requests", "ContentChanged")
    PlanDifference = class_named("rehabcore.care.plans.differences", "PlanDifference")
    LawFinding = class_named("rehabcore.care.plans.laws.law", "LawFinding")
    Comparison = class_named("rehabcore.casework.decisions.comparison", "Comparison")
    Decision = class_named("rehabcore.casework.decisions.decision", "Decision")
    DifferenceResult = class_named("rehabcore.casework.difference_results", "DifferenceResult")
    Instrument = class_named("rehabcore.instruments.model.declaration", "Instrument")
    ScoreResult = class_named("rehabcore.instruments.model.score_results", "ScoreResult")
    RequestRefused = class_named("rehabcore.rules.machines.requests", "RequestRefused")

Answered = Result | Decision | Comparison | StayResult | CareResult | DifferenceResult
"""The types that hold the grounds they rest on."""
Part: TypeAlias = (  # said outright: a type checker may meet it before its parts
    Offer
    | Verdict
    | Missing
    | PlanBook
    | PlanVersion
    | PlanContent
    | PlanDifference
    | PlanReview
    | LawFinding
    | RequestRefused
    | ContentChanged
    | Program
    | Criterion
)
"""The types that need the words of a country, if they are not to be told in codes."""
Explained = Answered | Part | ScoreResult | Instrument
"""The types that can be explained."""


@frozen(kw_only=True)
class Told:
    """The blocks of one thing, the grounds whose words they use, the ids of the texts it cites."""

    blocks: tuple[Block, ...]
    grounds: Jurisdiction | Grounds | None = None
    cited: frozenset[str] = frozenset()

    def stands_with(self, other: "Told") -> bool:
        """Whether both rest on the same grounds, so that their sources can be listed together."""
        one, two = self.grounds, other.grounds
        if isinstance(one, Grounds) and isinstance(two, Grounds):
            return (one.stamp, one.sources) == (two.stamp, two.sources)
        return one is two


def tell(
    what: Explained,
    wording: Wording,
    *,
    country: Jurisdiction | Grounds | None,
    full: bool,
    detail: bool,
) -> Told:
    """Describe something, with the grounds and citations that it rests on.

    Args:
        what: the thing to describe.
        wording: the language.
        country: the words for a thing that has none of its own.
        full: whether to include proofs, folded if the form allows it.
        detail: whether to include everything, even a person's answers to a form.

    Raises:
        InputError: it cannot be described, or not without its country.
    """
    phrasing = Phrasing(wording, what.grounds if isinstance(what, Answered) else country, full)
    match what:
        case ScoreResult():
            from rehabcore.reports.scores import describe_score

            return Told(blocks=tuple(describe_score(what, wording, detail=detail)))
        case Instrument():
            from rehabcore.reports.instruments import describe_instrument

            return Told(blocks=tuple(describe_instrument(what, wording, full=full)))
        case Missing():
            return Told(blocks=(Paragraph(phrasing.question(what.what, Unknown(what.why))),))
        case LawFinding():
            from rehabcore.reports.plan_laws import told_finding

            return Told(blocks=(Paragraph(told_finding(what, wording)),))
        case Program():
            from rehabcore.reports.programs import describe_program

            rule = _admission(what, country)
            blocks, cited = describe_program(what, rule, phrasing), cited_in(rule)
        case Compare() | AllOf() | AnyOf() | Not() | AtLeast():
            from rehabcore.reports.programs import describe_rule

            blocks, cited = describe_rule(what, phrasing), cited_in(what)
        case _:
            blocks, cited = _answer(what, phrasing), _cited(what)
    texts = frozenset([citation.source_id for citation in cited])
    return Told(blocks=tuple(blocks), grounds=phrasing.grounds, cited=texts)


def _admission(program: Program, country: Jurisdiction | Grounds | None) -> Criterion:
    if country is None or program not in country.programs:
        expected = "its country, or the grounds of a result that speaks of it"
        refuse(program.program_id, "dangling_id", expected, path="country")
    facts = country.facts
    by_name = {fact.name: fact for fact in facts} if isinstance(facts, tuple) else facts
    return admission(program, by_name)


_OfPlans: TypeAlias = (
    PlanBook | PlanVersion | PlanContent | PlanDifference | PlanReview | ContentChanged
)
_Told = Answered | Offer | Verdict | _OfPlans | RequestRefused


def _answer(what: _Told, phrasing: Phrasing) -> Iterator[Block]:
    """Describe a result of a verb; below its title, the records that it had to set aside."""
    blocks = _blocks(what, phrasing)
    yield next(blocks)
    if isinstance(what, Answered):
        yield from describe_set_aside(what.grounds, phrasing.wording)
    yield from blocks


def _blocks(what: _Told, phrasing: Phrasing) -> Iterator[Block]:
    module, function = _DESCRIBED[type(what).__name__]
    yield from getattr(import_module(f"rehabcore.reports.{module}"), function)(what, phrasing)


_DESCRIBED = {
    "MatchResult": ("offers", "describe_match"),
    "NearResult": ("near_misses", "describe_ways"),
    "TimelineResult": ("timelines", "describe_timeline"),
    "NeedsResult": ("needs", "describe_needs"),
    "MoveResult": ("moves", "describe_move"),
    "MovesResult": ("moves", "describe_moves"),
    "CommunityResult": ("communities", "describe_community"),
    "ResidencyResult": ("communities", "describe_residency"),
    "DiversionResult": ("communities", "describe_diversion"),
    "ContinuityResult": ("continuity", "describe_continuity"),
    "HandOverResult": ("hand_overs", "describe_hand_over"),
    "PathwaysResult": ("resettlement", "describe_pathways"),
    "ReleasePlanResult": ("releases", "describe_release"),
    "Decision": ("decisions", "describe_decision"),
    "Comparison": ("decisions", "describe_comparison"),
    "DifferenceResult": ("rule_differences", "describe_kinds"),
    "Offer": ("offers", "describe_offer"),
    "Verdict": ("offers", "describe_verdict"),
    "PlanResult": ("plans", "describe_plan"),
    "PlanBook": ("plan_versions", "describe_book"),
    "PlanVersion": ("plan_versions", "describe_version"),
    "PlanContent": ("plan_versions", "describe_content"),
    "PlanDifference": ("plan_changes", "describe_difference"),
    "PlanReview": ("plan_changes", "describe_review"),
    "ContentChanged": ("plan_changes", "describe_changed"),
    "RequestRefused": ("refusals", "describe_refusal"),
}
"""The module and function that describe each type: loaded only where such a thing is told."""


def _cited(what: _Told) -> Iterator[Citation]:
    """The citations of the proofs of an answer, and its own."""
    match what:
        case MatchResult() | NearResult():
            yield from cited_by(offer.verdict for offer in what)
        case TimelineResult():
            yield from cited_by(piece.verdict for piece in what.verdicts.pieces)
        case MovesResult():
            yield from cited_by(one.verdict for one in what.possible)
        case NeedsResult():
            yield from what.target.cite
        case ContinuityResult():
            from rehabcore.reports.continuity import cited_by_kinds

            yield from cited_by_kinds(what.seen, what.grounds)
        case PathwaysResult():
            from rehabcore.reports.resettlement import cited_by_pathways

            yield from cited_by_pathways(what.seen.pathways, what.grounds)
        case ReleasePlanResult():
            yield from (cited for item in what.plan.items for cited in item.cite)
        case HandOverResult():
            yield from cited_by(offer.verdict for offer in what.package.after)
            from rehabcore.reports.continuity import cited_by_kinds

            yield from cited_by_kinds(what.package.care, what.grounds)
            from rehabcore.reports.resettlement import cited_by_pathways

            yield from cited_by_pathways(what.package.pathways, what.grounds)
        case PlanResult(draft=draft):
            yield from cited_by(offer.verdict for offer in draft.offers)
            yield from () if draft.dosage is None else draft.dosage.target.cite
        case Decision(override=override):
            yield from cited_by([what.verdict])
            yield from () if override is None else [Citation.parse(override.authority)]
        case DifferenceResult():
            yield from (*cited_in(what.difference.before), *cited_in(what.difference.after))
        case CommunityResult():
            yield from (citation for quote in what.quoted for citation in quote.cite)
        case Comparison() | ResidencyResult() | DiversionResult():
            return  # they tell what is on file, and what differs: no text states that
        case _ if isinstance(what, _OfPlans):
            return
        case Verdict():
            yield from cited_by([what])
        case RequestRefused():
            yield from cited_by(what.verdicts)
        case _:
            yield from cited_by([what.verdict])
