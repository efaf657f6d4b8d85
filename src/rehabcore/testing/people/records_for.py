"""Records that say something: for a fact, what is filed so that it has a certain cell on a day.

Ages, times served and times left follow from the records that give them. A fact that is not known
here stays as it is without any record.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from rehabcore.records import (
    Beneficiary,
    CaseFile,
    Completion,
    Consent,
    Death,
    Enrolment,
    Event,
    Filed,
    LegalStanding,
    Measurement,
    NeedFinding,
    NeedsAssessment,
    Observation,
    Placement,
    Record,
    RiskAssessment,
    Sentence,
    State,
)
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import NEVER, Cell, Known, Shape, Unknown, place
from rehabcore.rules.time.days import ONE_DAY, OPEN, End, Span, Term
from rehabcore.rules.time.partial import PartialDay
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import (
    BeneficiaryId,
    CaseId,
    LegalStatus,
    Outcome,
    ProgramId,
    RecordId,
    Setting,
    Sex,
    StaffId,
)
from rehabcore.testing.people.days_near import days_before, ends_after

KnownOf = Mapping[Asked, Cell]
"""All that is to be known of a person, by what is asked."""


@frozen(kw_only=True)
class DaysHeld:
    """The day asked about, and days from which on and until which something is said to hold."""

    on: date
    since: date
    until: End

    @classmethod
    def at(cls, on: date, edge: int) -> "DaysHeld":
        """One of the days from which on, and one of the ends up to which, it holds on a day."""
        days, ends = days_before(on), ends_after(on)
        return cls(on=on, since=days[edge % len(days)], until=ends[edge % len(ends)])

    @classmethod
    def over(cls, on: date) -> "DaysHeld":
        """It held until yesterday."""
        return cls(on=on, since=on - _A_YEAR, until=on)


_Made = tuple[str, str, Callable[..., Record]]
"""The list of the case file, the id of the record, and the record but for its filing."""

SOURCE = "office-1"
"""The office that files everything."""
_STAFF = StaffId("staff-1")
_A_YEAR = timedelta(365)
_OLDEST = 110
_MOST_EVENTS = 12

PARTICULARS = {"age": "birth_date", "sex": "sex", "languages": "languages"}
"""The facts that a particular of the person answers, with its field."""
SPELLS = {
    "setting": ("time_in_setting", Setting),
    "legal_status": ("time_in_legal_status", LegalStatus),
}
"""The facts of which one code holds at a time, with the fact that says since when."""
_SPELL_OF = {time: name for name, (time, _) in SPELLS.items()} | {name: name for name in SPELLS}


# --- what can be --------------------------------------------------------------------------


def expires(asked: Asked) -> bool:
    """Whether a fact is unknown once the record that says it is past its validity."""
    return asked.fact.name in _EXPIRING or asked.fact.name.startswith(_OBSERVED)


def may_be(asked: Asked, cell: Cell, known: KnownOf, on: date) -> bool:
    """Whether somebody can have a cell on a day, beside all that is known of them.

    Args:
        asked: the fact.
        cell: what is to be known of it.
        known: what is known of others.
        on: the day.
    """
    name = asked.fact.name
    if name in _SPELL_OF:
        return spell_of({**known, asked: cell}, _SPELL_OF[name], on) is not None
    if isinstance(cell, Known):
        return _can_be_said(asked, cell, on)
    if cell.between is None:
        tells = name == "former_prisoner" and any(_places(one, cell) for one, cell in known.items())
        return isinstance(asked.fact.absent(), Unknown) and not tells
    first, last = cell.between
    in_days = isinstance(first, date) and isinstance(last, date)
    return in_days and (name == "sentence_remaining" or (name == "age" and place(last) <= on))


def _places(asked: Asked, cell: Cell) -> bool:
    """Whether something is known of where somebody lives, or under which status."""
    return asked.fact.name in _SPELL_OF and isinstance(cell, Known)


def _can_be_said(asked: Asked, cell: Known, on: date) -> bool:
    name: str = asked.fact.name
    value: Any = cell.value
    if name == "age":
        return isinstance(value, date) and on.year - _OLDEST < value.year and value <= on
    if name in PARTICULARS or _maker(name) is not None:
        return asked.fact.shape is not Shape.COUNT or value <= _MOST_EVENTS
    absent = asked.fact.absent()
    return isinstance(absent, Known) and absent.value == value


def spell_of(known: KnownOf, name: str, on: date) -> tuple[str | None, date | None] | None:
    """The code that holds, and since when; None for each that is open, or if none can be so.

    Args:
        known: all that is to be known, among it how long which codes have held.
        name: the fact of the codes.
        on: the day.
    """
    time, codes = SPELLS[name]
    options: list[str | None] = [None, *codes]
    since = set()
    for asked, cell in known.items():
        if asked.fact.name == name:
            wanted = cell.value if isinstance(cell, Known) else None
            options = [one for one in options if one == wanted]
        elif asked.fact.name == time:
            within = asked.codes(name)
            if isinstance(cell, Unknown):
                options = [one for one in options if one is None and cell.between is None]
            elif isinstance(cell.value, date):
                options = [one for one in options if one in within and cell.value <= on]
                since.add(cell.value)
            else:
                options = [one for one in options if one is not None and one not in within]
    if not options or len(since) > 1:
        return None
    return options[0], since.pop() if since else None


# --- what is filed ------------------------------------------------------------------------


def person(known: KnownOf, on: date, edges: Mapping[Asked, int] | None = None) -> CaseFile:
    """The case file of somebody of whom certain things are known on a day.

    Args:
        known: what is known, each as ``may_be`` allows it beside the others.
        on: the day, on which everything is filed.
        edges: which of the days that suit is taken for a fact; 0 if left out, the plainest.
    """
    chosen = edges or {}
    made: list[_Made] = []
    for asked, cell in known.items():
        make = _maker(asked.fact.name)
        edge = chosen.get(asked, 0)
        if make is not None and not is_silent(asked, cell):
            made += make(asked, cell, DaysHeld.at(on, edge))
        elif make is not None and edge and expires(asked):
            made += make(asked, Known(asked.fact.codes[0]), DaysHeld.over(on))
    for name in SPELLS:
        edge = next((edge for asked, edge in chosen.items() if asked.fact.name == name), 0)
        made += _spell(known, name, on, edge)
    lists: dict[str, list[Record]] = {}
    # One record may say several facts, such as how many events there were within two terms.
    for record_id, (name, record) in {i: (name, record) for name, i, record in made}.items():
        filed = Filed(record_id=RecordId(record_id), recorded_on=on, source=SOURCE)
        lists.setdefault(name, []).append(record(filed=filed))
    records: dict[str, Any] = {name: tuple(some) for name, some in lists.items()}
    return CaseFile(case_id=CaseId("case-1"), beneficiary=(_beneficiary(known, on),), **records)


def is_silent(asked: Asked, cell: Cell) -> bool:
    """Whether a cell is that of somebody of whom no record says anything of the fact."""
    if isinstance(cell, Unknown):
        return cell.between is None
    absent = asked.fact.absent()
    return isinstance(absent, Known) and absent.value == cell.value


def _beneficiary(known: KnownOf, on: date) -> Beneficiary:
    said: dict[str, Any] = {}
    for asked, cell in known.items():
        name = PARTICULARS.get(asked.fact.name)
        if name is not None and not is_silent(asked, cell):
            said[name] = _day(cell)
    if "sex" in said:
        said["sex"] = Sex(said["sex"])
    filed = Filed(record_id=RecordId("person-1"), recorded_on=on, source=SOURCE)
    return Beneficiary(filed=filed, beneficiary_id=BeneficiaryId("person-1"), **said)


def _day(cell: Cell) -> Any:
    """A day, of which only two bounds may be known."""
    if isinstance(cell, Known):
        return cell.value
    bounds: Any = cell.between
    return PartialDay(*bounds)


def _spell(known: KnownOf, name: str, on: date, edge: int) -> Iterator[_Made]:
    code, since = spell_of(known, name, on) or (None, None)
    time, _ = SPELLS[name]
    if code is None or not {asked.fact.name for asked in known} & {name, time}:
        return
    span = Span(since or DaysHeld.at(on, edge).since, OPEN)
    if name == "setting":
        yield (
            "placements",
            "placement-1",
            partial(Placement, setting=Setting(code), span=span, holder=SOURCE),
        )
    else:
        yield (
            "legal_standings",
            "standing-1",
            partial(LegalStanding, status=LegalStatus(code), span=span),
        )


# --- what is filed for one fact -----------------------------------------------------------


def _sentence(asked: Asked, cell: Cell, when: DaysHeld) -> Iterator[_Made]:
    """The end of a sentence, which may be known only in part; a life term has none."""
    end = OPEN if isinstance(cell, Known) and cell.value is NEVER else _day(cell)
    known = [day for day in (end, getattr(end, "first", None)) if isinstance(day, date)]
    start = min([when.on, *known]) - _A_YEAR
    yield "sentences", "sentence-1", partial(Sentence, start=start, end=end)


def _consent(asked: Asked, cell: Cell, when: DaysHeld) -> Iterator[_Made]:
    purpose, program = asked["purpose"], asked["program"]
    said: dict[str, Any] = {"purpose": purpose}
    if program:
        said["program_id"] = ProgramId(program)
    if isinstance(cell, Known) and cell.value is True:
        said |= {"given": when.since, "expires": when.until}
    else:
        said["refused"] = when.since
    yield "consents", f"consent-{purpose}-{program}", partial(Consent, **said)


def _need(asked: Asked, cell: Cell, when: DaysHeld) -> Iterator[_Made]:
    finding = NeedFinding(domain=asked["domain"], level=_value(cell))
    yield (
        "needs_assessments",
        f"needs-{finding.domain}",
        partial(
            NeedsAssessment,
            instrument="needs-1",
            assessed_on=when.since,
            expires=when.until,
            findings=(finding,),
            confirmed_by=_STAFF,
        ),
    )


def _risk(asked: Asked, cell: Cell, when: DaysHeld) -> Iterator[_Made]:
    yield (
        "risk_assessments",
        f"risk-{asked['domain']}",
        partial(
            RiskAssessment,
            instrument="risk-1",
            assessed_on=when.since,
            expires=when.until,
            level=_value(cell),
            confirmed_by=_STAFF,
            domain=asked["domain"] or None,
        ),
    )


def _death(asked: Asked, cell: Cell, when: DaysHeld) -> Iterator[_Made]:
    yield "deaths", "death-1", partial(Death, died_on=when.on)  # nothing is on file of later days


def _enrolled(asked: Asked, cell: Cell, when: DaysHeld) -> Iterator[_Made]:
    for program in sorted(asked.codes("program"))[:1]:
        enrolment = partial(Enrolment, program_id=ProgramId(program), started_on=when.since)
        yield "enrolments", f"enrolled-{program}", enrolment


def _completed(asked: Asked, cell: Cell, when: DaysHeld) -> Iterator[_Made]:
    for program in sorted(asked.codes("program"))[:1]:
        record_id, ended = f"completed-{program}", when.since
        started = ended - _A_YEAR
        enrolment = partial(Enrolment, program_id=ProgramId(program), started_on=started)
        yield "enrolments", record_id, enrolment
        yield (
            "completions",
            f"{record_id}-end",
            partial(
                Completion,
                enrolment=RecordId(record_id),
                ended_on=ended,
                outcome=Outcome.COMPLETED,
            ),
        )


def _custody_before(asked: Asked, cell: Cell, when: DaysHeld) -> Iterator[_Made]:
    """Somebody who was in prison once: long before whatever else is filed."""
    span = Span(when.on - 12 * _A_YEAR, when.on - 11 * _A_YEAR)
    placement = partial(Placement, setting=Setting.CUSTODY, span=span, holder=SOURCE)
    yield "placements", "placement-before", placement


def _events(asked: Asked, cell: Cell, when: DaysHeld) -> Iterator[_Made]:
    """As many events as are counted: the last ones before the day, or from the window's first."""
    number, opens = _value(cell), Term.parse(asked["within"]).before(when.on) + ONE_DAY
    first = opens if when.since == when.on else when.on - timedelta(number)
    for index in range(number):
        yield (
            "events",
            f"event-{asked['kind']}-{index + 1}",
            partial(Event, kind=asked["kind"], happened_on=first + timedelta(index)),
        )


def _observed(asked: Asked, cell: Cell, when: DaysHeld) -> Iterator[_Made]:
    kind = asked.fact.name.removeprefix(_OBSERVED)
    yield (
        "observations",
        f"observation-{kind}",
        partial(
            Observation,
            kind=kind,
            value=_value(cell),
            observed_on=when.since,
            expires=when.until,
        ),
    )


def _state(asked: Asked, cell: Cell, when: DaysHeld) -> Iterator[_Made]:
    kind = asked.fact.name.removeprefix(_STATE)
    span = Span(when.since, when.until)
    yield "states", f"state-{kind}", partial(State, kind=kind, value=_value(cell), span=span)


def _measured(asked: Asked, cell: Cell, when: DaysHeld) -> Iterator[_Made]:
    kind = asked.fact.name.removeprefix(_MEASURED)
    yield (
        "measurements",
        f"measurement-{kind}",
        partial(
            Measurement,
            kind=kind,
            amount=_value(cell),
            measured_on=when.since,
            expires=when.until,
        ),
    )


def _value(cell: Cell) -> Any:
    return cell.value if isinstance(cell, Known) else None


_EXPIRING = ("need_level", "risk_level")
_Makes = Callable[[Asked, Cell, DaysHeld], Iterator[_Made]]
_OBSERVED, _STATE, _MEASURED = "observed_", "state_", "measured_"
_MAKERS: dict[str, _Makes] = {
    "sentence_remaining": _sentence,
    "consent": _consent,
    "need_level": _need,
    "risk_level": _risk,
    "died": _death,
    "enrolled": _enrolled,
    "completed": _completed,
    "former_prisoner": _custody_before,
    "events": _events,
}


_PREFIXED: tuple[tuple[str, _Makes], ...] = (
    (_OBSERVED, _observed),
    (_STATE, _state),
    (_MEASURED, _measured),
)


def _maker(name: str) -> _Makes | None:
    """The records that say a fact; None if none are known here."""
    if name in _MAKERS:
        return _MAKERS[name]
    for prefix, make in _PREFIXED:
        if name.startswith(prefix):
            return make
    return None
