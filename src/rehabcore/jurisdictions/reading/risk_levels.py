"""Levels of risk as ``risk.toml`` of a country pack states them, and whether they are sound."""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from rehabcore.instruments.shipped import labels_of_bands, shipped_files
from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.reading.citing import RISK_LISTS
from rehabcore.jurisdictions.reading.overlays import placed, repeated, unknown
from rehabcore.levels.policy import InstrumentLevels, RiskPolicy
from rehabcore.records.glossary import Glossary, codes
from rehabcore.strict.problems import Problem, Problems, listed, missing_key, unknown_keys
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
    before = base and base.risk_policy
    sets = {levels.id: levels for levels in policy.level_sets}
    for path, item in placed(policy, before, "reassessments"):
        yield from unknown([item.level], policy.levels, f"{path}.level")
    for path, item in placed(policy, before, "level_sets"):
        words = codes(getattr(glossary, item.of.value))
        for index, level in enumerate(item.levels):
            yield from unknown([level], words, f"{path}.levels[{index}]")
        if [word for word in words if word in item.levels] != list(item.levels):
            expected = "levels in the order of the glossary"
            yield Problem.of(item.levels, "out_of_range", expected, path=f"{path}.levels")
    for path, item in placed(policy, before, "common_scales"):
        yield from unknown([item.level_set], sets, f"{path}.level_set")
        if item.level_set in sets and len(item.common) != len(sets[item.level_set].levels):
            expected = f"{len(sets[item.level_set].levels)} items, one for each level of the set"
            yield Problem.of(item.common, "out_of_range", expected, path=f"{path}.common")
    for path, item in placed(policy, before, "instrument_levels"):
        if item.domain is not None:
            yield from unknown([item.domain], codes(glossary.need_domains), f"{path}.domain")
        for index, band in enumerate(item.bands):
            yield from unknown([band.level], policy.levels, f"{path}.bands[{index}].level")
        if item.instrument in shipped_files():
            yield from _every_band(path, item, labels_of_bands(item.instrument))
    yield from repeated(policy, before, "reassessments", "level")
    yield from repeated(policy, before, "level_sets", "id")
    yield from repeated(policy, before, "common_scales", "level_set")
    yield from repeated(policy, before, "instrument_levels", "instrument", "table")


def _every_band(
    path: str, item: InstrumentLevels, tables: Mapping[str, tuple[str, ...]]
) -> Iterator[Problem]:
    """The problems of bands of an instrument in the library that the country gives no level."""
    yield from unknown([item.table], tables, f"{path}.table")
    labels = tables.get(item.table, ())
    said = [band.label for band in item.bands]
    for index, label in enumerate(said if labels else ()):
        yield from unknown([label], labels, f"{path}.bands[{index}].label")
    if left := [label for label in labels if label not in said]:
        yield missing_key(f"{path}.bands", f"also the bands {listed(left)}")
