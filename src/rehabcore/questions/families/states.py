"""Questions about states that hold over spans of days, such as work and housing."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial

from attrs import evolve

from rehabcore.questions.counting.counts import count
from rehabcore.questions.counting.days_in import TERM, days_in
from rehabcore.questions.counting.runs import GAP, gap_of, time_in
from rehabcore.questions.counting.stays import Stay, stays
from rehabcore.questions.counting.windows import WINDOW, Happening, counted_within, had, window_of
from rehabcore.questions.plain.spells import spells, time_in_spells, value_of_spell
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile
from rehabcore.records.glossary import CodedKind, codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.evidence import Ids, Index, together
from rehabcore.rules.facts import Cell, Fact, Known, Parameter, Shape, Takes
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.days import ONE_DAY, Term
from rehabcore.rules.time.partial import Period, within_one_day
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind

_STATE, _TIME, _HAD, _CHANGES = "state", "time_in_state", "had_state", "changes_of_state"
_DAYS = "days_in_state"
FORMS = (_STATE, _TIME, _HAD, _DAYS, _CHANGES)
"""The forms of questions about a kind of states; the id of the kind follows in the fact's name."""
_ANY, _RAISED, _LOWERED = "any", "raised", "lowered"


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family, for each of the country's kinds of states."""
    for kind in words.glossary.state_kinds:
        yield from _of_kind(kind)


def _of_kind(kind: CodedKind) -> Iterable[Question]:
    fact = partial(Fact, title=kind.title, absence=kind.absence, answered_by=kind.answered_by)
    states = Parameter(name="state", codes=codes(kind.values), takes=Takes.CODES)
    told = partial(spells, partial(_spells, kind.id))
    yield Question(
        fact(
            name=f"{_STATE}_{kind.id}",
            shape=Shape.LEVEL if kind.ordered else Shape.CHOICE,
            codes=codes(kind.values),
            about="The state that holds on the day.",
        ),
        partial(_state, kind.id),
        partial(value_of_spell, told),
    )
    yield Question(
        fact(
            name=f"{_TIME}_{kind.id}",
            shape=Shape.ELAPSED,
            parameters=(states, GAP),
            about="Time without a break in a state; less than any term while not in it.",
            unit="calendar time",
        ),
        partial(_time_in_state, kind.id),
        partial(time_in_spells, told, "state"),
    )
    yield from _over_time(kind, fact, states)


def _over_time(kind: CodedKind, fact: Callable[..., Fact], states: Parameter) -> Iterable[Question]:
    directions = (_ANY, _RAISED, _LOWERED) if kind.ordered else (_ANY,)
    yield Question(
        fact(
            name=f"{_HAD}_{kind.id}",
            shape=Shape.FLAG,
            parameters=(states, *WINDOW),
            about="Whether a state held on any day within a term before the day.",
        ),
        partial(_had_state, kind.id),
    )
    yield Question(
        fact(
            name=f"{_DAYS}_{kind.id}",
            shape=Shape.COUNT,
            parameters=(states, TERM),
            about="How many days of a term before the day a state held.",
            unit="days",
        ),
        partial(_days_in_state, kind.id),
    )
    yield Question(
        fact(
            name=f"{_CHANGES}_{kind.id}",
            shape=Shape.COUNT,
            parameters=(
                Parameter(name="direction", codes=directions),
                evolve(states, required=False),
                *WINDOW,
            ),
            about=(
                "How many times the state changed within a term before the day, by what is on file."
            ),
            unit="changes",
        ),
        partial(_changes_of_state, kind.id),
    )


def _claims(kind: str, view: CaseFile) -> list[Claim]:
    return stays(_spells(kind, view))


def _spells(kind: str, view: CaseFile) -> Iterable[Stay]:
    return [(s.filed, s.span, s.value) for s in view.states if s.kind == kind]


def _state(kind: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return settle(_claims(kind, view), asked.fact.absent())


def _time_in_state(kind: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = _claims(kind, view)
    return time_in(claims, asked.codes("state"), asked.fact.absent(), gap_of(asked))


def _had_state(kind: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = _claims(kind, view)
    return had(claims, asked.codes("state"), asked.fact.absent(), window_of(asked))


def _days_in_state(kind: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims, within = _claims(kind, view), Term.parse(asked["within"])
    return days_in(claims, asked.codes("state"), asked.fact.absent(), within)


def _changes_of_state(kind: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The number of changes from one state to another; unknown before any state is known."""
    claims = _claims(kind, view)
    index = Index(claim.record_id for claim in claims)
    states = settle(claims, asked.fact.absent(), index)
    known = [start for start, _, cell in states.pieces() if isinstance(cell, Known)]
    if not known:
        return states
    claimed = _claimed(states, claims, index)
    happened = (*_changes(asked, states, claims, claimed), *_unseen(claims, claimed))
    counted = count(counted_within(happened, window_of(asked)), index=index)

    def cell(day: date) -> Cell:
        return states.at(day) if day < known[0] else counted.at(day)

    return Timeline.of_changes((*states.starts, *counted.starts), cell)


def _claimed(
    states: Timeline[Cell], claims: Iterable[Claim], index: Index
) -> Timeline[frozenset[str]]:
    """The states that the records claim on which each cell rests."""
    said: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        said[str(claim.says)].append(claim.record_id)
    told = {value: index.of(own) for value, own in said.items()}
    return states.map(
        lambda cell: frozenset(value for value, own in told.items() if own.meets(cell.rests_on))
    )


def _changes(
    asked: Asked,
    states: Timeline[Cell],
    claims: Iterable[Claim],
    claimed: Timeline[frozenset[str]],
) -> Iterator[Happening]:
    """The changes that are asked for, from each known state to the next, and since the last one.

    A change in a stretch of unknown days may lie on any of them. On disputed days one of the
    claimed states holds; on other unknown days one of them or none. Touching pieces that leave the
    same states open for the same reason are one stretch, whatever the number of records. A state
    that began and ended within one day comes before the one that goes on from that day.
    """
    # While the state is not known, the possible ways from state to state are followed as in a small
    # automaton: for each state that may hold, only the fewest and the most changes to it matter.
    counts = _asked_for(asked)
    said = {claim.record_id: str(claim.says) for claim in claims}
    briefly = _briefly(claims)
    reached: _Reached = {None: (0, 0)}
    opened: tuple[date, UnknownKind] | None = None
    stretch: tuple[UnknownKind, frozenset[str]] | None = None
    ids: Ids = ()
    for start, _, cell in states.cut(briefly):
        ids = together((ids, cell.rests_on, tuple(briefly.get(start, ()))))
        within_the_day = {said[record_id] for record_id in briefly.get(start, ())}
        for _ in within_the_day:
            reached = _onward(reached, sorted(within_the_day), counts)
        if isinstance(cell, Known):
            reached = _onward(reached, {str(cell.value)}, counts)
            first, doubt = opened or (start, UnknownKind.DISPUTED)
            yield from _changed(reached, first, start, ids, doubt)
            reached, opened, ids = {str(cell.value): (0, 0)}, None, cell.rests_on
            stretch = None
        elif may := claimed.at(start):
            if stretch != (cell.kind, may):
                disputed = cell.kind is UnknownKind.DISPUTED
                reached = _onward(reached, sorted(may), counts, stays=not disputed)
            opened, stretch = opened or (start, cell.kind), (cell.kind, may)
        else:
            stretch = None
    if opened is not None:
        yield from _changed(reached, opened[0], date.max, ids, opened[1])


def _briefly(claims: Iterable[Claim]) -> dict[date, list[str]]:
    """The ids of the records of states that began and ended within one day, by that day."""
    found: dict[date, list[str]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.span, Period) and within_one_day(claim.span):
            found[claim.span.last_start].append(claim.record_id)
    return found


def _unseen(claims: Iterable[Claim], claimed: Timeline[frozenset[str]]) -> Iterator[Happening]:
    """The changes to a state and back of which no day is certain, beside what others claim."""
    alone: dict[frozenset[str], list[int]] = defaultdict(list)
    for place, values in enumerate(claimed.values):
        alone[values].append(place)
    for claim in claims:
        days = claim.span
        if isinstance(days, Period) and days.certain is None and not within_one_day(days):
            first, until = days.possible.start, days.possible.certain_end
            places, own = claimed.places(first, until), frozenset({str(claim.says)})
            if sum(_among(alone[values], places) for values in (frozenset(), own)) < len(places):
                yield Happening(
                    first=first,
                    last=date.max if until is None else until - ONE_DAY,
                    ids=(claim.record_id,),
                    times=_THERE_AND_BACK,
                    certain=False,
                    doubt=UnknownKind.MISSING,
                )


def _among(sorted_numbers: list[int], places: range) -> int:
    """How many of some numbers are among some places."""
    return bisect_left(sorted_numbers, places.stop) - bisect_left(sorted_numbers, places.start)


_THERE_AND_BACK = 2

_Reached = dict[str | None, tuple[int, int]]
"""The states that may hold, each with the fewest and the most changes so far; None: no state."""


def _onward(
    reached: _Reached,
    states: Iterable[str],
    counts: Callable[[str | None, str], bool],
    *,
    stays: bool = False,
) -> _Reached:
    ways = [
        (new, low + counts(old, new), high + counts(old, new))
        for old, (low, high) in reached.items()
        for new in states
    ]
    found: _Reached = dict(reached) if stays else {}
    for state, low, high in ways:
        least, most = found.get(state, (low, high))
        found[state] = min(low, least), max(high, most)
    return found


def _asked_for(asked: Asked) -> Callable[[str | None, str], bool]:
    """Whether a change from one state to another is of those that are asked for."""
    order = next(p.codes for p in asked.fact.parameters if p.name == "state")
    wanted, direction = asked.codes("state") or order, asked["direction"]

    def counts(old: str | None, new: str) -> bool:
        if old is None or old == new or new not in wanted:
            return False
        if old not in order:  # a code of an older pack, of which nobody knows the place
            return direction == _ANY
        return direction in (_ANY, _RAISED if order.index(old) < order.index(new) else _LOWERED)

    return counts


def _changed(
    reached: _Reached, first: date, last: date, ids: Ids, doubt: UnknownKind
) -> Iterator[Happening]:
    """The changes that certainly happened, and those that may have happened besides."""
    # Ways that end in different states may differ in their changes: the fewest of all certainly
    # happened, whichever way is right.
    fewest = min(low for low, _ in reached.values())
    more = max(high for _, high in reached.values()) - fewest
    for times, certain in ((fewest, True), (more, False)):
        if times:
            yield Happening(
                first=first,
                last=last,
                ids=ids,
                times=times,
                certain=certain,
                doubt=doubt,
            )
