"""Bad country packs are refused whole, with every problem, file and path."""

import tracemalloc
from itertools import chain
from pathlib import Path

import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.records import CaseFile
from rehabcore.strict.documents import LARGEST_INPUT
from rehabcore.strict.problems import JurisdictionError, Problem
from tests.kit.bad_files import COUNTRIES, EXPECTED_COUNTRIES, ON, build, with_records


@pytest.mark.parametrize(("name", "programs"), [("_good", 3), ("_good_overlay", 8)])
def test_the_good_packs_load_and_match(name: str, programs: int) -> None:
    country = jurisdictions.load(COUNTRIES / name)
    case = exchange.read(with_records(), CaseFile)
    assert len(casework.match(case, country, on=ON).offers) == programs


def test_every_bad_country_is_refused_with_exactly_its_problems(tmp_path: Path) -> None:
    found = {name: problems_of(build(tmp_path / name, name)) for name in EXPECTED_COUNTRIES}
    told = {name: [[p.file, p.code, p.path] for p in found[name]] for name in found}
    assert told == EXPECTED_COUNTRIES
    for problem in chain.from_iterable(found.values()):
        assert problem.found
        assert problem.expected
        assert str(problem).isprintable()


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """What is wrong with a country that must be refused."""
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(folder)
    return caught.value.problems


@pytest.mark.parametrize(
    ("file", "right", "also_right"),
    [
        pytest.param("programs.toml", "at_least = 2\n", "at_least = 3\n", id="all-of-three"),
        pytest.param("programs.toml", "at_least = 2\n", "at_least = 1\n", id="one-of-three"),
        pytest.param("programs.toml", '"open"', "2021-01-02", id="in-force-for-a-day"),
        pytest.param("programs.toml", "sessions = 10", "sessions = 1", id="one-session"),
        pytest.param("programs.toml", "2021-01-01", "1850-01-01", id="in-the-first-year"),
        pytest.param(
            "programs.toml", '"work_start"]\nsettings', "]\nsettings", id="no-prerequisite"
        ),
        pytest.param("rules.toml", '"18 years"', '"200 years"', id="the-longest-term"),
        pytest.param("rules.toml", '"18 years"', '"0 days"', id="the-shortest-term"),
        pytest.param("rules.toml", "[rules.consents]\n", "[rules.consents]\nstatus = 'draft'\n"),
        pytest.param("plan.toml", 'review_every = "6 months"\n', "", id="no-review-stated"),
        pytest.param(
            "moves.toml", "[[moves]]", f"# {'[' * 100}\n[[moves]]", id="brackets-in-comment"
        ),
    ],
)
def test_what_is_just_inside_the_limits_of_a_country_is_good(
    file: str, right: str, also_right: str, tmp_path: Path
) -> None:
    folder = build(tmp_path / "pack", "_good")
    text = (folder / file).read_text()
    assert right in text
    (folder / file).write_text(text.replace(right, also_right, 1))
    assert jurisdictions.load(folder).packs[-1] == "zz@2026.1"


def test_every_file_of_a_pack_is_bad_somewhere() -> None:
    files = {file for problems in EXPECTED_COUNTRIES.values() for file, _, _ in problems}
    assert files >= {
        *("pack.toml", "sources.toml", "glossary.toml", "rules.toml", "programs.toml"),
        *("entry.toml", "plan.toml", "moves.toml", "records.toml"),
    }


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(
            "a = 1 #".ljust(LARGEST_INPUT, "#"), ["unknown_key"], id="as-large-as-allowed"
        ),
        pytest.param("a = 1 #".ljust(LARGEST_INPUT + 1, "#"), ["too_large"], id="one-too-large"),
        pytest.param(f"a = {'[' * 50_000}", ["too_deep"], id="lists-never-closed"),
        pytest.param(f"a = {'[' * 5_000}{']' * 5_000}", ["too_deep"], id="lists-too-deep"),
        pytest.param(f"# {']' * 5_000}\na = {'[' * 5_000}", ["too_deep"], id="closed-in-a-comment"),
        pytest.param(f"a = ['\"', {'[' * 5_000}, '\"']", ["too_deep"], id="between-quotes"),
        pytest.param(f"{'.'.join('a' * 50_000)} = 1", ["too_deep"], id="dotted-key"),
        pytest.param(f'a = "{chr(92)}"' * 500_000, ["not_toml"], id="a-million-quotes"),
        pytest.param(f"a = 0x{'f' * 1_000_000}", ["unknown_key"], id="a-million-hex-digits"),
    ],
)
def test_hostile_toml_is_bounded(text: str, codes: list[str], tmp_path: Path) -> None:
    folder = build(tmp_path / "pack", "_good")
    with (folder / "plan.toml").open("w", encoding="utf-8") as file:
        file.write(text)
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(folder)
    assert [problem.code for problem in caught.value.problems] == codes
    assert {problem.file for problem in caught.value.problems} == {"plan.toml"}


def test_a_file_of_a_pack_is_never_read_beyond_its_limit(tmp_path: Path) -> None:
    folder = build(tmp_path / "pack", "_good")
    with (folder / "plan.toml").open("r+b") as file:
        file.truncate(100 * LARGEST_INPUT)  # which takes no room on the disk
    tracemalloc.start()
    problems = problems_of(folder)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(problem.file, problem.code) for problem in problems] == [("plan.toml", "too_large")]
    assert peak < 5 * LARGEST_INPUT


def test_a_folder_that_is_not_there_is_a_missing_pack(tmp_path: Path) -> None:
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(tmp_path / "nowhere")
    assert [(p.file, p.code) for p in caught.value.problems] == [("pack.toml", "missing_file")]


@pytest.mark.parametrize("name", ["atlantis", "", "../xx", "XX", "__import__('os')"])
def test_a_country_that_is_not_bundled_is_refused(name: str) -> None:
    with pytest.raises(JurisdictionError) as caught:
        jurisdictions.load(name)
    assert [problem.code for problem in caught.value.problems] == ["unknown_jurisdiction"]
