"""Whether everything in a country that claims a source is allowed to.

Every object with both ``cite`` and ``status`` claims something, however deep it stands: a kind of
observation and each of its values, a policy and each of its rows. One walk finds all of them, so
that no new kind of record can claim a review that nobody checked.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from types import NoneType
from typing import Any

import attrs

from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.reading.overlays import added
from rehabcore.questions import Score
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.records import Glossary
from rehabcore.rules.criteria import Asked, Criterion
from rehabcore.rules.sources import Citation, Status, Text, citing_problems
from rehabcore.rules.time.days import Term
from rehabcore.strict.frozen import field_names, is_unfinished
from rehabcore.strict.problems import Problem, join_path

RISK_LISTS = ("reassessments", "level_sets", "common_scales", "instrument_levels")
"""The lists of ``risk.toml``. An overlay adds to them."""

_SKIPPED = (str, int, NoneType, frozenset, Text, Citation, Term, *Criterion.__args__, Asked)
"""Types that the walk skips: they are many and hold no claim, or are rules, which are checked while
they are read."""


def miscited(country: Jurisdiction, base: Jurisdiction | None) -> Iterator[Problem]:
    """The problem of each claim that its citations do not support."""
    sources = {source.source_id: source.status for source in reversed(country.sources)}
    for file, stated in _files(country, base).items():
        for path, status, cite in _claims(stated, ""):
            for problem in citing_problems(status, cite, sources):
                yield problem.below(path).in_file(file)


def _files(country: Jurisdiction, base: Jurisdiction | None) -> dict[str, dict[str, Any]]:
    """The contents of a pack's files, by file and key, as the country holds them."""
    words, risk, rnr = country.glossary, country.risk_policy, country.rnr_policy
    of_words, of_risk = base and base.glossary, base and base.risk_policy
    derived = added(country, base, "derived")
    return {
        "glossary.toml": {name: added(words, of_words, name) for name in field_names(Glossary)},
        "derived.toml": {
            "comparisons": tuple(d for d in derived if not isinstance(d, Score)),
            "scores": tuple(d for d in derived if isinstance(d, Score)),
        },
        "programs.toml": {"programs": added(country, base, "programs")},
        "plan.toml": {"policy": country.plan_policy},
        "rnr.toml": {
            "criminogenic": rnr.dosage.criminogenic,
            "dosage": rnr.dosage.targets,
            "homework": rnr.dosage.homework,
            "sequence": rnr.sequence,
            "apart": rnr.apart,
        },
        "moves.toml": {"moves": added(country, base, "moves")},
        "units.toml": {"unit_profiles": added(country, base, "unit_profiles")},
        "release.toml": {
            name: added(country.release_policy, base and base.release_policy, name)
            for name in ("deadlines", "offers", "agreements", "figures")
        },
        "risk.toml": {
            "overrides": risk.overrides,
            **{name: added(risk, of_risk, name) for name in RISK_LISTS},
        },
        "records.toml": {
            name: getattr(country.records_policy, name) for name in field_names(RecordsPolicy)
        },
    }


def _claims(stated: Any, path: str) -> Iterator[tuple[str, Status | None, tuple[Citation, ...]]]:
    parts: Iterable[tuple[str, Any]] = ()
    if isinstance(stated, dict):
        parts = stated.items()
    elif isinstance(stated, tuple):
        parts = ((f"[{index}]", item) for index, item in enumerate(stated))
    else:
        kind: Any = type(stated)
        names = _fields_of(kind)
        if "cite" in names and "status" in names:
            yield path, stated.status, stated.cite
        parts = ((name, getattr(stated, name)) for name in names if name != "cite")
    for key, part in parts:
        if not isinstance(part, _SKIPPED):
            yield from _claims(part, join_path(path, key))


@cache
def _fields_of(kind: Any) -> tuple[str, ...]:
    """The fields in which a claim may stand; none of what is no record."""
    # Most of these classes were only read, and never finished; to look for attrs would finish them.
    return field_names(kind) if is_unfinished(kind) or attrs.has(kind) else ()
