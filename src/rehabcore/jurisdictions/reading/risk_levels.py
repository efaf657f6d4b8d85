"""Levels of risk as ``risk.toml`` of a country pack states them, and whether they are sound."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from rehabcore import instruments
from rehabcore.instruments import Instrument
from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.reading.citing import RISK_LISTS, added
from rehabcore.levels.policy import InstrumentLevels, RiskPolicy
from rehabcore.records.glossary import Glossary, codes
from rehabcore.strict.problems import Problem, Problems, missing_key, one_of, unknown_keys
from rehabcore.strict.structure import Codec

_LIMITS = "overrides"


def read_risk_policy(
    table: Mapping[str, Any], codec: Codec, glossary: Glossary, base: Jurisdiction | None
) -> RiskPolicy:
    """The policy of ``risk.toml``, added to that of a base; limits replace those of the base.

    Raises:
        InputError: names every problem, with its path.
    """
    Problems(*unknown_keys(table, (_LIMITS, *RISK_LISTS))).done()
    stated = codec.read({**table, "levels": list(codes(glossary.risk_levels))}, RiskPolicy)
    if base is None:
        return stated
    before = base.risk_policy
    added: dict[str, Any] = {
        name: (*getattr(before, name), *getattr(stated, name)) for name in RISK_LISTS
    }
    limits = stated.overrides if _LIMITS in table else before.overrides
    return attrs.evolve(stated, overrides=limits, **added)


def risk_problems(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> Iterator[Problem]:
    """The problems of words that the glossary does not have, and of things stated twice."""
    policy, glossary = jurisdiction.risk_policy, jurisdiction.glossary
    sets = {levels.id: levels for levels in policy.level_sets}
    for path, item in _own(policy, base, ("reassessments",)):
        yield from _known(f"{path}.level", item.level, policy.levels)
    for path, item in _own(policy, base, ("level_sets",)):
        words = codes(getattr(glossary, item.of.value))
        for index, level in enumerate(item.levels):
            yield from _known(f"{path}.levels[{index}]", level, words)
        if [word for word in words if word in item.levels] != list(item.levels):
            expected = "levels in the order of the glossary"
            yield Problem.of(item.levels, "out_of_range", expected, path=f"{path}.levels")
    for path, item in _own(policy, base, ("common_scales",)):
        yield from _known(f"{path}.level_set", item.level_set, tuple(sets))
        if item.level_set in sets and len(item.common) != len(sets[item.level_set].levels):
            expected = f"{len(sets[item.level_set].levels)} items, one for each level of the set"
            yield Problem.of(item.common, "out_of_range", expected, path=f"{path}.common")
    for path, item in _own(policy, base, ("instrument_levels",)):
        if item.domain is not None:
            yield from _known(f"{path}.domain", item.domain, codes(glossary.need_domains))
        for index, band in enumerate(item.bands):
            yield from _known(f"{path}.bands[{index}].level", band.level, policy.levels)
        if item.instrument in instruments.names():
            yield from _every_band(path, item, instruments.find(item.instrument))
    yield from _each_once(policy, base)


def _every_band(path: str, item: InstrumentLevels, instrument: Instrument) -> Iterator[Problem]:
    """The problems of bands of an instrument in the library that the country gives no level."""
    tables = {
        **{b.name: [band.label for t in b.tables for band in t.bands] for b in instrument.bands},
        **{nearest.name: [label for label, _ in nearest.means] for nearest in instrument.nearest},
    }
    yield from _known(f"{path}.table", item.table, tuple(tables))
    labels = tuple(dict.fromkeys(label for label in tables.get(item.table, ()) if label))
    said = [band.label for band in item.bands]
    for index, label in enumerate(said if labels else ()):
        yield from _known(f"{path}.bands[{index}].label", label, labels)
    if left := [label for label in labels if label not in said]:
        yield missing_key(f"{path}.bands", f"also the bands {', '.join(left)}")


_KEYS = {
    "reassessments": ("level",),
    "level_sets": ("id",),
    "common_scales": ("level_set",),
    "instrument_levels": ("instrument", "table"),
}
"""The keys that name each thing about which a list may state something only once."""


def _each_once(policy: RiskPolicy, base: Jurisdiction | None) -> Iterator[Problem]:
    for name, keys in _KEYS.items():
        count = Counter(_named(item, keys) for item in getattr(policy, name))
        for path, item in _own(policy, base, (name,)):
            if count[_named(item, keys)] > 1:
                expected, place = "something that is stated once", f"{path}.{keys[-1]}"
                yield Problem.of(getattr(item, keys[-1]), "duplicate_id", expected, path=place)


def _named(item: object, keys: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(item, key) for key in keys)


def _own(
    policy: RiskPolicy, base: Jurisdiction | None, lists: tuple[str, ...]
) -> Iterator[tuple[str, Any]]:
    """The items of lists that are not the base's, each with its path."""
    for name in lists:
        for index, item in enumerate(added(policy, base and base.risk_policy, name)):
            yield f"{name}[{index}]", item


def _known(path: str, code: str, words: tuple[str, ...]) -> Iterator[Problem]:
    if code not in words:
        yield Problem.of(code, "unknown_value", one_of(words, code), path=path)
