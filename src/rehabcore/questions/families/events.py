"""Questions about events, such as sanctions, violations and payments: when, and how often."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from rehabcore.questions.counting.counts import told_apart
from rehabcore.questions.counting.latest import latest_day
from rehabcore.questions.counting.months import months_in_a_row
from rehabcore.questions.counting.runs import time_in_present
from rehabcore.questions.counting.tellings import Telling, counted_things, each_record
from rehabcore.questions.counting.things import Cluster, clusters
from rehabcore.questions.counting.windows import WINDOW, leaving, window_of
from rehabcore.questions.counting.within_bounds import WithinBounds
from rehabcore.questions.families.sentences import time_served
from rehabcore.questions.families.standing import legal_statuses, settings
from rehabcore.questions.plain.gathered import Gathered
from rehabcore.questions.plain.happenings import HappenedByKind, by_kind, number_seen
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile, Event
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.evidence import Evidence, Index, Tally, together
from rehabcore.rules.facts import (
    NEVER,
    Absence,
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
    Unknown,
    Value,
)
from rehabcore.rules.judging.meaning import bounds
from rehabcore.rules.time.days import ONE_DAY, Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.rules.truth import UnknownKind, foremost

LATEST = "latest_"
"""The beginning of a code for the latest event of a kind, from which days are counted."""


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    kinds = codes(words.glossary.event_kinds)
    if not kinds:
        return
    kind = Parameter(name="kind", codes=kinds, takes=Takes.CODES)
    latest = {f"{LATEST}{code}": code for code in kinds}
    yield Question(
        Fact(
            name="events",
            shape=Shape.COUNT,
            parameters=(kind, *WINDOW),
            about="How many events of a kind happened within a term before the day.",
            unit="events",
            absence=Absence.NONE,
        ),
        partial(_events, words.records_policy),
        _number_seen,
    )
    yield Question(
        Fact(
            name="events_between",
            shape=Shape.COUNT,
            parameters=(
                kind,
                Parameter(name="anchor", codes=(*_ANCHORS, *latest)),
                Parameter(name="after"),
                Parameter(name="until", required=False),
            ),
            about="How many events happened so long after something, and no longer than that.",
            unit="events",
        ),
        partial(_events_between, latest, words.records_policy),
    )
    yield Question(
        Fact(
            name="event_months_in_a_row",
            shape=Shape.COUNT,
            parameters=(kind,),
            about="How many calendar months in a row, up to this or the last, had an event.",
            unit="months",
            absence=Absence.NONE,
        ),
        partial(_event_months_in_a_row, words.records_policy),
    )
    yield Question(
        Fact(
            name="time_since_event",
            shape=Shape.ELAPSED,
            parameters=(kind,),
            about="Time since the latest event of a kind; unknown if there is none on file.",
            unit="calendar time",
        ),
        partial(_time_since_event, words.records_policy),
    )


def _of_kinds(policy: RecordsPolicy, view: CaseFile, kinds: Container[str]) -> list[Cluster[Event]]:
    """The events of some kinds that the records tell."""
    return clusters(
        (event for event in view.events if event.kind in kinds),
        lambda event: event.happened_on,
        within=policy.one_thing_within,
        kind_of=lambda event: event.kind,
    )


def _events(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return counted_things(
        _of_kinds(policy, view, asked.codes("kind")),
        each_record(lambda event: Telling(day=event.happened_on)),
        window_of(asked),
        by_own_day=True,
        apart=policy.told_apart,
    )


def _happened(view: CaseFile) -> HappenedByKind:
    return by_kind((event.kind, event.filed, event.happened_on, "") for event in view.events)


def _number_seen(asked: Asked, gathered: Gathered, day: date) -> Cell | None:
    return number_seen(gathered.of(_happened), asked.codes("kind"), day, leaving(asked))


# --- since an anchor ----------------------------------------------------------------------


def _events_between(
    latest: Mapping[str, str], policy: RecordsPolicy, asked: Asked, view: CaseFile
) -> Timeline[Cell]:
    """The number of events from ``after`` an anchor until ``until`` after it (half-open)."""
    after, until = Term.parse(asked["after"]), asked["until"] and Term.parse(asked["until"])
    anchors = _anchors(latest, policy, asked, view)
    found = _of_kinds(policy, view, asked.codes("kind"))
    batches = [batch for cluster in found for batch in cluster]
    counting = _Counting(found)

    def cell(day: date) -> Cell:
        anchor = anchors.at(day)
        ends = bounds(asked.fact, anchor)
        if ends is None or ends[0] is NEVER:
            kind = UnknownKind.MISSING if isinstance(anchor, Known) else anchor.kind
            return Unknown(kind, evidence=anchor.rests_on)
        first, last = (_laid(after, end) for end in ends)
        shortest, longest = (_laid(until, end) if until else date.max for end in ends)
        counting.move_may(first, min(day, longest - ONE_DAY))
        counting.move_sure(last, min(day, shortest - ONE_DAY))
        evidence = together((anchor.rests_on, counting.evidence()))
        fewest, most = counting.fewest, counting.most
        if fewest == most:
            assumption = told_apart(most, counting.by_office, apart=policy.told_apart)
            assumption = assumption or Assumption.NONE_ON_FILE
            return Known(most, evidence=evidence, assumption=assumption)
        kinds = {kind for kind, number in counting.doubts.items() if number}
        if isinstance(anchor, Unknown):
            kinds.add(anchor.kind)
        kind = foremost(kinds or {UnknownKind.NEEDS_PERSON})
        return Unknown(kind, evidence=evidence, between=(fewest, most))

    days = {day for b in batches for day in (b.first, b.latest)}
    return Timeline.of_changes({*anchors.starts, *days}, cell)


class _Counting:
    """The events between two days that move: the fewest and the most, and why these differ."""

    def __init__(self, found: Sequence[Cluster[Event]]) -> None:
        batches = [batch for cluster in found for batch in cluster]
        self._may = WithinBounds(batches, lambda b: b.first, lambda b: b.last)
        self._sure = WithinBounds(batches, lambda b: b.latest, lambda b: b.earliest)
        self._index = Index(own for batch in batches for own in batch.ids())
        self._cluster_of = {id(batch): at for at, of in enumerate(found) for batch in of}
        self._told: list[Counter[str]] = [Counter() for _ in found]
        self._records = Tally()
        self.by_office = Counter[str]()
        self.doubts = Counter[UnknownKind]()
        self.fewest = self.most = 0

    def move_may(self, since: date, until: date) -> None:
        """Count what may have happened on a day from the first to the second."""
        for batch, sign in self._may.move(since, until):
            self.most += sign * len(batch.things)
            self.doubts[batch.doubt] += sign
            bits = self._index.bits(batch.ids())
            (self._records.add if sign > 0 else self._records.take)(bits)
            for office in batch.offices:
                self.by_office[office] += sign * len(batch.things)

    def move_sure(self, since: date, until: date) -> None:
        """Count what certainly happened on a day from the first to the second."""
        for batch, sign in self._sure.move(since, until):
            self.doubts[batch.doubt] -= sign
            told = self._told[self._cluster_of[id(batch)]]
            self.fewest -= max(told.values(), default=0)
            for office in batch.offices:
                told[office] += sign * len(batch.things)
            self.fewest += max(told.values())

    def evidence(self) -> Evidence:
        """The records of all that may have happened."""
        return Evidence((self._index, self._records.bits()))


def _laid(term: Term, anchor: Value) -> date:
    return term.after(anchor) if isinstance(anchor, date) else date.max


def _anchors(
    latest: Mapping[str, str], policy: RecordsPolicy, asked: Asked, view: CaseFile
) -> Timeline[Cell]:
    """The anchor from which days are counted, on every day."""
    anchor = asked["anchor"]
    if anchor in _ANCHORS:
        return _ANCHORS[anchor](policy, asked, view)
    return latest_day(_of_kinds(policy, view, {latest[anchor]}), asked.fact.absent())


def _legal_status_start(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return time_in_present(legal_statuses(policy, view), asked.fact.absent())


def _setting_start(_: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return time_in_present(settings(view), asked.fact.absent())


_ANCHORS: dict[str, Callable[[RecordsPolicy, Asked, CaseFile], Timeline[Cell]]] = {
    "legal_status_start": _legal_status_start,
    "setting_start": _setting_start,
    "sentence_start": time_served,
}


def _time_since_event(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return latest_day(_of_kinds(policy, view, asked.codes("kind")), asked.fact.absent())


def _event_months_in_a_row(policy: RecordsPolicy, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Months in a row with an event. The present month cannot break the row before it is over."""
    found = _of_kinds(policy, view, asked.codes("kind"))
    return months_in_a_row([batch for cluster in found for batch in cluster])
