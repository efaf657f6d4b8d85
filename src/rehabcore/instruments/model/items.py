"""The items of a form: what may be answered, how answers become points, what may be left out."""

from collections.abc import Iterable
from enum import StrEnum

from attrs import field

from rehabcore.instruments.model.expressions import Ends, Expression, Number, Pairs
from rehabcore.instruments.model.provenance import not_codes
from rehabcore.strict.checked import checked, codes_only
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem


class AnswerKind(StrEnum):
    """The kinds of answers that an item takes."""

    VALUES = "values"
    """One whole number of a set, which may have gaps."""
    CODES = "codes"
    """One code of a list; its number is its place in the list, from 0, unless keyed otherwise."""
    YES_NO = "yes_no"
    """``true`` or ``false``: 1 or 0, which may be given in their place."""
    WHOLE = "whole"
    """A whole number of a range, both ends within."""
    AMOUNT = "amount"
    """A number of a range, both ends within."""
    DAY = "day"
    """A day of the calendar, not after the day of the assessment."""
    LISTED = "listed"
    """A text that a list may have; its number is the place of its outcome."""


Entries = tuple[tuple[str, str], ...]
"""The answers of a list, each with its code or reason."""


@frozen(kw_only=True)
@checked
class CodeList:
    """A list of texts, each of which means a code of another item.

    The texts are in the first column of a CSV file beside the instrument's, the codes of the item
    ``tells`` in another column. An entry may have a reason instead, why its text means no code. All
    texts have the same ``length``; with ``digits`` they consist of digits only.
    """

    file: str
    column: str
    tells: str
    length: int
    digits: bool = False
    reasons: tuple[str, ...] = ()
    entries: Entries = field(default=(), repr=False)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The possible outcomes of looking a text up: listed, a reason, unlisted, malformed."""
        return ("listed", *self.reasons, "unlisted", "malformed")

    def outcome(self, text: str) -> str:
        """The outcome for a text that has no entry: unlisted or malformed."""
        right = len(text) == self.length and (
            not self.digits or (text.isascii() and text.isdecimal())
        )
        return "unlisted" if right else "malformed"


@frozen(kw_only=True)
@checked
class Items:
    """Some items that are answered alike.

    Exactly one of ``values``, ``codes``, ``whole``, ``amount``, ``yes_no``, ``day``, ``listed`` is
    given. ``future`` lets a day lie after the assessment. ``not_applicable`` allows the answer
    ``"na"``, which is not the same as no answer. ``sentinels`` are numbers that stand for a reason
    and are never scores; ``others`` is the reason that any code outside of the list stands for.
    ``told_by`` are items that tell the same: when all of them are answered, these are not missing,
    and they themselves never are. Without ``when`` the items are always asked.
    """

    numbers: tuple[str, ...]
    values: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    whole: Ends | None = None
    amount: Ends | None = None
    yes_no: bool = False
    day: bool = False
    future: bool = False
    not_applicable: bool = False
    sentinels: tuple[tuple[int, str], ...] = ()
    listed: CodeList | None = None
    others: str = ""
    told_by: tuple[str, ...] = ()
    unit: str = ""
    when: "When | None" = None

    def _problems(self) -> Iterable[Problem]:
        given = [kind for kind in AnswerKind if getattr(self, kind) not in ((), None, False)]
        if len(given) != 1:
            expected = f"exactly one of {', '.join(AnswerKind)}"
            yield Problem.of(given, "not_one_kind", expected)
        for name in ("numbers", "values", "codes"):
            if len(set(getattr(self, name))) < len(getattr(self, name)):
                yield Problem.of(getattr(self, name), "repeated_item", "every item once", path=name)

    @property
    def answers(self) -> AnswerKind:
        """The kind of answers that these items take."""
        return next(kind for kind in AnswerKind if getattr(self, kind) not in ((), None, False))

    @property
    def places(self) -> tuple[str, ...]:
        """The codes whose places are the numbers of these items."""
        return self.listed.outcomes if self.listed else self.codes


@frozen(kw_only=True)
@checked
class When:
    """A condition on the people and the choices to which something applies.

    ``chosen`` are pairs of a name (``sex``, ``jurisdiction``, or one of the choices that the
    instrument declares) and the values it may have; ``not_stated`` is the value of what nobody
    stated. ``ages`` are completed years on the day of the assessment, both ends within.
    """

    chosen: tuple[tuple[str, tuple[str | int, ...]], ...] = ()
    ages: Ends | None = None

    @property
    def asked_of_respondent(self) -> tuple[str, ...]:
        """The facts of the respondent that it asks for: ``sex``, ``jurisdiction``, ``age``."""
        named = tuple(name for name, _ in self.chosen if name in ("sex", "jurisdiction"))
        return named if self.ages is None else (*named, "age")

    def _problems(self) -> Iterable[Problem]:
        for name, values in self.chosen:
            if name == "jurisdiction":
                yield from not_codes(name, values)


NOT_STATED = "not_stated"
"""The value, in a condition, of a fact about the respondent that nobody stated."""


@frozen(kw_only=True)
@checked
class Choice:
    """A choice to be made when scoring, such as the substance, the edition or the period.

    Without a ``default`` it must be made.
    """

    id: str
    values: tuple[str | int, ...]
    default: str | int | None = None

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "id")


@frozen(kw_only=True)
@checked
class Keying:
    """A key from raw answers to points: reversed (least + most - x), or a map of values.

    In the map, an answer that is a number is written in digits.
    """

    reverse: tuple[str, ...] = ()
    value_map: tuple[tuple[str, Pairs], ...] = ()
    when: When | None = None


@frozen(kw_only=True)
@checked
class Skip:
    """Items that may be left out if a condition certainly holds. Then they count as 0.

    They are not missing then. If one is answered all the same, the answer counts. With
    ``contradicts`` an answer above 0 contradicts the condition, and a warning names the items.
    """

    items: tuple[str, ...]
    when: Expression
    contradicts: bool = False
    source: str = ""


@frozen(kw_only=True)
@checked
class Gate:
    """Items that are not asked if another has a certain answer. Then their points are fixed.

    If one is answered all the same, the answer does not count.
    """

    item: str
    closed_at: Number
    items: tuple[str, ...]
    score: Number = 0
    source: str = ""


class MissingPolicy(StrEnum):
    """The ways to treat an unanswered item in a sum or mean."""

    FORBID = "forbid"
    """There is no score."""
    PRORATE = "prorate"
    """Each unanswered item counts as the mean of the answered ones, up to ``max_missing``."""


@frozen(kw_only=True)
@checked
class MissingAnswers:
    """The policy on unanswered items.

    ``not_applicable`` is the policy on items answered ``"na"``, without a limit to their number.
    The whole form is void if more than the share ``void_form_over`` of its items has no answer.
    """

    policy: MissingPolicy = MissingPolicy.FORBID
    max_missing: int = 0
    not_applicable: MissingPolicy = MissingPolicy.FORBID
    void_form_over: Number | None = None
