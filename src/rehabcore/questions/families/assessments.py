"""Questions about assessments of needs and risk: levels, scores, for how long, and when again."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from attrs import evolve

from rehabcore import risk
from rehabcore.levels.contests import counting
from rehabcore.levels.policy import RiskPolicy
from rehabcore.levels.scores import fall_claims, score_claims
from rehabcore.questions.contested import upheld_from, with_contests
from rehabcore.questions.counting.runs import GAP, gap_of, time_in
from rehabcore.questions.families.deaths import lives, until_death
from rehabcore.questions.plain.findings import (
    NO_FINDINGS,
    FindingsByThing,
    by_thing,
    newest_finding,
    newest_finding_of,
)
from rehabcore.questions.plain.gathered import Gathered
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile, NeedFinding, NeedsAssessment, NeedSubdomain, RiskAssessment
from rehabcore.records.glossary import codes
from rehabcore.risk import Standing
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import (
    NEVER,
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
    Unknown,
)
from rehabcore.rules.judging.findings import Said
from rehabcore.rules.judging.settling import settle
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import Day, PartialDay
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind

_need_fact = partial(
    Fact, answered_by=("psychologist", "social_worker"), changed_by=("assess_needs",)
)
_risk_fact = partial(
    Fact, answered_by=("probation_officer", "multidisciplinary_group"), changed_by=("assess_risk",)
)
_OUTSIDE = Assumption.OUTSIDE_POPULATION


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    domains, levels = codes(words.glossary.need_domains), codes(words.glossary.need_levels)
    if domains and levels:
        yield from _of_needs(domains, levels)
        if parts := words.glossary.need_subdomains:
            yield _of_subdomains(parts)
    if domains and words.glossary.risk_levels:
        yield from _of_risk(domains, codes(words.glossary.risk_levels), words.risk_policy)


def _of_needs(domains: tuple[str, ...], levels: tuple[str, ...]) -> Iterable[Question]:
    domain = Parameter(name="domain", codes=domains)
    yield Question(
        _need_fact(
            name="need_level",
            shape=Shape.LEVEL,
            codes=levels,
            parameters=(domain,),
            about="Level of need in a domain, by confirmed assessments within their validity.",
        ),
        _need_level,
        partial(newest_finding_of, _needs_found, "domain"),
    )
    yield Question(
        _need_fact(
            name="time_at_need_level",
            shape=Shape.ELAPSED,
            parameters=(domain, Parameter(name="need_level", codes=levels, takes=Takes.CODES), GAP),
            about="Time without a break at a level of need, since the assessment that found it.",
            unit="calendar time",
        ),
        _time_at_need_level,
    )


def _of_subdomains(parts: tuple[NeedSubdomain, ...]) -> Question:
    domains = {part.id: part.domain for part in parts}
    return Question(
        _need_fact(
            name="need_found_in",
            shape=Shape.FLAG,
            parameters=(Parameter(name="subdomain", codes=codes(parts)),),
            about="Whether a need was found in a part of its domain, by the latest assessments.",
        ),
        partial(_need_found_in, domains),
        partial(_need_found_in_plainly, domains),
    )


def _of_risk(
    domains: tuple[str, ...], levels: tuple[str, ...], policy: RiskPolicy
) -> Iterable[Question]:
    """The questions of risk: overall, or in one domain if it is named."""
    domain = Parameter(name="domain", codes=domains, required=False)
    yield Question(
        _risk_fact(
            name="risk_level",
            shape=Shape.LEVEL,
            codes=levels,
            parameters=(domain,),
            about="Level of risk, by confirmed assessments within their validity, and overrides.",
        ),
        partial(_risk_level, policy),
        partial(newest_finding_of, _levels_found, "domain"),
    )
    yield Question(
        _risk_fact(
            name="time_at_risk_level",
            shape=Shape.ELAPSED,
            parameters=(
                Parameter(name="risk_level", codes=levels, takes=Takes.CODES),
                GAP,
                domain,
            ),
            about="Time without a break at a level of risk, since it was found or decided.",
            unit="calendar time",
        ),
        partial(_time_at_risk_level, policy),
    )
    yield from _of_risk_over_time(domain, policy)


def _of_risk_over_time(domain: Parameter, policy: RiskPolicy) -> Iterable[Question]:
    yield Question(
        _risk_fact(
            name="risk_score",
            shape=Shape.AMOUNT,
            parameters=(domain,),
            about="Score of the latest confirmed assessment of risk within its validity.",
            unit="points",
        ),
        _risk_score,
        partial(newest_finding_of, _scores_found, "domain"),
    )
    yield Question(
        _risk_fact(
            name="risk_score_fall",
            shape=Shape.AMOUNT,
            parameters=(Parameter(name="within"), domain),
            about="By how much the score is below the earliest within a term before it.",
            unit="percent",
        ),
        _risk_score_fall,
    )
    yield Question(
        _risk_fact(
            name="time_to_reassessment",
            shape=Shape.REMAINING,
            parameters=(domain,),
            about=(
                "Time until risk is to be assessed anew, by its level and the country's intervals; "
                "endless after death."
            ),
            unit="calendar time",
        ),
        partial(_time_to_reassessment, policy),
        partial(_reassessment_plainly, policy),
    )


def _need_level(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = risk.need_claims(_of_needs_counting(view), asked["domain"])
    return with_contests(settle(claims, asked.fact.absent()), view.needs_contests)


def _of_needs_counting(view: CaseFile) -> list[NeedsAssessment]:
    return counting(view.needs_assessments, view.needs_contests)


def _need_found_in(domains: Mapping[str, str], asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether the findings name the part; one that names no part leaves it open."""
    part = asked["subdomain"]
    claims = risk.subdomain_claims(_of_needs_counting(view), domains[part], part)
    return with_contests(settle(claims, asked.fact.absent()), view.needs_contests)


def _need_found_in_plainly(
    domains: Mapping[str, str], asked: Asked, gathered: Gathered, day: date
) -> Cell | None:
    """The same on one day, where nothing has to be weighed."""
    part = asked["subdomain"]
    cell = newest_finding(_parts_found, domains[part], asked, gathered, day)
    if not isinstance(cell, Known):
        return cell
    named = cell.value
    if isinstance(named, frozenset) and named:
        return Known(part in named, evidence=cell.evidence)
    return Unknown(UnknownKind.MISSING, evidence=cell.evidence)


def _needs_found(view: CaseFile) -> FindingsByThing:
    return _found(view, lambda finding: finding.level)


def _parts_found(view: CaseFile) -> FindingsByThing:
    return _found(view, lambda finding: finding.subdomains)


def _found(view: CaseFile, says: Callable[[NeedFinding], Said]) -> FindingsByThing:
    """The findings of needs by domain. Where somebody contests one, all have to be weighed."""
    return by_thing(
        (finding.domain, None if view.needs_contests else series, own, on, says(finding), a.expires)
        for a in view.needs_assessments
        for series, own, on in [_made(a)]
        for finding in a.findings
    )


def _made(assessment: NeedsAssessment | RiskAssessment) -> tuple[str | None, str, Day]:
    """The series, record and day of a finding. One that nobody confirmed has to be weighed."""
    series = None if assessment.confirmed_by is None else assessment.instrument
    return series, assessment.filed.record_id, assessment.assessed_on


def _levels_found(view: CaseFile) -> FindingsByThing:
    """The levels of risk. Where somebody decided about one, all of them have to be weighed."""
    decided = bool(view.level_overrides or view.resolutions)
    return _risks_found(
        view,
        lambda a: UnknownKind.NEEDS_PERSON if a.level is None else a.level,
        weighed=decided,
    )


def _scores_found(view: CaseFile) -> FindingsByThing:
    return _risks_found(view, lambda a: UnknownKind.MISSING if a.score is None else a.score)


def _risks_found(
    view: CaseFile, says: Callable[[RiskAssessment], Said], *, weighed: bool = False
) -> FindingsByThing:
    return by_thing(
        (
            a.domain,
            None if weighed or view.risk_contests or _OUTSIDE in a.remarks else series,
            own,
            on,
            says(a),
            a.expires,
        )
        for a in view.risk_assessments
        for series, own, on in [_made(a)]
    )


def _reassessment_plainly(
    policy: RiskPolicy, asked: Asked, gathered: Gathered, day: date
) -> Cell | None:
    """The day by which risk is to be assessed anew, after the newest assessment."""
    found = gathered.of(_levels_found).get(asked["domain"] or None, NO_FINDINGS)
    if found is None or not gathered.of(lives):
        return None
    place = found.place(day)
    if place is None:
        return asked.fact.absent()
    if (newest := found.found[place]) is None:
        return None
    level, _, own = newest
    term = None if isinstance(level, UnknownKind) else policy.reassess_after(str(level))
    if term is None:
        return Unknown(UnknownKind.NEEDS_PERSON, evidence=(own,))
    return Known(term.after(found.days[place]), evidence=(own,))


def _risk_level(policy: RiskPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = risk.risk_claims(_standings(asked, view, policy))
    return _with_remarks(settle(claims, asked.fact.absent()), view)


def _time_at_need_level(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    assessments = _of_needs_counting(view)
    claims = risk.need_claims(assessments, asked["domain"])
    passing = risk.passing_needs(assessments, asked["domain"])
    wanted = asked.codes("need_level")
    cells = time_in(claims, wanted, asked.fact.absent(), gap_of(asked), passing)
    return with_contests(cells, view.needs_contests)


def _time_at_risk_level(policy: RiskPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = risk.risk_claims(_standings(asked, view, policy))
    passing = risk.passing_risks(
        _of_domain(asked, view),
        overrides=view.level_overrides,
        resolutions=view.resolutions,
        policy=policy,
    )
    wanted = asked.codes("risk_level")
    cells = time_in(claims, wanted, asked.fact.absent(), gap_of(asked), passing)
    return _with_remarks(cells, view)


def _standings(asked: Asked, view: CaseFile, policy: RiskPolicy) -> tuple[Standing, ...]:
    return risk.standings(
        _of_domain(asked, view),
        overrides=view.level_overrides,
        resolutions=view.resolutions,
        policy=policy,
    )


def _of_domain(asked: Asked, view: CaseFile) -> list[RiskAssessment]:
    """The assessments of risk overall, or of the domain that is asked about."""
    counted = counting(view.risk_assessments, view.risk_contests)
    return [a for a in counted if a.domain == (asked["domain"] or None)]


def _risk_score(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    cells = settle(score_claims(_of_domain(asked, view)), asked.fact.absent())
    return _with_remarks(cells, view)


def _risk_score_fall(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The fall of the score, measured from no assessment of which a contest was upheld."""
    assessments, within = _of_domain(asked, view), Term.parse(asked["within"])
    ends = upheld_from(view.risk_contests)

    def fall(day: date) -> Timeline[Cell]:
        gone = [own for own, first in ends.items() if first <= day]
        return settle(fall_claims(assessments, within, without=gone), asked.fact.absent())

    told = Timeline.of_changes(ends.values(), fall)
    starts = [*told.starts, *(start for one in told.values for start in one.starts)]
    return _with_remarks(Timeline.of_changes(starts, lambda day: told.at(day).at(day)), view)


def _time_to_reassessment(policy: RiskPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    days = [(override.assessment, override.decided_on) for override in view.level_overrides]
    days += [(own, one.decided_on) for one in view.resolutions for own in one.assessments]
    due = risk.reassessment_due(
        _standings(asked, view, policy),
        policy,
        decided={own for own, _ in days},
        undated={own for own, day in days if isinstance(day, PartialDay)},
    )
    return until_death(_with_remarks(due, view), view, ended=NEVER)


def _with_remarks(cells: Timeline[Cell], view: CaseFile) -> Timeline[Cell]:
    """The cells, with the assumption that an instrument also fits people it was not made on.

    A cell has room for one assumption. This one replaces that of silence, where both hold, and that
    of a contest replaces both.
    """
    outside = {a.filed.record_id for a in view.risk_assessments if _OUTSIDE in a.remarks}

    def told(cell: Cell) -> Cell:
        if isinstance(cell, Known) and not outside.isdisjoint(cell.evidence):
            return evolve(cell, assumption=_OUTSIDE)
        return cell

    return with_contests(cells.map(told) if outside else cells, view.risk_contests)
