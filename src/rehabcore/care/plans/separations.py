"""Groups that the person may not join, because somebody else may be in them.

Who is in a group is known to the caller alone, who answers a question without telling anybody's
name. So nothing here learns of another person.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from rehabcore.programs import Program
from rehabcore.records import CaseFile
from rehabcore.rules.time.days import UNSURE
from rehabcore.rules.time.partial import Days, Period
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import Modality, ProgramId

MayShare = Callable[[ProgramId, frozenset[str]], Answer]
"""A function of the caller: whether somebody may join the groups of a programme who is to be kept
apart from the people that some codes stand for. UNKNOWN if it cannot say."""


def kept_apart_from(view: CaseFile, on: date) -> frozenset[str]:
    """The codes of all from whom the person is, or may have to be, kept apart on a day.

    Args:
        view: the records that hold on the day.
        on: the day.
    """
    return frozenset(one.apart_from for one in view.separations if _may_hold(one.span, on))


def _may_hold(days: Days, on: date) -> bool:
    span = days.possible if isinstance(days, Period) else days
    return on in span or (span.end is UNSURE and span.start <= on)


def groups_to_keep_from(
    programs: Iterable[Program], apart_from: frozenset[str], may_share: MayShare | None
) -> Mapping[ProgramId, Answer]:
    """The programmes whose groups the person may not join, or of which it is not known.

    A programme that is only held with one person at a time is none of them.

    Args:
        programs: the programmes that are asked about.
        apart_from: the codes of those from whom the person is kept apart.
        may_share: the caller's answer; without it nothing is known of any group.
    """
    if not apart_from:
        return {}
    alone = frozenset({Modality.INDIVIDUAL})
    asked = [program.program_id for program in programs if program.modality != alone]
    answers = {own: may_share(own, apart_from) if may_share else Answer.UNKNOWN for own in asked}
    return {own: answer for own, answer in answers.items() if answer is not Answer.MET}
