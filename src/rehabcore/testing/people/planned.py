"""People with a plan: what it says, and its book from the first draft on."""

from collections.abc import Callable
from datetime import date

from attrs import evolve

from rehabcore.care.plans.book import PlanAnswer, PlanBook, PlanLifeEvent, SignatureEvent
from rehabcore.care.plans.hashes import hash_of_content
from rehabcore.casework.checking import check_plan
from rehabcore.casework.plan_acts import answer, copy_given, sign, turn_plan
from rehabcore.casework.plan_books import open_plan
from rehabcore.casework.planning import plan
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import PlanContent
from rehabcore.records import CaseFile, Consent, Filed
from rehabcore.records.glossary import codes
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId, StaffId

FATES = (
    "",
    "proposed",
    "proposed agrees signed given activated",
    "proposed does_not_agree signed given",
    "proposed does_not_agree rejected",
    "proposed agrees signed given",
    "proposed could_not_answer agrees signed given activated",
    "terminated",
)
"""The ways that a plan may go; the shortest first."""
OFFICER = StaffId("officer-1")
_PURPOSE = "programme"


@frozen(kw_only=True)
class Planned:
    """A person on a day with a plan: the case file, what the plan says, and the plan's book."""

    on: date
    case: CaseFile
    content: PlanContent
    book: PlanBook


def consenting(case: CaseFile, country: Jurisdiction, on: date) -> CaseFile:
    """The file of a person who consented to programmes on a day, if the country asks for it."""
    if _PURPOSE not in codes(country.glossary.consent_purposes):
        return case
    filed = Filed(record_id=RecordId("consents-plan"), recorded_on=on, source="probation-1")
    consent = Consent(filed=filed, purpose=_PURPOSE, given=on)
    return evolve(case, consents=(*case.consents, consent))


def drafted_for(case: CaseFile, country: Jurisdiction, on: date) -> PlanContent:
    """The plan that the library proposes, without the items that break a law.

    Such as one to which nobody consented yet, or from which the person grows out.
    """
    draft = plan(case, country, on=on).content
    found = [one.place.partition(".")[0] for one in check_plan(draft, case, country, on=on)]
    kept = (item for place, item in enumerate(draft.items) if f"items[{place}]" not in found)
    return evolve(draft, items=tuple(kept))


def book_of(
    case: CaseFile, content: PlanContent, country: Jurisdiction, on: date, fate: str
) -> PlanBook:
    """The book of a plan after some acts, all of them on one day.

    Args:
        case: the case file.
        content: what the first version says.
        country: the country.
        on: the day.
        fate: the acts, one of ``FATES``.
    """
    book = open_plan("plan-1", case.case_id, content, on=on, by=OFFICER)
    for word in fate.split():
        book = _ACTS.get(word, _turned)(book, country, content, on, word)
    return book


_Act = Callable[[PlanBook, Jurisdiction, PlanContent, date, str], PlanBook]


def _turned(
    book: PlanBook, country: Jurisdiction, content: PlanContent, on: date, word: str
) -> PlanBook:
    return turn_plan(book, country, PlanLifeEvent(word), on=on, by=OFFICER, reason="so")


def _answered(
    book: PlanBook, country: Jurisdiction, content: PlanContent, on: date, word: str
) -> PlanBook:
    return answer(book, country, PlanAnswer(word), on=on, by=OFFICER, reason="so")


def _signed(
    book: PlanBook, country: Jurisdiction, content: PlanContent, on: date, word: str
) -> PlanBook:
    """Signed by all who have to, one after the other."""
    own = hash_of_content(content)
    roles = country.plan_policy.signed_by or ("officer",)
    for role, event in zip(roles, _SIGNINGS[len(roles)], strict=True):
        book = sign(book, country, event, expects=own, role=role, on=on, by=OFFICER)
    return book


def _copied(
    book: PlanBook, country: Jurisdiction, content: PlanContent, on: date, word: str
) -> PlanBook:
    own, language = hash_of_content(content), country.languages[0]
    return copy_given(book, country, expects=own, language=language, on=on, by=OFFICER)


_SIGNINGS = {
    1: (SignatureEvent.SIGNED,),
    2: (SignatureEvent.SENT_TO_COUNTERSIGN, SignatureEvent.COUNTERSIGNED),
    3: (
        SignatureEvent.SENT_TO_COUNTERSIGN,
        SignatureEvent.SENT_TO_DOUBLE_COUNTERSIGN,
        SignatureEvent.DOUBLE_COUNTERSIGNED,
    ),
}
"""The signatures, in their order, by how many people sign."""

_ACTS: dict[str, _Act] = {
    **{each.value: _answered for each in PlanAnswer},
    "signed": _signed,
    "given": _copied,
}
"""The acts that are no turn in the life of a version."""
