"""What a court or a licence requires, over the days on which it is in force."""

from rehabcore.rules.time.days import UNSURE
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case
from tests.kit.record_makers import requirement, told

ASKED = {"subject": "thinking_skills"}


def test_a_requirement_is_in_force_over_its_span() -> None:
    file = case(
        requirements=(
            requirement("r", "2020-01-01", "2020-03-01"),
            requirement("q", "2020-02-01", "2020-04-01", source="b"),
            requirement("w", "2020-01-01", subject="unpaid_work"),
        )
    )
    assert told(file, "required", **ASKED) == [
        ("", False, ""),
        ("2020-01-01", True, "r"),
        ("2020-02-01", True, "q r"),
        ("2020-03-01", True, "q"),
        ("2020-04-01", False, ""),
    ]
    assert told(file, "required", subject="unpaid_work")[-1] == ("2020-01-01", True, "w")


def test_an_end_that_nobody_recorded_leaves_it_open() -> None:
    file = case(requirements=(requirement("r", "2020-01-01", UNSURE),))
    assert told(file, "required", **ASKED)[-1] == ("2020-01-02", UnknownKind.MISSING, "r")
