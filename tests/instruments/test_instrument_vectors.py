"""The shared vectors of instruments: each form gives the scores and bands that they state."""

import json
from pathlib import Path
from typing import Any

import pytest

from rehabcore import instruments
from rehabcore.strict.problems import InputError
from tests.kit.instrument_adapters import ADAPTERS

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "instruments.json").read_text("utf-8")
)

NOT_SHIPPED = frozenset(
    {
        "BPAQ-29_NORMS",
        "BPAQ-SF",
        "COMPAS_DECILE",
        "LSI-R_BANDS",
        "NYC_SUPERVISED_RELEASE",
        "ORAS_BANDS",
        "PATTERN_AGE_POINTS",
        "PATTERN_MALE_1.3",
        "PTRA",
        "SFS-98",
        "STATIC-99",
        "STATIC-99R",
        "STATIC-99R_BANDS",
        "TCU-CEST_SCALE",
        "VPRAI-R",
        "VPRAI_ORIGINAL_BANDS",
    }
)
"""Tools whose vectors are run where they are declared, in no release."""
ELSEWHERE = frozenset({"DOSAGE", "DOSAGE_CREDIT"})
"""What is no instrument, and whose vectors are run where it is tested: in `test_dosage`."""

RUN = [pytest.param(vector, id=vector["id"]) for vector in VECTORS if vector["tool"] in ADAPTERS]


@pytest.mark.parametrize("vector", RUN)
def test_result_is_the_one_that_the_vector_states(vector: dict[str, Any]) -> None:
    run, inputs, expected = ADAPTERS[vector["tool"]], vector["inputs"], vector["expected"]
    if "error" in expected:
        with pytest.raises(InputError) as refused:
            run(inputs)
        assert all(problem.path.startswith("answers") for problem in refused.value.problems)
        return
    results = run(inputs)
    assert {key: results[key] for key in expected} == _within(expected)


def _within(expected: dict[str, Any]) -> dict[str, Any]:
    return {
        key: pytest.approx(value, abs=1e-6) if isinstance(value, float | dict) else value
        for key, value in expected.items()
    }


def test_every_vector_is_run_here_or_said_not_to_be() -> None:
    tools = [*ADAPTERS, *NOT_SHIPPED, *ELSEWHERE]
    assert {vector["tool"] for vector in VECTORS} <= set(tools)
    assert len(tools) == len(set(tools))


def test_every_vector_of_a_built_tool_is_run_once() -> None:
    left_out = NOT_SHIPPED | ELSEWHERE
    ids = [vector["id"] for vector in VECTORS if vector["tool"] not in left_out]
    assert [param.id for param in RUN] == ids
    assert len(set(ids)) == len(ids)


def test_every_shipped_tool_is_named_as_in_its_vectors() -> None:
    tools = {instruments.find(name).tool for name in instruments.names()}
    assert tools & {vector["tool"] for vector in VECTORS} <= set(ADAPTERS)
