"""An instrument as data: items, keys, scales, norms, bands, and what is known of each of them.

No wording of any item is here: an instrument holds item numbers, values, keys and cut-offs, which
are facts. The form itself comes from its rights holder.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from rehabcore.errors import Problem, fault, shown
from rehabcore.instruments.expressions import Bound, Expression, Number, names_in
from rehabcore.rules.days import OPEN, End, Term
from rehabcore.rules.sources import Status
from rehabcore.verification import codes_only, not_empty, verify


class Tier(StrEnum):
    """How a figure was come by (not how good the instrument is)."""

    READ = "A"
    """Read in a named public source."""
    TESTED = "T"
    """Also reproduced by a public test case or a published vignette."""
    RECORDS = "R"
    """Also reproduced on real records."""
    UNREAD = "O"
    """General professional knowledge, not yet read in any source; used only on request."""


class LicenceClass(StrEnum):
    """On what terms an agency may use the form."""

    PUBLIC_DOMAIN = "public_domain"
    FREE_NONCOMMERCIAL = "free_noncommercial"
    FREE_WITH_CITATION = "free_with_citation"
    PERMISSION = "permission"
    """The agency must ask the holder before using the form."""
    USER_LICENCE = "user_licence"
    """The agency signs a free agreement."""
    OPEN_SOURCE = "open_source"
    """Published with its code under an open licence, whose notice is given."""
    PROPRIETARY = "proprietary"
    """The agency supplies its own tables, under its own licence."""


Pairs = tuple[tuple[str, Number], ...]
"""Numbers by name."""
Ends = tuple[Bound, Bound]
"""The ends of a range, both within; None is open."""


@frozen(kw_only=True)
class Licence:
    """The terms of use of the form. The notice travels with every result."""

    licence_class: LicenceClass
    holder: str
    notice: str

    def __attrs_post_init__(self) -> None:
        verify(self, lambda: not_empty(self, "holder", "notice"))


@frozen(kw_only=True)
class Origin:
    """Where a table was read, and how sure that is."""

    id: str
    cite: str
    tier: Tier

    def __attrs_post_init__(self) -> None:
        verify(self, lambda: (*codes_only(self, "id"), *not_empty(self, "cite")))


@frozen(kw_only=True)
class Validity:
    """For whom the instrument was made, about what time it asks, and how long a result holds.

    ``population`` is in words; ``made_in`` are the codes of the jurisdictions that it was made in:
    for anybody else a result carries a warning. Empty means that none is known, and so that the
    warning is always there. ``reassess_after`` is None where no interval is published.
    """

    population: str
    administered_by: str
    made_in: tuple[str, ...] = ()
    recall_months: int | None = None
    recall_days: int | None = None
    reassess_after: Term | None = None

    def __attrs_post_init__(self) -> None:
        verify(self, lambda: not_empty(self, "population", "administered_by"))


class Answers(StrEnum):
    """What may be answered to an item."""

    VALUES = "values"
    """One whole number of a set, which may have gaps."""
    CODES = "codes"
    """One code of a list; its number is its place in the list, from 0, unless keyed otherwise."""
    YES_NO = "yes_no"
    """``true`` or ``false``: 1 or 0."""
    WHOLE = "whole"
    """A whole number of a range, both ends within."""
    AMOUNT = "amount"
    """A number of a range, both ends within."""
    DAY = "day"
    """A day of the calendar, not after the day of the assessment."""


@frozen(kw_only=True)
class Items:
    """Some items that are answered alike.

    Exactly one of ``values``, ``codes``, ``whole``, ``amount``, ``yes_no``, ``day`` is given.
    ``future`` lets a day lie after the assessment. ``not_applicable`` allows the answer ``"na"``,
    which is not the same as no answer. ``sentinels`` are numbers that stand for a reason and are
    never scores. Without ``when`` the items are always asked.
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
    unit: str = ""
    when: "When | None" = None

    def __attrs_post_init__(self) -> None:
        verify(self, self._faults)

    def _faults(self) -> Iterable[Problem]:
        given = [kind for kind in Answers if getattr(self, kind) not in ((), None, False)]
        if len(given) != 1:
            expected = f"exactly one of {', '.join(Answers)}"
            yield Problem(code="not_one_kind", path="", found=shown(given), expected=expected)
        for name in ("numbers", "values", "codes"):
            if len(set(getattr(self, name))) < len(getattr(self, name)):
                found = shown(getattr(self, name))
                yield Problem(
                    code="repeated_item", path=name, found=found, expected="every item once"
                )

    @property
    def answers(self) -> Answers:
        """What may be answered."""
        return next(kind for kind in Answers if getattr(self, kind) not in ((), None, False))


@frozen(kw_only=True)
class When:
    """For whom, and under which choices, something applies.

    ``chosen`` are pairs of a name (``sex``, ``jurisdiction``, or one of the choices that the
    instrument declares) and the values it may have; ``not_stated`` is the value of what nobody
    stated. ``ages`` are completed years on the day of the assessment, both ends within.
    """

    chosen: tuple[tuple[str, tuple[str | int, ...]], ...] = ()
    ages: Ends | None = None

    def __attrs_post_init__(self) -> None:
        verify(self)


NOT_STATED = "not_stated"
"""What ``When`` calls a fact of the respondent that nobody stated."""


@frozen(kw_only=True)
class Choice:
    """Something that is chosen when scoring: the substance, the edition of the form, the period.

    Without a ``default`` it must be said.
    """

    id: str
    values: tuple[str | int, ...]
    default: str | int | None = None

    def __attrs_post_init__(self) -> None:
        verify(self, lambda: codes_only(self, "id"))


@frozen(kw_only=True)
class Keying:
    """How raw answers become points: reversed (least + most - x), or by a map of values.

    In the map an answer that is a number is written in digits.
    """

    reverse: tuple[str, ...] = ()
    value_map: tuple[tuple[str, Pairs], ...] = ()
    when: When | None = None

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Skip:
    """Items that may be left out when a condition certainly holds; then they count as 0.

    They are complete, not missing. An answer that is given all the same counts.
    """

    items: tuple[str, ...]
    when: Expression
    source: str = ""

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Gate:
    """Items that are not asked when another has a certain answer; then their points are fixed.

    An answer that is given all the same does not count.
    """

    item: str
    closed_at: Number
    items: tuple[str, ...]
    score: Number = 0
    source: str = ""

    def __attrs_post_init__(self) -> None:
        verify(self)


class MissingPolicy(StrEnum):
    """What becomes of a sum or mean of items when one of them has no answer."""

    FORBID = "forbid"
    """There is no score."""
    PRORATE = "prorate"
    """Each unanswered item counts as the mean of the answered ones, up to ``max_missing``."""


@frozen(kw_only=True)
class Missing:
    """How unanswered items are treated.

    ``not_applicable`` says the same of items answered ``"na"``, without a limit. The whole form is
    void if more than the share ``void_form_over`` of its items has no answer.
    """

    policy: MissingPolicy = MissingPolicy.FORBID
    max_missing: int = 0
    not_applicable: MissingPolicy = MissingPolicy.FORBID
    void_form_over: Number | None = None

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Figure:
    """One value of a norm: for whom, and from which day until before which."""

    value: Number
    source: str
    when: When | None = None
    start: date | None = None
    end: End = OPEN
    note: str = ""

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Norm:
    """A figure that depends on who is assessed and when: a cut-off, a mean. First fit counts."""

    name: str
    figures: tuple[Figure, ...]

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Scale:
    """A named score.

    ``decimals`` is how its value is reported (half up), unless ``unrounded``. ``range`` is what the
    publisher states; no score is cut to it. Points of the items in ``falls_with`` lower
    the scale; ``not_monotone`` says that more points may mean more or less.
    """

    name: str
    of: Expression
    range: Ends | None = None
    decimals: int = 4
    unrounded: bool = False
    missing: Missing | None = None
    falls_with: tuple[str, ...] = ()
    not_monotone: bool = False
    source: str = ""

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Band:
    """A range of a scale and its label.

    ``low`` is within. ``high`` is within on scales of whole numbers; on others the band is half
    open: it reaches up to, and not including, ``high``. None is open. Without a label the table
    says nothing of the range; ``why`` tells the reason.
    """

    low: Bound
    high: Bound
    half_open: bool = False
    label: str = ""
    why: str = ""

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Table:
    """A partition of the range of a scale, for whom, and from which day until before which."""

    bands: tuple[Band, ...]
    source: str
    when: When | None = None
    start: date | None = None
    end: End = OPEN

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Bands:
    """A named way to put a scale into bands; the first table that fits counts.

    Those ``on_request`` are not used unless asked for by name.
    """

    name: str
    of: str
    tables: tuple[Table, ...]
    on_request: bool = False

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Nearest:
    """A label by the nearest of some published group means; on a tie the lower one."""

    name: str
    of: str
    means: Pairs
    source: str

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Flag:
    """A named truth. A critical one needs a person's attention, whatever the scores."""

    name: str
    of: Expression
    source: str
    critical: bool = False
    on_request: bool = False

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class Check:
    """Answers that go together with no score: when the condition certainly holds.

    ``code`` is the published one where there is one. ``voids`` are the scales without a score;
    none named means all of them. With ``warns`` it is only told.
    """

    code: str
    when: Expression
    about: str
    items: tuple[str, ...] = ()
    voids: tuple[str, ...] = ()
    warns: bool = False

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True)
class MeasurementError:
    """The standard error of measurement of a scale, in its points, where one is published."""

    scale: str
    value: Number
    source: str
    when: When | None = None

    def __attrs_post_init__(self) -> None:
        verify(self)


@frozen(kw_only=True, cache_hash=True)
class Instrument:
    """Everything that is needed to score one instrument, and to say what the score is worth.

    ``higher_means`` is in words what a high score means; ``worse`` whether that is worse (None:
    neither). ``profile`` is the edition of the figures where published ones disagree; the default
    one is taken when a name says none.
    """

    id: str
    tool: str
    title: str
    edition: str
    higher_means: str
    validity: Validity
    licence: Licence
    origins: tuple[Origin, ...]
    items: tuple[Items, ...]
    scales: tuple[Scale, ...]
    profile: str = ""
    worse: bool | None = None
    status: Status = Status.DRAFT
    default_profile: bool = False
    reference_model: bool = False
    choices: tuple[Choice, ...] = ()
    keying: tuple[Keying, ...] = ()
    skips: tuple[Skip, ...] = ()
    gates: tuple[Gate, ...] = ()
    missing: Missing = field(factory=Missing)
    norms: tuple[Norm, ...] = ()
    bands: tuple[Bands, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    flags: tuple[Flag, ...] = ()
    checks: tuple[Check, ...] = ()
    errors_of_measurement: tuple[MeasurementError, ...] = ()

    def __attrs_post_init__(self) -> None:
        verify(self)

    @property
    def name(self) -> str:
        """The full name: the id, with the profile if there is one."""
        return f"{self.id}@{self.profile}" if self.profile else self.id

    @property
    def rests_on_unread(self) -> bool:
        """Whether a scale itself rests on figures that nobody has read in a source."""
        unread = {origin.id for origin in self.origins if origin.tier is Tier.UNREAD}
        first = self.origins[0].id
        return any((scale.source or first) in unread for scale in self.scales)

    def in_order_of_reading(self) -> tuple[Scale, ...]:
        """The scales, each after those that it reads, whatever their order in the file.

        Raises:
            InputError: a scale reads itself, through others or not.
        """
        left = {scale.name: scale for scale in self.scales}
        done: dict[str, Scale] = {}
        while left:
            free = [s for s in left.values() if not set(names_in(s.of)) & set(left)]
            if not free:
                expected = "scales that do not read each other in a circle"
                fault(min(left), "circular", expected, path=f"scales.{min(left)}")
            for scale in free:
                done[scale.name] = left.pop(scale.name)
        return tuple(done.values())
