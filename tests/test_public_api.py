"""The door and the wings: what they offer is listed, reviewed, loaded when used, and typed."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

import rehabcore as rc
from tests.kit.house import SRC
from tests.kit.public_api import PLACES, WINGS, listing, module

LISTED = Path(__file__).with_name("public_api.txt")
ON_DEMAND = ("rehabcore", "care", "casework", "instruments", "rules", "strict", "testing")
"""The packages whose names are imported when they are first used."""


def test_every_public_name_and_signature_is_as_reviewed() -> None:
    assert listing() == LISTED.read_text("utf-8"), "make api writes the list anew; review it"


def test_every_wing_of_the_house_is_reached_through_the_door() -> None:
    rooms = {path.name for path in SRC.iterdir() if (path / "__init__.py").is_file()}
    modules = {path.stem for path in SRC.glob("*.py")} - {"__init__", "__main__"}
    assert set(WINGS) == (rooms | modules) - {"commands", "testing"}  # called and imported apart
    assert all(getattr(rc, wing) is import_module(f"rehabcore.{wing}") for wing in WINGS)


def test_no_verb_of_the_door_has_the_name_of_a_room() -> None:
    """Once a room was imported, its name would hide the verb."""
    below = {path.stem for path in SRC.iterdir()}
    assert not below & set(rc.__all__)


@pytest.mark.parametrize("place", PLACES)
def test_each_name_is_offered_once_and_completion_shows_them_and_no_others(place: str) -> None:
    names = module(place).__all__
    assert len(names) == len(set(names))
    assert set(names) <= set(dir(module(place)))
    assert set(dir(module(place))) - set(names) == (set(WINGS) if place == "rehabcore" else set())


def test_names_that_a_module_lacks_are_refused_as_python_refuses_them() -> None:
    with pytest.raises(AttributeError, match="'rehabcore' has no attribute 'matsch'"):
        rc.matsch  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(ImportError, match="needs_profile"):
        from rehabcore.care import needs_profile  # type: ignore[attr-defined]  # noqa: F401


@pytest.mark.parametrize("place", ON_DEMAND)
def test_type_checkers_see_the_names_that_are_loaded(place: str) -> None:
    """What is imported for type checkers is what the table names, from the same modules."""
    found = module(place)
    tree = ast.parse(Path(found.__file__ or "").read_text("utf-8"))
    [block] = [node for node in tree.body if ast.unparse(node).startswith("if TYPE_CHECKING:")]
    assert isinstance(block, ast.If)
    typed = {
        (node.module, alias.name, alias.asname)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    loaded = {(home, name, name) for home, names in found._HOMES.items() for name in names.split()}
    wings = {("rehabcore", wing, wing) for wing in WINGS if place == "rehabcore"}
    assert typed == loaded | wings
    assert all(
        getattr(found, name) is getattr(import_module(home), name) for home, name, _ in loaded
    )
