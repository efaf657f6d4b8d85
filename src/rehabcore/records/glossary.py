"""The words of one country: the codes that its records may use, with titles and sources.

Codes are stable; titles are for people. Here is everything that differs from country to country:
need domains, levels, purposes of consent, kinds of events, observations and states. The lists that
all countries share are in ``strict.vocabulary``.
"""

from collections.abc import Iterable

from rehabcore.rules.facts import Absence
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.strict.checked import checked, codes_only
from rehabcore.strict.frozen import field_names, frozen
from rehabcore.strict.problems import Problem, is_code, one_of


@frozen(kw_only=True)
@checked
class Concept:
    """One word: its code, its title, and its source."""

    id: str
    title: Text
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "id")


@frozen(kw_only=True)
@checked
class CodedKind:
    """A kind of observation or state, with its possible values and the roles that can state them.

    ``ordered`` values are levels, lowest first. ``absence`` tells whether a day without such a
    record is only unknown or needs a person's judgement.
    """

    id: str
    title: Text
    values: tuple[Concept, ...]
    ordered: bool = False
    answered_by: tuple[str, ...] = ()
    absence: Absence = Absence.UNKNOWN
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "id")
        yield from _roles(self.answered_by)
        yield from _each_once("values", self.values)
        yield from _not_empty("values", self.values)
        yield from _never_none(self.absence)


@frozen(kw_only=True)
@checked
class MeasuredKind:
    """A kind of measured amount, with its unit and the roles that can state it.

    ``absence`` tells whether a day without such a record is only unknown or needs a person.
    """

    id: str
    title: Text
    unit: str = ""
    answered_by: tuple[str, ...] = ()
    absence: Absence = Absence.UNKNOWN
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "id")
        yield from _roles(self.answered_by)
        yield from _never_none(self.absence)


@frozen(kw_only=True)
@checked
class EventKind:
    """A kind of event, with its possible severities (lowest first) and outcomes.

    Without ``outcomes``, nothing is decided about events of the kind.
    """

    id: str
    title: Text
    severities: tuple[Concept, ...] = ()
    outcomes: tuple[Concept, ...] = ()
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "id")
        yield from _each_once("severities", self.severities)
        yield from _each_once("outcomes", self.outcomes)


@frozen(kw_only=True)
@checked
class ContinuityKind:
    """A kind of care, support or paper that must not lapse when the person moves.

    ``health`` tells that it is health data, which only those may see who are entitled to. Between
    one provider's last day and the next one's first at most ``allowed_gap`` days may lie; None
    means that no source states how many. ``precautions`` are the items of the checklist that are
    due for whoever has or had it, such as naloxone. ``asked_with`` is the item by which somebody
    says that the person has none of the kind, as not needed. ``by_law`` cites the law by which
    health staff who receive the person may know of it without consent; none if there is none.
    """

    id: str
    title: Text
    health: bool = False
    allowed_gap: int | None = None
    precautions: tuple[str, ...] = ()
    asked_with: str | None = None
    by_law: tuple[Citation, ...] = ()
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "id")
        if self.allowed_gap is not None and self.allowed_gap < 0:
            yield Problem.of(self.allowed_gap, "out_of_range", "0 days or more", path="allowed_gap")


@frozen(kw_only=True)
@checked
class PathwayKind:
    """A pathway of resettlement.

    ``health`` tells that what is done on it is health data. ``by_law`` cites the law by which
    health staff who receive the person may know of it without consent; none if there is none.
    """

    id: str
    title: Text
    health: bool = False
    by_law: tuple[Citation, ...] = ()
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "id")


@frozen(kw_only=True)
@checked
class NeedSubdomain:
    """A part of a need domain, such as gambling among addictions. ``domain`` is that domain's code.

    No level belongs to it: a need has one level in its domain, and is found in some of the parts.
    """

    id: str
    title: Text
    domain: str
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "id")


Word = NeedSubdomain | Concept | CodedKind | MeasuredKind | EventKind | ContinuityKind | PathwayKind
"""Anything that a glossary lists."""


@frozen(kw_only=True)
@checked
class Glossary:
    """All words of a country.

    ``need_levels`` and ``risk_levels`` run from lowest to highest. ``need_subdomains`` are parts of
    need domains. ``other_programs`` are
    programmes of other providers, which records and rules may mention. ``ruling_subjects`` are
    subjects of rulings besides taking part in a programme, ``requirement_subjects`` what courts and
    licences may require besides. ``cancellation_reasons`` are why a session was not held,
    ``transition_reasons`` and ``residency_reasons`` why an act of a transition or a stay was done.
    ``support_needs`` are what people may need support for on the ``pathways`` of resettlement,
    ``supporter_roles`` are those in which somebody may stand by a person.
    """

    areas: tuple[Concept, ...]
    need_domains: tuple[Concept, ...]
    need_levels: tuple[Concept, ...]
    risk_levels: tuple[Concept, ...]
    need_subdomains: tuple[NeedSubdomain, ...] = ()
    responsivity_kinds: tuple[Concept, ...] = ()
    languages: tuple[Concept, ...] = ()
    other_programs: tuple[Concept, ...] = ()
    consent_purposes: tuple[Concept, ...] = ()
    event_kinds: tuple[EventKind, ...] = ()
    observation_kinds: tuple[CodedKind, ...] = ()
    state_kinds: tuple[CodedKind, ...] = ()
    measurement_kinds: tuple[MeasuredKind, ...] = ()
    milestone_kinds: tuple[Concept, ...] = ()
    offence_kinds: tuple[Concept, ...] = ()
    ruling_subjects: tuple[Concept, ...] = ()
    ruling_reasons: tuple[Concept, ...] = ()
    requirement_subjects: tuple[Concept, ...] = ()
    cancellation_reasons: tuple[Concept, ...] = ()
    registers: tuple[Concept, ...] = ()
    transition_reasons: tuple[Concept, ...] = ()
    checklist_items: tuple[Concept, ...] = ()
    continuity_kinds: tuple[ContinuityKind, ...] = ()
    entitlement_kinds: tuple[Concept, ...] = ()
    residency_reasons: tuple[Concept, ...] = ()
    pathways: tuple[PathwayKind, ...] = ()
    support_needs: tuple[Concept, ...] = ()
    supporter_roles: tuple[Concept, ...] = ()

    def _problems(self) -> Iterable[Problem]:
        for name in field_names(Glossary):
            yield from _each_once(name, getattr(self, name))
        for index, kind in enumerate(self.continuity_kinds):
            for problem in _off_the_checklist(kind, codes(self.checklist_items)):
                yield problem.below(f"continuity_kinds[{index}]")
        yield from _within_domains(self.need_subdomains, codes(self.need_domains))

    def subdomains_of(self, domain: str) -> tuple[str, ...]:
        """The codes of the parts of a need domain, in their order."""
        return tuple(part.id for part in self.need_subdomains if part.domain == domain)


def _within_domains(
    parts: tuple[NeedSubdomain, ...], domains: tuple[str, ...]
) -> Iterable[Problem]:
    """The problems of parts of no domain, and of those with the code of one."""
    for index, part in enumerate(parts):
        path = f"need_subdomains[{index}]"
        if part.domain not in domains:
            expected = one_of(domains, part.domain)
            yield Problem.of(part.domain, "dangling_id", expected, path=f"{path}.domain")
        if part.id in domains:
            expected = "a code that no need domain has"
            yield Problem.of(part.id, "duplicate_id", expected, path=f"{path}.id")


def _off_the_checklist(kind: ContinuityKind, items: tuple[str, ...]) -> Iterable[Problem]:
    named = [(f"precautions[{n}]", code) for n, code in enumerate(kind.precautions)]
    named += [("asked_with", kind.asked_with)] if kind.asked_with is not None else []
    for path, code in named:
        if code not in items:
            expected = f"the code of an item of checklist_items: {one_of(items, code)}"
            yield Problem.of(code, "dangling_id", expected, path=path)


def _roles(answered_by: tuple[str, ...]) -> Iterable[Problem]:
    for index, role in enumerate(answered_by):
        if not is_code(role):
            expected = "the code of a role, such as health_professional"
            yield Problem.of(role, "not_a_code", expected, path=f"answered_by[{index}]")


def _never_none(absence: Absence) -> Iterable[Problem]:
    if absence is Absence.NONE:
        expected = "unknown or needs_person: among values there is none for nothing"
        yield Problem.of(absence.value, "out_of_range", expected, path="absence")


def _each_once(name: str, words: tuple[Word, ...]) -> Iterable[Problem]:
    seen: set[str] = set()
    for index, code in enumerate(codes(words)):
        if code in seen:
            yield Problem.of(
                code, "duplicate_id", "every code once in its list", path=f"{name}[{index}].id"
            )
        seen.add(code)


def _not_empty(name: str, words: tuple[Concept, ...]) -> Iterable[Problem]:
    if not words:
        yield Problem.of(words, "empty_group", "at least one word", path=name)


NEEDED = ("areas", "need_domains", "need_levels", "risk_levels")
"""The lists that have words in every country, unless its pack says that they are not published."""


def codes(words: Iterable[Word]) -> tuple[str, ...]:
    """The codes of a list of words, in its order."""
    return tuple(word.id for word in words)
