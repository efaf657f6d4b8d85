"""Questions about what the person refuses: a programme, or help with a need."""

from collections.abc import Iterable

from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile, OfferRefusal
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Absence, Cell, Fact, Parameter, Shape, Takes
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.timelines import Timeline


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    if words.programs:
        yield Question(
            Fact(
                name="program_refused",
                shape=Shape.FLAG,
                parameters=(Parameter(name="program", codes=words.programs, takes=Takes.CODES),),
                about="Whether the person wants no part in one of some programmes or services.",
                absence=Absence.NONE,
                answered_by=("the_person",),
            ),
            _program_refused,
        )
    domains = codes(words.glossary.need_domains)
    if domains:
        yield Question(
            Fact(
                name="need_refused",
                shape=Shape.FLAG,
                parameters=(Parameter(name="domain", codes=domains),),
                about="Whether the person wants no help with a need.",
                absence=Absence.NONE,
                answered_by=("the_person",),
            ),
            _need_refused,
        )


def _program_refused(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    programs = asked.codes("program")
    return _refused(asked, (r for r in view.offer_refusals if r.program_id in programs))


def _need_refused(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return _refused(asked, (r for r in view.offer_refusals if r.domain == asked["domain"]))


def _refused(asked: Asked, refusals: Iterable[OfferRefusal]) -> Timeline[Cell]:
    """Whether one of some refusals stands."""
    claims = [Claim(one.filed.record_id, one.span, True) for one in refusals]
    return settle(claims, asked.fact.absent())
