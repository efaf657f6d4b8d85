"""The words of a country in one language, and of its rules what is said of them to everybody."""

from collections.abc import Iterable
from functools import lru_cache

from attrs import field

from rehabcore.programs import Program
from rehabcore.questions import facts_of_kinds
from rehabcore.records import (
    Concept,
    ContinuityKind,
    EventKind,
    Glossary,
    NeedSubdomain,
    PathwayKind,
)
from rehabcore.reports.wording import Wording
from rehabcore.rules.criteria import Criterion
from rehabcore.strict.frozen import frozen
from rehabcore.strict.same import Same

MOST_VOCABULARIES = 16
"""How many vocabularies are kept."""


@frozen(eq=False, kw_only=True)
class NodeWords:
    """The words of one node of a rule, which are the same for everybody.

    ``clause`` is its title or, for a comparison, its meaning; None for a group without a title.
    ``meaning`` is that of a comparison whose title is the same in every version. ``asked`` names
    the fact that a comparison asks, ``who`` tells who can answer, and ``asking`` also of which law
    it is. ``stated`` tells the days on which the node is law, and its sources. ``drafts`` tells
    whether it holds a draft of law.
    """

    criterion: Criterion
    heading: str
    clause: str | None
    meaning: tuple[str, ...]
    asked: str
    who: tuple[str, ...]
    asking: tuple[str, ...]
    stated: str
    drafts: bool


@frozen(eq=False)
class Vocabulary:
    """The words of a country: kinds of facts, titles of codes by group; and the nodes said in them.

    Nodes stand under their identity, which is theirs for as long as they are kept here.
    """

    kinds: dict[str, tuple[str, str]]
    titles: dict[str, dict[str, str]]
    said: dict[int, NodeWords] = field(factory=dict)


@lru_cache(maxsize=MOST_VOCABULARIES)
def vocabulary_of(language: str, given: Same) -> Vocabulary:
    """The words of a glossary and of programmes, in this order, or of nothing."""
    if not given.objects:
        return Vocabulary({}, {})
    glossary, *programs = given.objects
    return Vocabulary(facts_of_kinds(glossary), _titles(glossary, programs, Wording(language)))


def _titles(
    glossary: Glossary, programs: Iterable[Program], wording: Wording
) -> dict[str, dict[str, str]]:
    """The titles that a country gives to the codes of each group."""
    kinds = (*glossary.observation_kinds, *glossary.state_kinds)
    events = glossary.event_kinds
    words: dict[
        str, Iterable[Concept | EventKind | ContinuityKind | PathwayKind | NeedSubdomain]
    ] = {
        "domain": (*glossary.need_domains, *glossary.need_subdomains),
        "subdomain": glossary.need_subdomains,
        "need_level": glossary.need_levels,
        "risk_level": glossary.risk_levels,
        "responsivity_kind": glossary.responsivity_kinds,
        "languages": glossary.languages,
        "purpose": glossary.consent_purposes,
        "kind": events,
        "severity_at_least": [word for kind in events for word in kind.severities],
        "outcomes": [word for kind in events for word in kind.outcomes],
        "milestone": glossary.milestone_kinds,
        "offence_kind": glossary.offence_kinds,
        "subject": (*glossary.ruling_subjects, *glossary.requirement_subjects),
        "except_reasons": glossary.ruling_reasons,
        "register": glossary.registers,
        "item": glossary.checklist_items,
        "residency_reason": glossary.residency_reasons,
        "continuity_kind": glossary.continuity_kinds,
        "entitlement_kind": glossary.entitlement_kinds,
        "pathway": glossary.pathways,
        "support_need": glossary.support_needs,
        "supporter_role": glossary.supporter_roles,
        **{f"{prefix}_{k.id}": k.values for k in kinds for prefix in ("observed", "state")},
    }
    titles = {
        group: {word.id: wording.title(word.title) for word in some}
        for group, some in words.items()
    }
    named = {str(program.program_id): wording.title(program.title) for program in programs}
    return {**titles, "program": named, "subject": {**titles["subject"], **named}}
