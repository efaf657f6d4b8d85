"""How long a plan takes to be drafted, against a match of the same catalogue with its proofs read.

``python -m benchmarks.drafts`` prints both in milliseconds of the processor: on given cells over
``PROGRAMS`` programmes and ``NEEDS`` needs, and the verbs from a case file. It fails beyond the
limits below. Nothing here is part of the package.
"""

import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from time import process_time

from attrs import evolve

import rehabcore as rc
from rehabcore.care.plans.drafting.making import drafted
from rehabcore.casework.drafting import draft_given
from rehabcore.casework.grounding import needs_and_risks
from rehabcore.jurisdictions import Jurisdiction, examples
from rehabcore.programs import Dose, Offer, offers_on
from rehabcore.records.glossary import Concept
from rehabcore.rules.sources import Status, Text
from rehabcore.strict import ProgramId

PROGRAMS, NEEDS = 60, 12
DRAFT_TO_MATCH, VERB_TO_VERB = 2.0, 3.0
"""The most times as long as a match: the draft on given cells, and the verb from a case file."""
ON, ROUNDS = date(2026, 11, 16), 200


def large_country() -> Jurisdiction:
    """The fictional country with many programmes, of which each serves one or two needs of many."""
    xx = rc.load("xx")
    domains = [one.id for one in xx.glossary.need_domains]
    more = [f"need_{number}" for number in range(NEEDS - len(domains))]
    added = (Concept(id=one, title=Text.of(en=one), status=Status.REVIEWED) for one in more)
    glossary = evolve(xx.glossary, need_domains=(*xx.glossary.need_domains, *added))
    domains += more
    programs = []
    for number in range(PROGRAMS):
        like = xx.programs[number % len(xx.programs)]
        served = {domains[number % NEEDS], domains[number * 7 % NEEDS]}
        length = rc.Term(weeks=4 + number * 5 % 23)
        programs.append(
            evolve(
                like,
                program_id=ProgramId(f"p_{number}"),
                serves=frozenset(served),
                dose=Dose(hours=Decimal(10 + number * 3 % 40), length=length),
                prerequisites=(),
                exclusions=(),
            )
        )
    return evolve(xx, glossary=glossary, programs=tuple(programs))


def case_with_needs(country: Jurisdiction) -> rc.CaseFile:
    """The bundled case, with a finding for every need."""
    case = rc.read(examples()["xx/therapeutic-community"], rc.CaseFile)
    first, *others = case.needs_assessments
    told = {one.domain for one in first.findings}
    finding = first.findings[0]
    more = (
        evolve(finding, domain=one.id, level="high" if number % 3 else "some")
        for number, one in enumerate(country.glossary.need_domains)
        if one.id not in told
    )
    full = evolve(first, findings=(*first.findings, *more))
    return evolve(case, needs_assessments=(full, *others))


def proved(offers: tuple[Offer, ...]) -> int:
    """Read the whole proof of every answer, and count its nodes."""
    stack = [offer.verdict for offer in offers]
    count = 0
    while stack:
        count += 1
        stack.extend(stack.pop().children)
    return count


def best_of(call: Callable[[], object]) -> float:
    """The fewest seconds of the processor in some rounds."""
    found = []
    for _ in range(ROUNDS):
        start = process_time()
        call()
        found.append(process_time() - start)
    return min(found)


def main() -> int:
    """Print the figures, and say whether they are within their limits."""
    country = large_country()
    case = case_with_needs(country)
    facts = country.facts_of(case)
    rules, cells = country.admissions_on_any_day, facts.on(ON)
    seen, risks = needs_and_risks(facts, country, ON)

    def matched() -> tuple[Offer, ...]:
        return offers_on(rules, cells, on=ON)

    given = draft_given(facts, country, ON, offers=matched(), needs=seen, risk=risks[0])
    match = best_of(lambda: proved(matched()))
    draft = best_of(lambda: drafted(evolve(given, offers=matched()), country.plan_policy))
    draft -= best_of(matched)
    whole = best_of(lambda: proved(rc.match(evolve(case), country, on=ON).offers))
    plan = best_of(lambda: rc.plan(evolve(case), country, on=ON))
    print(f"{PROGRAMS} programmes, {NEEDS} needs, {drafted(given, country.plan_policy).merit}")
    print(f"match {1e3 * match:.2f} ms, draft {1e3 * draft:.2f} ms: {draft / match:.2f}x")
    print(f"rc.match {1e3 * whole:.2f} ms, rc.plan {1e3 * plan:.2f} ms: {plan / whole:.2f}x")
    return 0 if draft <= DRAFT_TO_MATCH * match and plan <= VERB_TO_VERB * whole else 1


if __name__ == "__main__":
    sys.exit(main())
