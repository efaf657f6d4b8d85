"""A person's needs on a day, domain by domain: what is known of them, and what is not.

The level is that of the fact ``need_level``, so a profile always agrees with the rules. It may rest
on any instrument, and on the judgement of professionals, which is filed as an assessment too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from rehabcore.records import NeedFinding, NeedsAssessment, NeedSubdomain
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Assumption, Cell, Fact, Known
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.time.partial import Day, first_of, last_of
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.checked import checked, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, one_of, refuse
from rehabcore.strict.vocabulary import Stability


@frozen(kw_only=True)
@checked
class SubdomainSeen:
    """A part of a need domain on the day, and whether the need was found in it."""

    subdomain: str
    found: Answer


@frozen(kw_only=True)
@checked
class NeedSeen:
    """One need domain on the day: a level, or why there is none.

    ``evidence`` holds the ids of the records that state the level, or that leave it unknown. If it
    is empty, the domain was never assessed. ``assessed_on`` is the latest day of these records. The
    need is acute if at least one of them says so, even if others call it stable; None means that
    none of them says either. ``subdomains`` are all parts of the domain that the country tells
    apart. ``contested`` tells that the person contests an assessment that the level rests on, and
    nobody has decided yet.
    """

    domain: str
    level: str | None = None
    unknown: UnknownKind | None = None
    stability: Stability | None = None
    assessed_on: Day | None = None
    evidence: tuple[str, ...] = ()
    subdomains: tuple[SubdomainSeen, ...] = ()
    contested: bool = False

    @checked_arguments
    def served_by(self, serves: frozenset[str]) -> Answer:
        """Whether the need is served by what serves some domains and parts of domains.

        What serves only a part serves the need if it was found in that part. UNKNOWN if nobody
        says in which part it was found.
        """
        if self.domain in serves:
            return Answer.MET
        found = {part.found for part in self.subdomains if part.subdomain in serves}
        return next((one for one in (Answer.MET, Answer.UNKNOWN) if one in found), Answer.NOT_MET)


@frozen
@checked
class NeedCount:
    """How many needs there are: ``least`` to ``most``, which are the same if all are known."""

    least: int
    most: int

    def _problems(self) -> Iterable[Problem]:
        for path, number, lowest in (("least", self.least, 0), ("most", self.most, self.least)):
            if number < lowest:
                yield Problem.of(number, "out_of_range", f"{lowest} or more", path=path)


@frozen(kw_only=True)
@checked
class NeedsProfile:
    """Every need domain of the country on a day, in the order of its glossary, known or not.

    ``levels`` are the levels of need of the country, lowest first.
    """

    on: date
    levels: tuple[str, ...]
    needs: tuple[NeedSeen, ...]

    @property
    def not_assessed(self) -> tuple[str, ...]:
        """The need domains that no assessment covers on the day."""
        return tuple(need.domain for need in self.needs if not need.evidence)

    @property
    def unknown(self) -> tuple[NeedSeen, ...]:
        """The need domains without a level: not assessed, stale, disputed or not confirmed."""
        return tuple(need for need in self.needs if need.level is None)

    def from_level(self, level: str) -> tuple[NeedSeen, ...]:
        """The needs that are known to be of a level or higher.

        Raises:
            InputError: the country has no such level.
        """
        if level not in self.levels:
            refuse(level, "unknown_value", one_of(self.levels, level), path="level")
        calling = self.levels[self.levels.index(level) :]
        return tuple(need for need in self.needs if need.level in calling)

    @checked_arguments
    def count(self, domains: Collection[str], level: str) -> NeedCount:
        """How many needs of a level or higher there are in some domains.

        A need that is not known counts in ``most`` but not in ``least``.

        Raises:
            InputError: the country has no such level.
        """
        least = sum(need.domain in domains for need in self.from_level(level))
        return NeedCount(least, least + sum(need.domain in domains for need in self.unknown))


@checked_arguments
def profile(
    need_level: Fact,
    cells: Cells,
    assessments: Iterable[NeedsAssessment],
    *,
    on: date,
    found_in: Fact | None = None,
    subdomains: Iterable[NeedSubdomain] = (),
) -> NeedsProfile:
    """The needs of a person on a day.

    Args:
        need_level: the fact of that name, as the country declares it.
        cells: gives the cells of the person on the day (``CaseFacts.on``).
        assessments: the assessments on file as it was known; they tell days and whether acute.
        on: the day.
        found_in: the fact ``need_found_in``, if the country tells parts of domains apart.
        subdomains: these parts, in the order of its glossary.

    Raises:
        InputError: this is another fact.
    """
    if need_level.name != "need_level":
        refuse(need_level.name, "unknown_fact", "the fact need_level", path="need_level")
    assessed: dict[str, NeedsAssessment] = {a.filed.record_id: a for a in assessments}
    parts: dict[str, list[SubdomainSeen]] = defaultdict(list)
    if found_in is not None:
        for part in subdomains:
            answer = _answer(cells(ask(found_in, subdomain=part.id)))
            parts[part.domain].append(SubdomainSeen(subdomain=part.id, found=answer))

    def seen(domain: str) -> NeedSeen:
        cell = cells(ask(need_level, domain=domain))
        speaking = [assessed[record_id] for record_id in cell.evidence if record_id in assessed]
        return NeedSeen(
            domain=domain,
            level=str(cell.value) if isinstance(cell, Known) else None,
            unknown=None if isinstance(cell, Known) else cell.kind,
            stability=_stability(
                finding for a in speaking for finding in a.findings if finding.domain == domain
            ),
            assessed_on=max((a.assessed_on for a in speaking), key=_last_then_first, default=None),
            evidence=cell.evidence,
            subdomains=tuple(parts[domain]),
            contested=is_contested(cell),
        )

    domains = need_level.parameters[0].codes
    return NeedsProfile(on=on, levels=need_level.codes, needs=tuple(map(seen, domains)))


def is_contested(cell: Cell) -> bool:
    """Whether the value of a cell rests on an assessment that the person contests."""
    return isinstance(cell, Known) and cell.assumption is Assumption.CONTESTED


def _answer(cell: Cell) -> Answer:
    if not isinstance(cell, Known):
        return Answer.UNKNOWN
    return Answer.MET if cell.value is True else Answer.NOT_MET


def _last_then_first(day: Day) -> tuple[date, date]:
    return last_of(day), first_of(day)


def _stability(findings: Iterable[NeedFinding]) -> Stability | None:
    said = {finding.stability for finding in findings}
    return next((stability for stability in _ACUTE_FIRST if stability in said), None)


_ACUTE_FIRST = (Stability.ACUTE, Stability.STABLE)
