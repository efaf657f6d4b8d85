"""The laws of what keeps case files, and of what writes and reads values."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from rehabcore.records import CaseFile
from rehabcore.strict.vocabulary import CaseId
from rehabcore.testing.laws.law import Law, holds_for, require
from rehabcore.testing.strategies.cases import cases

T = TypeVar("T")
Written = TypeVar("Written")


class CaseStore(Protocol):
    """A store of case files, by the id of the case."""

    def save(self, case_id: CaseId, case: CaseFile, /) -> None:
        """Keep a case file instead of what was kept under its id."""

    def load(self, case_id: CaseId, /) -> CaseFile:
        """The case file that is kept under an id."""


def for_store(make_store: Callable[[], CaseStore], *, examples: int = 100) -> tuple[Law, ...]:
    """The laws of a store of case files.

    Args:
        make_store: makes an empty one.
        examples: how many files are tried for each law.
    """
    two = st.tuples(cases(), cases())
    tried = (
        ("saved_is_loaded", "A file is loaded as it was saved.", _loaded),
        ("last_is_loaded", "Of two files of one case the last that was saved is loaded.", _last),
        ("others_stay", "Saving the file of one case changes that of no other.", _others),
    )
    return tuple(
        Law(
            law_id=name,
            statement=statement,
            cite="rehabcore.testing.laws.for_store",
            prove=partial(holds_for, two, partial(check, make_store), examples),
        )
        for name, statement, check in tried
    )


_ONE, _TWO = CaseId("law-1"), CaseId("law-2")


def _loaded(make_store: Callable[[], CaseStore], files: tuple[CaseFile, CaseFile]) -> None:
    store = make_store()
    store.save(_ONE, files[0])
    require(store.load(_ONE) == files[0], "what was saved is not loaded")


def _last(make_store: Callable[[], CaseStore], files: tuple[CaseFile, CaseFile]) -> None:
    store = make_store()
    for case in files:
        store.save(_ONE, case)
    require(store.load(_ONE) == files[1], "what was saved last is not loaded")


def _others(make_store: Callable[[], CaseStore], files: tuple[CaseFile, CaseFile]) -> None:
    store = make_store()
    store.save(_ONE, files[0])
    store.save(_TWO, files[1])
    require(store.load(_ONE) == files[0], "a file changed when that of another case was saved")


def for_codec(
    write: Callable[[T], Written],
    read: Callable[[Written], T],
    values: st.SearchStrategy[T],
    *,
    examples: int = 100,
) -> tuple[Law, ...]:
    """The laws of two functions of which one writes values and the other reads them.

    Args:
        write: writes a value.
        read: reads what was written.
        values: the values, such as ``cases()`` or ``spans()``, whose ends may be open or unknown.
        examples: how many values are tried for each law.
    """

    def reads_back(value: T) -> None:
        back = read(write(value))
        require(back == value, f"{value!r} reads back as {back!r}")

    def writes_alike(value: T) -> None:
        written = write(value)
        again = write(read(written))
        require(again == written, f"{written!r} is written again as {again!r}")

    tried = (
        ("written_is_read", "A value is read as it was written.", reads_back),
        ("written_alike", "A value that was read is written as before.", writes_alike),
    )
    return tuple(
        Law(
            law_id=name,
            statement=statement,
            cite="rehabcore.testing.laws.for_codec",
            prove=partial(holds_for, values, check, examples),
        )
        for name, statement, check in tried
    )
