"""Errors copied, pickled and sent home by worker processes say what they said where they rose."""

import copy
import multiprocessing
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

import attrs
import pytest

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.machines import machine
from rehabcore.care.moves.requests import MoveRequest
from rehabcore.care.plans.hashes import hash_of_content
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.rules.machines.requests import step
from rehabcore.rules.machines.walking import HistoryEntry, Position
from rehabcore.strict.problems import (
    InputError,
    JurisdictionError,
    NotInForceError,
    Problem,
    RehabcoreError,
)
from rehabcore.strict.vocabulary import StaffId
from tests.kit import plan_acts, plans
from tests.kit.builders import day, release

CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)


def _refused() -> tuple[CaseFile, Jurisdiction, MoveRequest]:
    """What asks for a move on a day before it is possible."""
    on = day("2026-10-31")
    request = release(on)
    return CASE, jurisdictions.load("xx"), request


def _submitted_too_early() -> object:
    """A step of a referral that lacks all that it needs."""
    referral = machine("uk-ew/referral@accredited-programmes-custody")
    asked = HistoryEntry(event="referral_submitted", on=day("2026-03-02"), role="referrer_pom")
    return step(referral, Position(state="referral_started"), asked)


def _edited_by_another() -> object:
    """An edit of a plan that somebody else has changed since."""
    xx = jurisdictions.load("xx")
    by, on, old = StaffId("s-1"), plans.DAY, plans.content()
    new = attrs.evolve(old, items=())
    book = plan_acts.told(plans.book(), plan_acts.edited(2, old, new))
    return casework.amend(book, xx, old, expects=hash_of_content(old), on=on, by=by)


def _raised(act: Callable[[], object]) -> RehabcoreError:
    with pytest.raises(RehabcoreError) as caught:
        act()
    return caught.value


PROBLEMS = (
    Problem(code="unknown_key", path="", found="a key", expected="no key", key="nickname"),
    Problem(code="wrong_type", path="a[0].b", found="null", expected="a day", file="pack.toml"),
)
ERRORS: dict[str, RehabcoreError] = {
    "input": InputError(PROBLEMS),
    "input-of-an-iterator": InputError(problem for problem in PROBLEMS),
    "input-without-problems": InputError(()),
    "not-in-force": NotInForceError(PROBLEMS[:1]),
    "country": JurisdictionError(PROBLEMS),
    "raised-of-a-country": _raised(lambda: jurisdictions.load("nowhere")),
    "raised-of-a-move": _raised(lambda: casework.request_move(*_refused())),
    "raised-of-a-step": _raised(_submitted_too_early),
    "raised-of-a-plan": _raised(_edited_by_another),
}
WAYS: dict[str, Callable[[RehabcoreError], RehabcoreError]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda error: pickle.loads(pickle.dumps(error)),
    "oldest-pickle": lambda error: pickle.loads(pickle.dumps(error, 2)),
}


def _assert_the_same(back: BaseException, error: RehabcoreError) -> None:
    assert type(back) is type(error)
    assert (str(back), repr(back)) == (str(error), repr(error))
    assert back.__dict__ == error.__dict__
    if isinstance(error, InputError | JurisdictionError):
        keys = [problem.key for problem in getattr(back, "problems", ())]
        assert keys == [problem.key for problem in error.problems]  # no part of being equal


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("way", WAYS)
def test_an_error_says_the_same_after_a_copy(way: str, name: str) -> None:
    error = copy.copy(ERRORS[name])
    error.add_note("seen on the way")
    _assert_the_same(WAYS[way](error), error)


def _kinds(of: type[RehabcoreError] = RehabcoreError) -> Iterator[type[RehabcoreError]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


def test_every_kind_of_error_is_tried() -> None:
    assert set(_kinds()) == {type(error) for error in ERRORS.values()}


def test_an_error_raised_in_a_worker_process_comes_home() -> None:
    # spawned, since forking beside the threads of a test runner is warned of
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        refused = pool.submit(casework.request_move, *_refused()).exception(timeout=60)
        assert refused is not None
        _assert_the_same(refused.with_traceback(None), ERRORS["raised-of-a-move"])
        assert pool.submit(len, "still at work").result(timeout=60) == 13
