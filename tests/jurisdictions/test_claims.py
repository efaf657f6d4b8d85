"""Nothing in a country looks surer than it is: drafts stay drafts, and stamps are not written."""

from pathlib import Path

import pytest
from attrs import evolve

from rehabcore import jurisdictions
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.rules.criteria import About, ask, comparisons, parts_of
from rehabcore.rules.judging.verdicts import is_draft
from rehabcore.rules.sources import Citation, Status
from rehabcore.rules.time.days import Term
from rehabcore.strict.problems import InputError, JurisdictionError
from tests.kit import overlays
from tests.kit.overlays import PACK

XX = jurisdictions.load("xx")

SOURCES = """
[[sources]]
source_id = "order"
title = "Order"
publisher = "Nobody (fictional)"
dated = "2026"
"""


def overlay(folder: Path, **files: str) -> Jurisdiction:
    """An overlay on the fictional country, with a source that may be cited."""
    return overlays.overlay(folder, sources=SOURCES, **files)


# --- what rests on a draft ----------------------------------------------------------------

_REVIEWED = 'cite = ["order"]\nstatus = "reviewed"\n'
_AGES = '{ fact = "age", under = "25 years", cite = ["order"] }'


def _score(said: str, when: str = _AGES, name: str = "young") -> str:
    title = f'[[scores]]\nid = "{name}"\ntitle = {{ en = "Points" }}\n'
    return f"{title}{said}parts = [{{ points = 1, when = {when} }}]\n"


def _asks(points: str) -> str:
    return f'{{ fact = "score_{points}", at_least = 1, cite = ["order"] }}'


_COMPARED = """
[[comparisons]]
id = "terms"
title = { en = "Release and end" }
one = { fact = "time_to_earliest_release" }
other = { fact = "sentence_remaining" }
"""
_ON_COMPARED = '{ fact = "compared_terms", is = "later", cite = ["order"] }'


@pytest.mark.parametrize(
    ("derived", "draft"),
    [
        (_score(_REVIEWED), False),
        (_score(""), True),
        (_score(_REVIEWED, '{ fact = "age", under = "25 years" }'), True),
        (_score(_REVIEWED, f'{{ all = [{_AGES}], status = "draft" }}'), True),
        (_score("", name="first") + _score(_REVIEWED, _asks("first")), True),
        (_score(_REVIEWED, name="first") + _score(_REVIEWED, _asks("first")), False),
        (_COMPARED + _score(_REVIEWED, _ON_COMPARED), True),
        (_COMPARED + _REVIEWED + _score(_REVIEWED, _ON_COMPARED), False),
    ],
    ids=[
        *("reviewed", "draft", "uncited-part", "draft-part", "on-a-draft", "on-a-reviewed"),
        *("on-a-draft-comparison", "on-a-reviewed-comparison"),
    ],
)
def test_a_rule_is_no_surer_than_the_derived_fact_that_it_asks(
    derived: str, draft: bool, tmp_path: Path
) -> None:
    rules = '[rules.young]\nfact = "score_young"\nat_least = 1\ncite = ["order"]\n'
    country = overlay(tmp_path, derived=derived, rules=rules)
    assert is_draft(country.rules["young"]) is draft


# --- what only loading may say ------------------------------------------------------------

_AGE = 'fact = "age"\nat_least = "18 years"\n'
_DAYS = "{ start = 2020-01-01, end = 2021-01-01 }"
_PROGRAM = """
[[programs]]
program_id = "help"
kind = "service"
title = { en = "Help" }
area = "thinking"
"""

_MOVE = """
[[moves]]
move_id = "out"
title = { en = "Out" }
setting_from = ["custody"]
setting_to = "hospital"
status_from = ["probation"]
status_to = "probation"
guard = { rule = "adult" }
"""


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"rules": f'[rules.old]\n{_AGE}origin = "xx@2026.2"'}, "rules.old"),
        ({"rules": f"[rules.old]\n{_AGE}covered = {_DAYS}"}, "rules.old"),
        ({"entry": f'[entry.drop_in]\n{_AGE}origin = "xx@2026.2"'}, "entry.drop_in"),
        (
            {"entry": f'[entry.drop_in]\nnot = {{ rule = "adult" }}\ncovered = {_DAYS}'},
            "entry.drop_in",
        ),
        ({"programs": f'{_PROGRAM}origin = "xx@2026.2"'}, "programs[0].origin"),
        ({"moves": f'{_MOVE}origin = "xx@2026.2"'}, "moves[0].origin"),
        ({"programs": f'[defaults]\norigin = "xx@2026.2"\n{_PROGRAM}'}, "programs[0].origin"),
    ],
    ids=["rule", "rule-covered", "entry", "entry-covered", "program", "move", "defaults"],
)
def test_no_file_says_where_it_comes_from_or_which_days_it_covers(
    files: dict[str, str], path: str, tmp_path: Path
) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, **files)
    assert [(p.code, p.path) for p in caught.value.problems] == [("unknown_key", path)]


_OLD_ENOUGH = ask(XX.facts["age"]).at_least(Term(years=30))


def test_a_rule_made_in_python_claims_nothing_that_a_table_could_not() -> None:
    nowhere = About(cite=(Citation("nowhere"),), status=Status.REVIEWED)
    with pytest.raises(JurisdictionError) as caught:
        XX.with_rule("consents", evolve(_OLD_ENOUGH, about=nowhere))
    assert [(p.file, p.code, p.path) for p in caught.value.problems] == [
        ("rules.toml", "dangling_id", "rules.consents.cite[0]")
    ]


def test_a_rule_made_in_python_keeps_what_it_has_of_the_country() -> None:
    changed = XX.with_rule("adult", XX.rules["adult"] & _OLD_ENOUGH)
    [before, added] = parts_of(changed.rules["adult"])
    assert before == XX.rules["adult"]
    assert added.about.origin == "xx@2026.2+changed"
    assert is_draft(added)


@pytest.mark.parametrize(
    ("wrong", "code", "path"),
    [
        (PACK.replace('"local"', '"xx"'), "duplicate_id", "id"),
        (PACK.replace('"1"', '"1+changed"'), "not_a_code", "version"),
        (PACK.replace('"1"', '"1@2"'), "not_a_code", "version"),
        (PACK.replace('"1"', '""'), "not_a_code", "version"),
    ],
    ids=["id-of-the-base", "changed", "two-versions", "no-version"],
)
def test_a_stamp_names_one_pack_and_one_version(
    wrong: str, code: str, path: str, tmp_path: Path
) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, pack=wrong)
    assert [(p.file, p.code, p.path) for p in caught.value.problems] == [("pack.toml", code, path)]


def test_what_if_a_programme_were_another_neither_renames_it_nor_claims_a_source() -> None:
    said = {"program_id": "x", "cite": ["xx-act"], "status": "reviewed", "draft": []}
    with pytest.raises(InputError) as caught:
        XX.with_program("drop_in", {"settings": ["hospital"], **said})
    assert [(p.code, p.path) for p in caught.value.problems] == [
        ("unknown_key", f"said.{key}") for key in said
    ]


@pytest.mark.parametrize(
    ("files", "near"),
    [
        ({"programs": f'{_PROGRAM}prerequisites = ["drop_inn"]'}, "drop_in, or another one of"),
        ({"programs": f'{_PROGRAM}draft = ["serve"]'}, "serves, or another one of"),
        ({"programs": f'{_PROGRAM}cite = ["ordr"]'}, "order, or another one of"),
        ({"entry": f"[entry.drop_inn]\n{_AGE}"}, "drop_in, or another one of"),
    ],
    ids=["prerequisite", "field", "source", "entry"],
)
def test_what_is_misspelt_in_a_pack_is_told_with_what_is_near(
    files: dict[str, str], near: str, tmp_path: Path
) -> None:
    with pytest.raises(JurisdictionError) as caught:
        overlay(tmp_path, **files)
    [problem] = caught.value.problems
    assert near in problem.expected


def test_what_a_move_states_has_the_stamp_of_its_pack(tmp_path: Path) -> None:
    country = overlay(tmp_path, moves=_MOVE)
    [setting, status, guard, *_] = country.permissions["out"].parts
    assert [part.about.origin for part in (setting, status)] == ["local@1", "local@1"]
    assert {leaf.about.origin for leaf in comparisons(guard)} == {"xx@2026.2"}


@pytest.mark.parametrize(
    ("file", "wrong", "code"),
    [
        ("entry", "[entry.drop_inn]\n", "dangling_id"),
        ("rules", "[rules", "not_toml"),
        ("pack", PACK.replace('"xx"', '"../nowhere"'), "unknown_jurisdiction"),
    ],
    ids=["content", "no-toml", "base"],
)
def test_a_problem_of_a_pack_below_names_its_file_as_the_pack_on_top_sees_it(
    file: str, wrong: str, code: str, tmp_path: Path
) -> None:
    for folder in ("base", "middle", "top"):
        tmp_path.joinpath(folder).mkdir()
    overlay(tmp_path / "base")
    tmp_path.joinpath("base", f"{file}.toml").write_text(wrong, "utf-8")
    middle = PACK.replace('"xx"', '"../base"').replace('"local"', '"middle"')
    tmp_path.joinpath("middle", "pack.toml").write_text(middle, "utf-8")
    with pytest.raises(JurisdictionError) as caught:
        overlay(
            tmp_path / "top", pack=PACK.replace('"xx"', '"../middle"').replace('"local"', '"top"')
        )
    seen = f"../middle/../base/{file}.toml"
    assert {(p.file, p.code) for p in caught.value.problems} >= {(seen, code)}
    assert {p.file for p in caught.value.problems} == {seen}
