"""Reads the shared cases of dated eligibility, and tells verdicts over time as rows of that system.

A case states criteria as spans ``[start, end, meets, reason]``. Each becomes a flag fact, and each
span the claim of a record, so that the evidence of a cell leads back to the reason. On a day that
no span covers, the declared default is an assumption; where none is declared, the day is unknown.
A null verdict says nothing. A group is a table with ``logic`` and ``sub_criteria``; groups nest.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from attrs import Factory, frozen

from rehabcore.rules.criteria import AllOf, AnyOf, Asked, Compare, Criterion, Not, ask
from rehabcore.rules.facts import NEVER, Absence, Assumption, Cell, Fact, Known, Shape, Unknown
from rehabcore.rules.judging.over_time import VerdictTimeline, verdicts_over
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.time.days import OPEN, End, Span, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import Answer, UnknownKind

Table = Mapping[str, Any]
Reason = Mapping[str, Any]
Row = dict[str, Any]

ALL_TIME = Span(date(1900, 1, 1), OPEN)
CANDIDATE = Fact(
    name="candidate", shape=Shape.FLAG, about="May be considered.", absence=Absence.NONE
)
ACTIVE = Fact(name="active", shape=Shape.FLAG, about="The duty is active.", absence=Absence.NONE)
DUE = Fact(name="due", shape=Shape.REMAINING, about="Time until the duty is due.")


# --- what the records say -----------------------------------------------------------------


@frozen
class Book:
    """What is known of each fact of a case on every day, and the reason that each record gives."""

    defaults: bool
    """Whether the defaults of the case are declared."""
    cells: dict[Asked, Timeline[Cell]] = Factory(dict)
    reasons: dict[str, Reason | None] = Factory(dict)

    def state(self, name: str, table: Table) -> Criterion:
        """The criterion of a table, whose facts it writes down."""
        if "sub_criteria" in table:
            members = table["sub_criteria"].items()
            parts = tuple(self.state(f"{name}.{member}", stated) for member, stated in members)
            return AllOf(parts) if table["logic"] == "AND" else AnyOf(parts)
        question = ask(Fact(name=name, shape=Shape.FLAG, about="A criterion of the case."))
        claims = []
        for number, (start, end, meets, reason) in enumerate(table["spans"]):
            if meets is not None:
                claims.append(Claim(f"{name}#{number}", _span(start, end), meets))
                self.reasons[f"{name}#{number}"] = reason
        self.cells[question] = settle(claims, self._absent(table))
        return question.is_(True)

    def _absent(self, table: Table) -> Cell:
        if not self.defaults:
            return Unknown(UnknownKind.MISSING)
        return Known(bool(table.get("default")), assumption=Assumption.NONE_ON_FILE)

    def note(self, fact: Fact, claims: Iterable[Claim]) -> Asked:
        """Ask a fact of which the claims speak, with its own meaning of absence."""
        self.cells[ask(fact)] = settle(claims, fact.absent())
        return ask(fact)

    def over_all_time(self, rule: Criterion) -> VerdictTimeline:
        """The verdicts of a rule about what the book says."""
        return verdicts_over(rule, self.cells.__getitem__, ALL_TIME)


def _span(start: str, end: str | None) -> Span:
    return Span(date.fromisoformat(start), date.fromisoformat(end) if end else OPEN)


# --- flat reasons -------------------------------------------------------------------------


@frozen(kw_only=True)
class Flattening:
    """How members that give the same key of a reason become one object."""

    scalars: Callable[[list[Any]], Any] = max
    concatenated: bool = False
    """Whether arrays are joined, in the order of their joined text; else they may not meet."""

    def flat(self, verdict: Verdict, table: Table, book: Book) -> Reason | None:
        """The reason of a criterion on its day; None if no record speaks of it."""
        if isinstance(verdict.criterion, Compare):
            return book.reasons[_only(verdict)] if has_data(verdict) else None
        if isinstance(verdict.criterion, Not):
            return self.flat(verdict.children[0], table, book)
        if not has_data(verdict):
            return None
        members = zip(verdict.children, table["sub_criteria"].values(), strict=True)
        given = [self.flat(member, stated, book) or {} for member, stated in members]
        return {
            key: self._one([reason[key] for reason in given if reason.get(key) is not None])
            for key in _keys(table)
        }

    def _one(self, values: list[Any]) -> Any:
        if len(values) < 2:
            return values[0] if values else None
        if isinstance(values[0], list):
            return list(chain.from_iterable(sorted(values, key=",".join)))
        return self.scalars(values)

    def refuse_collisions(self, table: Table) -> None:
        """Raise if members of a group give a key twice that is not declared, or an array."""
        members = [_keys(member) for member in table.get("sub_criteria", {}).values()]
        for key in {key for keys in members for key in keys}:
            twice = sum(key in keys for keys in members) > 1
            arrays = any(isinstance(value, list) for value in _values(table, key))
            if twice and key not in table.get("allowed_duplicates", ()):
                raise ValueError(f"undeclared duplicate {key}")
            if twice and arrays and not self.concatenated:
                raise ValueError(f"array without aggregate {key}")
        for member in table.get("sub_criteria", {}).values():
            self.refuse_collisions(member)


def has_data(verdict: Verdict) -> bool:
    """Whether a record speaks of any fact of a criterion on its day."""
    return any(leaf.cell is not None and leaf.cell.evidence for leaf in leaves(verdict))


def leaves(verdict: Verdict) -> Iterator[Verdict]:
    """The comparisons of a proof, whether or not the answer rests on them."""
    if verdict.cell is not None:
        yield verdict
    for child in verdict.children:
        yield from leaves(child)


def _only(verdict: Verdict) -> str:
    """The record of a comparison; spans of one criterion must not overlap."""
    assert verdict.cell is not None
    (record,) = verdict.cell.evidence
    return record


def _keys(table: Table) -> tuple[str, ...]:
    """Every key that the reason of a criterion may have."""
    if "sub_criteria" in table:
        members = [_keys(member) for member in table["sub_criteria"].values()]
        given = chain(table.get("reason_fields", ()), chain.from_iterable(members))
    else:
        given = chain.from_iterable(reason or () for _, _, _, reason in table["spans"])
    return tuple(dict.fromkeys(given))


def _values(table: Table, key: str) -> Iterator[Any]:
    if "spans" in table:
        yield from (reason.get(key) for _, _, _, reason in table["spans"] if reason)
    for member in table.get("sub_criteria", {}).values():
        yield from _values(member, key)


# --- the four kinds of case ---------------------------------------------------------------


@frozen(kw_only=True)
class Telling:
    """Verdicts of a case over all time, and what a row says of each; None where there is no row."""

    verdicts: VerdictTimeline
    tell: Callable[[Verdict], Row | None]

    def rows(self) -> list[Row]:
        """Rows as the reference system has them: touching ones that say the same are one."""
        rows: list[Row] = []
        for piece in self.verdicts.pieces:
            start, end = str(piece.span.start), _text(piece.span.end)
            said = self.tell(piece.verdict)
            if said is None:
                continue
            if rows and rows[-1] == {"start": rows[-1]["start"], "end": start, **said}:
                rows[-1]["end"] = end
            else:
                rows.append({"start": start, "end": end, **said})
        return rows


def _text(end: End) -> str | None:
    return end.isoformat() if isinstance(end, date) else None


def task(given: Table, *, defaults: bool) -> Telling:
    """Every criterion must be met. There are rows only where the person may be considered."""
    book, flattening = Book(defaults), Flattening()
    tables: Mapping[str, Table] = given["criteria"]
    population = [
        Claim(f"candidate#{number}", _span(*ends), True)
        for number, ends in enumerate(given["population"])
    ]
    candidate = book.note(CANDIDATE, population).is_(True)
    for table in tables.values():
        flattening.refuse_collisions(table)

    def tell(verdict: Verdict) -> Row | None:
        considered, *members = verdict.children
        if considered.answer is not Answer.MET:
            return None
        named = dict(zip(tables, members, strict=True))
        return {
            "verdict": verdict.answer.value,
            "eligible": verdict.answer is Answer.MET,
            "failing": sorted(name for name in named if named[name].answer is Answer.NOT_MET),
            "reasons": {name: flattening.flat(named[name], tables[name], book) for name in named},
        }

    members = [book.state(name, table) for name, table in tables.items()]
    return Telling(verdicts=book.over_all_time(AllOf((candidate, *members))), tell=tell)


def criterion(
    table: Table, *, defaults: bool, negated: bool = False, flattening: Flattening | None = None
) -> Telling:
    """One criterion or group, or its negation. There are rows only where some record speaks."""
    book, flattened = Book(defaults), flattening or Flattening()
    flattened.refuse_collisions(table)
    rule = book.state("X", table)

    def tell(verdict: Verdict) -> Row | None:
        if not has_data(verdict):
            return None
        return {
            "verdict": verdict.answer.value,
            "meets": verdict.answer is Answer.MET,
            "reason": flattened.flat(verdict, table, book),
        }

    return Telling(verdicts=book.over_all_time(~rule if negated else rule), tell=tell)


def duty(given: Table) -> Telling:
    """Overdue from the day after the due date, while active. A fixed cadence never passes."""
    book = Book(defaults=False)
    fixed = given.get("cadence") == "fixed"
    active, due = [], []
    for number, (start, end, is_active, _, reasons) in enumerate(given["spans"]):
        name, span = f"duty#{number}", _span(start, end)
        book.reasons[name] = reasons
        active.append(Claim(name, span, is_active))
        dates = [reason["due"] for reason in reasons.values() if reason and reason.get("due")]
        if fixed or dates:
            due.append(Claim(name, span, NEVER if fixed else date.fromisoformat(dates[0])))
    rule = book.note(ACTIVE, active).is_(True) & book.note(DUE, due).under(Term())

    def tell(verdict: Verdict) -> Row | None:
        if not has_data(verdict):
            return None
        is_active, _ = verdict.children
        return {
            "verdict": verdict.answer.value,
            "active": is_active.answer is Answer.MET,
            "overdue": None if verdict.answer is Answer.UNKNOWN else verdict.answer is Answer.MET,
            "reasons": book.reasons[_only(is_active)],
        }

    return Telling(verdicts=book.over_all_time(rule), tell=tell)
