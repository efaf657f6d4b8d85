"""Enrolments as things that several offices may tell: which are running, and how they ended.

Enrolments of two offices in one programme may be one if they began about the same time; two of one
office never are. A completion ends the enrolment that it names, and that alone.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from attrs import evolve

from rehabcore.questions.counting.counts import OfOneOffice
from rehabcore.questions.counting.tellings import Leaves, Passes, Tell, Telling, counted_things
from rehabcore.questions.counting.things import Thing, clusters
from rehabcore.questions.counting.windows import any_counted
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.records import CaseFile, Completion, Death, Enrolment, Filed
from rehabcore.rules.evidence import Evidence, Index
from rehabcore.rules.facts import Assumption, Cell, Unknown
from rehabcore.rules.judging.during import During
from rehabcore.rules.time.partial import Day, between, first_of, last_of
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import Outcome, RecordId

_Lasting = tuple[date, date, str]
"""The first day on which a record speaks, the first day after these, and its id."""


class Enrolments:
    """The enrolments in some programmes, or in any, and how each of them ended.

    Args:
        policy: how records are told apart.
        view: the records.
        programs: the ids of the programmes; None for any.
        deaths: the deaths by which enrolments end.
    """

    def __init__(
        self,
        policy: RecordsPolicy,
        view: CaseFile,
        programs: Container[str] | None,
        deaths: Sequence[Death],
    ) -> None:
        enrolment_of = {end.filed.record_id: end.enrolment for end in view.completions}
        self._apart = policy.told_apart
        self._died_by = max((last_of(d.died_on) for d in deaths), default=date.max)
        self._clusters = clusters(
            [e for e in view.enrolments if programs is None or e.program_id in programs],
            lambda enrolment: enrolment.started_on,
            within=policy.one_thing_within,
            kind_of=lambda enrolment: enrolment.program_id,
            joined=(
                (end.enrolment, enrolment_of[end.filed.same_as])
                for end in view.completions
                if end.filed.same_as in enrolment_of
            ),
        )
        told: dict[RecordId, list[Completion]] = defaultdict(list)
        for end in view.completions:
            told[end.enrolment].append(end)
        self._ends = {
            thing.ids(): _ended_by_death(deaths, thing, told)
            for cluster in self._clusters
            for batch in cluster
            for thing in batch.things
        }

    def number_ended(self, outcomes: Container[str], leaves: Leaves | None) -> Timeline[Cell]:
        """How many ended with one of the outcomes, within a window or ever."""
        tell = partial(self._ended, outcomes)
        return counted_things(self._clusters, tell, leaves, by_own_day=False, apart=self._apart)

    def any_ended(self, outcomes: Container[str]) -> Timeline[Cell]:
        """Whether any ever ended with one of the outcomes."""
        return self._any(self.number_ended(outcomes, None), partial(self._ended, outcomes))

    def any_running(self) -> Timeline[Cell]:
        """Whether any is running."""
        running = counted_things(self._clusters, self._running, by_own_day=True, apart=self._apart)
        return self._any(running, self._running)

    def _running(self, thing: Thing[Enrolment]) -> Iterator[Telling]:
        """From when to when an enrolment runs, as each record of it tells."""
        ends = self._ends[thing.ids()]
        for record in thing.records:
            for end in ends:
                ended_on = self._ended_on(end)
                runs: tuple[tuple[date, Passes], ...] = (
                    (date.min, True),
                    (first_of(ended_on), UnknownKind.MISSING),
                    (last_of(ended_on), False),
                )
                yield Telling(day=record.started_on, passes=runs, ids=(end.filed.record_id,))
            if not ends:
                yield Telling(day=record.started_on)

    def _ended(self, outcomes: Container[str], thing: Thing[Enrolment]) -> Iterator[Telling]:
        """When an enrolment ended with one of the outcomes, as each end of it tells."""
        for end in self._ends[thing.ids()]:
            ended_on, counts = self._ended_on(end), end.outcome in outcomes
            passes: tuple[tuple[date, Passes], ...] = ((date.min, counts),)
            if ended_on != end.ended_on and counts != (Outcome.DIED in outcomes):
                # Perhaps the office did not know, and it was the death that ended it.
                passes += ((last_of(ended_on), UnknownKind.MISSING),)
            yield Telling(day=ended_on, passes=passes, ids=(end.filed.record_id,))

    def _ended_on(self, end: Completion) -> Day:
        """The day of an end; if it may be one after every death, some day up to the last of these.

        An enrolment that ended with a death is left as it is: the death on file dates it.
        """
        if end.outcome is Outcome.DIED or last_of(end.ended_on) <= self._died_by:
            return end.ended_on
        return between(first_of(end.ended_on), self._died_by)

    def _any(self, number: Timeline[Cell], tell: Tell[Enrolment]) -> Timeline[Cell]:
        """Whether a number is above none, by the records that certainly say so.

        A certain answer names the enrolments that had begun by the day, and the ends that had come.
        """
        anything = any_counted(number)
        batches = [batch for cluster in self._clusters for batch in cluster]
        told = [(thing, tuple(tell(thing))) for batch in batches for thing in batch.things]
        surely = [(thing, days) for thing, tellings in told for days in _certain_days(tellings)]
        known = [one for thing, _ in told for one in self._known(thing, (date.min, date.max))]
        index = Index(record_id for _, _, record_id in known)
        in_certain = (one for thing, days in surely for one in self._known(thing, days))
        begun, certainly = _followed(known, index), _followed(in_certain, index)
        things = During(told, lambda one: (one[0].first, date.max))
        certain = During(surely, lambda one: one[1])
        of_one = OfOneOffice((batch.first, batch.offices, len(batch.things)) for batch in batches)

        def cell(day: date) -> Cell:
            found = anything.at(day)
            if isinstance(found, Unknown):
                return found
            if found.value and certain.reach(day).number:
                bits = certainly.reach(day).records.bits()
            else:
                bits = begun.reach(day).records.bits()
            found = evolve(found, evidence=Evidence((index, bits)))
            if not found.value:
                return found
            apart = self._apart and things.reach(day).number > of_one.reach(day)
            return evolve(found, assumption=Assumption.TOLD_APART if apart else None)

        days = {since for since, _, _ in known}
        return Timeline.of_changes({*anything.starts, *days}, cell)

    def _known(self, thing: Thing[Enrolment], within: tuple[date, date]) -> Iterator[_Lasting]:
        """The days of some, half-open, on which each record of an enrolment or its end is known."""
        told: list[tuple[Day, Filed]] = [(r.started_on, r.filed) for r in thing.records]
        told += [(end.ended_on, end.filed) for end in self._ends[thing.ids()]]
        for on, filed in told:
            yield max(thing.first, first_of(on), within[0]), within[1], filed.record_id


def told_of_enrolments(
    policy: RecordsPolicy,
    view: CaseFile,
    programs: Container[str] | None,
    read: Callable[[Enrolments], Timeline[Cell]],
) -> Timeline[Cell]:
    """The answer read of the enrolments in some programmes, or any; until a death, as if none came.

    An end that a death replaces still says until then what it says.
    """
    told = read(Enrolments(policy, view, programs, view.deaths))
    if not view.deaths:
        return told
    living = read(Enrolments(policy, view, programs, ()))
    died = min(first_of(death.died_on) for death in view.deaths)
    days = {died, *told.starts, *living.starts}
    return Timeline.of_changes(days, lambda day: (living if day < died else told).at(day))


def _followed(lasting: Iterable[_Lasting], index: Index) -> During[_Lasting]:
    return During(lasting, lambda one: one[:2], bits=lambda one: index.bit(one[2]))


def _certain_days(tellings: Sequence[Telling]) -> Iterator[tuple[date, date]]:
    """The days, half-open, on which an enrolment certainly counts, whatever is told of others."""
    since = max((last_of(telling.day) for telling in tellings), default=date.max)
    days = {since, *(day for telling in tellings for day, _ in telling.passes if since < day)}
    for start, end in pairwise([*sorted(days), date.max]):
        said = {telling.on(start) for telling in tellings}
        if True in said and False not in said:
            yield start, end


def _ended_by_death(
    deaths: Iterable[Death], thing: Thing[Enrolment], told: Mapping[RecordId, list[Completion]]
) -> list[Completion]:
    """The ends of an enrolment, with a death for one if it comes before some of them."""
    ends = [end for record_id in thing.ids() for end in told.get(record_id, ())]
    if not deaths:
        return ends
    # An end after every death is dated by an office that did not know. It must not count as a
    # removal.
    last = max(last_of(death.died_on) for death in deaths)
    by_death = [
        Completion(
            filed=death.filed,
            enrolment=thing.ids()[0],
            ended_on=death.died_on,
            outcome=Outcome.DIED,
        )
        for death in deaths
        if not ends or any(first_of(death.died_on) < _runs_until(end) for end in ends)
    ]
    return [*(end for end in ends if first_of(end.ended_on) <= last), *by_death]


def _runs_until(end: Completion) -> date:
    """The day up to which an enrolment certainly runs by one of its ends; or ran, until a death."""
    return (last_of if end.outcome is Outcome.DIED else first_of)(end.ended_on)
