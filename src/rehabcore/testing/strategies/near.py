"""People at the thresholds of a rule, who really reach an answer, as case files."""

from datetime import date

from hypothesis import assume
from hypothesis import strategies as st

from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked, Criterion
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.problems import refuse
from rehabcore.testing.people.days_near import edge_days
from rehabcore.testing.people.reaching import Reaching
from rehabcore.testing.people.records_for import expires, is_silent, person

_EDGES = 20
"""As many as there are pairs of a day from which on something holds, and of its end."""


@checked_arguments
def days_near(rule: Criterion, *, on: date) -> st.SearchStrategy[date]:
    """Days around one on which a rule may be wrong by a day; the day itself is the simplest.

    Args:
        rule: the rule, whose changes of law are among them.
        on: the day.
    """
    return st.sampled_from(edge_days(rule, on))


@checked_arguments
def cases_near(
    rule: Criterion, *, answer: Answer, country: Jurisdiction, on: date
) -> st.SearchStrategy[CaseFile]:
    """Case files of people who get an answer, at the thresholds of the rule or next to them.

    Ages, times and counts follow from the records that give them. Nothing is on file that no record
    has to say, so that failing examples are short.

    Args:
        rule: the rule, such as ``country.admissions_on_any_day[program_id]``.
        answer: the answer that every person gets on the day.
        country: the country, which reads the files.
        on: the day.

    Raises:
        InputError: no file that can be made here gets the answer.
    """
    reaching = Reaching(rule, on)
    if answer not in reaching.answers:
        known = ", ".join(sorted(one.value for one in reaching.answers))
        refuse(answer.value, "out_of_range", f"an answer that is reached: {known}", path="answer")

    def reaches(case: CaseFile) -> bool:
        cells = country.facts_of(case, strict=True).on(on)
        return judge(rule, cells, on=on).answer is answer

    return people(reaching, answer).filter(reaches)


@st.composite
def people(draw: st.DrawFn, reaching: Reaching, answer: Answer) -> CaseFile:
    """People of whom is known what leads to an answer, if all facts were independent."""
    known: dict[Asked, Cell] = {}
    edges: dict[Asked, int] = {}
    at = reaching.start()
    for fact in range(reaching.steps()):
        step = reaching.step(fact, at, known, answer)
        assume(step.cells)
        chosen = draw(st.integers(0, len(step.cells) - 1))
        known[step.asked], at = step.cells[chosen], step.leads[chosen]
        if expires(step.asked) or not is_silent(step.asked, step.cells[chosen]):
            edges[step.asked] = draw(st.integers(0, _EDGES - 1))
    return person(known, reaching.on, edges)
