"""Verdicts as plain data: a rule by its name, what was known by its number, and every answer.

    { "rule": "r3", "known": 1, "answers": "umm-u" }

``known`` is left out where it is 0. ``answers`` has a letter for each node of the rule, a group
before its parts: ``m`` met, ``n`` not met, ``u`` unknown, ``-`` not in force. Each state of what
was known is told once, for all verdicts that rest on it, and tells only what differs from the one
before. Reading judges again from the cells, so an answer that does not follow is refused.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, cast

from rehabcore.rules.criteria import Asked, Compare, Criterion
from rehabcore.rules.data.answers import ANSWER_OF_LETTER, NOT_LAW, answers_of
from rehabcore.rules.data.cell_forms import SCALARS, read_cell, write_cell
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.rule_tables import rule_named
from rehabcore.rules.evidence import Index
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.strict.problems import (
    InputError,
    Problem,
    Problems,
    missing_key,
    refuse,
    shown_key,
    unknown_keys,
)
from rehabcore.strict.structure import refuse_repeated_keys

MOST_EVIDENCE = 5_000_000
"""The most ids of records in all cells of one document, those of other cells included.

A cell may tell only what differs from another one, so a short document could name very many."""
MOST_BARE = 64
"""How many different cells without evidence are shared by all that equal them."""


def _found_in(verdict: Verdict) -> dict[Asked, Cell]:
    """The cell of each comparison, by what it asks."""
    found: dict[Asked, Cell] = {}
    ahead: list[Verdict] = [verdict]
    while ahead:
        node = ahead.pop()
        if node.cell is not None:
            criterion: Any = node.criterion  # a comparison, as nothing else has a cell
            found[criterion.asked] = node.cell
        else:
            ahead += node.children[::-1]
    return found


# --- writing ------------------------------------------------------------------------------


class _State:
    """Cells that hold together on one day."""

    __slots__ = ("cells", "on", "verdicts")

    def __init__(self, on: date, cells: dict[Asked, Cell]) -> None:
        self.on, self.cells = on, cells
        self.verdicts: list[dict[str, Any]] = []
        """The tables of the verdicts that rest on them."""

    def takes(self, found: Mapping[Asked, Cell]) -> bool:
        """Take more cells in, unless one contradicts those that are here."""
        cells = self.cells
        for asked, cell in found.items():
            known = cells.get(asked, cell)
            if known is not cell and known != cell:  # most are the very same
                return False
        cells.update(found)
        return True


class VerdictWriter:
    """Writes verdicts that share their rules and what was known."""

    def __init__(self) -> None:
        self._states: dict[date, list[_State]] = {}
        self._tables: list[tuple[dict[str, Any], Criterion]] = []

    def refer(self, verdict: Verdict, beside: dict[str, Any] | None = None) -> dict[str, Any]:
        """The table of a verdict; complete once the rules are named and what was known is told.

        Args:
            verdict: the verdict.
            beside: a table that names the rule of several verdicts; None if this one does.
        """
        table: dict[str, Any] = {"answers": answers_of(verdict)}
        found, states = _found_in(verdict), self._states.setdefault(verdict.on, [])
        state = next((one for one in states if one.takes(found)), None)
        if state is None:
            state = _State(verdict.on, found)
            states.append(state)
        state.verdicts.append(table)
        self._tables.append((table if beside is None else beside, verdict.criterion))
        return table

    @property
    def rules(self) -> tuple[Criterion, ...]:
        """The rules of the verdicts, each once, in the order in which they were first met."""
        return tuple(dict.fromkeys(rule for _, rule in self._tables))

    def name(self, names: Mapping[Criterion, str]) -> None:
        """Name the rules in the tables of the verdicts."""
        for table, rule in self._tables:
            table["rule"] = names[rule]

    def known(self) -> dict[str, Any]:
        """All that was asked, and what was known of it: for each later day only what differs.

        Raises:
            InputError: the cells name more ids of records than are read again.
        """
        asked: dict[Asked, int] = {}
        ids = 0
        before: dict[Asked, Cell] = {}
        told: list[dict[str, Any]] = []
        for _, states in sorted(self._states.items()):
            for state in states:
                if told:
                    for table in state.verdicts:
                        table["known"] = len(told)
                cells = {}
                for one, cell in state.cells.items():
                    earlier = before.get(one)
                    if earlier is None or (cell is not earlier and cell != earlier):
                        evidence = () if earlier is None else earlier.evidence
                        number = asked.setdefault(one, len(asked))
                        cells[str(number)] = write_cell(cell, evidence)
                        before[one] = cell
                        ids += len(cell.evidence)
                told.append({"on": SCALARS.write(state.on), "cells": cells})
        if ids > MOST_EVIDENCE:
            refuse(ids, "too_large", f"at most {MOST_EVIDENCE} ids of records in all cells")
        return {"asked": [_write_asked(one) for one in asked], "days": told}


def _write_asked(asked: Asked) -> object:
    """A fact with its parameters; its name alone if it has none."""
    return {"fact": asked.fact.name, **dict(asked.given)} if asked.given else asked.fact.name


# --- reading ------------------------------------------------------------------------------


def read_asked(plain: object, reader: CriterionReader) -> tuple[Asked, ...]:
    """All that was asked, as ``VerdictWriter.known`` wrote it.

    Raises:
        InputError: names every problem, with paths relative to the list.
    """
    problems = Problems()
    asked = [
        problems.at(
            f"[{number}]", reader.read_asked, {"fact": one} if isinstance(one, str) else one
        )
        for number, one in enumerate(_list(plain))
    ]
    problems.done()
    return tuple(asked)


_NEVER_TOLD: "tuple[array[int], list[Cell]]" = array("L"), []


class StateReader:
    """Reads what was known on some days, each of which tells only what differs from the one before.

    Args:
        plain: the days, as ``VerdictWriter.known`` wrote them.
        asked: what was asked.

    Raises:
        InputError: names every problem, with paths relative to ``plain``.
    """

    def __init__(self, plain: object, asked: tuple[Asked, ...]) -> None:
        self._asked = {str(number): one for number, one in enumerate(asked)}
        self.days: list[date] = []
        """The day of each state."""
        self._courses: dict[Asked, tuple[array[int], list[Cell]]] = {}
        """The numbers of the states that tell a cell of what is asked, and these cells."""
        self._bare: dict[tuple[Asked, Cell], Cell] = {}
        """Some cells without evidence, of which equal ones are one object."""
        self._left = MOST_EVIDENCE
        self._index = Index(())
        """The ids of the records of cells that rest on more than a few."""
        problems = Problems()
        for number, state in enumerate(_list(plain)):
            problems.at(f"[{number}]", self._state, state)
        problems.done()

    def _state(self, plain: object) -> None:
        if not isinstance(plain, dict):
            refuse(plain, "wrong_type", "an object of on and cells", secret=True)
        refuse_repeated_keys(plain)
        problems = Problems(*_other_keys(plain, ("on", "cells")))
        problems.done()
        self.days.append(problems.at("on", SCALARS.read, plain["on"], date))
        cells = plain["cells"]
        if not isinstance(cells, dict):
            refuse(cells, "wrong_type", "an object of cells by number", path="cells", secret=True)
        refuse_repeated_keys(cells, "cells")
        for key, cell in cells.items():
            told = key if key in self._asked else shown_key(key)
            problems.at(f"cells.{told}", self._cell, key, cell)
        problems.done()

    def _cell(self, key: str, plain: object) -> None:
        if self._left < 0:  # it was told, and reading on would cost what the limit is to save
            return
        if key not in self._asked:
            expected = "for its key the number of something that was asked"
            refuse(key, "dangling_id", expected, secret=True)
        asked = self._asked[key]
        states, cells = self._courses.setdefault(asked, (array("L"), []))
        before = cells[-1].rests_on if cells else ()
        cell = read_cell(asked.fact, plain, before, self._index)
        self._left -= len(cell.rests_on)
        if self._left < 0:
            expected = f"at most {MOST_EVIDENCE} ids of records in all cells"
            refuse(key, "too_large", expected, secret=True)
        if not cell.rests_on and len(self._bare) < MOST_BARE:
            cell = self._bare.setdefault((asked, cell), cell)
        states.append(len(self.days) - 1)
        cells.append(cell)

    def verdict(self, rule: Criterion, number: int) -> Verdict:
        """Judge a rule by what was known.

        Raises:
            InputError: the rule asks what nobody told by then.
        """

        def cell(asked: Asked) -> Cell:
            states, cells = self._courses.get(asked, _NEVER_TOLD)
            place = bisect_right(states, number)
            if not place:
                raise InputError([_untold(asked, "known")])
            return cells[place - 1]

        return judge(rule, cell, on=self.days[number])

    def in_turn(self, asked: tuple[Asked, ...]) -> Iterator[tuple[list[Cell], bool]]:
        """The cells of some questions in each state, and whether any differs from those before.

        Raises:
            InputError: nobody told by then what is asked.
        """
        courses = [self._courses.get(one, _NEVER_TOLD) for one in asked]
        problems = [
            _untold(one, "[0].known")
            for one, (states, _) in zip(asked, courses, strict=True)
            if not states or states[0] > 0
        ]
        Problems(*problems).done()
        cells, told = [found[0] for _, found in courses], [0] * len(courses)
        for number in range(len(self.days)):
            differs = False
            for place, (states, found) in enumerate(courses):
                later = told[place] + 1
                if later < len(states) and states[later] == number:
                    differs = differs or cells[place] != found[later]
                    cells[place], told[place] = found[later], later
            yield cells, differs


class VerdictReader:
    """Reads verdicts that share their rules and what was known; equal ones are judged once."""

    def __init__(self, rules: Mapping[str, Criterion], states: StateReader) -> None:
        self._rules, self._states = rules, states
        self._judged: dict[tuple[str, int], tuple[Verdict, str]] = {}
        self._in_turn = 0
        """Verdicts rest on so many of the first states, one on each."""

    def rule(self, name: object) -> Criterion:
        """The rule of a name.

        Raises:
            InputError: there is none.
        """
        return rule_named(name, self._rules)

    def read(self, plain: object, *, rule: object = None) -> Verdict:
        """Read a verdict.

        Args:
            plain: its table.
            rule: the name of its rule, if the table does not say it.

        Raises:
            InputError: names every problem, or says that an answer does not follow.
        """
        keys = ("answers",) if rule is not None else ("answers", "rule")
        if not isinstance(plain, dict):
            refuse(plain, "wrong_type", f"an object of {', '.join(keys)}", secret=True)
        refuse_repeated_keys(plain)
        problems = Problems(*_other_keys(plain, keys, also=("known",)))
        problems.done()
        name = plain["rule"] if rule is None else rule
        criterion = problems.at("rule", rule_named, name, self._rules)
        number = plain.get("known", 0)
        if type(number) is not int or not 0 <= number < len(self._states.days):
            problems.note(number, "dangling_id", "the number of what was known", path="known")
        problems.done()
        verdict, answers = self._judge(cast("str", name), criterion, number)
        if plain["answers"] != answers:
            raise InputError([_not_following(plain["answers"], "answers")])
        return verdict

    def in_turn(self, rule: Criterion, told: list[object]) -> list[Verdict]:
        """Read the verdicts on one rule in the first states, of which none is like the one before.

        The proof of each is made when somebody reads it.

        Args:
            rule: the rule.
            told: the answers in each state.

        Raises:
            InputError: names every problem, with paths relative to the list.
        """
        from rehabcore.rules.data.answers_by_day import AnswersByDay  # only timelines need it

        days, answers, problems = self._states.days, AnswersByDay(rule), Problems()
        if len(told) > len(days):
            expected = "a state of what was known for each piece"
            problems.note(len(told), "dangling_id", expected, path=f"[{len(days)}].known")
        found, before, proved = [], "", partial(self._on, rule)
        states = zip(self._states.in_turn(answers.asked), told, days, strict=False)
        for number, ((cells, differs), stated, day) in enumerate(states):
            place = f"[{number}]"
            letters = problems.at(place, answers.on, day, cells)
            if not letters:  # the problem was told
                continue
            if stated != letters:
                problems.add(_not_following(stated, f"{place}.answers"))
            elif letters == before and not differs:
                expected = "a day from which something else holds"
                problems.note(day, "does_not_follow", expected, path=f"{place}.span.start")
            before = letters
            answer, in_force = ANSWER_OF_LETTER[letters[0]], letters[0] != NOT_LAW
            found.append(
                Verdict(answer, rule, day, in_force, cells[0])
                if isinstance(rule, Compare)
                else Verdict.proved_when_read(answer, rule, day, in_force, proved)
            )
        problems.done()
        self._in_turn = max(self._in_turn, len(found))
        return found

    def _on(self, rule: Criterion, day: date) -> Verdict:
        # The days of states that were read in turn follow each other.
        return self._states.verdict(rule, bisect_left(self._states.days, day))

    def unused(self) -> Iterator[Problem]:
        """A problem for each state of what was known on which no verdict rests."""
        used = {number for _, number in self._judged}
        for number, day in enumerate(self._states.days):
            if number >= self._in_turn and number not in used:
                expected = "a day on which some verdict rests"
                yield Problem.of(day, "does_not_follow", expected, path=f"days[{number}]")

    def _judge(self, name: str, criterion: Criterion, number: int) -> tuple[Verdict, str]:
        if (name, number) not in self._judged:
            verdict = self._states.verdict(criterion, number)
            self._judged[name, number] = verdict, answers_of(verdict)
        return self._judged[name, number]


def _not_following(stated: object, path: str) -> Problem:
    expected = "answers that follow from the cells"
    return Problem.of(stated, "does_not_follow", expected, path=path, secret=True)


def _untold(asked: Asked, path: str) -> Problem:
    expected = f"what is known of the fact {asked.fact.name}, as the rule asks it"
    return missing_key(path, expected)


def _list(plain: object) -> list[object]:
    if not isinstance(plain, list):
        refuse(plain, "wrong_type", "a list", secret=True)
    return plain


def _other_keys(
    plain: dict[str, Any], keys: tuple[str, ...], also: tuple[str, ...] = ()
) -> list[Problem]:
    """A problem for each key that is missing, or not allowed. Those that ``also`` are may lack."""
    missing = (missing_key(key) for key in keys if key not in plain)
    return [*missing, *unknown_keys(plain, (*keys, *also))]
