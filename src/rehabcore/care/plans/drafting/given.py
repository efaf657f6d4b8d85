"""All that a draft is made from: what is known of the person, and what is offered, on one day."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from attrs import field

from rehabcore.care.needs import NeedsProfile, RnrPolicy
from rehabcore.care.needs.dosage import Credit
from rehabcore.care.release_days import ReleaseDay
from rehabcore.plans import PlanContent, PlanGoal
from rehabcore.programs import Offer, Program
from rehabcore.records.fields import PROGRAMS, word
from rehabcore.rules.sources import Text
from rehabcore.rules.time.partial import Day
from rehabcore.strict.checked import SECRET, checked, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, one_of
from rehabcore.strict.vocabulary import ProgramId, RecordId, Setting


@frozen(kw_only=True)
@checked
class WorkUnderway:
    """A programme that the person attends, since a day, with the hours that were given so far."""

    program_id: ProgramId = field(metadata=SECRET | word(PROGRAMS))
    since: date
    enrolment: RecordId
    hours_given: Decimal = Decimal(0)


@frozen(kw_only=True)
@checked
class Declined:
    """Something that the person does not want, since a day: a need's work, or one programme.

    Exactly one of ``need`` and ``program_id`` says what.
    """

    need: str | None = field(default=None, metadata=word("need_domains"))
    program_id: ProgramId | None = field(default=None, metadata=SECRET | word(PROGRAMS))
    since: Day
    reason: str = field(default="", repr=False, metadata=SECRET)

    def _problems(self) -> Iterable[Problem]:
        return _one_of_two(self)


@frozen(kw_only=True)
@checked
class PutOff:
    """Something that somebody put off up to a day, with the code of a reason."""

    need: str | None = field(default=None, metadata=word("need_domains"))
    program_id: ProgramId | None = field(default=None, metadata=SECRET | word(PROGRAMS))
    until: date | None
    reason: str

    def _problems(self) -> Iterable[Problem]:
        yield from _one_of_two(self)
        yield from not_empty(self, "reason")


def _one_of_two(record: Declined | PutOff) -> Iterator[Problem]:
    if (record.need is None) == (record.program_id is None):
        expected = "either a need or a programme"
        yield Problem(code="one_of_two", path="need", found="both or neither", expected=expected)


@frozen(kw_only=True)
@checked
class ImposedDuty:
    """Something that a court or a licence obliges the person to: a programme, or a code.

    It holds from ``starts``, None if it holds already, up to, and not including, ``ends``.
    """

    record_id: RecordId
    subject: str = field(metadata=SECRET | word(PROGRAMS, "requirement_subjects"))
    title: Text
    starts: date | None = None
    ends: date | None = None


@frozen(kw_only=True)
@checked
class LiveConsent:
    """A consent to take part that holds on the day, for one programme or for all.

    ``ends`` is the first day on which it no longer holds; None if it was given for good.
    """

    record_id: RecordId
    program_id: ProgramId | None = field(default=None, metadata=SECRET | word(PROGRAMS))
    ends: date | None = None


@frozen(kw_only=True)
@checked
class LaterOffer:
    """The answer of a programme on a later day, such as a birthday, from which it may be open."""

    opens: date
    offer: Offer


@frozen(kw_only=True)
@checked
class ClosingDay:
    """The first day on which a programme may no longer be held for the person, as at 18 years."""

    program_id: ProgramId
    day: date


@frozen(kw_only=True)
@checked
class AgainReason:
    """The code of a reason why a programme may be proposed that was completed before."""

    program_id: ProgramId
    reason: str

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "reason")


@frozen(kw_only=True)
@checked
class DraftGiven:
    """All that is known on the day ``on`` of what a draft is made from.

    ``offers`` are the answers of all ``programs`` on the day; ``titles`` has the title of each need
    domain. ``risk_contested`` tells that the person contests it. ``completed`` are programmes that
    the person has completed, ``again`` those that may be proposed all the same. ``kept_from`` are
    the programmes in whose groups somebody is from whom the person is kept apart. ``wanted`` are
    services that somebody asked for. ``standing`` are goals that no need domain is about, such as
    the safety of a victim, and the person's own.

    ``release`` is the day on which the person leaves custody, if one is ahead; ``release_overdue``
    says that the day which was told has passed, and the person is in custody all the same.
    ``setting`` is where the person lives now, and ``receiving_office`` the one that takes over
    then. ``outside`` are the answers, as they will be on that day, of programmes that are closed
    now. ``bound`` are the programmes that nobody may be said to attend once the sentence is over.
    ``hours_a_week`` are those that the person can be there at most. ``assessed_until`` is the first
    day on which an assessment of the needs no longer holds, ``reassess_risk_by`` the last on which
    risk is to be assessed anew.

    Raises:
        InputError: an offer is of no programme of the catalogue.
    """

    on: date
    programs: tuple[Program, ...]
    offers: tuple[Offer, ...]
    profile: NeedsProfile
    titles: tuple[tuple[str, Text], ...]
    rnr: RnrPolicy = field(factory=RnrPolicy)
    risk: str | None = None
    risk_contested: bool = False
    holder: str = field(default="", metadata=SECRET)
    underway: tuple[WorkUnderway, ...] = ()
    completed: tuple[ProgramId, ...] = ()
    again: tuple[AgainReason, ...] = ()
    declined: tuple[Declined, ...] = ()
    put_off: tuple[PutOff, ...] = ()
    credit: Credit | None = None
    previous: PlanContent | None = None
    standing: tuple[PlanGoal, ...] = ()
    wanted: tuple[ProgramId, ...] = ()
    duties: tuple[ImposedDuty, ...] = ()
    consents: tuple[LiveConsent, ...] = ()
    setting: Setting | None = None
    release: ReleaseDay | None = None
    release_overdue: bool = False
    receiving_office: str = field(default="", metadata=SECRET)
    outside: tuple[Offer, ...] = ()
    bound: frozenset[ProgramId] = frozenset()
    sentence_end: date | None = None
    closing: tuple[ClosingDay, ...] = ()
    opening: tuple[LaterOffer, ...] = ()
    hours_a_week: Decimal | None = None
    kept_from: frozenset[ProgramId] = frozenset()
    assessed_until: date | None = None
    reassess_risk_by: date | None = None
    died: bool = False

    def _problems(self) -> Iterable[Problem]:
        known = {program.program_id for program in self.programs}
        if all(offer.program_id in known for offer in (*self.offers, *self.outside)):
            return  # before any place is told
        told = [(f"offers[{index}]", offer) for index, offer in enumerate(self.offers)]
        told += [(f"outside[{index}]", offer) for index, offer in enumerate(self.outside)]
        for place, offer in told:
            if offer.program_id not in known:
                path = f"{place}.program_id"
                expected = f"a programme of the catalogue: {one_of(known, offer.program_id)}"
                yield Problem.of(offer.program_id, "dangling_id", expected, path=path)
