"""The scorer of one instrument under some choices: prepared once, used for every form.

Scoring goes through fixed stages: skips and gates settle which items count, scales are evaluated
with all gaps noted, checks may void scales, and gaps spread to everything that reads them. Bands
and flags come last, so none of them can rest on a scale without a value.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from itertools import compress
from math import isfinite

from attrs import evolve

from rehabcore.instruments.engine.answers import AnswersRead, Questionnaire
from rehabcore.instruments.engine.norms import (
    KnownFlag,
    Occasion,
    TablesInForce,
    age_of,
    tables_in_force,
)
from rehabcore.instruments.engine.numbers import (
    Evaluator,
    Exact,
    Pair,
    Situation,
    ends_of,
    exact,
    rounded,
)
from rehabcore.instruments.model.declaration import AnswerCheck, Flag, Instrument, Scale
from rehabcore.instruments.model.expressions import Ends, Number
from rehabcore.instruments.model.requests import Request
from rehabcore.instruments.model.score_results import (
    Flagged,
    Placing,
    Remark,
    ScaleScore,
    ScoreResult,
)
from rehabcore.rules.truth import Answer
from rehabcore.strict.frozen import frozen

_POLICIES = ("half_up", "unanswered_is_no_score", "skippable_answers_count", "never_clamped")

MOST_KNOWN = 4096
"""How many scores of complete answers are kept, by name and value."""


@frozen
class ReadyScale:
    """A scale that is ready to be evaluated; ``defaults`` are those of items without an answer.

    ``reads`` gives the names that its number comes from; of cases, only those that can be taken.
    """

    name: str
    scale: Scale
    evaluate: Evaluator
    reads: Callable[[Situation], frozenset[str]]
    defaults: tuple[tuple[str, Number | str], ...]


@frozen
class ReadyCheck:
    """A check that is ready to be evaluated; ``counted`` are the items whose blanks it counts."""

    check: AnswerCheck
    evaluate: Evaluator
    counted: tuple[str, ...]

    def unanswered(self, situation: Situation) -> tuple[str, ...]:
        """The unanswered items that the check counts."""
        return tuple([item for item in self.counted if item in situation.blank])

    def remark(self, situation: Situation) -> Remark:
        """The remark of the check, about the items it names or the unanswered ones it counts."""
        items = self.check.items or self.unanswered(situation)
        return Remark(code=self.check.code, items=items, about=self.check.about)


@frozen
class ReadyFlag:
    """A flag that is ready to be evaluated."""

    flag: Flag
    evaluate: Evaluator
    names: frozenset[str]


@frozen
class ReadySkip:
    """A skip that is ready to be evaluated.

    ``asked`` are those of its items whose answers can contradict it, and ``names`` what its
    condition reads.
    """

    items: tuple[str, ...]
    evaluate: Evaluator
    asked: frozenset[str]
    names: frozenset[str]


@frozen
class ReadyGate:
    """A gate whose figures are exact, as the numbers of items are."""

    item: str
    closed_at: Exact
    items: tuple[str, ...]
    score: Exact


@frozen
class _Gap:
    """The reason why a scale has no value, and the items that it lacks."""

    why: str
    items: tuple[str, ...] = ()


@frozen(eq=False)
class Scorer:
    """Scores forms of one instrument under some choices.

    ``reads_age`` and ``reads_day`` tell whether any norm or table asks for age or day. ``beyond``
    holds the scales that can leave the range that the publisher states.
    """

    instrument: Instrument
    chosen: tuple[tuple[str, str | int], ...]
    form: Questionnaire
    fixed: Mapping[str, Pair]
    skips: tuple[ReadySkip, ...]
    gates: tuple[ReadyGate, ...]
    scales: tuple[ReadyScale, ...]
    checks: tuple[ReadyCheck, ...]
    flags: tuple[ReadyFlag, ...]
    reads_age: bool
    reads_day: bool
    beyond: frozenset[str]
    rests_on_unread: bool

    def result(self, request: Request, reading: AnswersRead) -> ScoreResult:
        """Score answers that were read.

        Raises:
            InputError: the day of birth lies after the day of the assessment.
        """
        tables = self.tables_for(request)
        today = request.on.toordinal()
        numbers = {**tables.numbers, **self.fixed, "on": (today, today), **reading.numbers}
        situation = Situation(numbers, reading.blank, reading.not_applicable)
        skipped, anyway, contradicting = self._skip(situation) if self.skips else ((), False, ())
        not_asked, ignored = self._close_gates(situation) if self.gates else ((), ())
        bounds = self._bounds(situation) if situation.blank else numbers
        gaps, prorated = self._evaluate(situation)
        objections, warnings = self._check(situation) if self.checks else ([], ())
        self._spread(situation, gaps, objections)
        scores = self._scores(numbers, bounds, gaps, prorated)
        warnings = tables.warnings + warnings + contradicting + ignored
        return ScoreResult(
            instrument=self.instrument,
            request=request,
            scores=scores,
            placings=self._placings(tables, numbers, gaps, bounds),
            flags=self._flags(tables, situation, gaps),
            figures=tables.figures,
            skipped=skipped,
            not_asked=not_asked,
            missing=self._in_order(situation.blank) if situation.blank else (),
            objections=tuple([ready.remark(situation) for ready in objections]),
            warnings=warnings + tuple(map(_sentinel, reading.reasons)),
            assumptions=self._assumptions(situation, gaps) if situation.blank else (),
            policies=tables.policies + self._policies(scores, numbers, anyway),
        )

    def tables_for(self, request: Request) -> TablesInForce:
        """The norms, tables and flags that apply to a request."""
        person = request.respondent
        age = age_of(person, request.on)
        # Age and day are left out if nothing asks for them. Otherwise every person and day would
        # need a set of tables of its own, and the cache would never hit.
        occasion = Occasion(
            self.chosen,
            person.sex,
            age if self.reads_age else None,
            person.jurisdiction,
            request.on if self.reads_day else date.min,
            request.tables,
            request.unread,
        )
        return tables_in_force(self.instrument, occasion)

    def _skip(self, situation: Situation) -> tuple[tuple[str, ...], bool, tuple[Remark, ...]]:
        """Count items that may be skipped as 0, and tell whether any of them was answered.

        Answers that contradict a condition are remarked on.
        """
        skipped: list[str] = []
        contradicting: set[str] = set()
        anyway = False
        for skip in self.skips:
            if skip.evaluate(situation)[0]:
                left_out = [item for item in skip.items if item in situation.blank]
                anyway = anyway or len(left_out) < len(set(skip.items) - set(skipped))
                situation.numbers.update(dict.fromkeys(left_out, (0, 0)))
                situation.blank -= set(left_out)
                skipped += left_out
                if above := [item for item in skip.asked if situation.numbers[item][0] > 0]:
                    contradicting |= skip.names.union(above)
        situation.lacking.clear()  # a condition read these, no scale did
        if not contradicting:
            return tuple(skipped), anyway, ()
        told = Remark(code="contradicting_answers", items=self._in_order(contradicting))
        return tuple(skipped), anyway, (told,)

    def _close_gates(self, situation: Situation) -> tuple[tuple[str, ...], tuple[Remark, ...]]:
        """Fix the points of items behind closed gates, and remark on answers given to them."""
        not_asked: list[str] = []
        ignored: list[str] = []
        for gate in self.gates:
            low, high = situation.numbers[gate.item]
            if not low <= gate.closed_at <= high:
                continue
            behind = [i for i in gate.items if i in self.form.names and i not in not_asked]
            if low < high:  # the gate may be open or closed, so its score or an answer may count
                for item in behind:
                    least, most = situation.numbers[item]
                    situation.numbers[item] = (min(least, gate.score), max(most, gate.score))
                continue
            for item in behind:
                ignored += [] if item in situation.blank else [item]
                situation.numbers[item] = (gate.score, gate.score)
            situation.blank -= set(behind)
            situation.not_applicable -= set(behind)
            not_asked += behind
        told = Remark(code="answers_behind_closed_gate", items=tuple(ignored))
        return tuple(not_asked), (told,) if ignored else ()

    def _bounds(self, situation: Situation) -> Mapping[str, Pair]:
        """The range of every scale over all answers that unanswered items could have had."""
        bounding = Situation(
            dict(situation.numbers), situation.blank, situation.not_applicable, bounding=True
        )
        for ready in self.scales:
            bounding.numbers[ready.name] = ready.evaluate(bounding)
        return bounding.numbers

    def _evaluate(self, situation: Situation) -> tuple[dict[str, _Gap], dict[str, tuple[str, ...]]]:
        """Evaluate every scale; tell why some have no value, and which items were filled in."""
        # Evaluators are pure but for two sets: `lacking` and `prorated` collect what the policy on
        # unanswered items did. They are read and emptied after each scale, as they are about it.
        gaps: dict[str, _Gap] = {}
        prorated: dict[str, tuple[str, ...]] = {}
        unanswered = situation.blank | situation.not_applicable
        numbers = situation.numbers
        for ready in self.scales:
            name = ready.name
            numbers[name] = low, high = ready.evaluate(situation)
            if not unanswered:  # the usual case, in which nothing can lack or be filled in
                if low != high or not isfinite(low):
                    gaps[name] = _Gap("undefined")
                continue
            if situation.prorated or prorated:
                read = [prorated[other] for other in ready.reads(situation) if other in prorated]
                prorated[name] = self._in_order(situation.prorated.union(*read))
                situation.prorated.clear()
            if situation.lacking:
                gaps[name] = _Gap("missing", self._in_order(situation.lacking))
                situation.lacking.clear()
            # A range means that something is not known. If no unanswered item explains it, not even
            # one that decides whether others are asked, then the number itself is undefined: a norm
            # does not cover the person, or a divisor may be 0.
            elif low != high and (
                lacking := self._lacking(name, situation, unanswered) or unanswered & self._gates
            ):
                gaps[name] = _Gap("missing", self._in_order(lacking))
            elif low != high or not isfinite(low):
                gaps[name] = _Gap("undefined")
        return gaps, prorated

    @property
    def _gates(self) -> frozenset[str]:
        """The items that decide whether others are asked."""
        return frozenset(gate.item for gate in self.gates)

    def _lacking(
        self, name: str, situation: Situation, unanswered: frozenset[str]
    ) -> frozenset[str]:
        """The unanswered items because of which a number is not known, through other scales too."""
        if name in unanswered:
            return frozenset((name,))
        low, high = situation.numbers[name]
        ready = next((ready for ready in self.scales if ready.name == name), None)
        if low == high or ready is None:
            return frozenset()
        needed = ready.reads(situation) - {item for item, _ in ready.defaults}
        read = [self._lacking(one, situation, unanswered) for one in needed]
        return frozenset[str]().union(*read)

    def _check(self, situation: Situation) -> tuple[list[ReadyCheck], tuple[Remark, ...]]:
        """The checks that the answers do not pass, and the remarks of those that only warn."""
        # A condition that only may hold is no objection: checks object to certain contradictions.
        # Later stages presuppose the earlier ones, so they are not made after an objection.
        objections: list[ReadyCheck] = []
        warnings: list[Remark] = []
        for ready in self.checks:
            late = objections and objections[0].check.stage < ready.check.stage
            if late or not ready.evaluate(situation)[0]:
                continue
            if ready.check.warns:
                warnings.append(ready.remark(situation))
            else:
                objections.append(ready)
        return objections, tuple(warnings)

    def _spread(
        self, situation: Situation, gaps: dict[str, _Gap], objections: list[ReadyCheck]
    ) -> None:
        """Take the value from scales that objections void, and from all that read such a scale."""
        # One pass is enough: scales come in the order of reading, so what a scale reads is settled
        # before it.
        limit = self.instrument.missing.void_form_over
        void = limit is not None and len(situation.blank) > limit * len(self.form.items)
        for ready in self.scales if gaps or objections or void else ():
            name = ready.name
            if void:
                gaps[name] = _Gap("void_form", self._in_order(situation.blank))
            elif against := [o for o in objections if not o.check.voids or name in o.check.voids]:
                lacking = {item for one in against for item in one.unanswered(situation)}
                gaps[name] = _Gap("objection", self._in_order(lacking))
            elif name not in gaps:
                read = [gaps[other] for other in ready.reads(situation) if other in gaps]
                if read:
                    items = self._in_order({item for gap in read for item in gap.items})
                    # Of several reasons the first by name is told, so that the order of the file
                    # does not matter.
                    gaps[name] = _Gap(min(gap.why for gap in read), items)

    def _scores(
        self,
        numbers: Mapping[str, Pair],
        bounds: Mapping[str, Pair],
        gaps: Mapping[str, _Gap],
        prorated: Mapping[str, tuple[str, ...]],
    ) -> tuple[ScaleScore, ...]:
        told: list[ScaleScore] = []
        complete = bounds is numbers and not gaps and not prorated
        for scale in self.instrument.scales:
            name = scale.name
            value = reported(numbers[name][0], scale)
            if complete and value is not None:
                told.append(_known(name, value))
                continue
            gap, (low, high) = gaps.get(name), bounds[name]
            told.append(
                ScaleScore(
                    name=name,
                    value=value if gap is None else None,
                    low=reported(low, scale),
                    high=reported(high, scale),
                    prorated=prorated.get(name, ()) if gap is None else (),
                    why=gap.why if gap else "",
                    missing=gap.items if gap else (),
                )
            )
        return tuple(told)

    def _placings(
        self,
        tables: TablesInForce,
        numbers: Mapping[str, Pair],
        gaps: Mapping[str, _Gap],
        bounds: Mapping[str, Pair],
    ) -> tuple[Placing, ...]:
        return tuple(
            [
                placer.place(
                    None if placer.of in gaps else numbers[placer.of][0], bounds[placer.of]
                )
                for placer in tables.placers
            ]
        )

    def _flags(
        self, tables: TablesInForce, situation: Situation, gaps: Mapping[str, _Gap]
    ) -> tuple[Flagged, ...]:
        told: list[Flagged] = []
        for ready, known in zip(self.flags, tables.flags, strict=True):
            if known is None:
                continue
            low, high = ready.evaluate(situation)
            if known.unread or low != high or (gaps and not ready.names.isdisjoint(gaps)):
                told.append(self._undecided(ready, known, situation, gaps))
            else:
                told.append(known.up if low else known.down)
        return tuple(told)

    def _undecided(
        self, ready: ReadyFlag, known: KnownFlag, situation: Situation, gaps: Mapping[str, _Gap]
    ) -> Flagged:
        """A flag that cannot be decided, and why."""
        why = "missing" if ready.names & situation.blank else "no_table"
        if not ready.names.isdisjoint(gaps):
            why = "no_score"
        return evolve(known.up, answer=Answer.UNKNOWN, why="unread_table" if known.unread else why)

    def _assumptions(self, situation: Situation, gaps: Mapping[str, _Gap]) -> tuple[Remark, ...]:
        """Remarks on the answers that a published model assumes for unanswered items."""
        taken = dict.fromkeys(
            (item, default)
            for ready in self.scales
            for item, default in ready.defaults
            if item in situation.blank and ready.name not in gaps
        )
        items = {item.name: item for item in self.form.items}
        return tuple(
            Remark(code="taken_as_answered", items=(name,), about=items[name].answer_of(default))
            for name, default in taken
        )

    def _policies(
        self, scores: tuple[ScaleScore, ...], numbers: Mapping[str, Pair], anyway: bool
    ) -> tuple[str, ...]:
        """The policies of this library that the result rests on."""
        half_up = missing = False
        for score in scores:
            if type(score.value) is float and score.value != float(numbers[score.name][0]):
                half_up = True
            elif score.why == "missing":
                missing = True
        outside = bool(self.beyond) and any(map(self._outside, scores))
        return tuple(compress(_POLICIES, (half_up, missing, anyway, outside)))

    def _outside(self, score: ScaleScore) -> bool:
        nominal = next(scale.range for scale in self.instrument.scales if scale.name == score.name)
        value = None if score.value is None else exact(score.value)
        return value is not None and not within((value, value), nominal)

    def _in_order(self, items: Iterable[str]) -> tuple[str, ...]:
        wanted = frozenset(items)
        return tuple(item.name for item in self.form.items if item.name in wanted) if wanted else ()


def _sentinel(reason: tuple[str, str]) -> Remark:
    return Remark(code="sentinel", items=(reason[0],), about=reason[1])


def within(pair: Pair, nominal: Ends | None) -> bool:
    """Whether a pair lies within the range that the publisher states; true if none is stated."""
    low, high = ends_of(nominal)
    return low <= pair[0] and pair[1] <= high


def reported(number: Exact, scale: Scale) -> Number | None:
    """A number as results give it: a whole number or a float; None if it is infinite."""
    if type(number) is int:
        return number
    if not isfinite(number):
        return None
    if not scale.unrounded:
        number = rounded(number, scale.decimals)
    return number if type(number) is int else float(number) + 0.0  # + 0.0 makes 0.0 of -0.0


@lru_cache(maxsize=MOST_KNOWN, typed=True)  # 1 and 1.0 are equal, and are told differently
def _known(name: str, value: Number) -> ScaleScore:
    """The score of a scale with complete answers; shared by all forms with the same value."""
    return ScaleScore(name=name, value=value, low=value, high=value)
