"""Documents of older versions, each raised to the version that follows.

A step takes the data of an envelope and gives those of the next version. It knows only the two
forms, not what the data mean, and changes nothing that it was given.
"""

from collections.abc import Callable, Mapping


def raised(data: object, name: str, version: int, newest: int) -> object:
    """The data of a document in the newest version of its form."""
    for step in range(version, newest):
        data = UPCASTERS[name, step](data)
    return data


def _case_2(data: object) -> object:
    """The data as they are: the second version only has more keys than the first."""
    return data


UPCASTERS: Mapping[tuple[str, int], Callable[[object], object]] = {("case", 1): _case_2}
"""The steps, by the name of the documents and the version that they start from."""
