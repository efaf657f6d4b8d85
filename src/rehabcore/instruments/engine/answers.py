"""From given answers to numbers: answers are checked against the items and keyed.

All problems of the answers are reported at once. An answer is never changed to fit.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from math import isfinite, isnan
from operator import getitem, itemgetter
from typing import NamedTuple, cast

from rehabcore.instruments.engine.numbers import Exact, Pair, corners, ends_of, exact
from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.model.expressions import Number
from rehabcore.instruments.model.items import AnswerKind, CodeList, Items, Keying, When
from rehabcore.instruments.model.requests import NOT_APPLICABLE, PYTHON_TYPES, Given, python_value
from rehabcore.strict.checked import EARLIEST_YEAR, LATEST_YEAR, is_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import LARGEST_NUMBER, InputError, Problem, listed, shown

Choices = Mapping[str, str | int]
"""The values chosen for scoring, by the name of the choice."""

_KINDS: dict[AnswerKind, type] = {
    AnswerKind.VALUES: int,
    AnswerKind.CODES: str,
    AnswerKind.YES_NO: bool,
}
_MOST_NAMED = 8
"""How many items an error text names; of more, only the first and the last."""


@frozen
class AskedItem:
    """One item of a form: the answers it takes, and the pair of numbers of each.

    ``table`` has every answer that can be listed; ``blank`` is the range of all of them.
    """

    name: str
    kind: type
    table: Mapping[object, Pair]
    blank: Pair
    spec: Items

    def answer_of(self, number: Number | str) -> str:
        """The answer with a number, in words; the number itself if no answer is listed for it."""
        answers = (answer for answer, pair in self.table.items() if pair == (number, number))
        return _told(next(answers, number))

    def expected(self) -> str:
        """The answers that the item takes, in words for an error text."""
        if self.spec.listed:
            return f"a text of {self.spec.listed.length} characters"
        if self.table:
            return f"one of {listed(map(_told, self.table))}"
        if self.spec.day:
            usual = f"a day from {EARLIEST_YEAR} to {LATEST_YEAR}"
            return usual if self.spec.future else f"{usual}, not after the day of the assessment"
        low, high = self.spec.whole or self.spec.amount or (None, None)
        kind = "a whole number" if self.spec.whole else "a number"
        least = -LARGEST_NUMBER if low is None else low
        return f"{kind} from {least} to {LARGEST_NUMBER if high is None else high}"


def _told(answer: object) -> str:
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


@frozen
class ToldByList:
    """The numbers of one item that the answers to another one imply, by way of a list."""

    item: str
    of: str
    numbers: Mapping[object, Pair]


@frozen
class Questionnaire:
    """The items that are asked under some choices; ``unasked`` are those that are not.

    ``complete`` reads complete answers at once, if each answer to every item can be listed.
    ``lists`` are what answers to some items tell of others, ``retold`` the items of which others
    tell the same.
    """

    items: tuple[AskedItem, ...]
    names: frozenset[str]
    unasked: frozenset[str]
    complete: "Complete | None"
    lists: tuple[ToldByList, ...]
    retold: Mapping[str, frozenset[str]]


def questionnaire_of(instrument: Instrument, chosen: Choices, keyed: bool) -> Questionnaire:
    """The form that is filled in under some choices; ``keyed`` answers are points already."""
    keys = [key for key in instrument.keying if applies(key.when, chosen)]
    asked: list[AskedItem] = []
    unasked: set[str] = set()
    for group in instrument.items:
        if applies(group.when, chosen):
            asked.extend(_item(name, group, keys, keyed) for name in group.numbers)
        else:
            unasked.update(group.numbers)
    lists = tuple(_told_by_lists(asked))
    can_be_listed = len(asked) > 1 and not lists and all(item.table for item in asked)
    return Questionnaire(
        items=tuple(asked),
        names=frozenset(item.name for item in asked),
        unasked=frozenset(unasked),
        complete=Complete.of(asked) if can_be_listed else None,
        lists=lists,
        retold={item.name: frozenset(item.spec.told_by) for item in asked if item.spec.told_by},
    )


def _told_by_lists(asked: list[AskedItem]) -> Iterable[ToldByList]:
    tables = {item.name: item.table for item in asked}
    for item in asked:
        if listing := item.spec.listed:
            table = tables.get(listing.tells, {})
            told: dict[object, Pair] = {
                text: table[code] for text, code in listing.entries if code in table
            }
            yield ToldByList(item.name, listing.tells, told)


def applies(when: When | None, chosen: Mapping[str, str | int | None]) -> bool:
    """Whether a condition on choices holds; one without a condition always does."""
    return when is None or all(chosen.get(name) in values for name, values in when.chosen)


def _item(name: str, group: Items, keys: list[Keying], keyed: bool) -> AskedItem:
    if group.listed:
        return _listed(name, group, group.listed)
    raw = _raw(group)
    points = dict(raw)
    for key in keys:
        if name in key.reverse:
            ends = min(raw.values()) + max(raw.values())
            points = {answer: ends - number for answer, number in points.items()}
        if mapped := dict(dict(key.value_map).get(name, ())):
            points = {answer: exact(mapped[_told(answer)]) for answer in raw}
    kind = _KINDS.get(group.answers, object)
    if keyed and points != raw:
        points = {_as_given(number): number for number in points.values()}
        kind = int if all(type(given) is int for given in points) else float
    table: dict[object, Pair] = {answer: (number, number) for answer, number in points.items()}
    blank = corners(points.values()) if points else ends_of(group.whole or group.amount)
    return AskedItem(name, kind, table, blank, group)


def _as_given(number: Exact) -> Number:
    """Points as somebody would give them: a fraction as the decimal that it was written as."""
    return number if type(number) is int else float(number)


def _listed(name: str, group: Items, listing: CodeList) -> AskedItem:
    places = {outcome: (place, place) for place, outcome in enumerate(listing.outcomes)}
    table: dict[object, Pair] = {
        text: places[told] if told in listing.reasons else places["listed" if told else "unlisted"]
        for text, told in listing.entries
    }
    return AskedItem(name, str, table, (0, len(places) - 1), group)


def _raw(group: Items) -> dict[object, Exact]:
    """The number of every answer that can be listed, before it is keyed."""
    match group.answers:
        case AnswerKind.VALUES:
            return {value: value for value in group.values}
        case AnswerKind.CODES:
            return {code: place for place, code in enumerate(group.codes)}
        case AnswerKind.YES_NO:
            return {False: 0, True: 1}
        case _:
            return {}


def listed_numbers(group: Items) -> dict[str, Exact]:
    """The number of every answer that can be listed, by the answer as a map of values names it."""
    return {_told(answer): number for answer, number in _raw(group).items()}


class AnswersRead(NamedTuple):
    """The answers that were given, and the number of every item.

    ``reasons`` are the meanings of sentinels among the answers, with their items.
    """

    given: tuple[tuple[str, Given], ...]
    numbers: dict[str, Pair]
    blank: frozenset[str]
    not_applicable: frozenset[str]
    reasons: tuple[tuple[str, str], ...]


def read_answers(form: Questionnaire, answers: Mapping[str, Given | None], on: date) -> AnswersRead:
    """The numbers of all given answers.

    Raises:
        InputError: every unknown item and every answer that its item does not have.
    """
    if form.complete and (reading := form.complete.read(answers)):
        return reading
    if not PYTHON_TYPES.issuperset(map(type, answers.values())):
        answers = {
            name: cast("Given | None", python_value(answer)) for name, answer in answers.items()
        }
    numbers: dict[str, Pair] = {}
    blank: list[str] = []
    aside: list[str] = []
    problems: list[Problem] = []
    reasons: list[tuple[str, str]] = []
    get = answers.get
    for item in form.items:
        answer = get(item.name)
        if type(answer) is item.kind and answer in item.table:
            numbers[item.name] = item.table[answer]
            continue
        numbers[item.name] = item.blank
        reason = dict(item.spec.sentinels).get(answer) if type(answer) is int else None
        if answer is None or reason:
            blank.append(item.name)
            reasons.extend([(item.name, reason)] if reason else [])
        elif item.spec.not_applicable and type(answer) is str and answer == NOT_APPLICABLE:
            aside.append(item.name)
        elif item.spec.others and type(answer) is str:
            aside.append(item.name)
            reasons.append((item.name, item.spec.others))
        elif (number := _in_range(item, answer, on)) is not None:
            numbers[item.name] = (number, number)
        else:
            problems.append(_refused(item, answer, on))
    for told in form.lists:
        problems.extend(_tell(told, answers, numbers))
    if problems or not form.names.issuperset(answers):
        problems.extend(_unknown(form, answers))
        if problems:
            raise InputError(problems)
    given = tuple((i.name, held) for i in form.items if (held := get(i.name)) is not None)
    return AnswersRead(given, numbers, _missing(form, blank), frozenset(aside), tuple(reasons))


def _tell(
    told: ToldByList, answers: Mapping[str, object], numbers: dict[str, Pair]
) -> Iterable[Problem]:
    """Take the number of an item from the list that tells it; if both are given, they agree."""
    answer = answers.get(told.item)
    known = told.numbers.get(answer) if isinstance(answer, str) else None
    if known is None:
        return
    if answers.get(told.of) is not None and numbers[told.of] != known:
        yield Problem(
            code="given_twice",
            path=f"answers.{told.of}",
            found="another answer",
            expected=f"what the list tells of the answer to {told.item}, or no answer",
        )
    numbers[told.of] = known


def _missing(form: Questionnaire, blank: Iterable[str]) -> frozenset[str]:
    """The unanswered items that are not told by other items."""
    unanswered = frozenset(blank)
    if not form.retold or not unanswered:
        return unanswered
    others = frozenset().union(*form.retold.values())
    return frozenset(
        name for name in unanswered - others if unanswered & form.retold.get(name, unanswered)
    )


_NONE: frozenset[str] = frozenset()


@frozen
class Complete:
    """Reads complete and right answers quickly; any others are left to the longer way."""

    names: tuple[str, ...]
    kinds: tuple[type, ...]
    tables: tuple[Mapping[object, Pair], ...]
    answers_to: Callable[[Mapping[str, Given | None]], tuple[Given, ...]]

    @classmethod
    def of(cls, items: Iterable[AskedItem]) -> "Complete":
        """A reader of complete answers to some items, at least two."""
        names, kinds, tables = zip(*((i.name, i.kind, i.table) for i in items), strict=True)
        return cls(names, kinds, tables, itemgetter(*names))

    def read(self, answers: Mapping[str, Given | None]) -> AnswersRead | None:
        """The numbers of complete answers; None if any is missing or not right."""
        if len(answers) != len(self.names):
            return None
        try:
            values = self.answers_to(answers)
            if tuple(map(type, values)) != self.kinds:
                return None
            # there are as many of each, and a strict zip takes half as long again
            numbers = dict(zip(self.names, map(getitem, self.tables, values), strict=False))
        except KeyError:
            return None
        return AnswersRead(tuple(zip(self.names, values, strict=False)), numbers, _NONE, _NONE, ())


def _in_range(item: AskedItem, answer: object, on: date) -> int | Exact | None:
    """The number of an answer that is not one of a list; None if it is not right."""
    spec = item.spec
    if spec.listed and isinstance(answer, str):
        return spec.listed.outcomes.index(spec.listed.outcome(answer))
    low, high = max(item.blank[0], -LARGEST_NUMBER), min(item.blank[1], LARGEST_NUMBER)
    if spec.day and is_day(answer):
        usual = EARLIEST_YEAR <= answer.year <= LATEST_YEAR
        return answer.toordinal() if usual and (spec.future or answer <= on) else None
    counts = spec.yes_no or item.kind is float  # 1 is a yes, and equal to 1.0
    if counts and type(answer) is int and answer in item.table:
        return item.table[answer][0]
    if type(answer) is int and (spec.whole or spec.amount):
        return answer if low <= answer <= high else None
    if type(answer) is float and spec.amount and isfinite(answer):
        number = exact(answer)
        return number if low <= number <= high else None
    return None


def _refused(item: AskedItem, answer: object, on: date) -> Problem:
    path, expected = f"answers.{item.name}", item.expected()
    found = shown(answer, secret=isinstance(answer, str | date))
    if not _accepted(item, answer):
        expected += _cure(answer)
        return Problem(code="wrong_type", path=path, found=found, expected=expected)
    if isinstance(answer, date):
        late = answer > on and not item.spec.future
        code = "after_assessment" if late else "date_out_of_range"
        return Problem(code=code, path=path, found="a day", expected=expected)
    code = "unknown_value" if item.table else "out_of_range"
    return Problem(code=code, path=path, found=found, expected=expected)


def _cure(answer: object) -> str:
    """The end of an error text: how to give an answer that a table of another library holds."""
    if type(answer) is float:
        return "; no answer is None" if isnan(answer) else ", without a point"
    if isinstance(answer, datetime):
        return ", without a time, such as .date() gives"
    own_kind = type(answer).__module__ in ("builtins", "datetime")
    return "" if own_kind else ", as a value of Python's own, such as .item() gives of NumPy's"


def _accepted(item: AskedItem, answer: object) -> bool:
    """Whether the answer is of a type that the item takes."""
    if item.table:
        return type(answer) in ((int, float) if item.kind is float else (item.kind,))
    if item.spec.day:
        return is_day(answer)
    return type(answer) is int or (type(answer) is float and not item.spec.whole)


def _unknown(form: Questionnaire, answers: Mapping[str, object]) -> Iterable[Problem]:
    """A problem for each answer to an item that does not exist, or that is not asked."""
    for name, answer in answers.items():
        unasked = name in form.unasked
        if name in form.names or (unasked and answer is None):
            continue
        yield Problem(
            code="not_asked" if unasked else "unknown_item",
            path="answers",
            found=f"an answer to the item {_shown_name(name)}",
            expected="no answer under what was chosen" if unasked else _known(form),
        )


_ITEM_NUMBER = re.compile(r"[0-9]{1,3}[a-z]?")
"""The only form of an unknown item name that errors show: any other could be a person's name."""


def _shown_name(name: object) -> str:
    if not isinstance(name, str):
        return "(a key that is not a text)"
    shows = _ITEM_NUMBER.fullmatch(name)
    return name if shows else f"(a key of {len(name)} characters)"


def _known(form: Questionnaire) -> str:
    names = [item.name for item in form.items]
    if len(names) > _MOST_NAMED:
        return f"one of the {len(names)} items, from {names[0]} to {names[-1]}"
    return f"one of the items {', '.join(names)}"
