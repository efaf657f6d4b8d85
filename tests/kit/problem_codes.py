"""The codes of problems that modules give, as their texts show them."""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.kit.house import Module

PLACES = {
    r"(.+\.)?(refuse|note|Problem\.of|_Wrong|_found)": 1,
    r"_refuse|_problem|_id_problem": 0,
}
"""Where the code stands among the arguments of what makes a problem."""


def codes_given(modules: Iterable[Module]) -> set[str]:
    """Every code of a problem that stands as text where the problem is made."""
    calls = (node for module in modules for node in module.nodes if isinstance(node, ast.Call))
    codes = (
        code.value for call in calls for code in _codes_of(call) if isinstance(code, ast.Constant)
    )
    return {code for code in codes if isinstance(code, str)}


def _codes_of(call: ast.Call) -> Iterator[ast.expr]:
    made = ast.unparse(call.func)
    if made == "Remark":  # it is about a score, and no problem
        return
    yield from (word.value for word in call.keywords if word.arg == "code")
    for names, place in PLACES.items():
        if re.fullmatch(names, made):
            yield from call.args[place : place + 1]


def constants(modules: Iterable[Module]) -> set[object]:
    """Every text and number that stands in the modules."""
    nodes = (node for module in modules for node in module.nodes)
    return {node.value for node in nodes if isinstance(node, ast.Constant)}
