"""The grounds of results: the stamp, and the facts, sources, words and programmes they mention."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache

import attrs
from attrs import evolve

from rehabcore.care.needs import NeedsProfile, profile
from rehabcore.care.needs.risks import RiskSeen, risks
from rehabcore.casework.results import Grounds, Stamp
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.programs import Offer
from rehabcore.questions import CaseFacts, facts_of_kinds
from rehabcore.records import Glossary
from rehabcore.rules.criteria import Criterion, ask, comparisons
from rehabcore.rules.facts import Fact, Known
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.frozen import stated_fields
from rehabcore.strict.same import Same
from rehabcore.strict.version import __version__
from rehabcore.strict.vocabulary import ProgramId

MOST_RULES = 4096
"""How many rules are kept with the facts that they ask."""
MOST_GLOSSARIES = 256
"""For how many lists of facts the words that they mention are kept."""


def stamped(jurisdiction: Jurisdiction, on: date, known_at: date | None) -> Stamp:
    """The stamp of a result."""
    return Stamp(packs=jurisdiction.packs, library=__version__, on=on, known_at=known_at)


def grounds(
    jurisdiction: Jurisdiction,
    stamp: Stamp,
    facts: CaseFacts,
    offers: Iterable[Offer],
    verdicts: Iterable[Verdict] | None = None,
    *,
    all_words: bool = True,
) -> Grounds:
    """The grounds of offers: their programmes and facts, with everything needed to read them.

    Not ``all_words`` of a country are told with offers that speak of nothing but their rules.
    """
    offers = tuple(offers)
    spoken_of = {offer.program_id for offer in offers}
    verdicts = verdicts or [offer.verdict for offer in offers]
    criteria = [verdict.criterion for verdict in verdicts]
    return grounds_of(jurisdiction, stamp, facts, spoken_of, criteria, all_words=all_words)


@lru_cache(maxsize=MOST_GLOSSARIES)
def _words_of(glossary_and_facts: Same) -> Glossary:
    """The words of a glossary that some facts mention. Areas, domains and levels are told whole."""
    glossary: Glossary = glossary_and_facts.objects[0]
    facts: tuple[Fact, ...] = glossary_and_facts.objects[1:]
    kinds = facts_of_kinds(glossary)
    said = {kinds[fact.name][1] for fact in facts if fact.name in kinds}
    for fact in facts:
        said.update(fact.codes, *(parameter.codes for parameter in fact.parameters))
    fields = stated_fields(Glossary)
    lists = {name for name, _, default in fields if default is not attrs.NOTHING}
    told = {name: tuple(w for w in getattr(glossary, name) if w.id in said) for name in lists}
    return evolve(glossary, **told)


def grounds_of(
    jurisdiction: Jurisdiction,
    stamp: Stamp,
    facts: CaseFacts,
    spoken_of: Collection[ProgramId],
    criteria: Iterable[Criterion],
    *,
    all_words: bool = True,
) -> Grounds:
    """The grounds with the programmes of some ids, and the facts that some criteria ask."""
    asked = frozenset().union(*map(_asked_by, criteria))
    declared = tuple(fact for name, fact in jurisdiction.facts.items() if name in asked)
    words = jurisdiction.glossary
    return Grounds(
        stamp=stamp,
        set_aside=facts.set_aside,
        title=jurisdiction.title,
        facts=declared,
        sources=jurisdiction.sources,
        glossary=words if all_words else _words_of(Same((words, *declared))),
        programs=tuple(p for p in jurisdiction.programs if p.program_id in spoken_of),
    )


@lru_cache(maxsize=MOST_RULES)
def _asked_by(criterion: Criterion) -> frozenset[str]:
    """The names of the facts that a rule asks."""
    return frozenset(compare.asked.fact.name for compare in comparisons(criterion))


def has_died(facts: CaseFacts, jurisdiction: Jurisdiction, on: date) -> bool:
    """Whether the person has certainly died by a day."""
    died = facts.on(on)(ask(jurisdiction.facts["died"]))
    return isinstance(died, Known) and died.value is True


def needs_and_risks(
    facts: CaseFacts, jurisdiction: Jurisdiction, on: date
) -> tuple[NeedsProfile, tuple[RiskSeen, ...]]:
    """The needs and the risks of a person on a day; the risk overall comes first."""
    declared, cells, (view,) = jurisdiction.facts, facts.on(on), facts.views(on=on)
    # A country whose domains or levels are not published has no facts about them.
    needs = NeedsProfile(on=on, levels=(), needs=())
    if "need_level" in declared:
        needs = profile(
            declared["need_level"],
            cells,
            view.needs_assessments,
            on=on,
            found_in=declared.get("need_found_in"),
            subdomains=jurisdiction.glossary.need_subdomains,
        )
    found: tuple[RiskSeen, ...] = (RiskSeen(unknown=UnknownKind.MISSING),)
    if "risk_level" in declared:
        found = risks(declared, cells, view, jurisdiction.risk_policy, on=on)
    return needs, found
