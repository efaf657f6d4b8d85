"""How far a score moved between two assessments, and whether further than its error explains.

Only scores of the same scale, instrument, edition and choices are compared: the score for one
substance means nothing for another. If the instrument publishes no error of measurement, the
difference is given without a claim that it is reliable.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction

from attrs import field

from rehabcore.instruments import ScoreResult, Tier
from rehabcore.instruments.model.expressions import Number
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import SECRET, checked, checked_arguments, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, Problems, one_of, refuse

_MOST = 1_000_000
"""The greatest absolute value that a score can have."""
_CRITICAL = Fraction("1.96")
"""By chance, fewer than one in twenty reliable change indices lie beyond it, on either side."""
_SIX_PLACES = Decimal("0.000001")


@frozen(kw_only=True)
@checked
class Scored:
    """The score of one scale in one assessment; None if it could not be scored.

    ``choices`` are the choices that were made for the scale, by name, such as a substance.
    """

    instrument: str = field(metadata=SECRET)
    edition: str = field(metadata=SECRET)
    choices: tuple[tuple[str, str | int], ...] = field(default=(), metadata=SECRET)
    scale: str = field(metadata=SECRET)
    assessed_on: date
    score: Decimal | None

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "instrument", "scale")
        if self.score is not None and abs(self.score) > _MOST:
            yield Problem.of(self.score, "out_of_range", f"from -{_MOST} to {_MOST}", path="score")


@frozen(kw_only=True)
@checked
class PublishedError:
    """The standard error of measurement of a scale, in points of the scale, and its source."""

    points: Decimal
    cite: str

    def _problems(self) -> Iterable[Problem]:
        if self.points <= 0:
            yield Problem.of(self.points, "out_of_range", "a number above 0", path="points")
        if not self.cite:
            expected = "the text that publishes the error of measurement"
            yield Problem(code="uncited", path="cite", found="nothing", expected=expected)


class Direction(StrEnum):
    """Whether a change of a score is good or bad for the person."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@frozen(kw_only=True)
@checked
class ScoreChange:
    """The change between two scores of one scale.

    ``difference`` is the later score minus the earlier one, None if one is missing. ``direction``
    is None then, and also if the scale has no good and no bad end. ``reliable`` is MET if the
    change is greater than the error of measurement explains, NOT_MET if it is not, and UNKNOWN if a
    score is missing or no ``error`` is published. ``index`` is the difference divided by its
    standard error, to six places.
    """

    difference: Decimal | None
    direction: Direction | None
    reliable: Answer
    index: Decimal | None
    error: PublishedError | None


@checked_arguments
def score_change(
    before: Scored, after: Scored, *, high_is_worse: bool | None, error: PublishedError | None
) -> ScoreChange:
    """Compare two scores of one scale.

    Args:
        before: the earlier score.
        after: the later score.
        high_is_worse: whether a high score is bad for the person; None if it is neither.
        error: the error of measurement that the instrument publishes; None if it publishes none.

    Raises:
        InputError: the scores differ in instrument, edition, choices or scale, or ``after`` is not
            of a later day.

    Source:
        N. S. Jacobson and P. Truax, Clinical significance, Journal of Consulting and Clinical
        Psychology 59 (1991), 12-19: the standard error of a difference is the root of two times
        that of measurement; a change of more than 1.96 standard errors is reliable.
    """
    Problems(*_not_comparable(before, after)).done()
    if before.score is None or after.score is None:
        return ScoreChange(
            difference=None, direction=None, reliable=Answer.UNKNOWN, index=None, error=error
        )
    moved = _digits().plus(_digits().subtract(after.score, before.score))
    return ScoreChange(
        difference=moved,
        direction=_direction(moved, high_is_worse),
        reliable=Answer.UNKNOWN if error is None else _reliable(moved, error),
        index=None if error is None else _index(moved, error),
        error=error,
    )


@checked_arguments
def change_of_results(before: ScoreResult, after: ScoreResult, scale: str) -> ScoreChange:
    """Compare the scores of one scale in two results of one instrument.

    The instrument says whether a high score is bad, and what the error of measurement is. An error
    published for some respondents only is not used. Nor is one that nobody has read in a source,
    unless the later result was made with such figures.

    Raises:
        InputError: for the reasons of ``score_change``, or the instrument has no such scale.
    """
    scales = [score.name for score in after.scores]
    if scale not in scales:
        refuse(scale, "unknown_value", one_of(scales, scale), path="scale")
    return score_change(
        _scored(before, scale),
        _scored(after, scale),
        high_is_worse=after.instrument.worse,
        error=_published(after, scale),
    )


def _scored(result: ScoreResult, scale: str) -> Scored:
    """The score of one scale of a result, to six places."""
    value = next((score.value for score in result.scores if score.name == scale), None)
    return Scored(
        instrument=result.instrument.name,
        edition=result.instrument.edition,
        choices=result.request.choices,
        scale=scale,
        assessed_on=result.request.on,
        score=None if value is None else _decimal(value),
    )


def _published(result: ScoreResult, scale: str) -> PublishedError | None:
    origins = {origin.id: origin for origin in result.instrument.origins}
    for error in result.instrument.errors_of_measurement:
        origin = origins[error.source]
        read = origin.tier is not Tier.UNREAD or result.request.unread
        if error.scale == scale and error.when is None and read:
            return PublishedError(points=_decimal(error.value), cite=origin.cite)
    return None


def _decimal(number: Number) -> Decimal:
    if isinstance(number, int):
        return Decimal(number)
    return _digits().plus(Decimal(f"{number:.6f}"))


def _not_comparable(before: Scored, after: Scored) -> Iterable[Problem]:
    for name in ("instrument", "edition", "choices", "scale"):
        if getattr(before, name) != getattr(after, name):
            expected = f"the {name} of the earlier assessment"
            yield Problem.of(
                getattr(after, name), "cannot_compare", expected, path=f"after.{name}", secret=True
            )
    if after.assessed_on <= before.assessed_on:
        path, expected = "after.assessed_on", f"a day after {before.assessed_on.isoformat()}"
        yield Problem.of(after.assessed_on, "ends_before_start", expected, path=path)


def _direction(moved: Decimal, high_is_worse: bool | None) -> Direction | None:
    if high_is_worse is None:
        return None
    if moved == 0:
        return Direction.SAME
    return Direction.WORSE if (moved > 0) is high_is_worse else Direction.BETTER


def _reliable(moved: Decimal, error: PublishedError) -> Answer:
    """Whether a change is reliable. Squares are compared, as the root of two cannot be exact."""
    square = Fraction(moved) ** 2
    beyond = square > _CRITICAL**2 * 2 * Fraction(error.points) ** 2
    return Answer.MET if beyond else Answer.NOT_MET


def _index(moved: Decimal, error: PublishedError) -> Decimal:
    digits = _digits()
    spread = digits.multiply(digits.sqrt(Decimal(2)), error.points)
    # `plus` turns -0 into 0: a score that did not move has no direction.
    return digits.plus(digits.quantize(digits.divide(moved, spread), _SIX_PLACES))


def _digits() -> Context:
    """A decimal context of its own, so that the caller's settings change no result."""
    return Context(prec=40)
