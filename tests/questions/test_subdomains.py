"""Parts of need domains: a need is found in those that its findings name, and in no other."""

from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

from rehabcore.records import NeedFinding
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case
from tests.kit.record_makers import Piece, found, needs, told

MISSING, STALE, DISPUTED, NEEDS_PERSON = (
    UnknownKind.MISSING,
    UnknownKind.STALE,
    UnknownKind.DISPUTED,
    UnknownKind.NEEDS_PERSON,
)


def _assessed(record_id: str, on: str, parts: str, expires: Any = "2031-01-01", **told: Any) -> Any:
    """An assessment of substance use that found a need in some parts of it."""
    findings, found_in = {"substance_use": "high"}, {"substance_use": parts}
    return needs(record_id, on, expires, findings=findings, found_in=found_in, **told)


@pytest.mark.parametrize(
    ("assessments", "expected"),
    [
        ([], [("", MISSING, "")]),
        (
            [_assessed("a", "2030-01-01", "drugs")],
            [("", MISSING, ""), ("2030-01-01", True, "a"), ("2031-01-01", STALE, "a")],
        ),
        (
            [_assessed("a", "2030-01-01", "alcohol drugs")],
            [("", MISSING, ""), ("2030-01-01", True, "a"), ("2031-01-01", STALE, "a")],
        ),
        (
            [_assessed("a", "2030-01-01", "gambling")],
            [("", MISSING, ""), ("2030-01-01", False, "a"), ("2031-01-01", STALE, "a")],
        ),
        (
            [_assessed("a", "2030-01-01", "")],
            [("", MISSING, ""), ("2030-01-01", MISSING, "a"), ("2031-01-01", STALE, "a")],
        ),
        (
            [_assessed("a", "2030-01-01", "drugs"), _assessed("b", "2030-06-01", "gambling")],
            [
                ("", MISSING, ""),
                ("2030-01-01", True, "a"),
                ("2030-06-01", False, "b"),
                ("2031-01-01", STALE, "b"),
            ],
        ),
        (
            [
                _assessed("a", "2030-01-01", "drugs"),
                _assessed("b", "2030-01-01", "gambling", instrument="needs-2"),
            ],
            [("", MISSING, ""), ("2030-01-01", DISPUTED, "a b"), ("2031-01-01", STALE, "a b")],
        ),
        (
            [_assessed("a", "2030-01-01", "drugs", confirmed=False)],
            [("", MISSING, ""), ("2030-01-01", NEEDS_PERSON, "a"), ("2031-01-01", STALE, "a")],
        ),
        (
            [needs("a", "2030-01-01", findings={"work": "high"})],
            [("", MISSING, "")],
        ),
    ],
    ids=[
        *("none", "in-it", "in-several", "in-another", "not-said", "newer", "two-instruments"),
        *("not-confirmed", "of-another-domain"),
    ],
)
def test_a_need_is_found_in_a_part_as_the_latest_findings_say(
    assessments: list[Any], expected: list[Piece]
) -> None:
    for order in permutations(assessments):
        file = case(needs_assessments=order)
        assert told(file, "need_found_in", subdomain="drugs") == expected


def test_the_level_of_the_domain_is_the_same_whatever_parts_are_named() -> None:
    levels = [
        told(case(needs_assessments=(_assessed("a", "2030-01-01", parts),)), "need_level", domain=d)
        for parts in ("", "drugs", "gambling")
        for d in ("substance_use",)
    ]
    assert levels[0] == levels[1] == levels[2]


def test_a_finding_names_only_parts_of_its_own_domain() -> None:
    finding = NeedFinding(domain="work", level="high", subdomains=frozenset({"drugs"}))
    of_work = evolve(_assessed("a", "2030-01-01", ""), findings=(finding,))
    gone = _assessed("b", "2030-01-01", "drugs gone", instrument="needs-2")
    assert found(case(needs_assessments=(of_work, gone))) == [
        ("unknown_value", "needs_assessments[0].findings[0].subdomains"),
        ("unknown_value", "needs_assessments[1].findings[0].subdomains"),
    ]
