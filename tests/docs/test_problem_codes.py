"""The page of problem codes tells every code that is given, once, and no other."""

from tests.kit.house import Module, modules
from tests.kit.pages import page, rows
from tests.kit.problem_codes import codes_given, constants

TOLD = [code for (code,) in rows(r"^\| `(\w+)` \|", page("reference/problem-codes.md"))]


def test_every_code_that_is_given_is_told() -> None:
    assert codes_given(modules()) - set(TOLD) == set()


def test_every_code_that_is_told_stands_in_the_code() -> None:
    assert set(TOLD) - constants(modules()) == set()


def test_no_code_is_told_twice() -> None:
    assert len(TOLD) == len(set(TOLD))


def test_a_code_is_found_however_a_problem_is_made() -> None:
    ways = (
        "refuse(value, 'a', 'text')",
        "problems.refuse(value, 'b', 'text')",
        "problems.note(value, 'c', 'text')",
        "Problem.of(value, 'd', 'text')",
        "Problem(code='e', path='', found='', expected='')",
        "_refuse('f', value, 'text')",
        "refuse(value, 'g' if low else 'h', 'text')",
        "code = 'i' if low else 'j'",
    )
    assert codes_given([Module.of("made.py", "\n".join(ways))]) == set("abcdefghij")
    assert codes_given([Module.of("made.py", "Remark(code='a', about='text')")]) == set()
