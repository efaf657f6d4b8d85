"""The names of an instrument: each once, and each mention of one of a fitting kind.

Items, choices, norms and scales share one set of names with ``on``, the day of the assessment.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from rehabcore.instruments.checks.audiences import compatible
from rehabcore.instruments.checks.mentions import Place, places_in
from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.model.expressions import (
    Blanks,
    Chosen,
    Coded,
    Compared,
    Elapsed,
    Expression,
    Extreme,
    FirstKnown,
    ItemCount,
    Named,
    Pick,
    Pool,
)
from rehabcore.instruments.model.items import Items
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, Problems, one_of, shown_openly

TODAY = "on"
"""The name of the day of the assessment."""
RESERVED = ("sex", "jurisdiction", "ages")
"""The names of facts about the respondent in conditions; no choice may have one of them."""

_NAME = re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*")
_LONGEST_NAME = 80


class NameKind(StrEnum):
    """The kinds of things that a name can stand for."""

    ITEM = "an item with a number"
    DAY = "a day"
    CHOICE = "a choice"
    NORM = "a norm"
    SCALE = "a scale"
    TODAY = "the day of the assessment"


_DAYS = (NameKind.DAY, NameKind.TODAY)
_NUMBERS = (NameKind.ITEM, NameKind.NORM, NameKind.SCALE)


@frozen
class Names:
    """The kind of every name, and the codes of items and choices that have codes."""

    kinds: Mapping[str, NameKind]
    codes: Mapping[str, tuple[str, ...]]

    def want(
        self, problems: Problems, name: str, path: str, *kinds: NameKind, hint: str = ""
    ) -> bool:
        """Whether a name stands for one of some kinds; if not, it is noted, perhaps with a hint."""
        kind = self.kinds.get(name)
        if kind not in kinds:
            self.refuse(problems, name, path, " or ".join(kinds) + hint)
        return kind in kinds

    def refuse(self, problems: Problems, name: str, path: str, expected: str) -> None:
        """Note a name that stands for nothing, or for the wrong kind of thing."""
        code = "wrong_kind" if name in self.kinds else "dangling_id"
        found = shown_openly(name)
        problems.add(Problem(code=code, path=path, found=found, expected=expected))


def names_of(instrument: Instrument) -> Names:
    """The kind and the codes of every name of an instrument."""
    items = {
        name: NameKind.DAY if group.day else NameKind.ITEM
        for group in instrument.items
        for name in group.numbers
    }
    keyed = {name for key in instrument.keying for name in (*key.reverse, *dict(key.value_map))}
    kinds = {
        **{norm.name: NameKind.NORM for norm in instrument.norms},
        **{choice.id: NameKind.CHOICE for choice in instrument.choices},
        **items,
        TODAY: NameKind.TODAY,
    }
    left = {scale.name: scale.of for scale in instrument.scales if scale.name not in kinds}
    while days := [name for name, of in left.items() if _is_day(of, kinds)]:
        kinds |= dict.fromkeys(days, NameKind.DAY)
        left = {name: of for name, of in left.items() if name not in days}
    return Names(
        kinds=kinds | dict.fromkeys(left, NameKind.SCALE),
        codes={name: c for name, c in instrument.codes.items() if c and name not in keyed},
    )


def _is_day(expression: Expression, kinds: Mapping[str, NameKind]) -> bool:
    """Whether the number of an expression is that of a day."""
    match expression:
        case Named(name=name):
            return kinds.get(name) in _DAYS
        case FirstKnown(parts=parts) | Extreme(parts=parts):
            return all(_is_day(part, kinds) for part in parts)
        case _:
            return False


def check_names(instrument: Instrument, problems: Problems) -> None:
    """Note every name that is given twice, is reserved, or does not look like a name."""
    taken = {TODAY}
    _check_items(instrument, taken, problems)
    for name, path in _declared(instrument):
        _check_name(name, path, taken, problems)
    results: set[str] = set()
    for room in ("bands", "nearest", "flags"):
        for one in getattr(instrument, room):
            _check_name(one.name, f"{room}.{one.name}", results, problems)
    origins: set[str] = set()
    for index, origin in enumerate(instrument.origins):
        _check_name(origin.id, f"source[{index}].id", origins, problems)
    for index, choice in enumerate(instrument.choices):
        if choice.id in RESERVED:
            expected = f"a name other than {', '.join(RESERVED)}"
            problems.note(choice.id, "duplicate_id", expected, path=f"choices[{index}].id")


def _check_items(instrument: Instrument, taken: set[str], problems: Problems) -> None:
    """Note items with a name that is taken; another edition may ask an item in another way."""
    groups: dict[str, list[Items]] = {}
    for index, group in enumerate(instrument.items):
        for place, name in enumerate(group.numbers):
            path, others = f"items[{index}].numbers[{place}]", groups.setdefault(name, [])
            edition = others and not any(compatible(group.when, other.when) for other in others)
            _check_name(name, path, taken - {name} if edition else taken, problems)
            if edition and (group.places, group.day) != (others[0].places, others[0].day):
                expected = "codes as those of the item under another choice"
                problems.note(name, "wrong_kind", expected, path=path)
            others.append(group)
            taken.add(name)


def _declared(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Every name of the shared set other than those of items, and where it is declared."""
    for index, choice in enumerate(instrument.choices):
        yield choice.id, f"choices[{index}].id"
    for norm in instrument.norms:
        yield norm.name, f"norms.{norm.name}"
    for scale in instrument.scales:
        yield scale.name, f"scales.{scale.name}"


def _check_name(name: str, path: str, taken: set[str], problems: Problems) -> None:
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        expected = "letters and digits, with single underscores or hyphens between them"
        problems.note(name, "not_a_code", expected, path=path)
    if name in taken:
        expected = "a name that nothing else has"
        problems.note(name, "duplicate_id", expected, path=path)
    taken.add(name)


def expressions_of(instrument: Instrument) -> Iterator[tuple[str, Expression]]:
    """Every expression of an instrument, and where it stands in the file."""
    for scale in instrument.scales:
        yield f"scales.{scale.name}", scale.of
    for flag in instrument.flags:
        yield f"flags.{flag.name}", flag.of
    for index, check in enumerate(instrument.checks):
        yield f"checks[{index}].when", check.when
    for index, skip in enumerate(instrument.skips):
        yield f"skips[{index}].when", skip.when


def check_mentions(instrument: Instrument, names: Names, problems: Problems) -> None:
    """Note every mention of a name that does not exist, or is not of a fitting kind."""
    for path, expression in expressions_of(instrument):
        for place in places_in(expression, path):
            _check_place(place, names, problems)
    for bands in instrument.bands:
        names.want(problems, bands.of, f"bands.{bands.name}.of", NameKind.SCALE)
    for nearest in instrument.nearest:
        names.want(problems, nearest.of, f"nearest.{nearest.name}.of", NameKind.SCALE)
    for index, error in enumerate(instrument.errors_of_measurement):
        path = f"errors_of_measurement[{index}].scale"
        names.want(problems, error.scale, path, NameKind.SCALE)
    for scale in instrument.scales:
        path = f"scales.{scale.name}.falls_with"
        _want_all(names, scale.falls_with, path, problems, NameKind.ITEM, NameKind.DAY)
    for index, check in enumerate(instrument.checks):
        path = f"checks[{index}]"
        _want_all(names, check.items, f"{path}.items", problems, NameKind.ITEM, NameKind.DAY)
        _want_all(names, check.voids, f"{path}.voids", problems, NameKind.SCALE)
    for index, skip in enumerate(instrument.skips):
        _want_all(names, skip.items, f"skips[{index}].items", problems, NameKind.ITEM)
    for index, group in enumerate(instrument.items):
        path = f"items[{index}]"
        _want_all(names, group.told_by, f"{path}.told_by", problems, NameKind.ITEM, NameKind.DAY)
        if group.listed:
            names.want(problems, group.listed.tells, f"{path}.listed.tells", NameKind.ITEM)
    for index, gate in enumerate(instrument.gates):
        names.want(problems, gate.item, f"gates[{index}].item", NameKind.ITEM)
        _want_all(names, gate.items, f"gates[{index}].items", problems, NameKind.ITEM)
    for index, key in enumerate(instrument.keying):
        _want_all(names, key.reverse, f"keying[{index}].reverse", problems, NameKind.ITEM)
        for name, _ in key.value_map:
            names.want(problems, name, f"keying[{index}].value_map.{name}", NameKind.ITEM)
    _want_all(names, instrument.unused, "instrument.unused", problems, NameKind.ITEM, NameKind.DAY)


def _want_all(
    names: Names,
    mentioned: Iterable[str],
    path: str,
    problems: Problems,
    *kinds: NameKind,
    hint: str = "",
) -> None:
    for index, name in enumerate(mentioned):
        names.want(problems, name, f"{path}[{index}]", *kinds, hint=hint)


def _check_place(place: Place, names: Names, problems: Problems) -> None:
    path = place.path
    match place.part:
        case Named(name=name, if_missing=None):
            names.want(problems, name, path, *_kinds_wanted(place, names))
        case Named(name=name, if_missing=default):
            names.want(problems, name, path, NameKind.ITEM, NameKind.DAY)
            if isinstance(default, str):
                wanted = _DAYS if names.kinds.get(name) in _DAYS else _NUMBERS
                where = f"{path.removesuffix('.of')}.if_missing"
                names.want(problems, default, where, *wanted)
        case Pool(items=items, mean=mean):
            _want_all(
                names,
                items,
                f"{path}.{'mean' if mean else 'sum'}",
                problems,
                NameKind.ITEM,
                hint="" if mean else "; sum_of_scales adds scales, and plus adds both",
            )
        case ItemCount(items=items):
            _want_all(names, items, f"{path}.count", problems, NameKind.ITEM)
        case Blanks(items=items):
            _want_all(names, items, f"{path}.blanks", problems, NameKind.ITEM, NameKind.DAY)
        case Elapsed(start=start, end=end, unit=unit):
            _want_all(names, (start, end), f"{path}.{unit}_between", problems, *_DAYS)
        case Chosen(name=name, codes=codes):
            if _has_codes(name, f"{path}.of", names, problems):
                _check_codes(codes, names.codes[name], path, problems)
        case Coded(name=name, points=points):
            if _has_codes(name, f"{path}.of", names, problems):
                _check_points(dict(points), names.codes[name], f"{path}.points", problems)
        case _:
            pass


def _kinds_wanted(place: Place, names: Names) -> tuple[NameKind, ...]:
    """The kinds that fit where a name is mentioned: a day is compared with days only."""
    match place.within:
        case None:
            return *_NUMBERS, *_DAYS
        case Extreme(pick=Pick.ITEMS):
            return (NameKind.ITEM,)
        case Compared(of=one, against=other) if _is_day(one, names.kinds) and _is_day(
            other, names.kinds
        ):
            return _DAYS
        case FirstKnown() | Extreme() as among if _is_day(among, names.kinds):
            return _DAYS
        case _:
            return _NUMBERS


def _has_codes(name: str, path: str, names: Names, problems: Problems) -> bool:
    if name not in names.codes:
        expected = "a choice, or an item with codes that are not keyed to points"
        names.refuse(problems, name, path, expected)
    return name in names.codes


def _check_codes(
    codes: tuple[str, ...], known: tuple[str, ...], path: str, problems: Problems
) -> None:
    for index, code in enumerate(codes):
        if code not in known:
            where = f"{path}.is" if len(codes) == 1 else f"{path}.in[{index}]"
            problems.note(code, "unknown_value", one_of(known, code), path=where)


def _check_points(
    points: Mapping[str, object], known: tuple[str, ...], path: str, problems: Problems
) -> None:
    for code in points:
        if code not in known:
            expected = one_of(known, code)
            problems.note(code, "unknown_value", expected, path=f"{path}.{code}")
    for code in known:
        if code not in points:
            problems.note(None, "missing_key", "points for every code", path=f"{path}.{code}")
