"""Scales without a value say which items they lack, and those that are made of means, of which."""

from typing import Any

import pytest

from rehabcore.instruments import find, from_plain, score, to_plain
from tests.kit.instrument_forms import ON, Answers, alike, scored
from tests.kit.refusals import problems_of


def test_blank_item_of_a_skip_is_not_lacking_to_a_scale_that_does_not_read_it() -> None:
    plain = to_plain(find("audit"))
    first: dict[str, Any] = {"dependence": plain["scales"].pop("dependence")}
    instrument = from_plain({**plain, "scales": {**first, **plain["scales"]}})
    result = score(instrument, {**alike(10, 2), "1": None}, on=ON)
    assert result.score("dependence").value == 6
    assert result.score("consumption").missing == ("1",)


def test_tables_within_whose_keys_are_not_text_are_refused() -> None:
    plain: dict[str, Any] = {**to_plain(find("audit")), "scales": {None: {}}}
    assert problems_of(lambda: from_plain(plain)) == [("wrong_type", "")]


@pytest.mark.parametrize(
    ("name", "answers", "told"),
    [
        ("phq-9", alike(8, 1), {"raw": ("9",), "total": ("9",), "diagnostic": ()}),
        ("phq-9", alike(6, 1), {"raw": (), "total": ()}),
        (
            "cmr",
            {**alike(18, 3), "5": "na", "12": "na"},
            {"circ1": (), "circ2": ("5",), "readiness": ("12",), "total": ("5", "12")},
        ),
        ("cmr", {**alike(18, 3), "1": None, "12": "na"}, {"readiness": ("12",), "total": ()}),
    ],
    ids=["one-blank", "too-many-blank", "not-applicable", "total-without-a-value"],
)
def test_score_says_which_items_count_as_a_mean_in_it_or_in_what_it_reads(
    name: str, answers: Answers, told: dict[str, tuple[str, ...]]
) -> None:
    result = scored(name, answers)
    assert {scale: result.score(scale).prorated for scale in told} == told


GATED: dict[str, Any] = {
    "instrument": {"id": "g", "tool": "G", "title": "t", "edition": "e", "higher_means": "more"},
    "validity": {"population": "adults", "administered_by": "anyone"},
    "licence": {"class": "public_domain", "holder": "none", "notice": "none"},
    "source": [{"id": "s", "cite": "invented", "tier": "A"}],
    "items": [
        {"numbers": ["gate", "other"], "yes_no": True},
        {"numbers": ["1", "2"], "values": [0, 1, 2], "not_applicable": True},
    ],
    "gates": [{"item": "gate", "closed_at": 0, "items": ["1", "2"], "source": "s"}],
    "norms": {"more": [{"when": {"sex": ["female"]}, "value": 3, "source": "s"}]},
    "scales": {"total": {"sum": ["1", "2"]}, "far": {"plus": ["other", "more"]}},
}


def test_gate_without_an_answer_is_all_that_a_scale_behind_it_lacks() -> None:
    result = score(from_plain(GATED), {"1": 1, "2": 2}, on=ON)
    total, far = result.score("total"), result.score("far")
    assert (total.why, total.missing) == ("missing", ("gate",))
    assert (far.why, far.missing) == ("missing", ("other",))


def test_scale_that_reads_a_norm_of_others_is_not_missing_an_answer() -> None:
    result = score(from_plain(GATED), {"gate": True, "other": True, "2": 2}, on=ON)
    assert (result.score("far").why, result.score("far").missing) == ("undefined", ())


def test_not_applicable_behind_a_closed_gate_does_not_count() -> None:
    result = score(from_plain(GATED), {"gate": False, "1": "na", "2": 2}, on=ON)
    assert result.score("total").value == 0
