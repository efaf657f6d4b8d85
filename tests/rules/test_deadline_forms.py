"""Deadlines and kinds of pauses in TOML and JSON: read strictly, and written as they were read."""

from typing import Any

import pytest

from rehabcore.rules.data.deadline_forms import read_deadlines, read_pause_kinds
from rehabcore.rules.machines.deadlines import Deadline, Offset
from rehabcore.rules.machines.pauses import PauseKind
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import Term
from rehabcore.strict.documents import parse_toml
from tests.kit.refusals import problems_of
from tests.kit.rule_makers import TOML

TABLE = parse_toml(
    """
[[deadlines]]
code = "plan"
title = { en = "Write the plan" }
due = { before = ["release"], term = "3 months" }
opens = { after = ["admission", "asked"] }
not_before = ["told"]
cite = ["law#art-3"]
status = "reviewed"

[[deadlines]]
code = "visit"
title = { en = "Visit" }
due = { after = ["release"], working_days = 5 }

[[pauses]]
code = "illness"
title = { en = "Illness" }
extension = "10 days"

[[pauses]]
code = "transfer"
title = { en = "Transfer" }
extension = "10 days"
anew = true
cures_lateness = true
"""
)
SOURCES = {"law": Status.REVIEWED}


def test_deadlines_are_read_and_written() -> None:
    plan, visit = read_deadlines(TABLE["deadlines"], TOML, sources=SOURCES)
    assert plan == Deadline(
        code="plan",
        title=Text.of(en="Write the plan"),
        due=Offset(before=("release",), term=Term(months=3)),
        opens=Offset(after=("admission", "asked")),
        not_before=("told",),
        cite=(Citation("law", "art-3"),),
        status=Status.REVIEWED,
    )
    assert visit.due == Offset(after=("release",), working_days=5)
    assert TOML.write((plan, visit), tuple[Deadline, ...]) == TABLE["deadlines"]


def test_pauses_are_read_and_written() -> None:
    kinds = read_pause_kinds(TABLE["pauses"], TOML, sources=None)
    assert [kind.anew for kind in kinds] == [False, True]
    assert TOML.write(kinds, tuple[PauseKind, ...]) == TABLE["pauses"]


PLAN: dict[str, Any] = TABLE["deadlines"][0]
REFUSED: list[tuple[object, list[tuple[str, str]]]] = [
    ({}, [("wrong_type", "")]),
    (
        [{**PLAN, "due": {"term": "soon"}, "colour": 1}],
        [
            ("bad_term", "[0].due.term"),
            ("unknown_key", "[0]"),
        ],
    ),
    ([{**PLAN, "due": {"term": "1 day"}}], [("one_of_two", "[0].due")]),
    (
        [PLAN, {**PLAN, "cite": ["book"]}, {**PLAN, "code": "x", "cite": []}],
        [
            ("duplicate_id", "[1].code"),
            ("dangling_id", "[1].cite[0]"),
            ("uncited", "[2]"),
        ],
    ),
    ([{**PLAN, "code": "No code"}], [("not_a_code", "[0].code")]),
]


@pytest.mark.parametrize(("plain", "expected"), REFUSED)
def test_what_is_no_table_of_deadlines_is_refused(
    plain: object, expected: list[tuple[str, str]]
) -> None:
    assert problems_of(lambda: read_deadlines(plain, TOML, sources=SOURCES)) == expected
