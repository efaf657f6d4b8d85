"""Laws of rules: each lets somebody in and keeps somebody out, and programmes do not contradict.

What the facts of a rule can be is weighed by ``rules.differences``, fact by fact. So "nobody" is
proved. "Somebody" is proved if the facts are independent: no two of them are read by one family of
questions, for what one family reads stands in the same records.
"""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.pack_laws.findings import PackFinding, PackStanding
from rehabcore.questions import Question
from rehabcore.rules.criteria import AllOf, Criterion, comparisons, law_changes
from rehabcore.rules.differences.possible import possible_answers
from rehabcore.rules.law.any_day import on_any_day
from rehabcore.rules.law.coverage import CALENDAR, law_over_time
from rehabcore.rules.law.versions import NOT_ON_FILE, UNSETTLED
from rehabcore.rules.truth import Answer

CAN_BE_ENTERED = "can_be_entered"
CAN_BE_REFUSED = "can_be_refused"
NO_CONTRADICTION = "no_contradiction"

_LATE = date(2150, 1, 1)
"""A day after all law that is known now, which leaves time for a sentence to run."""


def can_be_entered(country: Jurisdiction) -> Iterator[PackFinding]:
    """For every programme and move, whether anybody can be let in, and for every named rule."""
    stated = {str(program.program_id): program for program in country.programs}
    for about, rule in whole_rules(country):
        program = stated.get(about.removeprefix("programs."))
        published = program is None or program.entry is not None
        yield _stands(
            country,
            CAN_BE_ENTERED,
            about,
            rule,
            wanted=Answer.MET,
            otherwise="nobody meets it on any day on which it is law",
            published=published,
        )


def can_be_refused(country: Jurisdiction) -> Iterator[PackFinding]:
    """For every rule that the country states, whether anybody can be refused by it."""
    for about, rule in stated_rules(country):
        if rule is None:
            yield _not_published(CAN_BE_REFUSED, about)
        else:
            yield _stands(
                country,
                CAN_BE_REFUSED,
                about,
                rule,
                wanted=Answer.NOT_MET,
                otherwise="it refuses nobody, so it says nothing",
            )


def no_contradiction(country: Jurisdiction) -> Iterator[PackFinding]:
    """For every programme that requires others, whether one of the two excludes the other."""
    programs = {program.program_id: program for program in country.programs}
    for program in country.programs:
        for other in program.prerequisites:
            excludes = [
                f"{one.program_id} excludes {two.program_id}"
                for one, two in ((program, programs[other]), (programs[other], program))
                if two.program_id in one.exclusions
            ]
            yield PackFinding(
                law_id=NO_CONTRADICTION,
                about=f"programs.{program.program_id}.{other}",
                standing=PackStanding.BROKEN if excludes else PackStanding.PROVED,
                told=", and ".join([f"{program.program_id} requires {other}", *excludes]),
            )


def whole_rules(country: Jurisdiction) -> Iterator[tuple[str, Criterion]]:
    """The whole rule of each programme, move and name, with all that the country adds to it."""
    for program_id, admission in country.admissions_on_any_day.items():
        yield f"programs.{program_id}", admission
    for move_id, permission in country.permissions_on_any_day.items():
        yield f"moves.{move_id}", permission
    for name, rule in country.rules.items():
        yield f"rules.{name}", rule


def stated_rules(country: Jurisdiction) -> Iterator[tuple[str, Criterion | None]]:
    """The rule that is stated of each programme, move and name; None if it is not published."""
    for program in country.programs:
        stated = tuple(rule for rule in (program.audience, program.entry) if rule is not None)
        yield f"programs.{program.program_id}", AllOf(stated) if stated else None
    for move in country.moves:
        if move.guard is not None:
            yield f"moves.{move.move_id}", move.guard
    for name, rule in country.rules.items():
        yield f"rules.{name}", rule


def _not_published(law_id: str, about: str) -> PackFinding:
    told = "its entry rules are not published"
    return PackFinding(law_id=law_id, about=about, standing=PackStanding.NOT_PUBLISHED, told=told)


def _stands(
    country: Jurisdiction,
    law_id: str,
    about: str,
    rule: Criterion,
    *,
    wanted: Answer,
    otherwise: str,
    published: bool = True,
) -> PackFinding:
    ready = on_any_day(rule)
    weighed = [possible_answers(ready, on=day) for day in _days_of_law(ready)]
    if None in weighed:
        standing, told = PackStanding.NOT_REFUTED, "the rule is too large to be weighed whole"
    elif not any(wanted in answers for answers in weighed if answers):
        standing, told = PackStanding.BROKEN, f"{otherwise}: {rule}"
    elif not published:
        return _not_published(law_id, about)
    elif dependent := _dependent(country, rule):
        standing, told = PackStanding.NOT_REFUTED, f"read together: {', '.join(dependent)}"
    else:
        standing, told = PackStanding.PROVED, ""
    return PackFinding(law_id=law_id, about=about, standing=standing, told=told)


def _days_of_law(rule: Criterion) -> Iterator[date]:
    """A day of each time in which a rule says the same, on which it is law."""
    law = law_over_time(rule)
    days = sorted({CALENDAR.start, *law_changes(rule), _LATE})
    return (day for day in days if day in CALENDAR and law.at(day))


def _dependent(country: Jurisdiction, rule: Criterion) -> tuple[str, ...]:
    """The facts of a rule that are read from the same records as another one of it."""
    asked = dict.fromkeys(
        compare.asked
        for compare in comparisons(rule)
        if compare.asked.fact not in (UNSETTLED, NOT_ON_FILE)
    )
    read = {one: _readings(country, one.fact.name) for one in asked}
    pairs = (pair for pair in combinations(asked, 2) if read[pair[0]] & read[pair[1]])
    return tuple(sorted({str(one) for pair in pairs for one in pair}))


def _readings(country: Jurisdiction, name: str) -> frozenset[str]:
    """Which records a fact is read from: those of its family; of a derived fact, any."""
    question = country.questions.get(name)
    if question is None:  # a fact of a transition, which its own acts answer
        return frozenset({name})
    if isinstance(question, Question):
        return frozenset({_family(question)})
    every = (one for one in country.questions.values() if isinstance(one, Question))
    return frozenset(map(_family, every))


def _family(question: Question) -> str:
    """The module that reads the records of a question."""
    read: str = getattr(question.read, "func", question.read).__module__
    return read
