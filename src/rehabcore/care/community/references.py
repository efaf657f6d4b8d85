"""Communities of other countries, as documented references; no country pack rests on them."""

from functools import cache
from importlib import resources

from rehabcore.care.community.profiles import UnitProfile
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.plain import criterion_forms, plain_forms
from rehabcore.rules.sources import Source
from rehabcore.strict.documents import parse_toml
from rehabcore.strict.frozen import frozen
from rehabcore.strict.structure import Codec


@frozen(kw_only=True)
class _File:
    sources: tuple[Source, ...]
    unit_profiles: tuple[UnitProfile, ...]


@cache
def _file() -> _File:
    forms = plain_forms(dates_are_objects=True)
    codec = Codec(forms, dates_are_objects=True)
    reader = CriterionReader(facts={}, rules={}, codec=codec)
    whole = Codec((*forms, *criterion_forms(reader)), dates_are_objects=True)
    file = resources.files("rehabcore.care.community").joinpath("references.toml")
    return whole.read(parse_toml(file.read_bytes()), _File)


def reference_profiles() -> tuple[UnitProfile, ...]:
    """The reference profiles, in their order."""
    return _file().unit_profiles


def reference_sources() -> tuple[Source, ...]:
    """The texts that they cite."""
    return _file().sources
