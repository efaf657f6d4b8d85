"""Documents of older versions, each raised to the version that follows.

A step takes the data of an envelope and gives those of the next version. It knows only the two
forms, not what the data mean, and changes nothing that it was given.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import get_args

import attrs
from attrs import evolve

from rehabcore.exchange.first_plans import hand_over_2, move_5, plan_3
from rehabcore.exchange.first_results import second_version
from rehabcore.records import CaseFile, Filed, NeedFinding
from rehabcore.records.case_file import RECORD_LISTS
from rehabcore.strict.problems import Problem, Problems, join_path


def raised(data: object, name: str, version: int, newest: int) -> object:
    """The data of a document in the newest version of its form.

    Raises:
        InputError: there is a key that the version does not have, but a newer one does.
    """
    for step in range(version, newest):
        data = UPCASTERS[name, step](data)
    return data


# --- case/1 to case/2 ---------------------------------------------------------------------


def _case_2(data: object) -> object:
    """The data as they are: the second version only has more keys, which the first must not use."""
    problems = Problems()
    for newer in _newer(data, "", "data"):
        problems.add(newer)
    problems.done()
    return data


def _newer(plain: object, name: str, path: str) -> Iterator[Problem]:
    """A problem for each key that the first version did not have in an object of this name."""
    if isinstance(plain, list):
        for index, item in enumerate(plain):
            yield from _newer(item, name, f"{path}[{index}]")
    elif isinstance(plain, dict):
        newer = attrs.fields_dict(_KINDS[name]).keys() - _CASE_1[name]
        for key, value in plain.items():
            if key in newer:
                expected = f"no key {key} in case/1: name the schema case/2, which has it"
                yield evolve(Problem.of(key, "unknown_key", expected, path=path), key=key)
            elif key in _KINDS:
                yield from _newer(value, key, join_path(path, key))


_KINDS: Mapping[str, type] = {
    "": CaseFile,
    "filed": Filed,
    "findings": NeedFinding,
    **{name: get_args(attrs.fields_dict(CaseFile)[name].type)[0] for name in RECORD_LISTS},
}
"""The types that stand in a case file, by the key under which they do."""

_CASE_1: Mapping[str, frozenset[str]] = {
    name: frozenset(keys.split())
    for name, keys in {
        "": "case_id beneficiary legal_standings placements sentences needs_assessments"
        " risk_assessments level_overrides resolutions consents referrals enrolments completions"
        " events observations states measurements offences milestones rulings registrations"
        " responsivity_factors retractions",
        "filed": "record_id recorded_on source corrects",
        "findings": "domain level stability",
        "beneficiary": "filed beneficiary_id birth_date sex languages",
        "legal_standings": "filed status span",
        "placements": "filed setting span holder institution",
        "sentences": "filed start end earliest_release",
        "needs_assessments": "filed instrument assessed_on expires findings confirmed_by",
        "risk_assessments": "filed instrument assessed_on expires level score confirmed_by domain"
        " band edition result remarks",
        "level_overrides": "filed assessment level reason decided_by decided_on until",
        "resolutions": "filed assessments level reason decided_by decided_on",
        "consents": "filed purpose scope given refused withdrawn expires",
        "referrals": "filed program_id referred_on",
        "enrolments": "filed program_id started_on referral",
        "completions": "filed enrolment ended_on outcome",
        "events": "filed kind happened_on severity outcome reported_on decided_on responded_on",
        "observations": "filed kind value observed_on expires",
        "states": "filed kind value span",
        "measurements": "filed kind amount measured_on expires",
        "offences": "filed kind committed_on convicted_on sentence",
        "milestones": "filed kind day",
        "rulings": "filed subject outcome decided_on decided_by reason until",
        "registrations": "filed register span",
        "responsivity_factors": "filed kind present found_on expires",
        "retractions": "filed",
    }.items()
}
"""The keys of ``case/1``, by the key under which their object stands. They never change."""


# --- the first results, decisions and scores ----------------------------------------------

_RESULTS = ("match", "near", "timeline", "needs", "plan", "move", "decision")


def _unchanged(data: object) -> object:
    """The data as they are.

    The second version of a score only has more in its envelope, a hash. The third one of a move
    only has more keys: where the transition stands.
    """
    return data


def _move_4(data: object) -> object:
    """The data of a move with other keys: what goes along with it is no hand-over any more."""
    raised = _renamed(data, _MADE)
    return _with(raised, "made", lambda made: _renamed(made, _MADE))


_MADE = {"hand_over": "made", "items": "steps"}
"""The keys of the fourth version of a move, by those before."""


def _residency_2(data: object) -> object:
    """The data of stays with another key: an act that does not fit is misplaced."""
    return _with(data, "stays", _stays_2)


def _stays_2(stays: object) -> object:
    if not isinstance(stays, list):
        return stays
    return [_with(stay, "standing", lambda told: _renamed(told, _MISPLACED)) for stay in stays]


_MISPLACED = {"misfits": "misplaced"}


def _renamed(plain: object, names: Mapping[str, str]) -> object:
    """An object with other names for some of its keys; one that is none is left to the reader."""
    if type(plain) is not dict:  # one that gives a key twice is refused as it is
        return plain
    return {names.get(key, key): value for key, value in plain.items()}


def _with(plain: object, key: str, raise_one: Callable[[object], object]) -> object:
    """An object with one of its values raised, if it has that key."""
    if type(plain) is not dict or key not in plain:
        return plain
    return plain | {key: raise_one(plain[key])}


UPCASTERS: Mapping[tuple[str, int], Callable[[object], object]] = {
    ("case", 1): _case_2,
    ("score", 1): _unchanged,
    ("move", 2): _unchanged,
    ("move", 3): _move_4,
    ("move", 4): move_5,
    ("plan", 2): plan_3,
    ("hand_over", 1): hand_over_2,
    ("residency", 1): _residency_2,
    **{(name, 1): second_version for name in _RESULTS},
}
"""The steps, by the name of the documents and the version that they start from."""
