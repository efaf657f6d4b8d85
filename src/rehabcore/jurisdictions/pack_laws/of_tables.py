"""Laws of tables: levels follow the bands of a score, and nobody is moved to where none leaves."""

from collections.abc import Iterator
from itertools import pairwise

from rehabcore.instruments.shipped import labels_of_bands, shipped_files
from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.pack_laws.findings import PackFinding, PackStanding
from rehabcore.levels.policy import InstrumentLevels
from rehabcore.strict.vocabulary import Setting

LEVELS_FOLLOW_BANDS = "levels_follow_bands"
NO_TRAP = "no_trap"


def levels_follow_bands(country: Jurisdiction) -> Iterator[PackFinding]:
    """For every table of bands that is given levels, whether these never turn from band to band.

    They may rise with the score or fall with it: of some instruments a high score is a good sign.
    """
    ranks = {level: rank for rank, level in enumerate(country.risk_policy.levels)}
    for item in country.risk_policy.instrument_levels:
        levels = [level for _, level in _in_order(item)]
        steps = {
            (ranks[two] > ranks[one]) - (ranks[two] < ranks[one]) for one, two in pairwise(levels)
        }
        turns = {1, -1} <= steps
        yield PackFinding(
            law_id=LEVELS_FOLLOW_BANDS,
            about=f"risk_policy.{item.instrument}.{item.table}",
            standing=PackStanding.BROKEN if turns else PackStanding.PROVED,
            told=", ".join(f"{label} is {level}" for label, level in _in_order(item)),
        )


def _in_order(item: InstrumentLevels) -> list[tuple[str, str]]:
    """The bands with their levels, in the order of the instrument, if the library has it."""
    said = {band.label: band.level for band in item.bands}
    if item.instrument not in shipped_files():
        return [*said.items()]
    return [(label, said[label]) for label in labels_of_bands(item.instrument)[item.table]]


def no_trap(country: Jurisdiction) -> Iterator[PackFinding]:
    """For every setting that a move leads to, whether moves lead on to the community."""
    leaves: dict[Setting, set[Setting]] = {}
    for move in country.moves:
        for origin in move.setting_from:
            leaves.setdefault(origin, set()).add(move.setting_to)
    for setting in dict.fromkeys(move.setting_to for move in country.moves):
        reached, ahead = set[Setting](), {setting}
        while ahead:
            reached |= ahead
            ahead = {to for one in ahead for to in leaves.get(one, ())} - reached
        free = Setting.COMMUNITY in reached
        yield PackFinding(
            law_id=NO_TRAP,
            about=f"settings.{setting.value}",
            standing=PackStanding.PROVED if free else PackStanding.BROKEN,
            told="" if free else "moves lead there, and none from there to the community",
        )
