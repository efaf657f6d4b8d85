"""The house: who may import whom, what no module may do, how files and names are kept.

Each rule names what breaks it, as ``path:line: what``. One test asks every rule of every module of
``src``; another shows that each rule finds what it forbids.
"""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.kit.house import FLOOR_OF, SRC, Module, modules, picture, room_of

STAIRS = ("model", "engine", "files", "checks")
"""The folders of `instruments` from the lowest up; the modules beside them stand on top."""
CLOCK = {"today", "now", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "localtime"}
STATEFUL = {
    *("random", "secrets", "uuid", "time"),
    *("pickle", "shelve", "marshal", "subprocess", "socket"),
}
AT_THE_EDGE, EDGES = {"os", "sys", "tempfile", "argparse"}, {"commands", "__main__"}
A_TYPE_ONLY = "os.PathLike"
EXECUTING = {"eval", "exec", "compile", "__import__", "open"}
EXECUTES = {  # only what they wrote themselves
    "rules/quick/generated.py": {"exec", "compile"},
    "strict/frozen.py": {"exec"},
    "strict/quick_reading.py": {"exec"},
}
SAYS_NOTHING = ("util", "utils", "helper", "helpers", "common", "misc", "base")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|pragma: no cover|NotImplementedError")
LONGEST_FILE, LONGEST_FUNCTION = 500, 60
ROUNDABOUT = {"What", "Whatever", "Who", "Whoever", "Whom", "Whose"}
RECORD = ["frozen(kw_only=True)", "checked"]
"""The decorators of every record."""
NO_RECORDS = {"Chains", "Record", "Words", "Filings"}
"""Of the room of records: what all of them are, and what reads them and tells of their faults."""


Rule = Callable[[Module], Iterator[str]]
"""Yields what breaks it in a module."""

# --- the rules: each yields what breaks it, the line first where there is one ------------------


def imports_are_absolute(module: Module) -> Iterator[str]:
    """A name says where it comes from."""
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"{node.lineno}: imports relatively"


def imports_go_down(module: Module) -> Iterator[str]:
    """A module imports only from its own room, and from floors below; the door knows all."""
    for imported in module.imports() if module.room != "__init__" else ():
        other = room_of(imported.removeprefix("rehabcore.").split(".")[0])
        foreign = imported.startswith("rehabcore.") and other in FLOOR_OF and other != module.room
        if foreign and FLOOR_OF[other] >= FLOOR_OF[module.room]:
            yield f"imports {imported}"


def folders_of_instruments_go_down(module: Module) -> Iterator[str]:
    """Within `instruments`, the model knows no engine, and the engine no files."""
    room, *inside = module.path.split("/")
    for imported in module.imports() if room == "instruments" else ():
        same_room = imported.startswith("rehabcore.instruments.")
        if same_room and _step(imported.split(".")[2:]) > _step(inside):
            yield f"imports {imported}"


def _step(parts: list[str]) -> int:
    return STAIRS.index(parts[0]) if parts[0] in STAIRS else len(STAIRS)


def nothing_reads_a_clock_or_the_machine(module: Module) -> Iterator[str]:
    """Answers depend on what is given, on nothing else."""
    allowed = AT_THE_EDGE if module.room in EDGES else set()
    for imported in module.imports():
        if imported == A_TYPE_ONLY:
            continue
        if imported.split(".")[0] in STATEFUL | AT_THE_EDGE - allowed:
            yield f"imports {imported}"
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and node.attr in CLOCK:
            yield f"{node.lineno}: reads the clock"


def nothing_changes_globals(module: Module) -> Iterator[str]:
    """What a module knows, it knows when it was imported."""
    for node in module.nodes:
        if isinstance(node, ast.Global):
            yield f"{node.lineno}: changes a global"


def nothing_is_executed(module: Module) -> Iterator[str]:
    """Data is never code, and files are opened through ``pathlib``."""
    forbidden = EXECUTING - EXECUTES.get(module.path, set())
    for node in module.nodes:
        if isinstance(node, ast.Call) and _called(node) in forbidden:
            yield f"{node.lineno}: calls {_called(node)}"


def _called(value: ast.AST | None) -> str:
    """The name that a value calls, if it is a call of a name."""
    match value:
        case ast.Call(func=ast.Name(id=name)):
            return name
    return ""


def names_of_modules_say_something(module: Module) -> Iterator[str]:
    """Whoever looks for something finds it by the name of its module."""
    stem = Path(module.path).stem
    if stem in SAYS_NOTHING or not re.fullmatch(r"[a-z_]+", stem):
        yield "has a name that says nothing"


def files_and_functions_are_short(module: Module) -> Iterator[str]:
    """What does not fit here does more than one thing."""
    length = len(module.text.splitlines())
    if length > LONGEST_FILE:
        yield f"has {length} lines"
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.lineno}: {node.name} has {length} lines"


def nothing_is_unfinished(module: Module) -> Iterator[str]:
    """What is left to do stands in an issue."""
    for number, line in enumerate(module.text.splitlines(), start=1):
        if UNFINISHED.search(line):
            yield f"{number}: is unfinished"


def public_names_have_docstrings(module: Module) -> Iterator[str]:
    """A module says which question it answers; so does all that it offers."""
    tree = module.nodes[0]
    assert isinstance(tree, ast.Module)
    if not ast.get_docstring(tree):
        yield "has no docstring"
    for node in _offered(tree):
        if not node.name.startswith("_") and not ast.get_docstring(node):
            yield f"{node.lineno}: {node.name} has no docstring"


def docstrings_say_what_a_name_is(module: Module) -> Iterator[str]:
    """A docstring begins with a thing or a verb: "The claims of ...", not "What ... claims"."""
    for node in module.nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            told = str(node.value.value).split()
            if told and told[0] in ROUNDABOUT:
                yield f"{node.lineno}: begins with {told[0]}"


def _offered(scope: ast.AST) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Every function and class that is not local to a function; of overloads the last."""
    for node in ast.iter_child_nodes(scope):
        overload = "overload" in map(ast.unparse, getattr(node, "decorator_list", ()))
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not overload:
            yield node
        if not isinstance(node, ast.FunctionDef):
            yield from _offered(node)


def ids_are_new_types_ending_in_id(module: Module) -> Iterator[str]:
    """An id of one kind is not taken for one of another."""
    for node in module.nodes:
        if isinstance(node, ast.Assign) and _called(node.value) == "NewType":
            name = ast.unparse(node.targets[0])
            if not name.endswith("Id"):
                yield f"{node.lineno}: {name} does not end in Id"


def records_are_frozen_and_inherit_nothing(module: Module) -> Iterator[str]:
    """A record is made by keywords, checked, never changed, and says all of itself."""
    if module.room == "records":
        for node in module.nodes:
            if isinstance(node, ast.ClassDef) and node.name not in NO_RECORDS:
                if [ast.unparse(one) for one in node.decorator_list] != RECORD:
                    yield f"{node.lineno}: {node.name} is not decorated by {RECORD}"
                if node.bases:
                    yield f"{node.lineno}: {node.name} inherits"


def frozen_classes_are_made_by_the_house(module: Module) -> Iterator[str]:
    """``strict.frozen`` makes them in a fraction of the time that ``attrs.frozen`` takes."""
    if module.path != "strict/frozen.py":
        for node in module.nodes:
            match node:
                case ast.ImportFrom(module="attr" | "attrs", names=names):
                    taken = any(alias.name == "frozen" for alias in names)
                case ast.Attribute(value=ast.Name(id="attr" | "attrs"), attr="frozen"):
                    taken = True
                case _:
                    continue
            if taken:
                yield f"{node.lineno}: frozen is not of rehabcore.strict.frozen"


# Of each rule, a module that breaks it, and what the rule says of that.
OFFENCES: tuple[tuple[Rule, str, str, list[str]], ...] = (
    (imports_are_absolute, "risk.py", "from . import programs", ["1: imports relatively"]),
    (
        imports_go_down,
        "rules/truth.py",
        "from rehabcore.casework import match\nimport rehabcore.strict.problems",
        ["imports rehabcore.casework"],
    ),
    (
        imports_go_down,
        "levels/policy.py",
        "from rehabcore import plans",
        ["imports rehabcore.plans"],
    ),
    (
        folders_of_instruments_go_down,
        "instruments/model/items.py",
        "from rehabcore.instruments.engine.numbers import exact",
        ["imports rehabcore.instruments.engine.numbers"],
    ),
    (nothing_reads_a_clock_or_the_machine, "risk.py", "import uuid", ["imports uuid"]),
    (nothing_reads_a_clock_or_the_machine, "risk.py", "import os.path", ["imports os.path"]),
    (nothing_reads_a_clock_or_the_machine, "commands/files.py", "import os", []),
    (nothing_reads_a_clock_or_the_machine, "risk.py", "date.today()", ["1: reads the clock"]),
    (
        nothing_changes_globals,
        "risk.py",
        "def count():\n    global number\n    number = 1",
        ["2: changes a global"],
    ),
    (nothing_is_executed, "risk.py", "eval('1')", ["1: calls eval"]),
    (nothing_is_executed, "rules/quick/generated.py", "exec('1')", []),
    (names_of_modules_say_something, "rules/utils.py", "", ["has a name that says nothing"]),
    (names_of_modules_say_something, "rules/days2.py", "", ["has a name that says nothing"]),
    (files_and_functions_are_short, "risk.py", "\n" * 501, ["has 501 lines"]),
    (files_and_functions_are_short, "risk.py", "\n" * 500, []),
    (
        files_and_functions_are_short,
        "risk.py",
        "def long():\n" + "    pass\n" * 60,
        ["1: long has 61 lines"],
    ),
    (nothing_is_unfinished, "risk.py", "x = 1\n# TO" + "DO: y", ["2: is unfinished"]),
    (
        public_names_have_docstrings,
        "risk.py",
        "class Risk:\n    def level(self):\n        def of(x): ...\n    def _of(self): ...",
        ["has no docstring", "1: Risk has no docstring", "2: level has no docstring"],
    ),
    (
        docstrings_say_what_a_name_is,
        "risk.py",
        'class Risk:\n    """Whether it is high."""\nNOW = 1\n"""What is so."""',
        ["4: begins with What"],
    ),
    (
        ids_are_new_types_ending_in_id,
        "risk.py",
        "CaseId = NewType('CaseId', str)\nCase = NewType('Case', str)",
        ["2: Case does not end in Id"],
    ),
    (
        records_are_frozen_and_inherit_nothing,
        "records/care.py",
        "@frozen\nclass Consent(Record): ...",
        [f"2: Consent is not decorated by {RECORD}", "2: Consent inherits"],
    ),
    (records_are_frozen_and_inherit_nothing, "rules/truth.py", "class Answer(Enum): ...", []),
    (
        frozen_classes_are_made_by_the_house,
        "risk.py",
        "from attrs import evolve, frozen\n@attrs.frozen(kw_only=True)\nclass Risk: ...",
        [f"{line}: frozen is not of rehabcore.strict.frozen" for line in (1, 2)],
    ),
    (
        frozen_classes_are_made_by_the_house,
        "risk.py",
        "from rehabcore.strict.frozen import frozen",
        [],
    ),
)
RULES = tuple(dict.fromkeys(rule for rule, *_ in OFFENCES))


def test_every_room_has_a_floor() -> None:
    assert {module.room for module in modules()} - {"__init__"} == set(FLOOR_OF)


def test_the_page_shows_the_house_as_its_imports_draw_it() -> None:
    page = SRC.parents[1].joinpath("docs/explanation/architecture.md").read_text("utf-8")
    assert picture() in page, f"the picture is now:\n{picture()}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: Rule) -> None:
    assert [f"{module.path}:{what}" for module in modules() for what in rule(module)] == []


BY_CONVENTION = {"add", "questions", "FORMS", "TYPE_CHECKING"}
"""Names that several modules define on purpose: the commands of a group, a family of questions."""


def _public(module: Module) -> set[str]:
    """The public names that a module defines at its top, type variables aside."""
    names = set[str]()
    for node in ast.iter_child_nodes(module.nodes[0]):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if _called(node.value) not in ("TypeVar", "ParamSpec"):
                names |= {
                    one.id for t in targets for one in ast.walk(t) if isinstance(one, ast.Name)
                }
    return {name for name in names if not name.startswith("_")} - BY_CONVENTION


def test_no_public_name_has_two_definitions() -> None:
    homes = [(name, module.path) for module in modules() for name in _public(module)]
    count = Counter(name for name, _ in homes)
    assert [home for home in sorted(homes) if count[home[0]] > 1] == []


def test_every_rule_finds_what_breaks_it() -> None:
    for rule, path, text, expected in OFFENCES:
        assert list(rule(Module.of(path, text))) == expected, (rule.__name__, text)
