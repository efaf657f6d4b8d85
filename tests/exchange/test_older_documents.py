"""Documents of older versions of the library read as ever, and what they prove is proved again.

``tests/cases/documents`` holds one of every schema, written by the library as it was before
``case/2``, and the same in every later version. They are never written anew. Those of the second
version are as they were first written; ``tests/cases/written`` holds what is written of them today.
"""

import json
from pathlib import Path

import pytest

from rehabcore import exchange, jurisdictions
from rehabcore.casework.decisions import Decision, replay
from rehabcore.casework.results import MoveResult
from rehabcore.exchange.upcasters import raised
from rehabcore.records import CaseFile
from rehabcore.strict.documents import Repetitive
from rehabcore.strict.problems import InputError

DOCUMENTS = Path(__file__).parent.parent / "cases" / "documents"
WRITTEN = Path(__file__).parent.parent / "cases" / "written"
FIRST, SECOND = (DOCUMENTS / f"case-{version}.json" for version in (1, 2))
XX = jurisdictions.load("xx")


def test_there_is_one_of_every_schema_in_each_of_its_versions() -> None:
    schemas = {json.loads(path.read_text("utf-8"))["schema"] for path in DOCUMENTS.iterdir()}
    assert schemas == {
        f"{name}/{version}"
        for name, (_, newest) in exchange.SCHEMAS.items()
        for version in range(1, newest + 1)
    }


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.stem)
def test_what_was_written_reads_and_is_read_back_equal(path: Path) -> None:
    document = exchange.read(path)
    assert exchange.read(exchange.write(document)) == document


SECOND_RESULTS = sorted(p for p in DOCUMENTS.glob("*-2*.json") if p != SECOND)


@pytest.mark.parametrize("path", SECOND_RESULTS, ids=lambda path: path.stem)
def test_a_result_of_the_first_version_is_written_as_one_of_the_second(path: Path) -> None:
    first = exchange.read(DOCUMENTS / path.name.replace("-2", "-1", 1))
    assert exchange.read(path) == first
    assert exchange.write(first) == (WRITTEN / path.name).read_text("utf-8")


def test_a_move_of_an_older_version_was_asked_for_and_says_nothing_of_a_transition() -> None:
    moved = exchange.read(DOCUMENTS / "move-2.json", MoveResult)
    assert (moved.happened, moved.transition) == (False, None)
    assert json.loads(exchange.write(moved))["schema"] == "move/5"


@pytest.mark.parametrize("data", [[], None, {"hand_over": 3}, Repetitive(hand_over={})])
def test_what_is_no_move_of_the_third_version_is_left_to_the_reader(data: object) -> None:
    kept = data if not isinstance(data, dict) or isinstance(data, Repetitive) else {"made": 3}
    assert raised(data, "move", 3, 4) == kept


def test_what_went_along_with_a_move_of_the_third_version_is_no_hand_over_any_more() -> None:
    third = {"hand_over": {"move_id": "release", "items": []}, "plan": None}
    fourth = {"made": {"move_id": "release", "steps": []}, "plan": None}
    assert raised(third, "move", 3, 4) == fourth
    assert raised({"plan": None}, "move", 3, 4) == {"plan": None}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan", []),
        ("plan", {"plan": 3}),
        ("plan", {"plan": {"goals": 3}}),
        ("move", {"made": None, "plan": None}),
        ("hand_over", {"package": {"goals": [3]}, "grounds": {}}),
        ("hand_over", {"package": {}}),
    ],
)
def test_what_has_no_plan_of_the_older_form_is_left_to_the_reader(name: str, data: object) -> None:
    newest = exchange.SCHEMAS[name][1]
    assert raised(data, name, newest - 1, newest) == data


def test_a_package_without_a_plan_needs_no_raising() -> None:
    data = {
        "package": {"goals": None},
        "grounds": {
            "programs": {"columns": [], "rows": []},
            "glossary": {"columns": [], "rows": {}},
        },
    }
    assert raised(data, "hand_over", 1, 2) == data


def test_what_did_not_fit_in_a_stay_is_misplaced_in_the_second_version() -> None:
    acts = [{"record_id": "a", "event": "graduated", "why": "too_early"}]
    first = {"stays": [{"standing": {"misfits": acts}}, {"standing": 3}, 4]}
    second = {"stays": [{"standing": {"misplaced": acts}}, {"standing": 3}, 4]}
    assert raised(first, "residency", 1, 2) == second


@pytest.mark.parametrize("data", [[], None, {}, {"stays": 3}])
def test_what_are_no_stays_of_the_first_version_is_left_to_the_reader(data: object) -> None:
    assert raised(data, "residency", 1, 2) == data


def test_a_decision_has_the_verdict_that_it_had() -> None:
    answers = {}
    for path in DOCUMENTS.glob("decision-1-*.json"):
        decision = exchange.read(path, Decision)
        assert replay(decision) == decision.verdict
        answers[path.stem] = decision.verdict.answer.value
    assert answers == {
        "decision-1-deferred": "unknown",
        "decision-1-granted": "met",
        "decision-1-overridden": "met",
        "decision-1-refused": "not_met",
    }


def test_a_case_file_of_the_first_version_is_written_as_one_of_the_second() -> None:
    case = exchange.read(FIRST, CaseFile)
    XX.check(case)
    assert exchange.write(case) == (WRITTEN / SECOND.name).read_text("utf-8")
    assert exchange.read(SECOND, CaseFile) == case


def test_a_key_that_only_the_second_version_has_is_refused_in_the_first() -> None:
    document = json.loads(FIRST.read_text("utf-8"))
    document["data"]["consents"][1]["filed"]["sequence"] = 2
    document["data"]["offences"][0]["filed"] |= {"same_as": "of-2", "corrects": None}
    assert refusals(document) == [
        ("unknown_key", "data.consents[1].filed", "sequence"),
        ("unknown_key", "data.offences[0].filed", "same_as"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("availabilities", "unavailabilities", "separations", "strengths", "own_goals"),
        *("offer_refusals", "offer_deferrals", "needs_contests", "risk_contests"),
        "supporters",
    ],
)
def test_records_on_which_plans_rest_are_refused_in_the_first_version(name: str) -> None:
    document = json.loads(FIRST.read_text("utf-8"))
    document["data"][name] = []
    assert refusals(document) == [("unknown_key", "data", name)]


def test_a_finding_of_the_first_version_names_no_part_of_its_domain() -> None:
    document = json.loads(FIRST.read_text("utf-8"))
    finding = document["data"]["needs_assessments"][0]["findings"][0]
    finding["subdomains"] = ["drugs"]
    path = "data.needs_assessments[0].findings[0]"
    assert refusals(document) == [("unknown_key", path, "subdomains")]


def test_what_neither_version_has_is_told_like_any_other_problem() -> None:
    document = json.loads(FIRST.read_text("utf-8"))
    document["data"]["consents"] = {"filed": {}}
    document["data"]["states"][0] |= {"filed": [], "valeu": "employed"}
    assert {(code, path) for code, path, _ in refusals(document)} == {
        ("wrong_type", "data.consents"),
        ("wrong_type", "data.states[0].filed"),
        ("unknown_key", "data.states[0]"),
    }


def refusals(document: object) -> list[tuple[str, str, str]]:
    """The code, the path and the key of every problem in a document."""
    with pytest.raises(InputError) as caught:
        exchange.read(json.dumps(document))
    return [(problem.code, problem.path, problem.key) for problem in caught.value.problems]
