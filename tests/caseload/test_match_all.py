"""Many people asked at once: answers in order, refused files at the end, proofs on demand."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import rehabcore as rc
from rehabcore.caseload import caseloads, processes
from rehabcore.caseload.desks import Desk

XX = rc.load("xx")
ON = date(2026, 11, 16)
TEXT = rc.examples()["xx/therapeutic-community"]
CASE = rc.read(TEXT, rc.CaseFile)
MATCHED = rc.match(CASE, XX, on=ON)
ANSWERS = {offer.program_id: offer.answer for offer in MATCHED.offers}
INCONSISTENT = TEXT.replace('"record_id": "o-1",', '"record_id": "o-1", "corrects": "e-1",')
FAULTY = rc.read(TEXT.replace('"kind": "sanction"', '"kind": "no_such_kind"'), rc.CaseFile)


def _refused(make: Callable[[], object]) -> tuple[rc.Problem, ...]:
    with pytest.raises(rc.InputError) as caught:
        make()
    return caught.value.problems


@pytest.mark.parametrize("days", [{"on": date(2250, 1, 1)}, {"on": ON, "known_at": date.max}])
def test_days_that_match_refuses_are_refused(days: dict[str, Any]) -> None:
    refused = _refused(lambda: rc.match_all([CASE], XX, **days))
    assert refused == _refused(lambda: rc.match(CASE, XX, **days))


def test_everybody_is_answered_in_order_whatever_form_the_file_has(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(TEXT, "utf-8")
    sources: list[Any] = [CASE, TEXT, TEXT.encode(), json.loads(TEXT), file]
    people = list(rc.match_all(sources, XX, on=ON))
    assert [person.place for person in people] == [0, 1, 2, 3, 4]
    assert [person.case_id for person in people] == [CASE.case_id] * 5
    assert [dict(person.answers) for person in people] == [ANSWERS] * 5
    assert list(people[0].answers) == list(XX.admissions)


def test_a_proof_is_made_on_demand_and_is_that_of_match() -> None:
    of_a_file, of_a_text = rc.match_all([CASE, TEXT], XX, on=ON)
    assert of_a_file.match() == MATCHED
    assert of_a_text.match() == MATCHED


def test_what_was_known_and_how_strictly_files_are_read_are_as_in_match() -> None:
    known_at = date(2026, 2, 11)
    (person,) = rc.match_all([TEXT], XX, on=ON, known_at=known_at)
    then = rc.match(CASE, XX, on=ON, known_at=known_at)
    assert person.match() == then
    assert dict(person.answers) == {offer.program_id: offer.answer for offer in then.offers}
    assert dict(person.answers) != ANSWERS


def test_a_fault_of_a_single_record_is_refused_only_if_strict() -> None:
    (person,) = rc.match_all([FAULTY], XX, on=ON)
    assert person.match() == rc.match(FAULTY, XX, on=ON)
    strictly = rc.match_all([FAULTY], XX, on=ON, strict=True)
    assert list(strictly) == []
    found = _refused(lambda: rc.match(FAULTY, XX, on=ON, strict=True))
    assert strictly.refused[0].problems == found


def test_a_refused_file_stops_nobody_and_is_told_with_its_place_and_all_problems() -> None:
    sources: list[Any] = [
        TEXT,
        "no JSON",
        INCONSISTENT,
        {"schema": "case/2"},
        7,
        Path("nowhere"),
        TEXT,
    ]
    caseload = rc.match_all(sources, XX, on=ON)
    assert [person.place for person in caseload] == [0, 6]
    told = {
        refused.place: [(problem.code, problem.path) for problem in refused.problems]
        for refused in caseload.refused
    }
    assert told == {
        1: [("not_json", "")],
        2: [("wrong_kind", "data.observations[0].filed.corrects")],
        3: [("missing_key", "data")],
        4: [("wrong_type", "")],
        5: [("unreadable", "")],
    }


def test_a_case_file_has_the_problems_that_match_tells() -> None:
    inconsistent = rc.read(INCONSISTENT, rc.CaseFile)
    caseload = rc.match_all([inconsistent], XX, on=ON)
    assert list(caseload) == []
    assert caseload.refused[0].problems == _refused(lambda: rc.match(inconsistent, XX, on=ON))


def test_problems_beyond_the_most_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caseloads, "MOST_PROBLEMS", 3)
    bad = json.dumps({"schema": "case/2", "data": {"a": 1, "b": 2}})
    caseload = rc.match_all([bad, bad, bad], XX, on=ON)
    assert list(caseload) == []
    every = len(_refused(lambda: rc.read(bad, rc.CaseFile)))
    kept = [len(refused.problems) for refused in caseload.refused]
    assert kept == [min(every, 3), max(1, 3 - every), 1]
    assert [len(r.problems) + r.more for r in caseload.refused] == [every] * 3


def test_problems_that_an_error_only_counts_are_counted_here_too() -> None:
    bad = json.dumps({"schema": "case/2", "data": dict.fromkeys(map(str, range(500)))})
    caseload = rc.match_all([bad], XX, on=ON)
    assert list(caseload) == []
    with pytest.raises(rc.InputError) as caught:
        rc.read(bad, rc.CaseFile)
    [refused] = caseload.refused
    assert (refused.problems, refused.more) == (caught.value.problems, caught.value.more)
    assert refused.more > 0


def test_files_are_taken_only_as_answers_are_asked_for() -> None:
    taken = []

    def files() -> Iterator[str]:
        for number in range(100):
            taken.append(number)
            yield TEXT

    caseload = rc.match_all(files(), XX, on=ON)
    assert taken == []
    next(caseload)
    assert taken == [0]


def test_nobody_is_no_caseload_and_no_error() -> None:
    caseload = rc.match_all([], XX, on=ON)
    assert list(caseload) == []
    assert caseload.refused == ()


def test_what_identifies_is_not_shown() -> None:
    (person,) = rc.match_all([TEXT], XX, on=ON)
    assert CASE.case_id not in repr(person)
    assert "therapeutic_community" in repr(person)


@pytest.mark.parametrize("one", [CASE, TEXT, TEXT.encode(), json.loads(TEXT), Path("case.json"), 7])
def test_one_case_is_no_caseload(one: Any) -> None:
    (problem,) = _refused(lambda: rc.match_all(one, XX, on=ON))
    assert (problem.code, problem.path) == ("wrong_type", "cases")


def test_all_wrong_arguments_are_told_together() -> None:
    wrong: dict[str, Any] = {"on": "2026-11-16", "processes": True, "progress": 1}
    found = _refused(lambda: rc.match_all(TEXT, "xx", **wrong))  # type: ignore[arg-type]
    paths = ["jurisdiction", "on", "processes", "progress", "cases"]
    assert [problem.path for problem in found] == paths


@pytest.mark.parametrize("count", [0, 257])
def test_processes_are_a_reasonable_number(count: int) -> None:
    (problem,) = _refused(lambda: rc.match_all([], XX, on=ON, processes=count))
    assert (problem.code, problem.path) == ("out_of_range", "processes")


@pytest.mark.parametrize(
    ("package", "asked"), [("loky", {"processes": 2}), ("tqdm", {"progress": True})]
)
def test_without_the_extra_it_is_told_how_to_get_it(
    package: str, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    (problem,) = _refused(lambda: rc.match_all([], XX, on=ON, **asked))
    assert (problem.code, problem.path) == ("missing_extra", next(iter(asked)))
    assert 'pip install "rehabcore[caseload]"' in problem.expected


def test_a_bar_counts_every_file(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    assert len(list(rc.match_all([TEXT, "no JSON"], XX, on=ON, progress=True))) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "2/2" in err


def test_several_processes_give_the_same_as_one() -> None:
    pytest.importorskip("loky")
    sources: list[Any] = [TEXT, "no JSON", CASE, INCONSISTENT, *[TEXT] * 2 * processes.A_CHUNK]
    alone, shared = (rc.match_all(sources, XX, on=ON, processes=count) for count in (1, 2))
    assert list(shared) == list(alone)
    assert shared.refused == alone.refused
    assert next(shared, None) is None


def test_a_process_answers_at_its_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_DESKS", [])
    desk = Desk(country=XX, on=ON, known_at=None, strict=False)
    processes.open_desk(desk)
    answered, refused = processes.answer_chunk([TEXT, "no JSON"])
    assert answered == desk.answer(TEXT)
    assert repr(refused) == repr(desk.answer("no JSON"))
