"""Whether the rules for filling in a form are sound: answers, keys, gates, skips, blanks."""

from collections.abc import Iterator
from itertools import combinations

from rehabcore.instruments.checks.audiences import compatible
from rehabcore.instruments.checks.naming import NameKind, Names, expressions_of
from rehabcore.instruments.engine.answers import listed_numbers
from rehabcore.instruments.engine.numbers import exact
from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.model.expressions import (
    Bound,
    Expression,
    Number,
    Pool,
    names_in,
    subexpressions,
)
from rehabcore.instruments.model.items import Items, Keying, MissingAnswers, MissingPolicy
from rehabcore.strict.problems import Problems, listed


def check_filling(instrument: Instrument, names: Names, problems: Problems) -> None:
    """Note every problem of the rules for filling in the form."""
    groups = {name: group for group in instrument.items for name in group.numbers}
    _check_items(instrument, problems)
    _check_choices(instrument, problems)
    _check_keying(instrument, groups, problems)
    _check_gates(instrument, groups, problems)
    _check_skips(instrument, names, problems)
    _check_missing(instrument, problems)
    _check_use(instrument, problems)


def _check_items(instrument: Instrument, problems: Problems) -> None:
    for index, group in enumerate(instrument.items):
        path = f"items[{index}]"
        if not group.numbers:
            problems.note([], "empty_group", "at least one item", path=f"{path}.numbers")
        if group.whole and not all(type(end) in (int, type(None)) for end in group.whole):
            problems.note(None, "wrong_type", "whole numbers", path=f"{path}.whole")
        for number, reason in group.sentinels:
            if not reason:
                expected = "a reason"
                problems.note("", "out_of_range", expected, path=f"{path}.sentinels.{number}")
            if number in group.values or _within(number, group.whole or group.amount):
                expected = "a number that is no answer"
                problems.note(number, "given_twice", expected, path=f"{path}.sentinels.{number}")
        if group.future and not group.day:
            problems.note(True, "wrong_kind", "only of days", path=f"{path}.future")


def _within(number: Number, ends: tuple[Bound, Bound] | None) -> bool:
    if ends is None:
        return False
    low, high = ends
    return (low is None or low <= number) and (high is None or number <= high)


def _check_choices(instrument: Instrument, problems: Problems) -> None:
    for index, choice in enumerate(instrument.choices):
        path = f"choices[{index}]"
        if not choice.values:
            problems.note([], "empty_group", "at least one value", path=f"{path}.values")
        elif len(set(map(str, choice.values))) < len(choice.values):
            problems.note(None, "repeated_item", "every value once", path=f"{path}.values")
        if choice.default is not None and choice.default not in choice.values:
            expected = f"one of {listed(choice.values)}"
            problems.note(choice.default, "unknown_value", expected, path=f"{path}.default")


def _check_keying(instrument: Instrument, groups: dict[str, Items], problems: Problems) -> None:
    for index, key in enumerate(instrument.keying):
        path = f"keying[{index}]"
        for place, name in enumerate(key.reverse):
            group = groups.get(name)
            if group is not None and not listed_numbers(group):
                expected = "an item whose answers are listed"
                problems.note(name, "wrong_kind", expected, path=f"{path}.reverse[{place}]")
        for name, points in key.value_map:
            where, group = f"{path}.value_map.{name}", groups.get(name)
            if group is not None and dict(points).keys() != listed_numbers(group).keys():
                expected = f"a number for each of {listed(listed_numbers(group)) or 'no answers'}"
                problems.note(dict(points), "unknown_value", expected, path=where)
    for name, where in _keyed_twice(instrument):
        problems.note(name, "given_twice", "one key of an item at a time", path=where)


def _keyed_twice(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Items that two keys, or two parts of one key, turn into points under the same choices.

    Which of the two counts would depend on the order of the file.
    """
    keys = [(f"keying[{index}]", key) for index, key in enumerate(instrument.keying)]
    for path, key in keys:
        for name, _ in key.value_map:
            if name in key.reverse:
                yield name, f"{path}.value_map.{name}"
    for (_, one), (path, other) in combinations(keys, 2):
        if compatible(one.when, other.when):
            for name in sorted(_keyed(one) & _keyed(other)):
                yield name, path


def _keyed(key: Keying) -> set[str]:
    return {*key.reverse, *dict(key.value_map)}


def _check_gates(instrument: Instrument, groups: dict[str, Items], problems: Problems) -> None:
    opened_before: set[str] = set()
    for index, gate in enumerate(instrument.gates):
        path, group = f"gates[{index}]", groups.get(gate.item)
        opened_before.add(gate.item)
        if group is not None and not _is_answer(gate.closed_at, gate.item, group, instrument):
            expected = "the number of an answer"
            problems.note(gate.closed_at, "unknown_value", expected, path=f"{path}.closed_at")
        for place, name in enumerate(gate.items):
            if name in opened_before:
                expected = "an item behind the gate, which is no gate itself before this one"
                problems.note(name, "not_in_order", expected, path=f"{path}.items[{place}]")
            codes = groups[name].codes if name in groups else ()
            if codes and gate.score not in range(len(codes)):
                expected = f"the place of a code of the item, from 0 to {len(codes) - 1}"
                problems.note(gate.score, "out_of_range", expected, path=f"{path}.score")


def _is_answer(number: Number, name: str, group: Items, instrument: Instrument) -> bool:
    """Whether a number is that of an answer, keyed in one way or another."""
    raw = listed_numbers(group)
    if not raw:
        return _within(number, group.whole or group.amount)
    found = set(raw.values())
    for key in instrument.keying:
        if name in key.reverse:
            found |= {min(raw.values()) + max(raw.values()) - value for value in raw.values()}
        found |= {exact(points) for _, points in dict(key.value_map).get(name, ())}
    return exact(number) in found


def _check_skips(instrument: Instrument, names: Names, problems: Problems) -> None:
    for index, skip in enumerate(instrument.skips):
        path, read = f"skips[{index}]", names_in(skip.when)
        for name in read:
            if names.kinds.get(name) is NameKind.SCALE:
                expected = "items, which are known before scores"
                problems.note(name, "wrong_kind", expected, path=f"{path}.when")
        for place, name in enumerate(skip.items):
            if name in read:
                expected = "an item that the condition does not read"
                problems.note(name, "circle", expected, path=f"{path}.items[{place}]")


def _check_missing(instrument: Instrument, problems: Problems) -> None:
    most = sum(len(group.numbers) for group in instrument.items)
    _check_policy(instrument.missing, most, "missing", problems)
    for scale in instrument.scales:
        if scale.missing is not None:
            path = f"scales.{scale.name}.missing"
            _check_policy(scale.missing, _longest_pool(scale.of), path, problems)
            if scale.missing.void_form_over is not None:
                expected = "a limit of the whole form in [missing] only"
                problems.note(None, "wrong_kind", expected, path=f"{path}.void_form_over")


def _longest_pool(expression: Expression) -> int:
    pools = (part for part in subexpressions(expression) if isinstance(part, Pool))
    return max((len(pool.items) for pool in pools), default=0)


def _check_policy(missing: MissingAnswers, items: int, path: str, problems: Problems) -> None:
    prorating = missing.policy is MissingPolicy.PRORATE
    if not (1 <= missing.max_missing < items if prorating else missing.max_missing == 0):
        expected = f"1 to {items - 1} items" if prorating else "no such limit without prorating"
        problems.note(missing.max_missing, "out_of_range", expected, path=f"{path}.max_missing")
    if missing.void_form_over is not None and not 0 <= missing.void_form_over < 1:
        expected = "a share from 0 to below 1"
        problems.note(
            missing.void_form_over, "out_of_range", expected, path=f"{path}.void_form_over"
        )


def _check_use(instrument: Instrument, problems: Problems) -> None:
    """Note items that nothing reads and the file does not call unused, and the reverse."""
    read = {gate.item for gate in instrument.gates}
    for group in instrument.items:
        read.update(group.numbers if group.listed else ())
    for _, expression in expressions_of(instrument):
        read.update(names_in(expression))
    for index, group in enumerate(instrument.items):
        for place, name in enumerate(group.numbers):
            if name not in read and name not in instrument.unused:
                expected = "an item that something reads, or that instrument.unused names"
                path = f"items[{index}].numbers[{place}]"
                problems.note(name, "unused_item", expected, path=path)
    for place, name in enumerate(instrument.unused):
        if name in read:
            expected = "an item that nothing reads"
            problems.note(name, "wrong_kind", expected, path=f"instrument.unused[{place}]")
