"""The people to whom two rules, or two versions of one, give different answers."""

from datetime import date

from rehabcore.casework.arguments import verb
from rehabcore.casework.difference_results import DifferenceResult
from rehabcore.casework.grounding import stamped
from rehabcore.casework.results import Grounds
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.rules.criteria import Criterion, comparisons
from rehabcore.rules.differences.finding import difference
from rehabcore.rules.law.any_day import on_any_day
from rehabcore.strict.problems import one_of, refuse
from rehabcore.strict.vocabulary import ProgramId


@verb
def explain_difference(
    before: Criterion | str,
    after: Criterion | str,
    *,
    country: Jurisdiction,
    on: date,
    until: date | None = None,
    earlier: Jurisdiction | None = None,
) -> DifferenceResult:
    """The kinds of people to whom two rules give different answers on a day, the simplest first.

    On a day for which the data of a country does not say what is law, a person has to judge.

    Args:
        before: the earlier rule; or the id of a programme, or the name of a rule, of ``earlier``.
        after: the later rule; or the id of a programme, or the name of a rule, of ``country``.
        country: the country, in whose words the result is told.
        on: the day.
        until: where nobody differs on the day, each later one before this is looked at, and the
            first is told on which somebody does.
        earlier: an earlier version of the country, or another one; None for the same.

    Raises:
        InputError: there is no such programme and no such rule.
    """
    old = country if earlier is None else earlier
    rules = _rule(old, before, "before"), _rule(country, after, "after")
    found = difference(*map(on_any_day, rules), on=on, until=until)
    asked = {compare.asked.fact.name for rule in rules for compare in comparisons(rule)}
    named = {before, after}
    grounds = Grounds(
        stamp=stamped(country, found.on, None),
        title=country.title,
        facts=tuple(fact for name, fact in country.facts.items() if name in asked),
        sources=country.sources,
        glossary=country.glossary,
        programs=tuple(one for one in country.programs if one.program_id in named),
    )
    return DifferenceResult(grounds=grounds, earlier=old.packs, difference=found)


def _rule(country: Jurisdiction, said: Criterion | str, path: str) -> Criterion:
    """A rule as it is, or that of a programme, or one that a country names."""
    if not isinstance(said, str):
        return said
    program = country.admissions.get(ProgramId(said))
    rule = program or country.rules.get(said)
    if rule is None:
        known = [*country.admissions, *country.rules]
        expected = f"a programme or a named rule: {one_of(known, said)}"
        refuse(said, "dangling_id", expected, path=path)
    return rule
