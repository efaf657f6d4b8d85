"""Preparing the scorer of an instrument: its expressions become evaluators, in order of reading."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache

from attrs import evolve

from rehabcore.instruments.engine.answers import Questionnaire, questionnaire_of
from rehabcore.instruments.engine.evaluation import evaluator
from rehabcore.instruments.engine.norms import figures_and_tables
from rehabcore.instruments.engine.numbers import ANY_NUMBER, Evaluator, Pair, Situation, exact
from rehabcore.instruments.engine.scorer import (
    ReadyCheck,
    ReadyFlag,
    ReadyGate,
    ReadyScale,
    ReadySkip,
    Scorer,
    within,
)
from rehabcore.instruments.model.declaration import Instrument, Scale
from rehabcore.instruments.model.expressions import (
    Blanks,
    Cases,
    Chosen,
    Coded,
    Elapsed,
    Expression,
    ItemCount,
    Named,
    Number,
    Pool,
    names_in,
    subexpressions,
)
from rehabcore.instruments.model.items import MissingPolicy

MOST_SCORERS = 256
"""How many scorers are kept; each is of one instrument under some choices."""


@lru_cache(maxsize=MOST_SCORERS)
def scorer_of(
    instrument: Instrument, chosen: tuple[tuple[str, str | int], ...], keyed: bool
) -> Scorer:
    """The scorer of an instrument under some choices, which must all be made."""
    form = questionnaire_of(instrument, dict(chosen), keyed)
    codes = instrument.codes
    fixed: dict[str, Pair] = dict.fromkeys(form.unasked, (0, 0))
    for name, value in chosen:
        place = codes[name].index(str(value))
        fixed[name] = (place, place)

    def ready(expression: Expression, scale: Scale | None = None) -> Evaluator:
        missing = scale.missing if scale and scale.missing else instrument.missing
        if scale is None:  # a score may be filled in; what is only decided may not
            missing = evolve(missing, policy=MissingPolicy.FORBID)
        return evaluator(expression, codes, missing)

    scales = tuple(
        ReadyScale(
            scale.name, scale, ready(scale.of, scale), _reads(scale.of, ready), _defaults(scale)
        )
        for scale in instrument.in_order_of_reading()
    )
    rows = tuple(figures_and_tables(instrument))
    return Scorer(
        instrument=instrument,
        rests_on_unread=instrument.rests_on_unread,
        chosen=chosen,
        form=form,
        fixed=fixed,
        skips=tuple(
            ReadySkip(
                skip.items,
                ready(skip.when),
                form.names.intersection(skip.items) if skip.contradicts else frozenset(),
                _names(skip.when),
            )
            for skip in instrument.skips
        ),
        gates=tuple(
            ReadyGate(gate.item, exact(gate.closed_at), gate.items, exact(gate.score))
            for gate in instrument.gates
        ),
        scales=scales,
        checks=tuple(
            ReadyCheck(check, ready(check.when), _counted(check.when))
            for check in sorted(instrument.checks, key=lambda check: check.stage)
        ),
        flags=tuple(ReadyFlag(flag, ready(flag.of), _names(flag.of)) for flag in instrument.flags),
        reads_age=any(row.when is not None and row.when.ages is not None for row in rows),
        reads_day=any(row.start is not None or isinstance(row.end, date) for row in rows),
        beyond=frozenset(
            scale.name
            for scale, pair in reachable(form, fixed, instrument, scales)
            if not within(pair, scale.range)
        ),
    )


def reachable(
    form: Questionnaire,
    fixed: Mapping[str, Pair],
    instrument: Instrument,
    scales: tuple[ReadyScale, ...],
) -> Iterable[tuple[Scale, Pair]]:
    """The range that every scale can reach, whatever is answered."""
    blank = {item.name: item.blank for item in form.items}
    norms = {norm.name: ANY_NUMBER for norm in instrument.norms}
    numbers = {**norms, **fixed, "on": ANY_NUMBER, **blank}
    situation = Situation(numbers, frozenset(blank), bounding=True)
    for ready in scales:
        numbers[ready.name] = ready.evaluate(situation)
        yield ready.scale, numbers[ready.name]


def _reads(
    expression: Expression, ready: Callable[[Expression], Evaluator]
) -> Callable[[Situation], frozenset[str]]:
    """The names that an expression reads; of its cases, only those that can be taken."""
    names = _needed(expression)
    if not isinstance(expression, Cases):
        return lambda _: names
    cases = [(ready(one.when), _needed(one.when), _needed(one.then)) for one in expression.cases]
    otherwise = _needed(expression.otherwise)

    def reads(situation: Situation) -> frozenset[str]:
        read: frozenset[str] = frozenset()
        for when, asked, taken in cases:
            certain, possible = when(situation)
            read |= asked | taken if possible else asked
            if certain:
                return read
        return read | otherwise

    return reads


def _needed(expression: Expression) -> frozenset[str]:
    """The names whose numbers an expression needs, leaving out those with a default."""
    found: set[str] = set()
    for part in subexpressions(expression):
        match part:
            case (
                Named(if_missing=None | str())
                | Pool()
                | Coded()
                | Chosen()
                | ItemCount()
                | Elapsed()
            ):
                found.update(names_in(part))
            case _:
                pass
    return frozenset(found)


def _counted(expression: Expression) -> tuple[str, ...]:
    """The items whose missing answers an expression counts."""
    counts = (part for part in subexpressions(expression) if isinstance(part, Blanks))
    return tuple(item for part in counts for item in part.items)


def _names(expression: Expression) -> frozenset[str]:
    return frozenset(names_in(expression))


def _defaults(scale: Scale) -> tuple[tuple[str, Number | str], ...]:
    return tuple(
        (part.name, part.if_missing)
        for part in subexpressions(scale.of)
        if isinstance(part, Named) and part.if_missing is not None
    )
