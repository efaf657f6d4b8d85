"""README begins with a program that runs, and pages import from the door or a wing only."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import rehabcore as rc
from tests.kit.first_example import README, first_example
from tests.kit.house import FACES, FLOOR_OF
from tests.kit.pages import names_in
from tests.kit.public_api import WINGS, module

ROOT = README.parent
PAGES = sorted([README, ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])


def test_the_first_example_prints_what_readme_says_and_stores(
    capsys: pytest.CaptureFixture[str],
) -> None:
    program, printed = first_example()
    names: dict[str, object] = {}
    exec(program, names)
    out = capsys.readouterr().out
    assert out == printed + rc.explain(names["result"]) + "\n"  # type: ignore[arg-type]
    assert rc.read(str(names["stored"])) == names["result"]


def test_the_first_example_has_ten_lines_at_most_beside_its_imports() -> None:
    lines = [line for line in first_example()[0].splitlines() if line]
    assert len([line for line in lines if not re.match(r"from|import", line)]) <= 10


def test_the_rooms_that_are_told_are_those_of_the_house() -> None:
    told = README.read_text("utf-8").partition("## Where things are")[2]
    rooms = names_in(r"^\| (`.*?) \|", re.sub(r"(/|\.py)`", "`", told))
    assert sorted(rooms) == sorted([*FLOOR_OF, *FACES])


def foreign(text: str) -> Iterator[str]:
    """What a page imports that is neither at the door nor in a wing; hidden checks may."""
    text = re.sub(r"<!--- invisible.*?-->", "", text, flags=re.S)
    code = re.findall(r"^(?:>>> |\.\.\. )?((?:from|import) rehabcore.*)$", text, re.M)
    code += re.findall(r"^>>> (from rehabcore\S* import \(\n(?:\.\.\. .*\n)+)", text, re.M)
    for line in code:
        statement = re.sub(r"^\.\.\. ", "", line, flags=re.M)
        if not statement.endswith("("):
            for node in ast.walk(ast.parse(statement)):
                if isinstance(node, ast.Import):
                    yield from (one.name for one in node.names if one.name != "rehabcore")
                elif isinstance(node, ast.ImportFrom):
                    yield from (one.name for one in node.names if not _offered(node, one.name))


def _offered(node: ast.ImportFrom, name: str) -> bool:
    """Whether a name is imported from the door or the wing that offers it."""
    package, _, wing = (node.module or "").partition(".")
    wings = (*WINGS, "testing")  # which is imported by its own name, for it needs an extra
    if not wing:
        return name in (*rc.__all__, *wings)
    if (wing, name) == ("testing", "laws"):  # a room of its own in the kit
        return package == "rehabcore"
    return package == "rehabcore" and wing in wings and name in module(wing).__all__


def test_pages_import_from_the_door_or_a_wing_only() -> None:
    offered = {
        str(page.relative_to(ROOT)): list(foreign(page.read_text("utf-8"))) for page in PAGES
    }
    assert {page: names for page, names in offered.items() if names} == {}


def test_an_import_from_within_a_wing_is_found() -> None:
    inside = (
        ">>> from rehabcore.strict.problems import InputError\n>>> from rehabcore import match\n"
    )
    assert list(foreign(inside)) == ["InputError"]
    several = ">>> from rehabcore.levels.policy import (\n...     RiskPolicy,\n... )\n"
    assert list(foreign(several)) == ["RiskPolicy"]


def test_every_name_of_the_door_is_on_the_api_page() -> None:
    page = Path(ROOT / "docs/reference/api.md").read_text("utf-8")
    door, wings = (
        page.split("```text\n")[1].split("```")[0],
        re.findall(r"automodule:: (\S+)", page),
    )
    assert set(door.split()) == set(rc.__all__) - {"__version__"}
    assert sorted(wings) == sorted(f"rehabcore.{wing}" for wing in WINGS)
