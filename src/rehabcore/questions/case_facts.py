"""The facts of one case file: its answers to the questions of a country."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from rehabcore.questions.derived.derivation import Derived
from rehabcore.questions.known_days import as_far_as_known, within_known_days
from rehabcore.questions.plain.ahead import FEW_TURNS, stated_days
from rehabcore.questions.plain.gathered import Gathered
from rehabcore.questions.question import DayReader, Question
from rehabcore.questions.readings import NOT_EXAMINED, Readings
from rehabcore.records import CaseFile
from rehabcore.records.consistency import Findings
from rehabcore.records.faults import set_aside
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import RUNNING, Cell, Fact
from rehabcore.rules.judging.cells import Cells, CellsOfDay, Histories
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.checked import checked_arguments, require_day
from rehabcore.strict.mappings import FrozenMap
from rehabcore.strict.problems import InputError, one_of, refuse


class Glance(NamedTuple):
    """A fact as its country declares it, its reader of plain records, and whether time runs in it.

    Looked up once, where it is asked of many files.
    """

    asked: Asked
    read: DayReader | None
    runs: bool


class CaseFacts:
    """The facts of a case file, each read once, when it is first asked.

    Made by a country (``Jurisdiction.facts_of``), which knows its questions and checks the file.

    ``view`` holds the records that stand. Where a fault lets them be read in several ways, the
    facts on which the ways differ are unknown; ``set_aside`` tells of the faults.

    Args:
        case: the case file.
        questions: the questions of the country, by the name of their fact.
        findings: what ``consistency.examine`` finds in the file.
        known_at: the day up to which records count.

    Raises:
        InputError: an argument is of a wrong type.
    """

    @checked_arguments
    def __init__(
        self,
        case: CaseFile,
        questions: FrozenMap[str, Question | Derived],
        *,
        findings: Findings = NOT_EXAMINED,
        known_at: date = date.max,
    ) -> None:
        self._readings = Readings(case, findings, known_at)
        self._questions = questions
        self._read: dict[Asked, Timeline[Cell]] = {}
        self._gathered = Gathered(self._readings.view) if self._readings.only else None
        self._cells: CellsOfDay | None = None
        self._first_day: date | None = None
        self.view = self._readings.view
        self.set_aside = set_aside(findings.faults)

    def timeline(self, asked: Asked) -> Timeline[Cell]:
        """The cells of a fact on every day.

        Raises:
            InputError: it is not an ``Asked``, or the country has no such fact, or declares it
                otherwise, or knows no such parameter.
        """
        if not isinstance(asked, Asked):
            refuse(asked, "wrong_type", 'an Asked, as in ask(country.facts["age"])', path="asked")
        known = self._read.get(asked)
        if known is None:
            known = self._read[asked] = self._answer(asked)
        return known

    def _answer(self, asked: Asked) -> Timeline[Cell]:
        question: Question | Derived | None = self._questions.get(asked.fact.name)
        if question is None:
            expected = f"a fact of the country: {one_of(self._questions, asked.fact.name)}"
            refuse(asked.fact.name, "unknown_fact", expected)
        asked = _as_declared(question.fact, asked)
        if not isinstance(question, Question):
            return question.read(self.timeline)
        cells = self._readings.cells(asked.fact, partial(question.read, asked))
        return within_known_days(cells) if asked.fact.shape in RUNNING else cells

    @checked_arguments
    def views(self, *lists: str, on: date) -> tuple[CaseFile, ...]:
        """The records that hold on a day, in every way in which some lists can be read.

        The first is the one that is told; without lists it is the only one. There is none if the
        ways are too many to compare.
        """
        return self._readings.on(on, lists)

    @checked_arguments
    def histories(self, *lists: str) -> tuple[CaseFile, ...]:
        """All records that stand, in every way in which some lists can be read.

        What was changed later is among them: it held until then. Otherwise as ``views``.
        """
        return self._readings.histories(lists)

    def on(self, day: date) -> CellsOfDay:
        """The cells of all facts on one day, in the form that ``judge`` takes.

        Raises:
            InputError: ``day`` is not a date, or has a time of day.
        """
        require_day(day, "day")
        cells = self._cells
        if cells is None or cells.day != day:  # most callers ask again about the same day
            cells = self._cells = CellsOfDay(day, self._reader(day))
        return cells

    def once(self, day: date) -> CellsOfDay:
        """The cells of all facts on a day besides, of which nothing more is asked.

        They are those of ``on``, read at a glance even if another day was asked about before.

        Raises:
            InputError: ``day`` is not a date, or has a time of day.
        """
        gathered = self._gathered
        if gathered is None:
            return self.on(day)
        require_day(day, "day")
        return CellsOfDay(day, partial(self._at_a_glance, gathered, day))

    def seen(self, glances: tuple[Glance, ...], day: date) -> list[Cell]:
        """The cells of some facts on a day, in their order: those of ``once``.

        Args:
            glances: the facts, as ``glance_at`` finds them.
            day: the day.

        Raises:
            InputError: ``day`` is not a date, or has a time of day; or these are no glances.
        """
        require_day(day, "day")
        if not isinstance(glances, tuple) or not all(isinstance(one, Glance) for one in glances):
            refuse(glances, "wrong_type", "a tuple of what glance_at finds", path="glances")
        gathered = self._gathered
        if gathered is None:
            cells = self.on(day)
            return [cells(asked) for asked, _, _ in glances]
        return [self._seen(glance, gathered, day) for glance in glances]

    def _seen(self, glance: Glance, gathered: Gathered, day: date) -> Cell:
        asked, read, runs = glance
        cell = None if read is None else read(asked, gathered, day)
        if cell is None:
            return self.timeline(asked).at(day)
        return as_far_as_known(cell) if runs else cell

    def _reader(self, day: date) -> Cells:
        """The function that reads the cell of a fact on a day.

        Only the first day is read at a glance. Who asks about a second one soon asks about more.
        """
        first = self._first_day = self._first_day or day
        if self._gathered is None or day != first:
            return lambda asked: self.timeline(asked).at(day)
        return partial(self._at_a_glance, self._gathered, day)

    def ahead(self, day: date) -> Histories:
        """The cells of all facts from a day on, in the form that ``near_misses`` takes.

        Of earlier days they tell what holds on that day.
        """
        require_day(day, "day")
        gathered = self._gathered
        stated = () if gathered is None else gathered.of(stated_days)
        turns = stated[bisect_right(stated, day) :]
        if gathered is None or len(turns) > FEW_TURNS:
            return self.timeline
        read: dict[Asked, Timeline[Cell]] = {}

        def cells(asked: Asked) -> Timeline[Cell]:
            known = read.get(asked)
            if known is None:
                known = self._plainly_on(gathered, (day, *turns), asked)
                known = read[asked] = self.timeline(asked) if known is None else known
            return known

        return cells

    def _plainly_on(
        self, gathered: Gathered, days: tuple[date, ...], asked: Asked
    ) -> Timeline[Cell] | None:
        """The cells of a fact, read at a glance on each day on which it may turn.

        None if that cannot be: days on which something leaves a window are not among them.
        """
        own, read, runs = glance_at(self._questions, asked)
        if read is None or own["within"]:
            return None
        starts: list[date] = []
        cells: list[Cell] = []
        for day in days:
            cell = read(own, gathered, day)
            if cell is None:
                return None
            cell = as_far_as_known(cell) if runs else cell
            if not cells or cells[-1] != cell:
                starts.append(day if cells else date.min)
                cells.append(cell)
        return Timeline(tuple(starts), tuple(cells))

    def _at_a_glance(self, gathered: Gathered, day: date, asked: Asked) -> Cell:
        """The cell of a fact on a day, read from plain records if the fact can be."""
        return self._seen(glance_at(self._questions, asked), gathered, day)


def glance_at(questions: Mapping[str, Question | Derived], asked: Asked) -> Glance:
    """The way to read a fact at a glance, found among the questions of a country."""
    question = questions.get(asked.fact.name) if isinstance(asked, Asked) else None
    if not isinstance(question, Question) or question.read_plainly is None:
        return Glance(asked, None, runs=False)
    declared = question.fact
    own = asked if declared is asked.fact else _as_declared(declared, asked)
    return Glance(own, question.read_plainly, declared.shape in RUNNING)


def _as_declared(fact: Fact, asked: Asked) -> Asked:
    """The same question, asked of the country's own fact.

    A rule of another country would else get an answer that means something else there, such as that
    a programme which is not known here was certainly not completed.
    """
    if asked.fact is fact or asked.fact == fact:  # most are the very same
        return asked
    try:
        own = Asked(fact, asked.given)
    except InputError:  # what is said for a parameter is none of its codes here
        own = None
    if own is None or _values(fact) != _values(asked.fact):
        expected = "the fact as the country of this case declares it; this is another country's"
        refuse(asked.fact.name, "unknown_fact", expected)
    return own


def _values(fact: Fact) -> tuple[object, ...]:
    """The parts of a fact that say which values it has, and what they mean."""
    return fact.shape, fact.codes, fact.unit, fact.absence
