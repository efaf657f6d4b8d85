"""An instrument as data: its scales, norms, bands and flags, over items, with their sources.

No wording of any item is here: an instrument holds item numbers, values, keys and cut-offs, which
are facts. The form itself comes from its rights holder.
"""

from collections.abc import Container
from datetime import date

from attrs import field

from rehabcore.instruments.model.expressions import Bound, Ends, Expression, Number, Pairs, names_in
from rehabcore.instruments.model.items import (
    Choice,
    Gate,
    Items,
    Keying,
    MissingAnswers,
    Skip,
    When,
)
from rehabcore.instruments.model.provenance import Licence, Origin, Tier, Validity
from rehabcore.rules.sources import Status
from rehabcore.rules.time.days import OPEN, End
from rehabcore.strict.checked import checked, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import refuse


@frozen(kw_only=True)
@checked
class Figure:
    """One value of a norm, with the people it is for and the days on which it holds (half-open)."""

    value: Number
    source: str
    when: When | None = None
    start: date | None = None
    end: End = OPEN
    note: str = ""


@frozen(kw_only=True)
@checked
class Norm:
    """A figure that depends on who is assessed and when, such as a cut-off; first fit counts."""

    name: str
    figures: tuple[Figure, ...]


@frozen(kw_only=True)
@checked
class Scale:
    """A named score.

    Its value is reported with ``decimals`` (rounded half up), unless ``unrounded``. ``range`` is
    stated by the publisher; no score is cut to it, and one may lie outside it only with
    ``passes_range``. Points of the items in ``falls_with`` lower the scale; ``not_monotone`` means
    that more points may raise or lower it. A ``step`` is only an intermediate value, and is shown
    only in detail.
    """

    name: str
    of: Expression
    range: Ends | None = None
    passes_range: bool = False
    decimals: int = 4
    unrounded: bool = False
    missing: MissingAnswers | None = None
    falls_with: tuple[str, ...] = ()
    not_monotone: bool = False
    step: bool = False
    source: str = ""


@frozen(kw_only=True)
@checked
class Band:
    """A range of a scale and its label.

    ``low`` is included. ``high`` is included on scales of whole numbers; on others the band is
    half-open and reaches up to, and not including, ``high``. None means no limit. If there is no
    label, the table has no answer for the range, and ``why`` tells the reason.
    """

    low: Bound
    high: Bound
    half_open: bool = False
    label: str = ""
    why: str = ""


@frozen(kw_only=True)
@checked
class Table:
    """A partition of the range of a scale, for some people, on some days (half-open)."""

    bands: tuple[Band, ...]
    source: str
    when: When | None = None
    start: date | None = None
    end: End = OPEN


@frozen(kw_only=True)
@checked
class Bands:
    """A named way to put a scale into bands; the first table that fits counts.

    Those ``on_request`` are not used unless asked for by name.
    """

    name: str
    of: str
    tables: tuple[Table, ...]
    on_request: bool = False


@frozen(kw_only=True)
@checked
class Nearest:
    """A label by the nearest of some published group means; on a tie the lower one."""

    name: str
    of: str
    means: Pairs
    source: str


@frozen(kw_only=True)
@checked
class Flag:
    """A named truth. A critical one needs a person's attention, whatever the scores."""

    name: str
    of: Expression
    source: str
    critical: bool = False
    on_request: bool = False


@frozen(kw_only=True)
@checked
class AnswerCheck:
    """A check of answers: if its condition certainly holds, the answers fail it.

    ``code`` is the published code, if there is one. ``items`` are the items it is about; if none is
    named, the unanswered items that it counts. ``voids`` are the scales that lose their score; if
    none is named, all of them. With ``warns`` it only gives a warning. Checks of a later ``stage``
    are made only if the answers pass those of earlier stages.
    """

    code: str
    when: Expression
    about: str
    items: tuple[str, ...] = ()
    voids: tuple[str, ...] = ()
    warns: bool = False
    stage: int = 1


@frozen(kw_only=True)
@checked
class MeasurementError:
    """The published standard error of measurement of a scale, in points of the scale."""

    scale: str
    value: Number
    source: str
    when: When | None = None


@frozen(kw_only=True, cache_hash=True)
@checked
class Instrument:
    """Everything that is needed to score one instrument, and to tell how far to trust the score.

    ``higher_means`` says in words what a high score means; ``worse`` says whether that is bad for
    the person (None: neither). ``unused`` are items of the form that nothing reads, such as
    fillers. ``profile`` names one set of figures if published ones disagree; a name without a
    profile means the default one.
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
    unused: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    keying: tuple[Keying, ...] = ()
    skips: tuple[Skip, ...] = ()
    gates: tuple[Gate, ...] = ()
    missing: MissingAnswers = field(factory=MissingAnswers)
    norms: tuple[Norm, ...] = ()
    bands: tuple[Bands, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    flags: tuple[Flag, ...] = ()
    checks: tuple[AnswerCheck, ...] = ()
    errors_of_measurement: tuple[MeasurementError, ...] = ()

    def __repr__(self) -> str:
        """One line: a whole instrument has thousands of figures."""
        items = sum(len(group.numbers) for group in self.items)
        return f"<Instrument {self.name}: {items} items, {len(self.scales)} scales>"

    @property
    def name(self) -> str:
        """The full name: the id, with the profile if there is one."""
        return f"{self.id}@{self.profile}" if self.profile else self.id

    @property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """The codes of each item or choice that has codes; the place of a code is its number."""
        items = {name: group.places for group in self.items for name in group.numbers}
        return items | {choice.id: tuple(map(str, choice.values)) for choice in self.choices}

    @property
    def rests_on_unread(self) -> bool:
        """Whether a scale itself rests on figures that nobody has read in a source."""
        unread = {origin.id for origin in self.origins if origin.tier is Tier.UNREAD}
        first = self.origins[0].id
        return any((scale.source or first) in unread for scale in self.scales)

    @checked_arguments
    def names_behind(self, *expressions: Expression, known: Container[str] = ()) -> frozenset[str]:
        """Every name that some expressions read, themselves or through scales.

        Args:
            known: scales whose value is known, so that nothing is read for it.
        """
        scales = {scale.name: scale.of for scale in self.scales if scale.name not in known}
        found: set[str] = set()
        left = [name for expression in expressions for name in names_in(expression)]
        while left:
            if (name := left.pop()) not in found:
                found.add(name)
                left += names_in(scales[name]) if name in scales else ()
        return frozenset(found)

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
                refuse(min(left), "circle", expected, path=f"scales.{min(left)}")
            for scale in free:
                done[scale.name] = left.pop(scale.name)
        return tuple(done.values())
