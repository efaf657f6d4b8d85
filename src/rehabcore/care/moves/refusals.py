"""The refusal of a move: each kind of move is an arrow of a table whose states are the settings."""

from collections.abc import Iterable
from typing import NoReturn

from rehabcore.care.moves.requests import PossibleMove
from rehabcore.care.moves.rules import MoveRule
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.machines.requests import Possibility, RequestRefused
from rehabcore.rules.machines.rows import Arrow


def refuse_move(
    rule: MoveRule,
    verdict: Verdict,
    setting: str,
    rules: Iterable[MoveRule],
    instead: Iterable[PossibleMove],
) -> NoReturn:
    """Refuse a move, as a request of any other table is refused.

    Args:
        rule: the kind of move that was asked for.
        verdict: that on its rule.
        setting: where the person is; empty if nobody knows.
        rules: the kinds of moves of the country.
        instead: the moves that can begin where the person is.

    Raises:
        RequestRefused: always.
    """
    by_id = {one.move_id: one for one in rules}
    could = (_as_arrow(by_id[one.move_id], one.verdict) for one in instead)
    raise RequestRefused(MOVES_TABLE, setting, rule.move_id, (), (verdict,), tuple(could))


MOVES_TABLE = "moves"
"""The id of the table of a country's moves, where one is refused."""


def _as_arrow(rule: MoveRule, verdict: Verdict) -> Possibility:
    arrow = Arrow(
        leaves=tuple(sorted(rule.setting_from)),
        to=rule.setting_to,
        event=rule.move_id,
        guard=verdict.criterion,
        cite=rule.cite,
        status=rule.status,
    )
    return Possibility(arrow=arrow, to=rule.setting_to, verdict=verdict)
