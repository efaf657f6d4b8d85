"""Serving: which needs of the person each programme serves, and whose hours are counted."""

from collections.abc import Iterable, Mapping

from rehabcore.care.needs import NeedSeen, NeedsProfile
from rehabcore.care.needs.dosage import DosagePolicy
from rehabcore.programs import Program
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import ProgramId

Served = Mapping[ProgramId, frozenset[str]]
"""The domains of the needs that each programme serves."""


def needs_served(needs: Iterable[NeedSeen], programs: Iterable[Program]) -> tuple[Served, Served]:
    """The domains of the needs that each programme certainly serves, and of those that it may.

    It may serve a need if it serves a part of the domain, and nobody says in which part the need
    was found.
    """
    needs = tuple(needs)
    whole = frozenset(need.domain for need in needs)
    in_parts = [(need, {part.subdomain for part in need.subdomains}) for need in needs]
    in_parts = [(need, parts) for need, parts in in_parts if parts]
    told_apart = frozenset().union(*(parts for _, parts in in_parts))
    certainly, perhaps = dict[ProgramId, frozenset[str]](), dict[ProgramId, frozenset[str]]()
    for program in programs:
        own, serves = program.program_id, program.serves
        certainly[own], perhaps[own] = serves & whole, frozenset()
        for need, _ in () if told_apart.isdisjoint(serves) else in_parts:
            answer = need.served_by(serves)
            if answer is Answer.MET:
                certainly[own] |= {need.domain}
            elif answer is Answer.UNKNOWN:
                perhaps[own] |= {need.domain}
    return certainly, perhaps


def with_counted_hours(
    policy: DosagePolicy, profile: NeedsProfile, programs: Iterable[Program]
) -> frozenset[ProgramId]:
    """The programmes whose hours count: they serve a need of the person that bears on reoffending.

    Args:
        policy: the policy of the country on hours.
        profile: the needs of the person.
        programs: the programmes.
    """
    which = policy.criminogenic
    if which is None:
        return frozenset()
    needs = profile.from_level(which.count_from)
    whole = which.domains.intersection(need.domain for need in needs)
    in_parts = [need for need in needs if need.subdomains]
    parts = {part.subdomain for need in in_parts for part in need.subdomains}

    def counts(serves: frozenset[str]) -> bool:
        if not whole.isdisjoint(serves):
            return True
        if parts.isdisjoint(serves):
            return False
        return any(need.served_by(serves & which.domains) is Answer.MET for need in in_parts)

    return frozenset(program.program_id for program in programs if counts(program.serves))
