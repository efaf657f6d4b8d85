"""The house: who may import whom, what no module may do, how files and names are kept."""

import ast
import re
from pathlib import Path

import pytest

from tests.kit.house import FLOOR_OF, MODULES, SRC, arrows, imports, picture, room, tree

CLOCK = {"today", "now", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "localtime"}
STATEFUL = {"random", "secrets", "uuid", "pickle", "shelve", "marshal", "subprocess", "socket"}
AT_THE_EDGE, EDGES = {"os", "sys", "tempfile", "argparse"}, {"commands", "__main__"}
EXECUTING = {"eval", "exec", "compile", "__import__", "open"}
EXECUTES = {"rules/quick/generated.py": {"exec", "compile"}}  # only what it wrote itself
SAYS_NOTHING = ("util", "utils", "helper", "helpers", "common", "misc", "base")
LONGEST_FILE, LONGEST_FUNCTION = 500, 60


def _name(path: Path) -> str:
    return str(path.relative_to(SRC))


def test_every_room_has_a_floor() -> None:
    rooms = {room(path) for path in MODULES} - {"__init__"}
    assert rooms == set(FLOOR_OF)


def test_the_page_shows_the_house_as_its_imports_draw_it() -> None:
    page = SRC.parents[1].joinpath("docs/explanation/architecture.md").read_text("utf-8")
    assert picture() in page, f"the picture is now:\n{picture()}"


def test_rooms_rest_only_on_rooms_of_lower_floors() -> None:
    upwards = [
        f"{room} imports {other}"
        for room, others in arrows().items()
        for other in others
        if FLOOR_OF[other] >= FLOOR_OF[room]
    ]
    assert upwards == []


STAIRS = ("model", "engine", "files", "checks")
"""The folders of `instruments` from the lowest up; the modules beside them stand on top."""


@pytest.mark.parametrize("path", sorted((SRC / "instruments").rglob("*.py")), ids=_name)
def test_folders_of_instruments_import_only_from_below(path: Path) -> None:
    step = _step(path.relative_to(SRC / "instruments").parts)
    for imported in imports(tree(path)):
        if imported.startswith("rehabcore.instruments."):
            assert _step(tuple(imported.split(".")[2:])) <= step, imported


def _step(parts: tuple[str, ...]) -> int:
    results = parts in (("results",), ("results.py",))
    return 0 if results else STAIRS.index(parts[0]) if parts[0] in STAIRS else len(STAIRS)


def test_a_module_on_a_wrong_floor_would_be_found() -> None:
    imported = list(imports(ast.parse("from rehabcore.casework import match")))
    assert imported == ["rehabcore.casework"]
    assert FLOOR_OF["casework"] > FLOOR_OF["rules"]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_module_reads_no_clock_and_keeps_no_state(path: Path) -> None:
    module = tree(path)
    imported = {name.split(".")[0] for name in imports(module)}
    allowed = AT_THE_EDGE if room(path) in EDGES else set()
    assert not imported & (STATEFUL | {"time"} | AT_THE_EDGE - allowed)
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            assert node.attr not in CLOCK, f"line {node.lineno} reads the clock"
        if isinstance(node, ast.Global):
            pytest.fail(f"line {node.lineno} changes a global")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in EXECUTING - EXECUTES.get(_name(path), set())


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_structure_knows_cattrs(path: Path) -> None:
    imported = {name.split(".")[0] for name in imports(tree(path))}
    assert "cattrs" not in imported or path.name == "structure.py"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_files_and_names_keep_to_the_style(path: Path) -> None:
    text, module = path.read_text("utf-8"), tree(path)
    assert ast.get_docstring(module), "a module says which question it answers"
    assert path.stem not in SAYS_NOTHING
    assert re.fullmatch(r"[a-z_]+", path.stem)
    assert len(text.splitlines()) <= LONGEST_FILE
    assert not re.search(r"\b(TODO|FIXME|XXX)\b|pragma: no cover|NotImplementedError", text)
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node) or _inside(module, node), f"{node.name} has no docstring"
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


def _inside(module: ast.Module, wanted: ast.AST) -> bool:
    """Whether a definition is local to a function, and so needs no docstring."""
    return any(
        wanted in ast.walk(node) and wanted is not node
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef)
    )


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_ids_are_new_types_ending_in_id(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Name)
            and node.value.func.id == "NewType"
        ):
            target = node.targets[0]
            assert isinstance(target, ast.Name)
            assert target.id.endswith("Id")


def test_records_are_frozen_keyword_only_and_inherit_nothing() -> None:
    for path in sorted((SRC / "records").glob("*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                assert [ast.unparse(d) for d in node.decorator_list] == [
                    "frozen(kw_only=True)",
                    "checked",
                ]
                assert node.bases == []
