"""The laws of a country: those of packs, and its golden cases."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from os import PathLike

from hypothesis import Phase, find, settings
from hypothesis.errors import NoSuchExample

from rehabcore.exchange import read
from rehabcore.jurisdictions import Jurisdiction, load
from rehabcore.jurisdictions.golden_cases import GoldenCase, golden_cases, unexpected_answers
from rehabcore.jurisdictions.pack_laws.checking import PACK_LAWS, WAIVERS_WAIVE, pack_findings
from rehabcore.jurisdictions.pack_laws.findings import PackFinding, PackStanding
from rehabcore.jurisdictions.pack_laws.of_rules import (
    CAN_BE_ENTERED,
    CAN_BE_REFUSED,
    stated_rules,
    whole_rules,
)
from rehabcore.records import CaseFile
from rehabcore.rules.law.any_day import on_any_day
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.testing.laws.law import Law, NotShown, require
from rehabcore.testing.strategies.cases import ON
from rehabcore.testing.strategies.near import cases_near

_EXAMPLES = 100
_WANTED = {
    CAN_BE_ENTERED: (whole_rules, Answer.MET),
    CAN_BE_REFUSED: (stated_rules, Answer.NOT_MET),
}
"""The laws for which a person is looked for where they are not proved: of which rules, and who."""

_SAID = {
    **{law.law_id: (law.statement, law.cite) for law in PACK_LAWS},
    WAIVERS_WAIVE: ("Each waiver waives something.", "rehabcore, docs/reference/pack-laws.md"),
}


def for_country(
    which: str | PathLike[str] | Jurisdiction, *, on: date = ON, examples: int = _EXAMPLES
) -> tuple[Law, ...]:
    """The laws of packs for a country, place by place, and its golden cases.

    Where it is not proved that somebody can enter or be refused, a person is looked for.

    Args:
        which: the id of a bundled pack, the path of a folder, or a country, which has no golden
            cases.
        on: the day on which people are looked for.
        examples: how many of them are tried before nobody was found.

    Raises:
        JurisdictionError: names every problem of the pack.
    """
    country = which if isinstance(which, Jurisdiction) else load(which)
    golden = () if isinstance(which, Jurisdiction) else golden_cases(which)
    return (*_of_pack(country, on, examples), *(golden_law(one, country) for one in golden))


def _of_pack(country: Jurisdiction, on: date, examples: int) -> Iterator[Law]:
    for found in pack_findings(country):
        statement, cite = _SAID[found.law_id]
        yield Law(
            law_id=f"{found.law_id}-{found.about}",
            statement=statement,
            cite=cite,
            prove=partial(_stand, found, country, on, examples),
        )


def _stand(found: PackFinding, country: Jurisdiction, on: date, examples: int) -> None:
    match found.standing:
        case PackStanding.BROKEN:
            raise AssertionError(str(found))
        case PackStanding.NOT_REFUTED:
            _look_for_somebody(found, country, on, examples)
        case PackStanding.NOT_PUBLISHED | PackStanding.WAIVED:
            raise NotShown(str(found))


def _look_for_somebody(found: PackFinding, country: Jurisdiction, on: date, examples: int) -> None:
    rules, answer = _WANTED[found.law_id]
    rule = dict(rules(country))[found.about]
    if rule is None or found.about.startswith("moves."):  # no case file answers acts to come
        raise NotShown(str(found))
    tried = settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # anybody will do: a shorter file would show no more
    )
    try:
        people = cases_near(on_any_day(rule), answer=answer, country=country, on=on)
        find(people, lambda _: True, settings=tried)
    except (InputError, NoSuchExample):
        nobody = f"nobody was found in {examples} examples on {on.isoformat()}"
        raise NotShown(f"{found}; {nobody}") from None


def golden_law(golden: GoldenCase, country: Jurisdiction) -> Law:
    """The law that a golden case gets the answers that are expected.

    Args:
        golden: the golden case.
        country: the country that answers.
    """

    def prove() -> None:
        wrong = unexpected_answers(golden, read(golden.case, CaseFile), country)
        require(not wrong, "\n".join([golden.file, *map(str, wrong)]))

    return Law(
        law_id=f"golden-{golden.name}",
        statement="A golden case gets the answers that are expected of it.",
        cite=golden.file,
        prove=prove,
    )
