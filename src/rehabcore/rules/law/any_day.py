"""A criterion for any day: where the data does not say what is law, a person has to judge.

Asked directly, such a day is refused (``law.coverage``): the caller asked about a day of which the
country says nothing. Among many rules that would stop them all for the sake of one. So a country
also keeps each rule in this form, in which the days without law are clauses like any other.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from attrs import evolve

from rehabcore.rules.criteria import About, AnyOf, Compare, Criterion, Not, ask, parts_of
from rehabcore.rules.law.coverage import CALENDAR
from rehabcore.rules.law.versions import NOT_ON_FILE
from rehabcore.rules.time.days import Span
from rehabcore.strict.same import Same

MOST_FORMS = 4096
"""How many criteria are kept in this form."""


def on_any_day(criterion: Criterion) -> Criterion:
    """The criterion with a clause for the days that its data does not cover.

    It answers every covered day as the criterion does. On any other day, a node whose law is not
    on file is unknown, and asks a person; the other nodes answer.
    """
    covered = criterion.about.covered
    if covered is None and not criterion.extent.limited:
        return criterion
    return _in_this_form(Same((criterion,)))


@lru_cache(maxsize=MOST_FORMS)
def _in_this_form(asked: Same) -> Criterion:
    """The form of a criterion, one for all rules that share it, so that it is judged only once."""
    [criterion] = asked.objects
    node, covered = _with_parts_on_any_day(criterion), criterion.about.covered
    return node if covered is None else _covering(node, covered)


def _with_parts_on_any_day(criterion: Criterion) -> Criterion:
    match criterion:
        case Compare():
            return criterion
        case Not():
            return evolve(criterion, part=on_any_day(criterion.part))
        case _:
            return evolve(criterion, parts=tuple(map(on_any_day, criterion.parts)))


def _covering(node: Criterion, covered: Span) -> Criterion:
    said = evolve(node.about, id=_figure(node) or node.about.id)
    unfiled = tuple(_not_on_file(said, span) for span in _outside(covered))
    about = evolve(node.about, covered=CALENDAR)
    if isinstance(node, AnyOf) and all(_dated_within(part.about, covered) for part in node.parts):
        # Versions, of which none is in force on the other days: one more version, and no new level.
        return evolve(node, parts=(*node.parts, *unfiled), about=about)
    law = evolve(node, about=evolve(node.about, covered=None, in_force=covered))
    return AnyOf((law, *unfiled), about=about)


def _figure(node: Criterion) -> str:
    """The id that all versions of a figure bear; empty if the node is not one of those."""
    ids = {part.about.id for part in parts_of(node)}
    return ids.pop() if len(ids) == 1 else ""


def _dated_within(about: About, covered: Span) -> bool:
    law, last = about.in_force, covered.certain_end
    if law is None or law.start < covered.start:
        return False
    return last is None or (law.certain_end is not None and law.certain_end <= last)


def _outside(covered: Span) -> Iterator[Span]:
    """The days before and after those that are covered."""
    if covered.start > CALENDAR.start:
        yield Span(CALENDAR.start, covered.start)
    if isinstance(covered.end, date):
        yield Span(covered.end, CALENDAR.end)


def _not_on_file(about: About, span: Span) -> Compare:
    # It says of itself what the versions of the same law say, so that a reader knows which law.
    return evolve(ask(NOT_ON_FILE).is_(True), about=evolve(about, in_force=span, covered=None))
