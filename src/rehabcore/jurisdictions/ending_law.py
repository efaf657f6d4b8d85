"""The law of a country that ends soon, and the figures and versions that have ended already.

A programme or clause that ceased to be in force long ago is no gap in what is known, and is not
listed. Of rules it knows those that go by the day asked about; of figures, all.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.questions import Score
from rehabcore.rules.criteria import Criterion, parts_of
from rehabcore.rules.law.coverage import ended_parts, lapsing_parts
from rehabcore.rules.time.days import End, Term
from rehabcore.strict.checked import checked, checked_arguments
from rehabcore.strict.frozen import frozen

_QUARTER = Term(days=90)


@frozen(kw_only=True)
@checked
class EndingLaw:
    """A figure, rule, clause or programme, and the first day on which it is no longer law.

    ``law`` is the name of the parameter, or the id of the rule. ``stops`` lists the programmes,
    moves and scores that rest on it: from that day on, a person has to judge. If it ``lapses``, the
    law itself ends on that day, and no longer counts.
    """

    law: str
    ends: date
    stops: tuple[str, ...]
    lapses: bool = False


@checked_arguments
def ending_law(
    country: Jurisdiction, *, on: date, within: Term = _QUARTER
) -> tuple[EndingLaw, ...]:
    """The law that ends within a term after a day, and the figures and versions ended by then.

    In the order of their ends, then of their names. A declared gap is not an end.

    Args:
        country: the country, with or without an agency's overlay.
        on: the day.
        within: how far to look ahead; law that ends on the last day of the term is listed.

    Raises:
        InputError: ``on`` is not a date, or the term leads out of the calendar.
    """
    until = within.after(on)
    stopped: dict[tuple[date, str, bool], dict[str, None]] = defaultdict(dict)
    for law, end in _figures(country):
        if isinstance(end, date) and end <= until:
            stopped[end, law, False] = {}
    for name, rule in _rules(country):
        for part, end in ended_parts(rule, on, until):
            stopped[end, _law_of(part, country), False][name] = None
        for part, end in lapsing_parts(rule, on, until):
            if part.about.id != "alive":  # it ends only with the rules beside it
                stopped[end, part.about.id or name, True][name] = None
    return tuple(
        EndingLaw(law=law, ends=end, stops=tuple(stops), lapses=lapses)
        for (end, law, lapses), stops in sorted(stopped.items(), key=lambda item: item[0])
    )


def _figures(country: Jurisdiction) -> Iterator[tuple[str, End]]:
    """The dated figures of a country, each with the end of its last version."""
    for figure in country.parameters.values():
        yield figure.name, figure.covered.end
    targets = country.rnr_policy.dosage.targets
    if targets is not None:
        yield targets.name, targets.covered.end


def _rules(country: Jurisdiction) -> Iterator[tuple[str, Criterion]]:
    """The rules that stop if law ends, each with the name of what rests on it."""
    yield from country.admissions.items()
    yield from country.permissions.items()
    for made in country.derived:
        if isinstance(made, Score):
            yield from ((made.fact.name, part.when) for part in made.parts)


def _law_of(part: Criterion, country: Jurisdiction) -> str:
    """The parameter of which a group holds the versions; else the group's own id."""
    ids = {version.about.id for version in parts_of(part)} & country.parameters.keys()
    return min(ids, default=part.about.id)
