"""Programmes and services: what is offered, and who may enter what on a day.

The admission rule of a programme joins its own entry rules with what else its record states:
audience, settings, prerequisites and exclusions, and that the person lives. So one verdict proves
the whole. A programme whose entry rules are not published is never MET: a person has to be asked.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import cast

from attrs import Factory, field

from rehabcore.questions import CLOCKS
from rehabcore.rules.criteria import About, AllOf, Compare, Criterion, ask, named
from rehabcore.rules.facts import Fact, Operator
from rehabcore.rules.judging.cells import Cells, Histories
from rehabcore.rules.judging.proving import judge_all
from rehabcore.rules.judging.verdicts import Missing, Verdict, missing_facts
from rehabcore.rules.law.any_day import on_any_day
from rehabcore.rules.law.coverage import law_over_time
from rehabcore.rules.law.expansion import lies_within
from rehabcore.rules.near.near_misses import NearMiss, NearMisses, near_misses_of_all, rank
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import OPEN, UNSURE, Span, Term
from rehabcore.rules.truth import Answer
from rehabcore.rules.well_formed import unsure_law
from rehabcore.strict.checked import checked, checked_arguments, codes_only
from rehabcore.strict.frozen import field_names, frozen
from rehabcore.strict.problems import Problem, missing_key, one_line, one_of
from rehabcore.strict.vocabulary import Basis, Clock, Deliverer, Kind, Modality, ProgramId, Setting

__all__ = ["Dose", "Offer", "Program", "offers_near", "offers_on"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
@checked
class Dose:
    """How much of a programme is planned. None stands for what the source does not state."""

    sessions: int | None = None
    hours: Decimal | None = None
    length: Term | None = None

    def _problems(self) -> Iterable[Problem]:
        for name in ("sessions", "hours"):
            number = getattr(self, name)
            if number is not None and number <= 0:
                expected = "a number above 0, or nothing where none is stated"
                yield Problem.of(number, "out_of_range", expected, path=name)


@frozen(kw_only=True)
@checked
class Program:
    """A programme or service. Variants of one title for different audiences are separate records.

    ``serves`` are codes of need domains. ``modality`` and ``basis`` list what is possible; a person
    decides which of them a plan uses. ``prerequisites`` must have been completed, ``exclusions``
    must not be running. ``draft`` names the fields that no reviewed source states. ``origin`` is
    the country pack, with its version. An empty set means that nothing is stated. The programme
    exists on the days of ``in_force``. With any ``clock`` but that of the decision, it is instead
    for people whose offence, sentence, release or referral to it falls on one of these days.
    """

    program_id: ProgramId
    kind: Kind
    title: Text
    area: str
    about: Text | None = None
    serves: frozenset[str] = frozenset()
    audience: Criterion | None = None
    modality: frozenset[Modality] = frozenset()
    basis: frozenset[Basis] = frozenset()
    delivered_by: frozenset[Deliverer] = frozenset()
    dose: Dose | None = None
    settings: frozenset[Setting] = frozenset()
    prerequisites: tuple[ProgramId, ...] = ()
    exclusions: tuple[ProgramId, ...] = ()
    entry: Criterion | None = None
    in_force: Span | None = None
    clock: Clock = Clock.DECISION
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT
    draft: frozenset[str] = frozenset()
    origin: str = ""

    def __repr__(self) -> str:
        return one_line(f"<Program {self.program_id}, {self.origin or 'of no country'}>")

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "program_id")
        names = frozenset(field_names(Program))
        if self.in_force is not None and self.in_force.end is UNSURE:
            yield unsure_law("in_force")
        if self.in_force is None and self.clock is not Clock.DECISION:
            yield missing_key("in_force")
        for name in sorted(self.draft - names):
            expected = f"names of fields of the programme: {one_of(sorted(names), name)}"
            yield Problem.of(name, "unknown_value", expected, path="draft")


def _its_verdict(offer: "Offer") -> Verdict | None:
    return offer.near.verdict if isinstance(offer.near, NearMisses) else None


@frozen(kw_only=True)
@checked
class Offer:
    """The answer of one programme to one person on one day.

    ``near`` holds the ways to it, if they were asked for; None otherwise. It includes the verdict,
    which then need not be given as well.
    """

    program_id: ProgramId
    near: NearMisses | None = None
    verdict: Verdict = field(default=Factory(_its_verdict, takes_self=True))

    def _problems(self) -> Iterable[Problem]:
        if self.near is not None and self.near.verdict != self.verdict:
            expected = "the verdict of the near misses"
            yield Problem.of(self.answer.value, "does_not_follow", expected, path="verdict")

    def __repr__(self) -> str:
        on = self.verdict.on.isoformat()
        return one_line(f"<Offer {self.program_id} on {on}: {self.answer.value}>")

    @property
    def answer(self) -> Answer:
        """MET, NOT_MET or UNKNOWN."""
        return self.verdict.answer

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The facts that must be known before the programme can answer; empty unless UNKNOWN."""
        return missing_facts(self.verdict)

    @property
    def ways(self) -> tuple[NearMiss, ...]:
        """The ways to the programme, the smallest first; empty also if they were not asked for."""
        return () if self.near is None else self.near.ways

    def title(self, language: str) -> str:
        """The title of the programme in a language, else in English, else in any.

        If the programme has no title, its id.
        """
        title = self.verdict.criterion.about.title
        return self.program_id if title is None else title.in_language(language)[0]


@checked_arguments
def offers_on(
    admissions: Mapping[ProgramId, Criterion], cells: Cells, *, on: date
) -> tuple[Offer, ...]:
    """Make an offer for every programme, whatever its answer, in the order of the catalogue.

    Args:
        admissions: the admission rule of each programme (``Jurisdiction.admissions_on_any_day``).
        cells: gives the cells of the person on the day (``CaseFacts.on``).
        on: the day on which the person would enter.
    """
    verdicts = judge_all(admissions.values(), cells, on=on)
    return tuple(
        Offer(program_id=program_id, verdict=verdict)
        for program_id, verdict in zip(admissions, verdicts, strict=True)
    )


@checked_arguments
def offers_near(
    admissions: Mapping[ProgramId, Criterion],
    histories: Histories,
    *,
    on: date,
    lead: Term | None = None,
) -> tuple[Offer, ...]:
    """Make an offer with its ways for every programme that is not MET, the smallest change first.

    Offers are ordered by their first way: by the number of changes, its day, and how many changes
    concern something unknown; then by the catalogue. Offers without any way come last.

    Args:
        admissions: the admission rule of each programme (``Jurisdiction.admissions_on_any_day``).
        histories: gives the cells of the person on every day (``CaseFacts.timeline``).
        on: the day asked about.
        lead: how far to look ahead, as in ``near_misses``; None for as far as the law is known.
    """
    found = near_misses_of_all(admissions.values(), histories, on=on, lead=lead)
    offers = [
        Offer(program_id=program_id, near=near)
        for program_id, near in zip(admissions, found, strict=True)
    ]
    closed = [offer for offer in offers if offer.answer is not Answer.MET]
    return tuple(sorted(closed, key=first_way))


def first_way(offer: Offer) -> tuple[bool, tuple[int, date, int]]:
    """A key that sorts offers by their first way; those without any come last."""
    ways = offer.ways
    return not ways, rank(ways[0]) if ways else (0, date.min, 0)


def admission(program: Program, facts: Mapping[str, Fact]) -> AllOf:
    """Everything that must hold for a person to enter a programme, as one rule."""
    by_decision = program.clock is Clock.DECISION
    parts = (
        *([] if by_decision else [_in_force(program, facts)]),
        *([named("audience", program.audience)] if program.audience is not None else []),
        *_settings(program, facts),
        *_prerequisites(program, facts),
        *_exclusions(program, facts),
        _not_published(program, facts) if program.entry is None else named("entry", program.entry),
    )
    in_force = program.in_force if by_decision else None
    about = About(id=program.program_id, title=program.title, in_force=in_force)
    return AllOf((*parts, *alive(facts, parts)), about=about)


MOST_LIVES = 1024
"""For how many spans of law the rule that the person lives is kept."""
_ALIVE = Text.of(en="The person is alive", ka="პირი ცოცხალია")


def alive(facts: Mapping[str, Fact], beside: Iterable[Criterion]) -> Iterable[Criterion]:
    """The rule that the person has not died, on the days on which any rule beside it is law.

    On other days it must not count: it alone would open what is no longer law.
    """
    # It needs no source. Results that were stored before deaths could be filed lack the fact.
    if "died" in facts:
        for start, end, holds in law_over_time(on_any_day(AllOf(tuple(beside)))).pieces():
            if holds:
                yield _lives(facts["died"], None if start == date.min else Span(start, end or OPEN))


@lru_cache(maxsize=MOST_LIVES)
def _lives(died: Fact, law: Span | None) -> Compare:
    """The rule that the person has not died, one for all rules, so that it is judged only once."""
    about = About(id="alive", title=_ALIVE, status=Status.REVIEWED, in_force=law)
    return Compare(ask(died), Operator.IS, False, about=about)


def _in_force(program: Program, facts: Mapping[str, Fact]) -> Criterion:
    """The rule that the day of the programme's clock lies within its own span."""
    about, fact = _stated(program, "in_force"), facts[CLOCKS[program.clock]]
    of_program = any(parameter.name == "program" for parameter in fact.parameters)
    anchor = ask(fact, program=program.program_id) if of_program else ask(fact)
    return AllOf(lies_within(anchor, cast("Span", program.in_force), about), about=about)


def _settings(program: Program, facts: Mapping[str, Fact]) -> Iterable[Criterion]:
    if program.settings:
        asked = ask(facts["setting"])
        yield Compare(asked, Operator.IN, program.settings, about=_stated(program, "settings"))


def _prerequisites(program: Program, facts: Mapping[str, Fact]) -> Iterable[Criterion]:
    for other in program.prerequisites:
        asked = ask(facts["completed"], program=other)
        yield Compare(asked, Operator.IS, True, about=_stated(program, "prerequisites"))


def _exclusions(program: Program, facts: Mapping[str, Fact]) -> Iterable[Criterion]:
    for other in program.exclusions:
        asked = ask(facts["enrolled"], program=other)
        yield Compare(asked, Operator.IS, False, about=_stated(program, "exclusions"))


def _not_published(program: Program, facts: Mapping[str, Fact]) -> Criterion:
    asked = ask(facts["unpublished_rules_met"])
    return Compare(asked, Operator.IS, True, about=_stated(program, "entry"))


def _stated(program: Program, field: str) -> About:
    """The ``About`` of a clause that a field of the programme's record states."""
    status = Status.DRAFT if field in program.draft else program.status
    return About(id=field, cite=program.cite, status=status, origin=program.origin)
