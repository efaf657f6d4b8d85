"""The laws of country packs, and how a country stands with each of them.

Source:
    L. L. Fuller, The Morality of Law (Yale University Press, 1964), chapter II: eight ways to fail
    to make law. The numbers in citations are those of his list; they were not yet compared with it.
"""

from collections.abc import Container, Iterator

from attrs import evolve

from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.pack_laws.findings import PackFinding, PackLaw, PackStanding
from rehabcore.jurisdictions.pack_laws.of_rules import (
    CAN_BE_ENTERED,
    CAN_BE_REFUSED,
    NO_CONTRADICTION,
    can_be_entered,
    can_be_refused,
    no_contradiction,
)
from rehabcore.jurisdictions.pack_laws.of_tables import (
    LEVELS_FOLLOW_BANDS,
    NO_TRAP,
    levels_follow_bands,
    no_trap,
)
from rehabcore.jurisdictions.pack_laws.of_words import (
    CITATIONS_RESOLVE,
    TITLES_TRANSLATED,
    citations_resolve,
    titles_translated,
)
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.problems import one_of

WAIVERS_WAIVE = "waivers_waive"
_FULLER = "Fuller 1964 (draft: not yet compared with the book), chapter II, no."

PACK_LAWS = (
    PackLaw(
        law_id=CITATIONS_RESOLVE,
        statement="Whatever is cited is among the sources of the pack.",
        cite=f"{_FULLER} 2: rules are made known",
        look=citations_resolve,
    ),
    PackLaw(
        law_id=TITLES_TRANSLATED,
        statement="Every title is told in every language of the country.",
        cite=f"{_FULLER} 4: rules can be understood",
        look=titles_translated,
    ),
    PackLaw(
        law_id=CAN_BE_ENTERED,
        statement="Some person can enter each programme, make each move and meet each rule.",
        cite=f"{_FULLER} 6: rules do not ask what nobody can do",
        look=can_be_entered,
    ),
    PackLaw(
        law_id=CAN_BE_REFUSED,
        statement="Each rule refuses some person.",
        cite=f"{_FULLER} 1: there is a rule at all",
        look=can_be_refused,
    ),
    PackLaw(
        law_id=NO_CONTRADICTION,
        statement="No two programmes both require and exclude each other.",
        cite=f"{_FULLER} 5: rules do not contradict each other",
        look=no_contradiction,
    ),
    PackLaw(
        law_id=LEVELS_FOLLOW_BANDS,
        statement="The levels of the bands of a score only rise with it, or only fall.",
        cite=f"{_FULLER} 5: rules do not contradict each other",
        look=levels_follow_bands,
    ),
    PackLaw(
        law_id=NO_TRAP,
        statement="From wherever moves lead, moves lead on to the community.",
        cite=f"{_FULLER} 6: rules do not ask what nobody can do",
        look=no_trap,
    ),
)
"""Everything that is looked for, in the order in which it is told."""


@checked_arguments
def pack_findings(country: Jurisdiction) -> tuple[PackFinding, ...]:
    """How a country stands with every law of packs, and with its own waivers.

    What a waiver is about is WAIVED instead of BROKEN. A waiver of the pack itself that waives
    nothing is a finding, too: what it was about was mended, or is misspelt.
    """
    looked = tuple(_looked(country))
    waived = {(one.law_id, one.about) for one in looked if one.standing is PackStanding.WAIVED}
    return (*looked, *_waivers(country, waived))


def _looked(country: Jurisdiction) -> Iterator[PackFinding]:
    reasons = {(waiver.law, waiver.about): waiver.reason for waiver in country.waivers}
    for law in PACK_LAWS:
        for found in law.look(country):
            reason = reasons.get((found.law_id, found.about))
            if reason is None or found.standing is not PackStanding.BROKEN:
                yield found
            else:
                yield evolve(found, standing=PackStanding.WAIVED, told=f"{reason} ({found.told})")


def _waivers(country: Jurisdiction, waived: Container[tuple[str, str]]) -> Iterator[PackFinding]:
    laws = [law.law_id for law in PACK_LAWS]
    for waiver in country.waivers:
        if waiver.origin == country.packs[-1]:
            told = "it waives nothing: the law holds there, or nothing has this name"
            if waiver.law not in laws:
                told = f"there is no such law; expected {one_of(laws, waiver.law)}"
            right = (waiver.law, waiver.about) in waived
            yield PackFinding(
                law_id=WAIVERS_WAIVE,
                about=f"{waiver.law}.{waiver.about}",
                standing=PackStanding.PROVED if right else PackStanding.BROKEN,
                told=waiver.reason if right else told,
            )
