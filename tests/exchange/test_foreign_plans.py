"""Plans of other software are read so far as that is safe, and everything amiss is told at once."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import rehabcore as rc
from rehabcore import exchange
from rehabcore.__main__ import main
from rehabcore.care import PlanContent, PlannedSession
from rehabcore.exchange import PlanRead, read_plan
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import GoalId
from tests.kit.golden_plans import CASES
from tests.kit.plan_acts import edited, entry, opened, told
from tests.kit.plans import DAY, book, content, goal, item

CASE = evolve(CASES["xx"]["adult_on_probation"], case_id=book().case_id)


def _plain(plan: rc.PlanBook | PlanContent) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(exchange.write(plan))
    return document


def _amiss(read: PlanRead) -> list[tuple[str, str, str]]:
    return [(one.law_id, one.place, one.answer.value) for one in read.findings]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"sha256": "0" * 64}, [("P14", "sha256", "not_met")]),
        ({"sha256": 3}, [("P14", "sha256", "not_met")]),
        ({"sha256": None}, [("P14", "sha256", "unknown")]),
    ],
)
def test_a_hash_that_is_wrong_is_a_finding(
    changes: dict[str, Any], found: list[tuple[str, str, str]]
) -> None:
    read = read_plan(_plain(book()) | changes)
    assert read.plan == book()
    assert _amiss(read) == found


def test_a_book_without_a_hash_is_read() -> None:
    document = _plain(book())
    del document["sha256"]
    assert _amiss(read_plan(document)) == [("P14", "sha256", "unknown")]


def test_the_envelope_may_lack() -> None:
    assert read_plan(_plain(content())["data"]) == PlanRead(plan=content(), findings=())
    read = read_plan(_plain(book())["data"])
    assert (read.plan, _amiss(read)) == (book(), [("P14", "sha256", "unknown")])


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("[]", "wrong_type"),
        ("{", "not_json"),
        ({"schema": "plan_book/1"}, "missing_key"),
        ({"schema": "plan_content/1", "data": {"starts": 3}}, r"data\.starts"),
        (exchange.write(CASE), r"schema: unknown_schema"),
        ('{"plan_id": "p", "plan_id": "q", "case_id": "c"}', "repeated_key"),
    ],
)
def test_what_is_no_plan_is_refused(source: Any, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_plan(source)


def _broken() -> rc.PlanBook:
    """A book in which about everything is wrong that laws of plans can see."""
    lost = evolve(goal(), goal_id=GoalId("lost"), needs=("no_such_need",), steps=())
    days = tuple(PlannedSession(day=DAY, starts_at=at, minutes=60) for at in ("10:00", "10:30"))
    wrong = evolve(content(), goals=(goal(), lost), items=(evolve(item(), sessions=days),))
    return told(
        book(),
        entry("signed", 2),
        edited(3, wrong, wrong),
        entry("life:activated", 4),
        opened(5, 2, wrong),
        entry("life:activated", 6, version=2),
    )


def test_everything_amiss_is_told_at_once_in_a_stable_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / name for name in ("plan.json", "case.json")]
    document = _plain(_broken()) | {"sha256": "0" * 64}
    paths[0].write_text(json.dumps(document), "utf-8")
    paths[1].write_text(exchange.write(CASE), "utf-8")
    asked = ["plan", "check", *map(str, paths), "--jurisdiction", "xx", "--on", "2026-11-16"]
    assert main([*asked, "--format", "json"]) == 0
    first = capsys.readouterr().out
    found = [f"{one['law_id']} @ {one['place']}" for one in json.loads(first)]
    assert found[0] == "P14 @ sha256"
    assert {
        "P3 @ entries[2]",  # a signature before the answer
        "P4 @ entries[3]",  # an edit of what is signed
        "P6 @ entries[6]",  # a second version that is active
        "P15 @ entries[3].expects",
        "P1 @ versions[2].goals[1].needs",  # a need that nobody assessed
        "P31 @ versions[2].goals[1]",  # a goal that nothing serves
    } <= set(found)
    assert [one for one in found if one.startswith("P21 @ versions[2].items[0].sessions")]
    assert main([*asked, "--format", "json"]) == 0
    assert capsys.readouterr().out == first
    assert main([*asked, "--language", "en"]) == 0
    assert capsys.readouterr().out.startswith("P14 is broken at sha256: ")


def test_what_cannot_be_read_is_told_with_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.json"
    path.write_text('{"starts": 3}', "utf-8")
    asked = ["--jurisdiction", "xx", "--on", date(2026, 11, 16).isoformat()]
    assert main(["plan", "check", str(path), "bundled:xx/therapeutic-community", *asked]) == 3
    assert "plan.json: data.starts" in capsys.readouterr().err
