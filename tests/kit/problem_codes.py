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
    codes = (code for module in modules for node in module.nodes for code in _codes_of(node))
    texts = (text.value for code in codes for text in _ways(code) if isinstance(text, ast.Constant))
    return {text for text in texts if isinstance(text, str)}


def _codes_of(node: ast.AST) -> Iterator[ast.expr]:
    """What stands for a code in a call, or is kept as ``code`` for one."""
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
        yield node.value
    if isinstance(node, ast.Call):
        made = ast.unparse(node.func)
        if made == "Remark":  # it is about a score, and no problem
            return
        yield from (word.value for word in node.keywords if word.arg == "code")
        for names, place in PLACES.items():
            if re.fullmatch(names, made):
                yield from node.args[place : place + 1]


def _ways(code: ast.expr) -> Iterator[ast.expr]:
    """A code, or both where it depends on something."""
    if isinstance(code, ast.IfExp):
        yield from _ways(code.body)
        yield from _ways(code.orelse)
    else:
        yield code


def constants(modules: Iterable[Module]) -> set[object]:
    """Every text and number that stands in the modules."""
    nodes = (node for module in modules for node in module.nodes)
    return {node.value for node in nodes if isinstance(node, ast.Constant)}
