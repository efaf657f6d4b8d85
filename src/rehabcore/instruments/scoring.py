"""Scoring one form: from answers to scores, bands and flags, with everything they rest on.

This library has policies, which each result that used one names. Decimals are rounded half up. An
unanswered required item gives no score, and never counts as 0. A score is never cut to its nominal
range. If there is no score, there is no band and no flag that needs it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from rehabcore.instruments.engine.answers import questionnaire_of, read_answers
from rehabcore.instruments.engine.norms import age_of
from rehabcore.instruments.engine.preparation import scorer_of
from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.model.requests import Given, Request, Respondent, python_value
from rehabcore.instruments.model.score_results import ScoreResult
from rehabcore.strict.checked import is_day
from rehabcore.strict.problems import InputError, Problem, Problems, listed, one_of, shown_key

NOBODY = Respondent()
"""A respondent of whom nothing is stated."""


def score(
    instrument: Instrument,
    answers: Mapping[str, Given | None],
    *,
    on: date,
    respondent: Respondent = NOBODY,
    choices: Mapping[str, str | int] | None = None,
    keyed: bool = False,
    tables: tuple[str, ...] = (),
    unread: bool = False,
) -> ScoreResult:
    """Score one form.

    Args:
        instrument: from ``find``, ``load_instrument`` or ``read_instrument``.
        answers: by item; None, or no such key, is no answer; ``"na"`` is 'not applicable'.
        on: the day of the assessment; it selects the norms and tables that were in force.
        respondent: what norms ask of the person.
        choices: what the instrument lets choose: a substance, an edition of the form, a cut-off.
        keyed: the answers are points already: reversed items were reversed by who gives them.
        tables: bands and flags that are used only on request.
        unread: also use tables of tier O, which nobody has read in a source; the result says so.

    Raises:
        InputError: every unknown item, every answer that its item does not have, a choice that is
            missing or unknown, a day of birth after ``on``, a figure of tier O without ``unread``.
            If arguments are of a wrong type, these alone.
    """
    usual = choices is None and tables == () and keyed is False and unread is False
    usual = usual and type(answers) is dict and respondent is NOBODY and is_day(on)
    if not usual or type(instrument) is not Instrument:
        arguments = (instrument, answers, on, respondent, choices, tables, keyed, unread)
        _refuse_types(dict(zip(_ARGUMENTS, arguments, strict=True)))
    choices = choices or {}
    try:
        asked = instrument.choices or choices or tables
        chosen = chosen_of(instrument, choices, tables) if asked else ()
        scorer = scorer_of(instrument, chosen, keyed)
        if scorer.rests_on_unread and not unread:
            raise InputError([_UNREAD])
        reading = read_answers(scorer.form, answers, on)
        request = Request(
            answers=reading.given,
            on=on,
            respondent=respondent,
            choices=chosen,
            keyed=keyed,
            tables=tables,
            unread=unread,
        )
        return scorer.result(request, reading)
    except InputError:
        problems = _whatever_is_wrong(
            instrument, answers, on, respondent, choices=choices, tables=tables, keyed=keyed
        )
        unasked = instrument.rests_on_unread and not unread
        raise InputError([*([_UNREAD] if unasked else []), *problems]) from None


def _by_choice(value: object) -> bool:
    return value is None or (isinstance(value, Mapping) and all(type(n) is str for n in value))


def _names(value: object) -> bool:
    return type(value) is tuple and all(type(name) is str for name in value)


_ARGUMENTS: dict[str, tuple[Callable[[object], bool], str]] = {
    "instrument": (
        lambda value: isinstance(value, Instrument),
        'an Instrument, such as find("audit")',
    ),
    "answers": (lambda value: isinstance(value, Mapping), 'answers by item, such as {"1": 2}'),
    "on": (is_day, "a day, without a time"),
    "respondent": (lambda value: isinstance(value, Respondent), "a Respondent"),
    "choices": (_by_choice, "values by choice"),
    "tables": (_names, "a tuple of names"),
    "keyed": (lambda value: type(value) is bool, "true or false"),
    "unread": (lambda value: type(value) is bool, "true or false"),
}
"""The test of each argument, and the words for what it has to be."""


def _refuse_types(given: Mapping[str, object]) -> None:
    """Refuse arguments of a wrong type, which a caller without a type checker may give.

    Raises:
        InputError: every argument that is of a wrong type.
    """
    problems = Problems()
    for name, value in given.items():
        right, expected = _ARGUMENTS[name]
        if not right(value):
            problem = Problem.of(value, "wrong_type", expected, path=name, secret=True)
            problems.add(problem)
    problems.done()


_UNREAD = Problem(
    code="unread_table",
    path="instrument",
    found="figures of tier O",
    expected="unread=True, which uses figures that nobody has read in a source yet",
)


def _whatever_is_wrong(
    instrument: Instrument,
    answers: Mapping[str, Given | None],
    on: date,
    respondent: Respondent,
    *,
    choices: Mapping[str, str | int],
    tables: tuple[str, ...],
    keyed: bool,
) -> list[Problem]:
    """All problems of the respondent, the choices and the answers.

    Which items are asked is sure only if the choices are right.
    """
    about = Problems()
    about.at("", age_of, respondent, on)
    problems = Problems()
    problems.at("", chosen_of, instrument, choices, tables)
    unsure = bool(problems.found)
    made = {
        choice.id: choices[choice.id]
        if choices.get(choice.id) in choice.values
        else choice.values[0]
        for choice in instrument.choices
    }
    problems.at("", read_answers, questionnaire_of(instrument, made, keyed), answers, on)
    sure = [one for one in problems.found if not (unsure and one.code == "not_asked")]
    return [*about.found, *sure]


def chosen_of(
    instrument: Instrument, choices: Mapping[str, str | int], tables: tuple[str, ...] = ()
) -> tuple[tuple[str, str | int], ...]:
    """Every choice of an instrument, as made or by default.

    Raises:
        InputError: a choice that is missing or unknown, a table that is not one on request.
    """
    problems = Problems()
    chosen: list[tuple[str, str | int]] = []
    for choice in instrument.choices:
        value = cast("str | int | None", python_value(choices.get(choice.id, choice.default)))
        expected = f"one of {listed(choice.values)}"
        if value is None:
            problems.note(value, "missing_key", expected, path=f"choices.{choice.id}")
        elif not any(value == one and type(value) is type(one) for one in choice.values):
            problems.note(value, "unknown_value", expected, path=f"choices.{choice.id}")
        else:
            chosen.append((choice.id, value))
    known = {choice.id for choice in instrument.choices}
    right = listed(sorted(known)) or "none: this instrument has nothing to choose"
    for name in choices:
        if name not in known:
            problems.note(name, "unknown_key", right, path=f"choices.{shown_key(name)}")
    on_request = {table.name for table in instrument.bands if table.on_request}
    on_request |= {flag.name for flag in instrument.flags if flag.on_request}
    for index, table in enumerate(tables):
        if table not in on_request:
            expected = one_of(sorted(on_request), table)
            problems.note(table, "unknown_value", expected, path=f"tables[{index}]")
    problems.done()
    return tuple(chosen)


def score_again(instrument: Instrument, request: Request) -> ScoreResult:
    """Score a request, such as that of a stored result, perhaps with changes.

    Raises:
        InputError: as ``score``.
    """
    return score(
        instrument,
        dict(request.answers),
        on=request.on,
        respondent=request.respondent,
        choices=dict(request.choices),
        keyed=request.keyed,
        tables=request.tables,
        unread=request.unread,
    )
