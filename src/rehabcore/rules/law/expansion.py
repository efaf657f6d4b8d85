"""Versions of law as ordinary criteria, so that judging need not know of versions.

If the day asked about selects the version, each version becomes a clause that is in force on its
own days, and the group is marked with the days that are covered. If another day selects it (that of
the offence, the sentence or the release), each version becomes a branch guarded by a comparison of
that day. For days without a known version, a person has to judge.
"""

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from rehabcore.rules.criteria import About, AllOf, AnyOf, Asked, Compare, Criterion, ask
from rehabcore.rules.law.versions import UNSETTLED, Version, Versions
from rehabcore.rules.time.days import Span


def expand(versions: Versions[Criterion], about: About, anchor: Asked | None) -> AnyOf:
    """The versions of a criterion as one group, of which exactly one part counts on any day.

    Args:
        versions: the criterion in each of its versions.
        about: id, title and sources for the whole group.
        anchor: the fact whose anchor day selects the version; None for the day asked about.
    """
    if anchor is None:
        clauses = tuple(
            _clause(version, _stated(version, versions.name, about))
            for version in versions.versions
        )
        return AnyOf(clauses, about=evolve(about, covered=versions.covered))
    return AnyOf(tuple(_branches(versions, about, anchor)), about=about)


def lies_within(anchor: Asked, span: Span, about: About) -> tuple[Compare, ...]:
    """The comparisons that hold if the anchor day of a fact lies in a span."""
    since = evolve(anchor.since(span.start), about=about)
    if not isinstance(span.end, date):
        return (since,)
    return since, evolve(anchor.before(span.end), about=about)


def _clause(version: Version[Criterion], said: About) -> Criterion:
    law = version.value if version.value is not None else _unsettled(said)
    if law.about.in_force is None:
        return evolve(law, about=evolve(law.about, in_force=version.in_force))
    return AllOf((law,), about=evolve(said, in_force=version.in_force))


def _branches(versions: Versions[Criterion], about: About, anchor: Asked) -> Iterator[Criterion]:
    covered = versions.covered
    said = _stated(versions.versions[0], versions.name, about)
    earlier = evolve(anchor.before(covered.start), about=said)
    yield AllOf((earlier, _unsettled(said)), about=said)
    for version in versions.versions:
        said = _stated(version, versions.name, about)
        law = version.value if version.value is not None else _unsettled(said)
        yield AllOf((*lies_within(anchor, version.in_force, said), law), about=said)
    if isinstance(covered.end, date):
        later = evolve(anchor.since(covered.end), about=said)
        yield AllOf((later, _unsettled(said)), about=said)


def _unsettled(said: About) -> Compare:
    return evolve(ask(UNSETTLED).is_(True), about=said)


def _stated(version: Version[Criterion], name: str, about: About) -> About:
    """The ``About`` of a part that only says when a version is law."""
    return About(
        id=name,
        cite=version.cite or about.cite,
        status=version.status or about.status,
        origin=about.origin,
    )
