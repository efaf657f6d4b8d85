"""One score of many forms, fast and without detail. It is the same number that ``score`` gives."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from operator import getitem, itemgetter

from rehabcore.instruments.engine.answers import Questionnaire, questionnaire_of
from rehabcore.instruments.engine.norms import asked_of_respondent
from rehabcore.instruments.engine.numbers import Exact
from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.model.expressions import Combined, Expression, Named, Number, Pool
from rehabcore.instruments.model.requests import Given
from rehabcore.instruments.scoring import chosen_of, score
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.problems import one_of, refuse

Quick = Callable[[Mapping[str, Given | None]], Number | None]
"""From answers by item to the value of one scale; None where there is none."""


@checked_arguments
def quick_score(
    instrument: Instrument,
    scale: str,
    *,
    on: date,
    choices: Mapping[str, str | int] | None = None,
    keyed: bool = False,
    unread: bool = False,
) -> Quick:
    """A function that gives the value of one scale, for the answers of one form after another.

    Plain sums of complete answers are looked up; everything else is scored as by ``score``, which
    also refuses what is wrong. It does not notice answers to items that the scale does not read.

    Args:
        scale: the name of a scale of the instrument; the others are as for ``score``.

    Raises:
        InputError: no such scale, or one that depends on the respondent, of whom nothing is said
            here; a choice that is missing or unknown; or an argument of a wrong type.
    """
    scales = {one.name: one.of for one in instrument.scales}
    if scale not in scales:
        refuse(scale, "unknown_value", one_of(scales, scale), path="scale")
    if asked := _asked_of_respondent(instrument, scales[scale]):
        expected = f"a scale that is the same for everybody: norms of this one ask for {asked}"
        refuse(scale, "undefined", f"{expected}, which score takes as respondent", path="scale")
    chosen = dict(chosen_of(instrument, choices or {}))

    def slowly(answers: Mapping[str, Given | None]) -> Number | None:
        result = score(instrument, answers, on=on, choices=chosen, keyed=keyed, unread=unread)
        return result.score(scale).value

    if instrument.gates or instrument.checks or instrument.missing.void_form_over is not None:
        return slowly  # the answers to other items may take the value away
    form, counts = questionnaire_of(instrument, chosen, keyed), _counts(scales[scale], scales)
    plain = counts is not None and counts.keys() <= form.names and len(counts) > 1
    if counts is None or not plain or instrument.rests_on_unread > unread:
        return slowly
    return _looked_up(form, counts, slowly)


def _looked_up(form: Questionnaire, counts: Mapping[str, int], slowly: Quick) -> Quick:
    """A function that adds up complete answers, and leaves everything else to the slow way.

    The slow way refuses, fills in and remarks. So the quick one only has to notice that something
    is not as usual: it asks for as many answers as there are items, and for their exact types,
    because True is equal to 1, and 1.0 too.
    """
    items = {item.name: item for item in form.items}
    tables: list[dict[object, Exact]] = [
        {answer: low * count for answer, (low, _) in items[name].table.items()}
        for name, count in counts.items()
    ]
    kinds = tuple(items[name].kind for name in counts)
    answers_to, size = itemgetter(*counts), len(form.items)

    def quickly(answers: Mapping[str, Given | None]) -> Number | None:
        # A missing answer is left to an exception, which costs nothing unless it is raised.
        if len(answers) == size:
            try:
                values = answers_to(answers)
                if tuple(map(type, values)) == kinds:
                    total = sum(map(getitem, tables, values))
                    if type(total) is int:
                        return total
            except KeyError:
                pass
        return slowly(answers)

    return quickly


def _asked_of_respondent(instrument: Instrument, scale: Expression) -> str:
    """The facts of the respondent that decide the value of a scale, or whether it has one."""
    objecting = (check.when for check in instrument.checks if not check.warns)
    skipping = (skip.when for skip in instrument.skips)
    read = instrument.names_behind(scale, *objecting, *skipping)
    norms = [norm for norm in instrument.norms if norm.name in read]
    return " and ".join(asked_of_respondent(figure for norm in norms for figure in norm.figures))


def _counts(expression: Expression, scales: Mapping[str, Expression]) -> Counter[str] | None:
    """How often a plain sum counts each item; None if the expression is anything else."""
    match expression:
        case Pool(items=items, mean=False):
            return Counter(items)
        case Combined(plus=plus, minus=()):
            parts = [_counts(part, scales) for part in plus]
            return _total(parts)
        case Named(name=name, if_missing=None):
            return _counts(scales[name], scales) if name in scales else Counter((name,))
        case _:
            return None


def _total(parts: Iterable[Counter[str] | None]) -> Counter[str] | None:
    total: Counter[str] = Counter()
    for part in parts:
        if part is None:
            return None
        total.update(part)
    return total
