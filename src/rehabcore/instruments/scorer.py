"""How one instrument is scored under some choices: worked out once, used for every form."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import isfinite

from attrs import frozen

from rehabcore.instruments.answers import Form, Reading, form_of
from rehabcore.instruments.declaration import Check, Flag, Instrument, Scale
from rehabcore.instruments.evaluation import evaluator
from rehabcore.instruments.expressions import Bound, Expression, Named, Number, names_in, parts_of
from rehabcore.instruments.items import Skip
from rehabcore.instruments.numbers import Exact, Pair, rounded
from rehabcore.instruments.placing import Audience, Placer, figures_used, nearest
from rehabcore.instruments.results import Flagged, Placing, Remark, Request, Score, ScoreResult
from rehabcore.instruments.situation import Evaluator, Situation
from rehabcore.rules.truth import ANSWERS, Answer

MOST_SCORERS = 256
"""Instruments, each under some choices, of which the way to score them is kept."""


@frozen
class _Scale:
    """A scale that is ready to be evaluated; ``defaults`` are those of items without an answer."""

    scale: Scale
    evaluate: Evaluator
    names: frozenset[str]
    defaults: tuple[tuple[str, Number], ...]


@frozen
class _Named:
    """A flag or check that is ready to be evaluated."""

    of: Flag | Check
    evaluate: Evaluator
    names: frozenset[str]


@frozen
class _Gap:
    """Why a scale has no value, and the items that lack for it."""

    why: str
    items: tuple[str, ...] = ()


@frozen
class Scorer:
    """How one instrument is scored under some choices, worked out once."""

    instrument: Instrument
    form: Form
    fixed: Mapping[str, Pair]
    skips: tuple[tuple[Skip, Evaluator], ...]
    scales: tuple[_Scale, ...]
    checks: tuple[_Named, ...]
    flags: tuple[_Named, ...]
    placers: tuple[Placer, ...]

    def result(self, request: Request, reading: Reading) -> ScoreResult:
        """The result of answers that were read.

        Raises:
            InputError: the day of birth lies after the day of the assessment.
        """
        audience = Audience.of(self.instrument, request)
        figures, norms = figures_used(self.instrument, audience)
        today = request.on.toordinal()
        numbers = {**norms, **self.fixed, "on": (today, today), **reading.numbers}
        situation = Situation(numbers, reading.blank, reading.not_applicable)
        skipped, answered_anyway = self._skip(situation)
        not_asked, ignored = self._close_gates(situation)
        bounds = self._bounds(situation)
        gaps, prorated = self._evaluate(situation)
        objections, warnings = self._check(situation)
        self._spread(situation, gaps, objections)
        scores = tuple(
            self._score(scale, situation, gaps, bounds, prorated.get(scale.name, ()))
            for scale in self.instrument.scales
        )
        return ScoreResult(
            instrument=self.instrument,
            request=request,
            scores=scores,
            placings=tuple(self._placings(situation, gaps, bounds, audience)),
            flags=tuple(self._flags(situation, gaps, audience)),
            figures=figures,
            skipped=skipped,
            not_asked=not_asked,
            missing=self._in_order(situation.blank),
            objections=tuple(Remark(code=c.code, items=c.items, about=c.about) for c in objections),
            warnings=(
                *_population(request, self.instrument),
                *warnings,
                *ignored,
                *(Remark(code="sentinel", items=(i,), about=why) for i, why in reading.reasons),
            ),
            assumptions=self._assumptions(situation),
            policies=self._policies(scores, answered_anyway),
        )

    def _skip(self, situation: Situation) -> tuple[tuple[str, ...], bool]:
        """Count as 0 what may be left out; and whether something was answered all the same."""
        skipped: list[str] = []
        anyway = False
        for skip, when in self.skips:
            if when(situation)[0]:
                left_out = [item for item in skip.items if item in situation.blank]
                anyway = anyway or len(left_out) < len(set(skip.items) - set(skipped))
                situation.numbers.update(dict.fromkeys(left_out, (0, 0)))
                situation.blank -= set(left_out)
                skipped += left_out
        return tuple(skipped), anyway

    def _close_gates(self, situation: Situation) -> tuple[tuple[str, ...], tuple[Remark, ...]]:
        """Fix the points of items behind closed gates; and remark on answers given to them."""
        not_asked: list[str] = []
        ignored: list[str] = []
        for gate in self.instrument.gates:
            low, high = situation.numbers[gate.item]
            if not low <= gate.closed_at <= high:
                continue
            behind = [item for item in gate.items if item in self.form.names]
            if low < high:
                for item in behind:
                    least, most = situation.numbers[item]
                    situation.numbers[item] = (min(least, gate.score), max(most, gate.score))
                continue
            for item in behind:
                ignored += [] if item in situation.blank else [item]
                situation.numbers[item] = (gate.score, gate.score)
            situation.blank -= set(behind)
            not_asked += behind
        told = Remark(code="answers_behind_closed_gate", items=tuple(ignored))
        return tuple(not_asked), (told,) if any(ignored) else ()

    def _bounds(self, situation: Situation) -> Mapping[str, Pair]:
        """The range of every scale, whatever the unanswered items would have been."""
        if not situation.blank:
            return situation.numbers
        bounding = Situation(
            dict(situation.numbers), situation.blank, situation.not_applicable, bounding=True
        )
        for ready in self.scales:
            bounding.numbers[ready.scale.name] = ready.evaluate(bounding)
        return bounding.numbers

    def _evaluate(self, situation: Situation) -> tuple[dict[str, _Gap], dict[str, tuple[str, ...]]]:
        """Evaluate every scale; why some have no value of their own, and what was filled in."""
        gaps: dict[str, _Gap] = {}
        prorated: dict[str, tuple[str, ...]] = {}
        unanswered = situation.blank | situation.not_applicable
        for ready in self.scales:
            situation.lacking.clear()
            situation.prorated.clear()
            low, high = pair = ready.evaluate(situation)
            situation.numbers[ready.scale.name] = pair
            if situation.prorated:
                prorated[ready.scale.name] = self._in_order(situation.prorated)
            if situation.lacking:
                gaps[ready.scale.name] = _Gap("missing", self._in_order(situation.lacking))
            elif low != high and (lacking := unanswered & ready.names or situation.blank):
                gaps[ready.scale.name] = _Gap("missing", self._in_order(lacking))
            elif low != high or not isfinite(low):
                gaps[ready.scale.name] = _Gap("undefined")
        return gaps, prorated

    def _check(self, situation: Situation) -> tuple[list[Check], tuple[Remark, ...]]:
        """The checks that are not passed, and the remarks of those that only warn."""
        hit = [ready.of for ready in self.checks if ready.evaluate(situation)[0]]
        objections = [check for check in hit if isinstance(check, Check) and not check.warns]
        return objections, tuple(
            Remark(code=check.code, items=check.items, about=check.about)
            for check in hit
            if isinstance(check, Check) and check.warns
        )

    def _spread(self, situation: Situation, gaps: dict[str, _Gap], objections: list[Check]) -> None:
        """Take the value from scales that objections void, and from all that read a void one."""
        limit = self.instrument.missing.void_form_over
        void = limit is not None and len(situation.blank) > limit * len(self.form.items)
        for ready in self.scales if gaps or objections or void else ():
            name = ready.scale.name
            if void:
                gaps[name] = _Gap("void_form", self._in_order(situation.blank))
            elif any(not check.voids or name in check.voids for check in objections):
                gaps[name] = _Gap("objection")
            elif name not in gaps:
                read = [gaps[other] for other in ready.names if other in gaps]
                if read:
                    items = self._in_order({item for gap in read for item in gap.items})
                    gaps[name] = _Gap(min(gap.why for gap in read), items)

    def _score(
        self,
        scale: Scale,
        situation: Situation,
        gaps: Mapping[str, _Gap],
        bounds: Mapping[str, Pair],
        prorated: tuple[str, ...],
    ) -> Score:
        low, high = bounds[scale.name]
        gap = gaps.get(scale.name)
        value = situation.numbers[scale.name][0]
        return Score(
            name=scale.name,
            value=_reported(value, scale) if gap is None else None,
            low=_reported(low, scale),
            high=_reported(high, scale),
            prorated=prorated,
            why=gap.why if gap else "",
            missing=gap.items if gap else (),
        )

    def _placings(
        self,
        situation: Situation,
        gaps: Mapping[str, _Gap],
        bounds: Mapping[str, Pair],
        audience: Audience,
    ) -> Iterable[Placing]:
        for placer in self.placers:
            of = placer.bands.of
            if not placer.bands.on_request or placer.bands.name in audience.requested:
                value = None if of in gaps else situation.numbers[of][0]
                yield placer.place(value, bounds[of], audience)
        for means in self.instrument.nearest:
            value = None if means.of in gaps else situation.numbers[means.of][0]
            yield nearest(means, value, audience)

    def _flags(
        self, situation: Situation, gaps: Mapping[str, _Gap], audience: Audience
    ) -> Iterable[Flagged]:
        for ready in self.flags:
            flag = ready.of
            if not isinstance(flag, Flag) or (
                flag.on_request and flag.name not in audience.requested
            ):
                continue
            low, high = ready.evaluate(situation)
            answer, why = ANSWERS[int(low), 1 - int(high)], ""
            if not audience.may_use(flag.source):
                answer, why = Answer.UNKNOWN, "unread_table"
            elif not ready.names.isdisjoint(gaps):
                answer, why = Answer.UNKNOWN, "no_score"
            elif answer is Answer.UNKNOWN:
                why = "missing" if ready.names & situation.blank else "no_table"
            yield Flagged(
                name=flag.name, answer=answer, critical=flag.critical, source=flag.source, why=why
            )

    def _assumptions(self, situation: Situation) -> tuple[Remark, ...]:
        """What a published model takes as answered."""
        if not situation.blank:
            return ()
        taken = dict.fromkeys(
            (item, default)
            for ready in self.scales
            for item, default in ready.defaults
            if item in situation.blank
        )
        return tuple(
            Remark(code="taken_as_answered", items=(item,), about=f"{default}")
            for item, default in taken
        )

    def _policies(self, scores: tuple[Score, ...], anyway: bool) -> tuple[str, ...]:
        """The choices of this library that the result rests on."""
        used = {
            "half_up": any(type(score.value) is float for score in scores),
            "unanswered_is_no_score": any(score.why == "missing" for score in scores),
            "skippable_answers_count": anyway,
            "never_clamped": any(
                outside(score.value, scale.range)
                for score, scale in zip(scores, self.instrument.scales, strict=True)
            ),
        }
        return tuple(policy for policy, holds in used.items() if holds)

    def _in_order(self, items: Iterable[str]) -> tuple[str, ...]:
        wanted = frozenset(items)
        return tuple(item.name for item in self.form.items if item.name in wanted) if wanted else ()


def outside(value: Number | None, nominal: tuple[Bound, Bound] | None) -> bool:
    """Whether a value lies outside the range that the publisher states."""
    if value is None or nominal is None:
        return False
    low, high = nominal
    return (low is not None and value < low) or (high is not None and value > high)


def _population(request: Request, instrument: Instrument) -> tuple[Remark, ...]:
    if request.respondent.jurisdiction in instrument.validity.made_in:
        return ()
    return (Remark(code="outside_population", about=instrument.validity.population),)


def _reported(number: Exact, scale: Scale) -> Number | None:
    """A number as results give it: whole if it is, else a decimal; None if it has no limit."""
    if type(number) is int:
        return number
    if not isfinite(number):
        return None
    if not scale.unrounded:
        number = rounded(number, scale.decimals)
    return number if type(number) is int else float(number)


@lru_cache(maxsize=MOST_SCORERS)
def scorer_of(
    instrument: Instrument, chosen: tuple[tuple[str, str | int], ...], keyed: bool
) -> Scorer:
    """The way to score an instrument under some choices, each of which is made."""
    form = form_of(instrument, dict(chosen), keyed)
    codes = {name: group.codes for group in instrument.items for name in group.numbers}
    codes |= {choice.id: tuple(map(str, choice.values)) for choice in instrument.choices}
    fixed: dict[str, Pair] = dict.fromkeys(form.unasked, (0, 0))
    for name, value in chosen:
        place = codes[name].index(str(value))
        fixed[name] = (place, place)

    def ready(expression: Expression, scale: Scale | None = None) -> Evaluator:
        missing = scale.missing if scale and scale.missing else instrument.missing
        return evaluator(expression, codes, missing)

    return Scorer(
        instrument=instrument,
        form=form,
        fixed=fixed,
        skips=tuple((skip, ready(skip.when)) for skip in instrument.skips),
        scales=tuple(
            _Scale(scale, ready(scale.of, scale), frozenset(names_in(scale.of)), _defaults(scale))
            for scale in instrument.in_order_of_reading()
        ),
        checks=tuple(
            _Named(check, ready(check.when), frozenset(names_in(check.when)))
            for check in instrument.checks
        ),
        flags=tuple(
            _Named(flag, ready(flag.of), frozenset(names_in(flag.of))) for flag in instrument.flags
        ),
        placers=tuple(map(Placer.of, instrument.bands)),
    )


def _defaults(scale: Scale) -> tuple[tuple[str, Number], ...]:
    return tuple(
        (part.name, part.if_missing)
        for part in parts_of(scale.of)
        if isinstance(part, Named) and part.if_missing is not None
    )
