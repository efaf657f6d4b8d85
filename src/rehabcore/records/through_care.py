"""Through-care: the way of a person from one office to another, and what was done on it.

A transition is one passage: a release, an admission, a transfer, a move into a community. What was
done is filed as acts, each when it happened. Where a transition stands, who is accountable, and
that an office kept silent, follow from the acts and are not filed.
"""

from collections.abc import Iterable
from datetime import date

from attrs import field

from rehabcore.records.fields import MOVES, first_day, refers_to, word
from rehabcore.records.filing import Filed, in_order
from rehabcore.rules.time.partial import Day, first_of
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, missing_key
from rehabcore.strict.vocabulary import ChecklistOutcome, RecordId, StaffId, TransitionEvent


@frozen(kw_only=True)
@checked
class Transition:
    """One passage of the person from the care of one office into that of another.

    ``move`` is the kind of move, a code of the country. ``planned_for`` is the day for which it is
    planned, such as the day of release; a day that moves is filed as a change of this record.
    ``follows`` is the transition after which this one became necessary, as after a recall.
    """

    filed: Filed
    move: str = field(metadata=word(MOVES))
    identified_on: Day = field(metadata=first_day())
    planned_for: Day | None = field(default=None, metadata=first_day())
    follows: RecordId | None = field(default=None, metadata=SECRET | refers_to("transitions"))


@frozen(kw_only=True)
@checked
class TransitionAct:
    """Something that was done or happened in one transition, on one day.

    ``office`` is the code of the office that was asked, that answered, that somebody above named,
    or to which the person moved. ``answer_by`` is the last day on which an answer to a referral is
    in time, ``appointment`` the day on which the receiving office expects the person. ``reason`` is
    a code of the country, ``by`` who did it.
    """

    filed: Filed
    transition: RecordId = field(metadata=SECRET | refers_to("transitions"))
    event: TransitionEvent
    on: Day = field(metadata=first_day())
    office: str = field(default="", metadata=SECRET)
    answer_by: date | None = None
    appointment: Day | None = None
    by: StaffId | None = field(default=None, repr=False, metadata=SECRET)
    reason: str | None = field(default=None, metadata=word("transition_reasons"))

    @property
    def is_acceptance(self) -> bool:
        """Whether an office says of itself that it takes over; nobody accepts for another one."""
        return self.event is TransitionEvent.ACCEPTED and self.filed.source == self.office

    @property
    def is_refusal(self) -> bool:
        """Whether an office says of itself that it does not take over; nobody else can."""
        return self.event is TransitionEvent.DECLINED and self.filed.source == self.office

    def _problems(self) -> Iterable[Problem]:
        if self.event in _OF_AN_OFFICE and not self.office:
            expected = f"the code of the office {_OF_AN_OFFICE[self.event]}"
            yield Problem(
                code="out_of_range", path="office", found="an empty text", expected=expected
            )
        if self.event in _WITH_REASON and self.reason is None:
            yield missing_key("reason", "why, as a code of the country")
        if self.event is TransitionEvent.WAIVED and not self.by:
            yield missing_key("by", "who decided it")
        yield from _only(self, "answer_by", (TransitionEvent.REFERRED,))
        yield from _only(self, "appointment", _WITH_APPOINTMENT)
        if self.answer_by is not None and self.answer_by < first_of(self.on):
            expected = f"a day not before {first_of(self.on).isoformat()}"
            yield Problem.of(self.answer_by, "ends_before_start", expected, path="answer_by")
        yield from in_order(self.on, self.appointment, "appointment")


_OF_AN_OFFICE = {
    TransitionEvent.REFERRED: "that is asked",
    TransitionEvent.ACCEPTED: "that accepts",
    TransitionEvent.DECLINED: "that declines",
    TransitionEvent.FIRST_CONTACT: "where the person had the contact",
}
"""The events that name an office, and which one."""
_WITH_REASON = frozenset({TransitionEvent.DECLINED, TransitionEvent.WAIVED})
_WITH_APPOINTMENT = (TransitionEvent.ACCEPTED, TransitionEvent.READY, TransitionEvent.MOVED)


def _only(act: TransitionAct, name: str, events: tuple[TransitionEvent, ...]) -> Iterable[Problem]:
    held = getattr(act, name)
    if held is not None and act.event not in events:
        meant = " or ".join(event.value for event in events)
        expected = f"nothing here, unless the event is {meant}"
        yield Problem.of(held, "contradicts_itself", expected, path=name)


@frozen(kw_only=True)
@checked
class ChecklistEntry:
    """The outcome of one item on the checklist of a transition, on one day.

    ``item`` and ``reason`` are codes of the country. ``by`` is who did or decided it.
    """

    filed: Filed
    transition: RecordId = field(metadata=SECRET | refers_to("transitions"))
    item: str = field(metadata=SECRET | word("checklist_items"))
    outcome: ChecklistOutcome
    on: Day = field(metadata=first_day())
    by: StaffId | None = field(default=None, repr=False, metadata=SECRET)
    reason: str | None = field(default=None, metadata=SECRET | word("transition_reasons"))

    def _problems(self) -> Iterable[Problem]:
        if self.outcome is ChecklistOutcome.WAIVED:
            if not self.by:
                yield missing_key("by", "who decided it")
            if self.reason is None:
                yield missing_key("reason", "why, as a code of the country")
