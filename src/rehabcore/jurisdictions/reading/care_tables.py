"""The files of a country about moves, therapeutic communities, releases and waivers."""

from collections.abc import Mapping
from typing import Any

from rehabcore.care.community.profiles import UnitProfile
from rehabcore.care.moves.rules import MoveRule
from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.pack_laws.waivers import Waiver
from rehabcore.jurisdictions.reading.stated_lists import stamped_list
from rehabcore.strict.problems import Problems
from rehabcore.strict.structure import Codec

TYPE_CHECKING = False  # type checkers read it as true

if TYPE_CHECKING:
    from rehabcore.care.release import ReleasePolicy


def read_care(
    tables: Mapping[str, Mapping[str, Any]],
    stage: Problems,
    codec: Codec,
    base: Jurisdiction | None,
    stamp: str,
) -> dict[str, Any]:
    """The parts of a country that these files state, by their names in it.

    Args:
        tables: the files of the pack.
        stage: takes the problems.
        codec: reads criteria too.
        base: the country that the pack extends, if it is an overlay.
        stamp: the pack with its version.
    """
    return {
        "moves": stage.in_file("moves.toml", _moves, tables["moves.toml"], codec, base, stamp),
        "unit_profiles": stage.in_file(
            "units.toml", _units, tables["units.toml"], codec, base, stamp
        ),
        "release_policy": stage.in_file(
            "release.toml", _release, tables["release.toml"], codec, base
        ),
        "waivers": stage.in_file(
            "waivers.toml", _waivers, tables["waivers.toml"], codec, base, stamp
        ),
    }


def _moves(
    table: Mapping[str, Any], codec: Codec, base: Jurisdiction | None, stamp: str
) -> tuple[MoveRule, ...]:
    return (*(base.moves if base else ()), *stamped_list(table, "moves", codec, MoveRule, stamp))


def _units(
    table: Mapping[str, Any], codec: Codec, base: Jurisdiction | None, stamp: str
) -> tuple[UnitProfile, ...]:
    own = stamped_list(table, "unit_profiles", codec, UnitProfile, stamp)
    return (*(base.unit_profiles if base else ()), *own)


def _waivers(
    table: Mapping[str, Any], codec: Codec, base: Jurisdiction | None, stamp: str
) -> tuple[Waiver, ...]:
    return (*(base.waivers if base else ()), *stamped_list(table, "waivers", codec, Waiver, stamp))


def _release(table: Mapping[str, Any], codec: Codec, base: Jurisdiction | None) -> "ReleasePolicy":
    """The items of a release; an overlay adds to those of its base."""
    from rehabcore.care.release import ReleasePolicy  # until a country is read, nobody needs it

    stated = codec.read(dict(table), ReleasePolicy)
    if base is None:
        return stated
    below = base.release_policy
    return ReleasePolicy(
        deadlines=(*below.deadlines, *stated.deadlines),
        offers=(*below.offers, *stated.offers),
        agreements=(*below.agreements, *stated.agreements),
        figures=(*below.figures, *stated.figures),
        milestone=stated.milestone or below.milestone,
    )
