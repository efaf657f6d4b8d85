"""What the room of instruments shows of itself."""

import inspect

from rehabcore import instruments


def test_completion_shows_the_public_names_and_nothing_else() -> None:
    assert dir(instruments) == sorted(set(instruments.__all__))


def test_every_public_name_exists_and_is_described() -> None:
    made = {name: getattr(instruments, name) for name in instruments.__all__}
    described = {
        name: one for name, one in made.items() if inspect.isroutine(one) or inspect.isclass(one)
    }
    assert [name for name, one in described.items() if not one.__doc__] == []
    assert set(made) - set(described) == {"NOT_APPLICABLE", "Given"}


def test_every_argument_and_result_of_a_public_function_is_public_or_of_python() -> None:
    """Who annotates a variable of one's own finds every type that a signature names here."""
    named = {
        part.strip()
        for function in map(instruments.__dict__.get, instruments.__all__)
        if inspect.isfunction(function)
        for text in inspect.get_annotations(function).values()
        for part in getattr(text, "__name__", "").split("|")
        if getattr(text, "__module__", "").startswith("rehabcore.instruments")
    }
    assert named <= set(instruments.__all__)
