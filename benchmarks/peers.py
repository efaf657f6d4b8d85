"""The other engines, each in the fastest of the forms it was tried in.

Engines with two values are asked for both sides of every rule, and for all rules in one call
where they can return a list. The rules are compiled before, and the data converted before, wherever
the engine allows it.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.dialects import CEL, CEL_PYTHON, RULE_ENGINE, ZEN, json_logic
from benchmarks.engines import Catalogue, Engine, Loaded, masks_of
from benchmarks.facts import FACTS
from benchmarks.people import Person

FORK = Path("build/json-logic-fork")
"""Where the second json-logic is; both install a package of one name."""


def _data(person: Person) -> dict[str, Any]:
    """The plain values as JSON has them."""
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in person.plain.items()
    }


def _datalogic(catalogue: Catalogue) -> Loaded:
    package = importlib.import_module("datalogic_py")
    engine = package.Engine()
    rule = engine.compile([json_logic(rule) for rule in catalogue.sides])
    evaluate = engine.session().evaluate_data
    return Loaded(
        data=_data,
        prepare=package.DataHandle,
        answer=lambda handle: evaluate(rule, handle),
    )


def _cel_rust(catalogue: Catalogue) -> Loaded:
    package = importlib.import_module("cel")
    program = package.compile(CEL.all(catalogue.sides))

    return Loaded(data=_data, prepare=package.Context, answer=program.execute)


def _cel_cpp(catalogue: Catalogue) -> Loaded:
    package = importlib.import_module("cel_expr_python.cel")
    names = dict.fromkeys(FACTS, package.Type.DYN)
    environment = package.NewEnv(variables=names)
    expression = environment.compile(CEL.all(catalogue.sides))
    return Loaded(
        data=_data,
        prepare=environment.Activation,
        answer=lambda activation: expression.eval(activation).plain_value(),
    )


def _cel_python(catalogue: Catalogue) -> Loaded:
    package = importlib.import_module("celpy")
    environment = package.Environment()
    program = environment.program(environment.compile(CEL_PYTHON.all(catalogue.sides)))
    return Loaded(data=_data, prepare=package.json_to_cel, answer=program.evaluate)


def _zen_expression(catalogue: Catalogue) -> Loaded:
    package = importlib.import_module("zen")
    expression = package.compile_expression(ZEN.all(catalogue.sides))
    return Loaded(data=_data, prepare=json.dumps, answer=expression.evaluate)


def _zen_graph(catalogue: Catalogue) -> Loaded:
    package = importlib.import_module("zen")
    rules = [
        {"id": str(number), "key": f"{number:04}", "value": ZEN.answer(rule)}
        for number, rule in enumerate(catalogue.sides)
    ]
    graph = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in"},
            {
                "id": "rules",
                "type": "expressionNode",
                "name": "r",
                "content": {"expressions": rules},
            },
            {"id": "out", "type": "outputNode", "name": "out"},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "rules"},
            {"id": "2", "type": "edge", "sourceId": "rules", "targetId": "out"},
        ],
    }
    decision = package.ZenEngine().create_decision(json.dumps(graph))
    return Loaded(
        data=_data,
        answer=decision.evaluate,
        read=lambda response: masks_of(value for _, value in sorted(response["result"].items())),
    )


def _rule_engine(catalogue: Catalogue) -> Loaded:
    package = importlib.import_module("rule_engine")
    rule = package.Rule(RULE_ENGINE.all(catalogue.sides))
    return Loaded(data=_data, answer=rule.evaluate)


def _json_logic(catalogue: Catalogue) -> Loaded:
    return _by_rule(catalogue, importlib.import_module("json_logic").jsonLogic)


def _json_logic_fork(catalogue: Catalogue) -> Loaded:
    if not FORK.is_dir():
        raise ModuleNotFoundError(f"not installed in {FORK}; see benchmarks/README.md")
    others = {name: sys.modules.pop(name) for name in [*sys.modules] if _is_json_logic(name)}
    sys.path.insert(0, str(FORK))
    try:
        return _by_rule(catalogue, importlib.import_module("json_logic").jsonLogic)
    finally:
        sys.path.remove(str(FORK))
        for name in [*sys.modules]:
            if _is_json_logic(name):
                del sys.modules[name]
        sys.modules.update(others)


def _is_json_logic(module: str) -> bool:
    return module.partition(".")[0] == "json_logic"


def _by_rule(catalogue: Catalogue, evaluate: Any) -> Loaded:
    rules = [json_logic(rule) for rule in catalogue.sides]
    return Loaded(data=_data, answer=lambda data: [evaluate(rule, data) for rule in rules])


def _json_logic_rust(catalogue: Catalogue) -> Loaded:
    evaluate = importlib.import_module("jsonlogic_rs").apply_serialized
    rules = [json.dumps(json_logic(rule)) for rule in catalogue.sides]
    return Loaded(
        data=_data,
        prepare=json.dumps,
        answer=lambda data: [evaluate(rule, data, json.loads) for rule in rules],
    )


DATALOGIC = Engine(name="datalogic-py (Rust)", load=_datalogic, cost=12, packages=("datalogic-py",))
PEERS = (
    DATALOGIC,
    Engine(
        name="zen-engine (Rust), one expression",
        load=_zen_expression,
        cost=50,
        packages=("zen-engine",),
    ),
    Engine(name="zen-engine (Rust), graph", load=_zen_graph, cost=1300, packages=("zen-engine",)),
    Engine(name="CEL in Rust", load=_cel_rust, cost=80, packages=("common-expression-language",)),
    Engine(name="CEL in C++", load=_cel_cpp, cost=80, packages=("cel-expr-python",)),
    Engine(name="CEL in Python", load=_cel_python, cost=30_000, packages=("cel-python",)),
    Engine(name="rule-engine", load=_rule_engine, cost=3000, packages=("rule-engine",)),
    Engine(name="json-logic-qubit", load=_json_logic, cost=2500, packages=("json-logic-qubit",)),
    Engine(
        name="panzi-json-logic", load=_json_logic_fork, cost=1800, packages=("panzi-json-logic",)
    ),
    Engine(
        name="jsonlogic-rs (Rust)", load=_json_logic_rust, cost=2000, packages=("jsonlogic-rs",)
    ),
)
