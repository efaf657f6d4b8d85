"""Making a draft: candidates are gathered, the best are chosen, and everything is told of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from rehabcore.care.needs import NeedSeen
from rehabcore.care.needs.dosage import DosagePlan
from rehabcore.care.plans.drafting.candidates import Candidates, candidates
from rehabcore.care.plans.drafting.choosing import Combination, best
from rehabcore.care.plans.drafting.drafts import Draft, DraftMerit, OtherDraft
from rehabcore.care.plans.drafting.explaining import choices_of, passed_over
from rehabcore.care.plans.drafting.given import Declined, DraftGiven, PutOff
from rehabcore.care.plans.drafting.goals import Goals
from rehabcore.care.plans.drafting.items import items_of
from rehabcore.care.plans.drafting.merit import NO_DAY
from rehabcore.care.plans.drafting.questions import questions_of
from rehabcore.care.plans.drafting.reasons import PassedOver, PassedReason
from rehabcore.care.plans.drafting.services import services_wanted
from rehabcore.care.plans.drafting.timing import by_id, gate_ahead, in_hours
from rehabcore.care.plans.policy import PlanPolicy
from rehabcore.care.plans.reviews import next_review
from rehabcore.plans import (
    Deferral,
    HoursShort,
    NeedRefused,
    PlanContent,
    PlanItem,
)
from rehabcore.programs import Offer
from rehabcore.rules.sources import Status
from rehabcore.rules.time.partial import first_of
from rehabcore.strict.checked import checked_arguments, is_known_day
from rehabcore.strict.problems import refuse
from rehabcore.strict.vocabulary import ProgramId

MOST_ALTERNATIVES = 20


@checked_arguments
def drafted(given: DraftGiven, policy: PlanPolicy) -> Draft:
    """The best draft of a plan, by the order of merit (``drafting.merit``).

    The order in which things are given makes no difference, but for the order of the catalogue.

    Args:
        given: what is known of the person and of the programmes, on one day.
        policy: the policy of the country on plans.
    """
    found = candidates(given, policy)
    return _Telling(given, policy, found).draft(best(found.task))


@checked_arguments
def alternatives(given: DraftGiven, policy: PlanPolicy, most: int) -> tuple[OtherDraft, ...]:
    """Other drafts than the best, none of which is worse than another draft in all that counts.

    Each is finished sooner than all before it and gives up something for it, or it is as good as
    one of these with other programmes.

    Args:
        given: what is known of the person and of the programmes, on one day.
        policy: the policy of the country on plans.
        most: how many drafts are wanted at most.

    Raises:
        InputError: ``most`` is not from 1 to ``MOST_ALTERNATIVES``.
    """
    if not 1 <= most <= MOST_ALTERNATIVES:
        refuse(most, "out_of_range", f"1 to {MOST_ALTERNATIVES}", path="most")
    found = candidates(given, policy)
    telling = _Telling(given, policy, found)
    first = best(found.task)
    draft = telling.draft(first)
    others = list[Combination]()
    for as_good in _others(found, first):
        others += sorted(as_good, key=lambda one: one.standing, reverse=True)
        if len(others) >= most:
            break  # all that would follow are worse
    return tuple(OtherDraft.compared(telling.draft(one), draft) for one in others[:most])


def _others(found: Candidates, first: Combination) -> Iterator[list[Combination]]:
    """The drafts that are finished sooner and sooner, each with those that are as good as it."""
    seen = {first.standing.places}
    one, as_good = first, list[Combination]()
    while one.chosen:  # to begin nothing is finished first, and is no way to anything
        for laid in one.chosen:
            twin = best(found.task, without=1 << (laid.option or 0))
            if twin.standing[:4] == one.standing[:4] and twin.standing.places not in seen:
                seen.add(twin.standing.places)
                as_good.append(twin)
        yield as_good
        one = best(found.task, before=-one.standing.finish)
        seen.add(one.standing.places)
        as_good = [one]


class _Telling:
    """The parts that are the same for every draft of one person on one day."""

    def __init__(self, given: DraftGiven, policy: PlanPolicy, found: Candidates) -> None:
        self.given = given
        self.policy = policy
        self.found = found
        self.catalogue = by_id(given)
        self.review = None if given.died else self._review()
        self.due = self._due()

    def draft(self, chosen: Combination) -> Draft:
        """The draft of a combination."""
        given, found = self.given, self.found
        asked_for = services_wanted(given, found, chosen.chosen)
        items = () if given.died else items_of(given, found, chosen.chosen, asked_for)
        covered = frozenset().union(*(found.served[item.program_id] for item in items))
        passed = passed_over(found, chosen.chosen)
        asked = [one.program_id for one in passed if one.why is PassedReason.ASKED]
        goals = Goals(
            given,
            found.needs,
            items,
            asked=frozenset().union(*(found.served[own] for own in asked)),
            in_parts=_in_parts(found, passed),
            barred={one.program_id for one in passed if one.why in _BARS},
            due=self.due,
            review=self.review,
        )
        all_goals = () if given.died else goals.all()
        waiting = [found.asked[own] for own in asked]
        questions = questions_of(waiting, found.served, all_goals, self.due, given.closing)
        dosage = self._dosage(items)
        deferrals = tuple(self._deferrals(covered, passed))
        content = PlanContent(
            starts=given.on,
            component_of=self.policy.component_of,
            review_due=self.review,
            holder=given.holder,
            risk=given.risk,
            needs=given.profile.needs,
            goals=all_goals,
            items=items,
            questions=questions,
            deferrals=deferrals,
            refusals=tuple(self._refusals(covered, passed)),
            shortfall=self._shortfall(dosage, passed),
        )
        planned = {item.program_id for item in items}
        spoken_of = planned.union(one.program_id for one in passed)
        told = [offer for offer in given.offers if offer.program_id in spoken_of]
        in_order = found.order.programs if given.rnr.sequence.classes else ()
        return Draft(
            content=content,
            choices=tuple(choices_of(given, found, chosen.chosen, asked_for)),
            passed_over=passed,
            merit=self._merit(chosen, items, covered),
            offers=tuple(sorted(told, key=lambda offer: found.places[offer.program_id])),
            dosage=dosage,
            turns=tuple(found.order.turn(one) for one in in_order if one.program_id in planned),
            draft_data=tuple(dict.fromkeys(self._draft_data(items, waiting, dosage))),
            complete=chosen.complete,
        )

    def _review(self) -> date | None:
        given = self.given
        return next_review(
            self.policy,
            given.on,
            release=None if given.release is None else first_of(given.release.day),
            sentence_end=given.sentence_end,
            assessed_until=given.assessed_until,
        )

    def _due(self) -> date | None:
        """The day by which questions are to be answered, and the next steps to be taken."""
        term, gate = self.policy.answer_within, gate_ahead(self.given)
        days = [self.review, None if term is None else term.after(self.given.on)]
        days.append(None if gate is None else gate.first)  # then others have the case
        return min((day for day in days if day is not None and is_known_day(day)), default=None)

    def _deferrals(
        self, covered: frozenset[str], passed: Sequence[PassedOver]
    ) -> Iterator[Deferral]:
        """The needs that nothing of the draft serves, each with the reason and a day."""
        for domain, put_off in self._put_off().items():
            until = put_off.until or self.review
            yield Deferral(need=domain, reason=put_off.reason, until=until)
        for need in self.found.needs:
            if need.domain not in covered:
                reasons = self._reasons(need, passed)
                if reasons != {PassedReason.DECLINED}:
                    first = next((one for one in _FOREMOST if one in reasons), None)
                    reason = NOTHING_OFFERED if first is None else first.value
                    until = self.due if first in _ASKS else self.review or self.due
                    yield Deferral(need=need.domain, reason=reason, until=until)

    def _put_off(self) -> dict[str, PutOff]:
        """The words that put off a need still, by the need: of several the longest."""
        return {
            one.need: one
            for one in sorted(self.given.put_off, key=_ends_first)
            if one.need is not None and (one.until or date.max) > self.given.on
        }

    def _reasons(self, need: NeedSeen, passed: Sequence[PassedOver]) -> set[PassedReason]:
        served, perhaps, domain = self.found.served, self.found.perhaps, need.domain
        return {
            one.why
            for one in passed
            if domain in served[one.program_id] or domain in perhaps[one.program_id]
        }

    def _refusals(
        self, covered: frozenset[str], passed: Sequence[PassedOver]
    ) -> Iterator[NeedRefused]:
        """The needs for which the person wants nothing, or none of what is open."""
        told = sorted(self.given.declined, key=_said_first)
        # Who says no to the same more than once has said it once: the last word is told.
        last = {one.need: one for one in told if one.need is not None}
        for domain, one in last.items():
            yield NeedRefused(need=domain, since=one.since, reason=one.reason)
        for need in self.found.needs:
            if need.domain in covered:
                continue
            if self._reasons(need, passed) == {PassedReason.DECLINED}:
                about = [
                    one
                    for one in told
                    if one.program_id is not None
                    and one.program_id in self.catalogue
                    and need.domain in self.found.served[one.program_id]
                ]
                newest = max(about, key=_said_first)
                yield NeedRefused(
                    need=need.domain,
                    program_ids=tuple(sorted({ProgramId(str(one.program_id)) for one in about})),
                    since=newest.since,
                    reason=newest.reason,
                )

    def _shortfall(
        self, dosage: DosagePlan | None, passed: Sequence[PassedOver]
    ) -> HoursShort | None:
        """The hours that are called for and not planned, with the foremost reason."""
        if dosage is None or not dosage.shortfall or dosage.target.hours is None:
            return None
        reasons = [one.why for one in passed]
        reasons += [PassedReason.DECLINED for one in self.given.declined if one.need is not None]
        reasons += [PassedReason.PUT_OFF for _ in self._put_off()]
        first = next((one for one in _FOREMOST[:-1] if one in reasons), None)
        return HoursShort(
            called_for=dosage.target.hours,
            planned=dosage.planned,
            reason=NOTHING_OFFERED if first is None else first.value,
        )

    def _dosage(self, items: Sequence[PlanItem]) -> DosagePlan | None:
        """The hours that were given and are planned, compared with those that are called for."""
        target = self.found.target
        if target is None or self.given.died:
            return None
        counting = [item for item in items if item.program_id in self.found.counting]
        done = Decimal(0) if self.given.credit is None else in_hours(self.given.credit.minutes)
        planned = sum((item.hours for item in counting if item.hours is not None), done)
        unstated = tuple(item.program_id for item in counting if item.hours is None)
        return DosagePlan.of(target, planned, unstated)

    def _merit(
        self, chosen: Combination, items: Sequence[PlanItem], covered: frozenset[str]
    ) -> DraftMerit:
        planned = {item.program_id for item in items}
        finish = -chosen.standing.finish
        return DraftMerit(
            duties=tuple(own for own in self.found.duties if own in planned),
            needs=tuple(n.domain for n in self.found.needs if n.domain in covered),
            hours=in_hours(chosen.standing.minutes),
            finish=date.fromordinal(finish) if 0 < finish < NO_DAY else None,
            programs=-chosen.standing.programs,
        )

    def _draft_data(
        self, items: Sequence[PlanItem], waiting: Sequence[Offer], dosage: DosagePlan | None
    ) -> Iterator[str]:
        """The data that the draft rests on and no reviewed source states."""
        if self.policy.status is Status.DRAFT:
            yield "plan_policy"
        planned = {item.program_id for item in items}
        offers = [offer for offer in self.given.offers if offer.program_id in planned]
        offers.sort(key=lambda offer: self.found.places[offer.program_id])
        for offer in (*offers, *waiting):
            if "serves" in self.catalogue[offer.program_id].draft:
                yield f"{offer.program_id}.serves"
            for node in offer.verdict.drafts():
                yield f"{offer.program_id}.{node.criterion.about.id or node.criterion}"
        if dosage is not None and dosage.target.status is Status.DRAFT:
            yield "dosage"
        drafts = {one.id for one in self.given.rnr.sequence.classes if one.status is Status.DRAFT}
        turns = (self.found.order.turn(self.catalogue[own]) for own in planned)
        if drafts and any(turn.sequence_class in drafts for turn in turns):
            yield "sequence"


def _in_parts(found: Candidates, passed: Iterable[PassedOver]) -> Iterator[str]:
    """The domains of needs that a programme may serve, once it is known in which part they lie."""
    called = {need.domain for need in found.needs}
    for one in passed:
        if one.why is PassedReason.PART_NOT_KNOWN:
            yield from found.perhaps[one.program_id] & called


def _said_first(one: Declined) -> tuple[date, str, str, str, str]:
    """All that refusals can differ in: their order in the file makes no difference."""
    return (first_of(one.since), str(one.since), one.need or "", one.program_id or "", one.reason)


def _ends_first(one: PutOff) -> tuple[str, date, str]:
    """The same of what was put off."""
    return (one.need or "", one.until or date.max, one.reason)


NOTHING_OFFERED = "nothing_offered"
"""The reason of a deferral: no programme of the catalogue serves the need."""
_ASKS = frozenset({PassedReason.ASKED, PassedReason.PART_NOT_KNOWN})
"""The reasons that somebody is asked about, by the day on which an answer is due."""
_BARS = frozenset(
    {
        *(PassedReason.COMPLETED, PassedReason.CLOSED, PassedReason.EXCLUDED),
        *(PassedReason.KEPT_APART, PassedReason.NO_TIME, PassedReason.TOO_MANY_HOURS),
    }
)
"""The reasons for which a duty cannot be planned: who imposed it can say what is to be done."""
_FOREMOST = (
    PassedReason.ASKED,
    PassedReason.PART_NOT_KNOWN,
    PassedReason.HELD_UP,
    PassedReason.WAITS,
    PassedReason.PUT_OFF,
    PassedReason.NO_TIME,
    PassedReason.TOO_MANY_HOURS,
    PassedReason.EXCLUDED,
    PassedReason.KEPT_APART,
    PassedReason.NO_BASIS,
    PassedReason.COMPLETED,
    PassedReason.CLOSED,
    PassedReason.DECLINED,
    PassedReason.NOT_NEEDED,
)
"""Which reason is told where several apply: what can be changed soonest comes first."""
