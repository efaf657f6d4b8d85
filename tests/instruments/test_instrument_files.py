"""Instrument files are refused whole, with every problem and its place in the file.

``cases/instrument.toml`` is sound and has a little of everything; each fault is one change of it.
"""

import contextlib
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.instruments import (
    LicenceClass,
    Respondent,
    find,
    from_plain,
    names,
    read_instrument,
    score,
    to_plain,
)
from rehabcore.strict.documents import parse_toml
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Sex
from rehabcore.testing.strategies.forms import ASSESSED_ON
from tests.kit.instrument_library import LIBRARY, beside

SOUND = Path(__file__).parents[1].joinpath("cases/instrument.toml").read_text("utf-8")
Plain = dict[str, Any]
Change = Callable[[Plain], None]


def _steps(path: str) -> list[str | int]:
    found = re.findall(r"([\w-]+)|\[(\d+)\]", path)
    return [name or int(index) for name, index in found]


def put(path: str, value: object) -> Change:
    """Give a value to what a path such as ``items[0].values`` names."""

    def change(plain: Plain) -> None:
        *front, last = _steps(path)
        held: Any = plain
        for step in front:
            held = held.setdefault(step, {}) if isinstance(held, dict) else held[step]
        held[last] = deepcopy(value)

    return change


def add(path: str, value: object) -> Change:
    """Add an item to a list."""

    def change(plain: Plain) -> None:
        held: Any = plain
        for step in _steps(path):
            held = held[step]
        held.append(deepcopy(value))

    return change


def both(*changes: Change) -> Change:
    def change(plain: Plain) -> None:
        for one in changes:
            one(plain)

    return change


def problems_of(change: Change) -> list[tuple[str, str]]:
    plain = parse_toml(SOUND)
    change(plain)
    try:
        from_plain(plain)
    except InputError as error:
        return [(problem.code, problem.path) for problem in error.problems]
    return []


def flag(**of: object) -> Change:
    return put("flags.new", {**of, "source": "manual"})


def scale(**of: object) -> Change:
    return put("scales.new", of)


def bands(table: list[Plain], of: str = "points") -> Change:
    return put("bands.new", {"of": of, "source": "manual", "table": table})


def row(low: object, high: object, label: str, end: str = "to") -> Plain:
    return {"from": low, end: high, "label": label}


def test_an_instrument_with_a_little_of_everything_is_sound() -> None:
    assert to_plain(read_instrument(SOUND)) == parse_toml(SOUND)


NAMES = {
    "item_twice": (add("items[1].numbers", "money"), "duplicate_id", "items[2].numbers[0]"),
    "item_of_two_editions_with_other_codes": (
        both(
            add("items", {"numbers": ["new"], "values": [1], "when": {"edition": "long"}}),
            add("items", {"numbers": ["new"], "codes": ["a"], "when": {"edition": "short"}}),
            add("instrument.unused", "new"),
        ),
        "wrong_kind",
        "items[8].numbers[0]",
    ),
    "choice_called_as_an_item": (
        add("choices", {"id": "money", "values": ["a"]}),
        "duplicate_id",
        "choices[1].id",
    ),
    "choice_called_as_the_sex": (
        add("choices", {"id": "sex", "values": ["a"]}),
        "duplicate_id",
        "choices[1].id",
    ),
    "norm_called_as_a_choice": (
        put("norms.edition", [{"value": 1, "source": "manual"}]),
        "duplicate_id",
        "norms.edition",
    ),
    "scale_called_on": (put("scales.on", {"value": 1}), "duplicate_id", "scales.on"),
    "scale_called_oddly": (put("scales.a--b", {"value": 1}), "not_a_code", "scales.a--b"),
    "scale_with_a_long_name": (
        put(f"scales.{'a' * 81}", {"value": 1}),
        "not_a_code",
        f"scales.{'a' * 81}",
    ),
    "flag_called_as_bands": (
        put("flags.zone", {"of": "used", "source": "manual"}),
        "duplicate_id",
        "flags.zone",
    ),
    "source_twice": (
        add("source", {"id": "manual", "cite": "Another manual", "tier": "A"}),
        "duplicate_id",
        "source[2].id",
    ),
    "id_with_spaces": (put("instrument.id", "two words"), "not_a_code", "instrument.id"),
    "profile_with_spaces": (put("instrument.profile", "A b"), "not_a_code", "instrument.profile"),
    "no_title": (put("instrument.title", ""), "out_of_range", "instrument.title"),
}

MENTIONS = {
    "sum_of_an_unknown_item": (scale(sum=["1", "9"]), "dangling_id", "scales.new.sum[1]"),
    "sum_of_a_scale": (scale(sum=["1", "points"]), "wrong_kind", "scales.new.sum[1]"),
    "mean_of_a_norm": (scale(mean=["cut"]), "wrong_kind", "scales.new.mean[0]"),
    "sum_of_a_day": (scale(sum=["birth"]), "wrong_kind", "scales.new.sum[0]"),
    "count_of_a_choice": (
        scale(count=["edition"], reaching=1),
        "wrong_kind",
        "scales.new.count[0]",
    ),
    "blanks_of_a_scale": (scale(blanks=["points"]), "wrong_kind", "scales.new.blanks[0]"),
    "largest_item_is_a_scale": (scale(items=["points"]), "wrong_kind", "scales.new.items[0]"),
    "unknown_scale_in_a_sum": (
        scale(sum_of_scales=["points", "lost"]),
        "dangling_id",
        "scales.new.sum_of_scales[1]",
    ),
    "unknown_operand": (scale(plus=["days", "lost", 1]), "dangling_id", "scales.new.plus[1]"),
    "number_of_a_choice": (scale(product=["edition"]), "wrong_kind", "scales.new.product[0]"),
    "number_of_a_day": (scale(of="birth", times=2), "wrong_kind", "scales.new.of"),
    "day_against_a_number": (flag(of="birth", at_least=3), "wrong_kind", "flags.new.of"),
    "number_against_today": (flag(of="days", at_least="on"), "wrong_kind", "flags.new.at_least"),
    "years_since_a_number": (
        scale(years_between=["days", "on"]),
        "wrong_kind",
        "scales.new.years_between[0]",
    ),
    "months_until_a_scale": (
        scale(months_between=["birth", "age"]),
        "wrong_kind",
        "scales.new.months_between[1]",
    ),
    "default_of_a_scale": (scale(of="points", if_missing=0), "wrong_kind", "scales.new.of"),
    "code_of_an_item_without_codes": (flag(of="1", **{"is": "much"}), "wrong_kind", "flags.new.of"),
    "code_of_nothing": (flag(of="lost", **{"is": "much"}), "dangling_id", "flags.new.of"),
    "code_that_is_keyed_to_points": (
        put("keying[0].value_map", {"kind": {"none": 0, "some": 2, "much": 4}}),
        "wrong_kind",
        "scales.quality.plus[0].of",
        "wrong_kind",
        "flags.alarm.any[0].of",
    ),
    "unknown_code": (flag(of="kind", **{"is": "lots"}), "unknown_value", "flags.new.is"),
    "unknown_code_of_several": (
        flag(of="kind", **{"in": ["much", "lots"]}),
        "unknown_value",
        "flags.new.in[1]",
    ),
    "unknown_choice_value": (flag(of="edition", **{"is": "x"}), "unknown_value", "flags.new.is"),
    "points_of_an_unknown_code": (
        put("scales.quality.plus[0].points.lots", 1),
        "unknown_value",
        "scales.quality.plus[0].points.lots",
    ),
    "code_without_points": (
        put("scales.quality.plus[0].points", {"none": 0, "some": 1}),
        "missing_key",
        "scales.quality.plus[0].points.much",
    ),
    "deep_in_a_table": (
        scale(cases=[{"when": {"not": {"of": "used", "equals": "x"}}, "then": "y"}], otherwise="z"),
        "dangling_id",
        "scales.new.cases[0].when.not.equals",
        "dangling_id",
        "scales.new.cases[0].then",
        "dangling_id",
        "scales.new.otherwise",
    ),
    "behind_a_modifier": (
        scale(of={"ratio": "x", "by": "y", "round": 1}, table=[{"from": 0, "to": 1, "value": 1}]),
        "dangling_id",
        "scales.new.of.ratio",
        "dangling_id",
        "scales.new.of.by",
    ),
    "in_a_table_of_two": (
        scale(row="x", column="days", rows=[0], columns=[0], cells=[[1]]),
        "dangling_id",
        "scales.new.row",
    ),
    "bands_of_a_flag": (put("bands.zone.of", "alarm"), "dangling_id", "bands.zone.of"),
    "bands_of_an_item": (put("bands.zone.of", "days"), "wrong_kind", "bands.zone.of"),
    "nearest_of_an_item": (put("nearest.group.of", "days"), "wrong_kind", "nearest.group.of"),
    "error_of_an_unknown_scale": (
        put("errors_of_measurement[0].scale", "lost"),
        "dangling_id",
        "errors_of_measurement[0].scale",
    ),
    "falls_with_a_scale": (
        put("scales.signed.falls_with", ["points"]),
        "wrong_kind",
        "scales.signed.falls_with[0]",
    ),
    "check_about_an_unknown_item": (
        put("checks[0].items[1]", "lost"),
        "dangling_id",
        "checks[0].items[1]",
    ),
    "check_voids_a_flag": (put("checks[0].voids[0]", "alarm"), "dangling_id", "checks[0].voids[0]"),
    "check_reads_nothing": (
        put("checks[0].when.over", "lost"),
        "dangling_id",
        "checks[0].when.over",
    ),
    "skip_of_an_unknown_item": (put("skips[0].items[0]", "9"), "dangling_id", "skips[0].items[0]"),
    "skip_by_a_scale": (put("skips[0].when.of", "points"), "wrong_kind", "skips[0].when"),
    "gate_that_is_no_item": (put("gates[0].item", "points"), "wrong_kind", "gates[0].item"),
    "day_behind_a_gate": (put("gates[0].items[1]", "birth"), "wrong_kind", "gates[0].items[1]"),
    "reversed_scale": (put("keying[0].reverse[0]", "points"), "wrong_kind", "keying[0].reverse[0]"),
    "map_of_an_unknown_item": (
        put("keying[1].value_map", {"9": {"0": 0}}),
        "dangling_id",
        "keying[1].value_map.9",
    ),
    "unused_item_unknown": (
        put("instrument.unused", ["filler", "lost"]),
        "dangling_id",
        "instrument.unused[1]",
    ),
}

CIRCLES = {
    "scale_of_itself": (scale(of="new", add=1), "circle", "scales.new"),
    "scales_of_each_other": (
        both(scale(of="other", add=1), put("scales.other", {"of": "new"})),
        "circle",
        "scales.new",
    ),
    "skip_reads_what_it_skips": (put("skips[0].items[0]", "1"), "circle", "skips[0].items[0]"),
    "gate_behind_itself": (put("gates[0].items[0]", "used"), "not_in_order", "gates[0].items[0]"),
    "gate_behind_a_later_gate": (
        add("gates", {"item": "visits", "closed_at": 0, "items": ["used"]}),
        "not_in_order",
        "gates[1].items[0]",
    ),
}

FILLING = {
    "no_items": (add("items", {"numbers": [], "yes_no": True}), "empty_group", "items[7].numbers"),
    "whole_range_of_halves": (put("items[5].whole", [0.5, 30]), "wrong_type", "items[5].whole"),
    "sentinel_that_is_an_answer": (
        put("items[0].sentinels", {"3": "refused"}),
        "given_twice",
        "items[0].sentinels.3",
    ),
    "sentinel_within_a_range": (
        put("items[6].sentinels", {"60": "refused"}),
        "given_twice",
        "items[6].sentinels.60",
    ),
    "sentinel_without_a_reason": (
        put("items[0].sentinels", {"70": ""}),
        "out_of_range",
        "items[0].sentinels.70",
    ),
    "number_in_the_future": (put("items[5].future", True), "wrong_kind", "items[5].future"),
    "choice_among_nothing": (
        add("choices", {"id": "new", "values": []}),
        "empty_group",
        "choices[1].values",
    ),
    "choice_with_a_value_twice": (
        put("choices[0].values", ["long", "short", 3, "3"]),
        "repeated_item",
        "choices[0].values",
    ),
    "default_that_cannot_be_chosen": (
        put("choices[0].default", "huge"),
        "unknown_value",
        "choices[0].default",
    ),
    "too_many_ways_to_choose": (
        both(*(add("choices", {"id": f"c{i}", "values": list(range(16))}) for i in range(2))),
        "too_large",
        "choices",
    ),
    "reversed_range": (put("keying[0].reverse[0]", "days"), "wrong_kind", "keying[0].reverse[0]"),
    "map_lacks_an_answer": (
        put("keying[1].value_map.3", {"0": 0, "1": 1, "2": 1}),
        "unknown_value",
        "keying[1].value_map.3",
    ),
    "map_of_a_range": (
        put("keying[1].value_map.days", {"0": 0}),
        "unknown_value",
        "keying[1].value_map.days",
    ),
    "reversed_and_mapped": (
        put("keying[1].reverse", ["3"]),
        "given_twice",
        "keying[1].value_map.3",
    ),
    "reversed_twice": (add("keying", {"reverse": ["2"]}), "given_twice", "keying[2]"),
    "gate_closed_at_no_answer": (
        put("gates[0].closed_at", 2),
        "unknown_value",
        "gates[0].closed_at",
    ),
    "gate_closed_outside_its_range": (
        add("gates", {"item": "visits", "closed_at": -1, "items": ["1"]}),
        "unknown_value",
        "gates[1].closed_at",
    ),
    "gate_sets_no_code": (
        both(put("gates[0].items", ["kind"]), put("gates[0].score", 3)),
        "out_of_range",
        "gates[0].score",
    ),
    "prorating_everything": (
        put("scales.total.missing.max_missing", 3),
        "out_of_range",
        "scales.total.missing.max_missing",
    ),
    "prorating_nothing": (
        put("scales.total.missing.max_missing", 0),
        "out_of_range",
        "scales.total.missing.max_missing",
    ),
    "limit_without_prorating": (
        put("missing", {"max_missing": 2}),
        "out_of_range",
        "missing.max_missing",
    ),
    "void_over_the_whole_form": (
        put("missing", {"void_form_over": 1}),
        "out_of_range",
        "missing.void_form_over",
    ),
    "scale_voids_the_form": (
        put("scales.total.missing.void_form_over", 0.5),
        "wrong_kind",
        "scales.total.missing.void_form_over",
    ),
    "item_that_nothing_reads": (add("items[0].numbers", "4"), "unused_item", "items[0].numbers[4]"),
    "unused_item_that_is_read": (
        put("instrument.unused", ["filler", "1"]),
        "wrong_kind",
        "instrument.unused[1]",
    ),
}

AUDIENCES = {
    "items_for_one_sex": (
        put("items[1].when", {"sex": "male"}),
        "dangling_id",
        "items[1].when.sex",
    ),
    "items_for_one_age": (
        put("items[1].when", {"ages": [18, 40]}),
        "wrong_kind",
        "items[1].when.ages",
    ),
    "keying_for_an_unknown_edition": (
        put("keying[0].when", {"edition": "huge"}),
        "unknown_value",
        "keying[0].when.edition",
    ),
    "figure_for_an_unknown_sex": (
        put("norms.cut[0].when.sex", "women"),
        "unknown_value",
        "norms.cut[0].when.sex",
    ),
    "figure_by_an_unknown_choice": (
        put("norms.cut[0].when", {"form": "a"}),
        "dangling_id",
        "norms.cut[0].when.form",
    ),
    "made_in_a_place_of_another_spelling": (
        put("validity.made_in", ["xx", "US"]),
        "not_a_code",
        "validity.made_in[1]",
    ),
    "jurisdiction_of_another_spelling": (
        put("norms.cut[0].when", {"jurisdiction": ["xx", "US-ID"]}),
        "not_a_code",
        "norms.cut[0].when.jurisdiction[1]",
    ),
    "jurisdiction_by_number": (
        put("norms.cut[0].when.jurisdiction", 1),
        "unknown_value",
        "norms.cut[0].when.jurisdiction",
    ),
    "figure_after_one_for_everybody": (
        both(put("norms.cut[2]", {"value": 5, "source": "manual"})),
        "never_reached",
        "norms.cut[3]",
    ),
    "figure_of_ages_that_are_had_already": (
        add("norms.cut", {"when": {"sex": "male", "ages": [1, 2]}, "value": 1, "source": "manual"}),
        "never_reached",
        "norms.cut[4]",
    ),
    "figure_of_days_that_are_had_already": (
        put("norms.cut[2]", {**parse_toml(SOUND)["norms"]["cut"][1], "from": date(2019, 1, 1)}),
        "never_reached",
        "norms.cut[2]",
    ),
    "figure_that_ends_as_it_starts": (
        put("norms.cut[1].from", date(2020, 1, 1)),
        "ends_before_start",
        "norms.cut[1].to",
    ),
    "norm_without_figures": (put("norms.cut", []), "empty_group", "norms.cut"),
    "bands_without_tables": (
        put("bands.by_edition.tables", []),
        "empty_group",
        "bands.by_edition",
    ),
    "table_of_a_choice_that_is_had_already": (
        put("bands.by_edition.tables[0].when.edition", ["short", "long"]),
        "never_reached",
        "bands.by_edition.tables[1]",
    ),
    "error_that_is_had_already": (
        add("errors_of_measurement", {"scale": "points", "value": 2, "source": "manual"}),
        "never_reached",
        "errors_of_measurement[1]",
    ),
    "no_sources": (
        both(put("source", []), put("skips[0].source", "")),
        "empty_group",
        "source",
        *(
            part
            for path in (
                *(f"norms.cut[{index}]" for index in range(4)),
                "bands.zone",
                "bands.share",
                *(f"bands.by_edition.tables[{index}]" for index in range(2)),
                "errors_of_measurement[0]",
                "nearest.group",
                *(f"flags.{name}" for name in ("positive", "alarm", "turned_in")),
            )
            for part in ("dangling_id", f"{path}.source")
        ),
    ),
    "bands_without_a_citation": (put("bands.zone.source", ""), "dangling_id", "bands.zone.source"),
    "unknown_source_of_a_scale": (
        put("scales.points.source", "lost"),
        "dangling_id",
        "scales.points.source",
    ),
    "reviewed_with_a_source_that_nobody_read": (
        put("instrument.status", "reviewed"),
        "draft_source",
        "source[1].tier",
    ),
}

RANGES = {
    "range_that_is_passed": (
        put("scales.points.range", [0, 8]),
        "beyond_range",
        "scales.points.range",
        "out_of_range",
        "bands.zone.table[1].to",
    ),
    "range_of_an_open_number": (
        put("scales.cost.passes_range", False),
        "beyond_range",
        "scales.cost.range",
    ),
    "range_of_what_reads_an_item_twice": (
        put("scales.both.range", [2, 2]),
        "beyond_range",
        "scales.both.range",
    ),
    "choice_that_leaves_nothing_to_ask": (
        both(
            *(put(f"items[{index}].when", {"edition": "long"}) for index in range(7)),
            put("bands.by_edition.tables[1].table[0]", {"from": "open", "to": "open", "why": "x"}),
        ),
        "empty_group",
        "items",
    ),
    "range_that_takes_too_long_to_show": (
        both(
            scale(plus=["days", "bad_days"], minus=["days", "bad_days"]),
            put("scales.new.range", [0, 0]),
        ),
        "beyond_range",
        "scales.new.range",
    ),
    "too_many_decimals": (
        put("scales.points.decimals", 13),
        "out_of_range",
        "scales.points.decimals",
    ),
    "too_many_factors": (
        scale(of={"of": "points", "power": 8}, power=8),
        "too_large",
        "scales.new",
    ),
    "too_many_factors_through_scales": (
        both(scale(product=["points"] * 9), put("scales.more", {"ratio": "new", "by": "new"})),
        "too_large",
        "scales.more",
    ),
    "flag_that_is_a_number": (flag(of="points"), "not_a_truth", "flags.new"),
    "flag_that_may_be_a_half": (flag(of="used", divide_by=2), "not_a_truth", "flags.new"),
    "any_of_a_number": (flag(any=["used", "points"]), "not_a_truth", "flags.new.any[1]"),
    "all_of_a_number": (flag(all=["points"]), "not_a_truth", "flags.new.all[0]"),
    "not_a_number": (flag(**{"not": "points"}), "not_a_truth", "flags.new.not"),
    "when_a_number": (
        put("scales.extra.cases[0].when", "days"),
        "beyond_range",
        "scales.both.range",
        "not_a_truth",
        "scales.extra.cases[0].when",
    ),
    "check_that_is_a_number": (
        put("checks[0].when", {"of": "days"}),
        "not_a_truth",
        "checks[0].when",
    ),
}

ZONE = [row(0, 4, "low"), row(5, 9, "high")]

PARTITIONS = {
    "gap": (bands([row(0, 3, "a"), row(5, 9, "b")]), "gap", "bands.new.table[1].from"),
    "overlap": (bands([row(0, 5, "a"), row(5, 9, "b")]), "overlap", "bands.new.table[1].from"),
    "shuffled": (
        bands(ZONE[::-1]),
        "overlap",
        "bands.new.table[1].from",
        "gap",
        "bands.new.table[0].from",
        "gap",
        "bands.new.table[1].to",
    ),
    "starts_late": (bands([row(1, 9, "a")]), "gap", "bands.new.table[0].from"),
    "ends_early": (bands([row(0, 8, "a")]), "gap", "bands.new.table[0].to"),
    "starts_before_the_scale": (
        bands([row(-1, 9, "a")]),
        "out_of_range",
        "bands.new.table[0].from",
    ),
    "ends_after_the_scale": (bands([row(0, 10, "a")]), "out_of_range", "bands.new.table[0].to"),
    "ends_half_open_at_the_top": (
        bands([row(0, 9, "a", "below")]),
        "gap",
        "bands.new.table[0].below",
    ),
    "open_in_the_middle": (
        bands([row(0, "open", "a"), row(5, 9, "b")]),
        "overlap",
        "bands.new.table[1].from",
    ),
    "row_that_ends_before_it_starts": (
        bands([row(0, 9, "a"), row(10, 8, "b")]),
        "not_in_order",
        "bands.new.table[1].to",
        "gap",
        "bands.new.table[1].to",
    ),
    "empty_half_open_row": (
        bands([row(0, 0, "a", "below"), row(0, 9, "b")]),
        "not_in_order",
        "bands.new.table[0].below",
    ),
    "label_twice": (
        bands([row(0, 4, "a"), row(5, 9, "a")]),
        "repeated_item",
        "bands.new.table[0].label",
        "repeated_item",
        "bands.new.table[1].label",
    ),
    "no_rows": (bands([]), "empty_group", "bands.new.table"),
    "both_ends_within_on_fractions": (
        bands([row(0, 4, "a"), row(4, 9, "b")], "total"),
        "not_half_open",
        "bands.new.table[0].to",
    ),
    "fraction_left_out": (
        bands([row(0, 4, "a", "below"), row(5, 9, "b")], "total"),
        "gap",
        "bands.new.table[1].from",
    ),
    "table_of_one_choice_too_short": (
        put("bands.by_edition.tables[1].table[0].to", 30),
        "gap",
        "bands.by_edition.tables[1].table[0].to",
    ),
    "points_with_a_gap": (
        put("scales.young.table[1].from", 20),
        "gap",
        "scales.young.table[1].from",
    ),
    "points_twice": (
        put("scales.young.table[1].from", 17),
        "overlap",
        "scales.young.table[1].from",
    ),
    "points_that_start_late": (
        put("scales.visited.table[0].from", 1),
        "beyond_range",
        "scales.both.range",
        "not_in_order",
        "scales.visited.table[0].to",
        "gap",
        "scales.visited.table[0].from",
    ),
    "grid_lacks_a_line": (
        put("scales.load.cells", [[0, 1]]),
        "wrong_type",
        "scales.load.cells",
    ),
    "grid_lacks_a_cell": (
        put("scales.load.cells[1]", [2]),
        "wrong_type",
        "scales.load.cells[1]",
    ),
    "grid_starts_late": (put("scales.load.rows", [5, 10]), "gap", "scales.load.rows[0]"),
    "grid_starts_late_sideways": (
        put("scales.load.columns", [1, 2]),
        "gap",
        "scales.load.columns[0]",
    ),
    "means_twice": (put("nearest.group.means.none", 7), "repeated_item", "nearest.group.means"),
}

TABLES = {
    "items_that_may_be_answered_in_two_ways": (
        put("items[0].codes", ["a"]),
        "not_one_kind",
        "items[0]",
    ),
    "items_that_may_not_be_answered": (put("items[4].yes_no", False), "not_one_kind", "items[4]"),
    "item_twice_in_a_row": (
        add("items[0].numbers", "1"),
        "repeated_item",
        "items[0].numbers",
    ),
    "condition_that_is_no_table": (
        put("norms.cut[0].when", "female"),
        "wrong_type",
        "norms.cut[0].when",
    ),
    "condition_on_nothing": (put("norms.cut[0].when", {}), "wrong_type", "norms.cut[0].when"),
    "condition_without_values": (
        put("norms.cut[0].when.sex", []),
        "wrong_type",
        "norms.cut[0].when.sex",
    ),
    "condition_on_a_truth": (
        put("norms.cut[0].when.sex", [True]),
        "wrong_type",
        "norms.cut[0].when.sex",
    ),
    "default_that_is_a_fraction": (
        put("choices[0].default", 1.5),
        "wrong_type",
        "choices[0].default",
    ),
    **{
        f"sentinel_{name}": (put("items[0].sentinels", held), "wrong_type", "items[0].sentinels")
        for name, held in {
            "in_a_list": [60],
            "in_words": {"sixty": "incomplete"},
            "with_two_signs": {"--6": "incomplete"},
            "with_a_zero_before": {"060": "incomplete"},
            "without_end": {"6" * 5000: "incomplete"},
            "for_a_number": {"60": 1},
        }.items()
    },
    "maps_in_a_list": (put("keying[1].value_map", []), "wrong_type", "keying[1].value_map"),
    "map_of_texts": (
        put("keying[1].value_map.3.2", "1"),
        "wrong_type",
        "keying[1].value_map.3.2",
    ),
    **{
        f"band_{name}": (put("bands.zone.table[1]", held), code, f"bands.zone.table[1]{key}")
        for name, (held, code, key) in {
            "that_is_no_table": (5, "wrong_type", ""),
            "with_two_ends": ({**row(5, 9, "a"), "below": 10}, "not_one_kind", ""),
            "without_an_end": ({"from": 5, "label": "a"}, "missing_key", ".to"),
            "without_a_label": ({"from": 5, "to": 9}, "not_one_kind", ""),
            "with_an_empty_label": (row(5, 9, ""), "not_one_kind", ""),
            "with_a_label_and_a_reason": ({**row(5, 9, "a"), "why": "b"}, "not_one_kind", ""),
            "of_texts": (row("5", 9, "a"), "wrong_type", ".from"),
        }.items()
    },
    "one_table_and_several": (put("bands.zone.tables", []), "not_one_kind", "bands.zone"),
    "no_table_at_all": (
        put("bands.zone", {"of": "points", "source": "manual"}),
        "not_one_kind",
        "bands.zone",
    ),
    "figures_that_are_no_list": (put("norms.cut", {}), "wrong_type", "norms.cut"),
    "scale_that_is_no_table": (put("scales.total", ["1"]), "wrong_type", "scales.total"),
    "flags_that_are_no_table": (put("flags", []), "wrong_type", "flags"),
    "checks_that_are_no_list": (put("checks", {}), "wrong_type", "checks"),
    "figure_that_is_no_table": (put("norms.cut[0]", 3), "wrong_type", "norms.cut[0]"),
}

FAULTS: dict[str, tuple[Any, ...]] = {
    **TABLES,
    **NAMES,
    **MENTIONS,
    **CIRCLES,
    **FILLING,
    **AUDIENCES,
    **RANGES,
    **PARTITIONS,
}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(
            put("scales.points.range", [0, 8]),
            "found 0 to 8; expected 0 to 9, which the scale may reach, or passes_range = true",
            id="range",
        ),
        pytest.param(
            put("scales.cost.passes_range", False),
            "expected 0 to open, which the scale may reach, or passes_range = true",
            id="open-range",
        ),
        pytest.param(
            flag(of="points"),
            "found a number, 0 to 9; expected something that is 1 or 0, such as a test",
            id="number",
        ),
        pytest.param(flag(of="used", divide_by=2), "0 to 0.5, with fractions", id="half"),
        pytest.param(
            bands([row(0, 4, "a"), row(4, 9, "b")], "total"), "round = 0 in it", id="fractions"
        ),
        pytest.param(
            scale(sum=["1", "Unknown item"]),
            "found 'Unknown item'; expected an item with a number",
            id="unknown-item",
        ),
        pytest.param(
            scale(sum=["1", "points"]),
            "found 'points'; expected an item with a number; sum_of_scales adds scales, and plus "
            "adds both",
            id="scale-in-a-sum",
        ),
    ],
)
def test_problem_says_what_would_mend_it(change: Change, told: str) -> None:
    plain = parse_toml(SOUND)
    change(plain)
    with pytest.raises(InputError) as caught:
        from_plain(plain)
    assert told in str(caught.value)


def test_every_fault_is_refused_where_it_is() -> None:
    found = {fault: problems_of(change) for fault, (change, *_) in FAULTS.items()}
    assert found == {
        fault: list(zip(expected[::2], expected[1::2], strict=True))
        for fault, (_, *expected) in FAULTS.items()
    }


SOUND_TOO = {
    "gate_closed_at_a_reversed_answer": both(
        add("items", {"numbers": ["steps"], "values": [0, 1, 4]}),
        put("keying[0].reverse", ["2", "steps"]),
        add("gates", {"item": "steps", "closed_at": 3, "items": ["visits"]}),
    ),
    "gate_closed_at_mapped_points": both(
        put("keying[1].value_map.3", {"0": 0, "1": 1, "2": 1, "3": 2.5}),
        put("scales.points.range", [0, 8.5]),
        put("bands.zone.table", [row(0, 4, "low", "below"), row(4, 8.5, "high")]),
        add("gates", {"item": "3", "closed_at": 2.5, "items": ["visits"]}),
    ),
    "figures_of_ages_that_overlap": put(
        "norms.cut",
        [
            {"when": {"ages": ages}, "value": 1, "source": "manual"}
            for ages in ([20, 30], [18, 25], [25, 40], ["open", "open"])
        ],
    ),
    "first_day_that_is_known_against_today": flag(
        of={"first_known": ["arrest", "birth"]}, at_most="on"
    ),
    "latest_of_days_against_a_day": flag(of={"largest": ["arrest", "birth"]}, over="birth"),
    "range_that_is_shown_by_taking_an_item_apart": both(
        scale(plus=["days"], minus=["days"]), put("scales.new.range", [0, 0])
    ),
}


@pytest.mark.parametrize("name", SOUND_TOO)
def test_what_is_sound_is_not_refused(name: str) -> None:
    assert problems_of(SOUND_TOO[name]) == []


@pytest.mark.parametrize(
    ("on", "age", "figure"),
    [
        (date(2019, 12, 31), 17, 5),
        (date(2019, 12, 31), 18, 4),
        (date(2019, 12, 31), 40, 4),
        (date(2019, 12, 31), 41, 5),
        (date(2019, 12, 31), None, 5),
        (date(2020, 1, 1), 40, 5),
        (date(2020, 1, 2), 40, 5),
    ],
)
def test_the_first_figure_that_fits_age_and_day_is_used(
    on: date, age: int | None, figure: int
) -> None:
    man = Respondent(sex=Sex.MALE, age=age)
    assert score(read_instrument(SOUND), {}, on=on, respondent=man).figure("cut").value == figure


def test_a_form_without_scales_is_refused() -> None:
    plain = parse_toml(SOUND)
    described = {key: plain[key] for key in ("instrument", "validity", "licence", "source")}
    with pytest.raises(InputError, match="scales: empty_group"):
        from_plain({**described, "items": [{"numbers": ["filler"], "yes_no": True}], "scales": {}})


HOSTILE = {
    "nothing": "",
    "a_list_for_a_table": "instrument = []\nscales = 3\n",
    "deep": "[scales]\na = " + "{ of = " * 60 + "1" + " }" * 60,
    "dotted": ".".join("a" * 2000) + " = 1",
    "long_list": SOUND.replace("[0, 1, 2, 3]", f"{list(range(20_000))}"),
    "long_sum": SOUND.replace('["1", "2", "3"]', f"{[str(n) for n in range(500)]}"),
    "huge_number": SOUND.replace("value = 0.9", f"value = {10**400}"),
    "no_number": SOUND.replace("value = 0.9", "value = nan"),
    "endless_number": SOUND.replace("value = 0.9", "value = inf"),
    "huge_answer": SOUND.replace("values = [0, 1, 2, 3]", f"values = [0, {10**400}]"),
    "many_steps": SOUND.replace(
        "{ from = 18,", ", ".join("{ from = 18, to = 18, value = 1 }" for _ in range(400)) + ", {"
    ),
    "powers_of_powers": SOUND.replace(
        'rounded = { of = "total", round = 0 }',
        "rounded = " + "{ power = 8, of = " * 8 + '"total"' + " }" * 8,
    ),
    "growing_factors": SOUND.replace(
        'rounded = { of = "total", round = 0 }',
        "rounded = " + "{ times = 1e12, of = " * 11 + '"cost"' + " }" * 11,
    ),
    "logarithm_of_nothing": SOUND.replace(
        'rounded = { of = "total", round = 0 }',
        'rounded = { plus = [{ of = { of = 0, fn = "ln" }, power = 2 }, { of = 0, fn = "ln" }],'
        " round = 0 }",
    ),
}


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE)
def test_hostile_file_is_refused_or_read_but_never_breaks(document: str) -> None:
    assert document != SOUND
    with contextlib.suppress(InputError):
        read_instrument(document)


OF_ANOTHER_TYPE: tuple[Any, ...] = (
    None,
    True,
    -1,
    0.5,
    10**13,
    "",
    "on",
    "1",
    "open",
    [],
    ["1"],
    {},
    date(2020, 1, 1),
)


def _nodes(plain: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of everything in a document, parts before what holds them."""
    held = (
        plain.items()
        if isinstance(plain, dict)
        else enumerate(plain)
        if isinstance(plain, list)
        else ()
    )
    for key, value in held:
        yield from _nodes(value, (*path, key))
        yield (*path, key)


def _changed(plain: Plain, data: st.DataObject) -> None:
    """Take away, give twice, or retype something in a document."""
    *front, last = data.draw(st.sampled_from(list(_nodes(plain))))
    held: Any = plain
    for step in front:
        held = held[step]
    match data.draw(st.sampled_from(("drop", "repeat", "retype", "rename"))):
        case "drop":
            del held[last]
        case "repeat" if isinstance(held, list):
            held.append(deepcopy(held[int(last)]))
        case "rename" if isinstance(held, dict):
            held[data.draw(st.sampled_from(("on", "x", "of", "sum", "1", "total")))] = held.pop(
                last
            )
        case _:
            held[last] = deepcopy(data.draw(st.sampled_from(OF_ANOTHER_TYPE)))


@given(st.sampled_from(("sound", *names())), st.data())
def test_changed_file_is_refused_or_can_be_scored_and_written(
    name: str, data: st.DataObject
) -> None:
    plain = parse_toml(SOUND) if name == "sound" else to_plain(find(name))
    for _ in range(data.draw(st.integers(1, 3))):
        _changed(plain, data)
    try:
        made = from_plain(plain, beside(name))
    except InputError:
        return
    assert from_plain(to_plain(made), beside(name)) == made
    choices = {choice.id: choice.values[-1] for choice in made.choices}
    assert len(score(made, {}, on=ASSESSED_ON, choices=choices, unread=True).scores) == len(
        made.scales
    )


@pytest.mark.parametrize("name", names())
def test_tables_of_every_shipped_file_stand_in_the_order_in_which_they_are_written(
    name: str,
) -> None:
    written = to_plain(find(name))
    tables = parse_toml(LIBRARY.joinpath(f"{name}.toml").read_bytes())
    assert [table for table in tables if table in written] == list(written)


@pytest.mark.parametrize("name", names())
def test_no_proprietary_form_is_shipped(name: str) -> None:
    assert find(name).licence.licence_class is not LicenceClass.PROPRIETARY
